"""The published figures: the eight outcome series, the plan's nuvärden, one value for each place and time."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.published import read_external, read_published
from hsf_kpi.model.aggregation import from_fixed
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin, Sex
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.period import Month, Window
from hsf_kpi.model.problems import DataError

DATA = ROOT / "data"
REGIONS = "published/kolada_regions.csv"
AT = "data/published/kolada_regions.csv"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(DATA)


@pytest.fixture(scope="module")
def observations(catalogue: Catalogue) -> tuple[Observation, ...]:
    return read_published(DATA, catalogue)


def values(observations: tuple[Observation, ...], key: str, sex: Sex = Sex.ALL) -> dict[int, Fraction]:
    return {
        o.end.year: from_fixed(o.ready)
        for o in observations
        if o.measure == key and o.sex is sex and o.ready is not None
    }


# Region Västmanland, as published by Kolada.
SERIES = {
    "fortroende-sjukhus": (2016, "70 70.8 71 69.8 76.4 76.4 71.9 71.9 72.3 77.6"),
    "rimlig-vantetid-sjukhus": (2016, "54 52 48.6 50.1 60.7 59.7 52.9 51.1 61.9 63.1"),
    "fortroende-vardcentral": (2016, "59 60.4 56.3 57.3 64.4 64.8 61 60.8 66.2 69.3"),
    "rimlig-vantetid-vardcentral": (2016, "69.4 65.1 66.9 67.2 75.8 73.7 71.9 69.5 75.8 78.1"),
    "svf-ledtid": (2020, "58 50 42 40 41 49"),
    "kladregler-hygien": (2016, "64.9 68.3 68 71.1 75.1 79.4 75.8 74.1"),
    "trycksar.kat-1-4": (2016, "15.6 13.1 17.9 15.3 7.3 14.3 14.3 13.4"),
}


@pytest.mark.parametrize("key", SERIES)
def test_the_outcome_series(observations: tuple[Observation, ...], key: str) -> None:
    first, printed = SERIES[key]
    expected = {first + i: Fraction(Decimal(v)) for i, v in enumerate(printed.split())}
    assert values(observations, key) == expected


PLAN_ONLY = [
    ("screening-mammografi", 2021, Sex.ALL, "79.2"),
    ("screening-aorta", 2021, Sex.ALL, "90"),
    ("screening-cellprov", 2020, Sex.ALL, "83"),
    ("fortroende-sjukhus", 2021, Sex.WOMEN, "75"),
    ("fortroende-sjukhus", 2021, Sex.MEN, "78"),
    ("rimlig-vantetid-sjukhus", 2021, Sex.WOMEN, "62"),
    ("rimlig-vantetid-sjukhus", 2021, Sex.MEN, "58"),
    ("fortroende-vardcentral", 2021, Sex.MEN, "68"),
    ("rimlig-vantetid-vardcentral", 2021, Sex.WOMEN, "75"),
    ("rimlig-vantetid-vardcentral", 2021, Sex.MEN, "73"),
    ("aktiv-forskning", 2022, Sex.ALL, "29"),
    ("aktiv-forskning", 2022, Sex.WOMEN, "17"),
    ("aktiv-forskning", 2022, Sex.MEN, "12"),
    ("e-tjanster-1177", 2022, Sex.ALL, "82"),
    ("primarvardens-kostnadsandel", 2020, Sex.ALL, "17.5"),
    ("primarvardens-kostnadsandel", 2021, Sex.ALL, "18.1"),
    ("sjukdomsomraden", 2021, Sex.ALL, "69"),
    ("vardrelaterade-infektioner", 2021, Sex.ALL, "2.6"),
    ("trycksar.kat-2-4", 2021, Sex.ALL, "6"),
    ("antibiotika", 2021, Sex.ALL, "240"),
    ("korda-mil", 2021, Sex.ALL, "0.5"),
    ("hme", 2021, Sex.ALL, "77.6"),
    ("personalrorlighet", 2021, Sex.ALL, "9.76"),
    ("prestationsniva", 2021, Sex.ALL, "70.4"),
    ("uppdragstagarindex", 2021, Sex.ALL, "67"),
    ("investeringar", 2021, Sex.ALL, "162.8"),
]


def test_the_plans_own_values(observations: tuple[Observation, ...]) -> None:
    found = {
        (o.measure, o.end.year, o.sex, from_fixed(o.ready or 0))
        for o in observations
        if o.source == "Förvaltningsplan 2023–2025, avsnitt 7"
    }
    assert found == {(key, year, sex, Fraction(Decimal(v))) for key, year, sex, v in PLAN_ONLY}


SPRING = {"kladregler-hygien", "trycksar.kat-1-4", "trycksar.kat-2-4"}


def test_a_public_series_beside_a_monthly_measure_is_no_outcome_of_its(
    observations: tuple[Observation, ...], catalogue: Catalogue
) -> None:
    """The year's value of utlokaliserade is none of its months: it is kept as the national comparison only."""
    assert catalogue.measure("utlokaliserade").outcome_series() == "U79134"
    assert not [o for o in observations if catalogue.measure(o.measure).monthly]
    assert any(x.series == "U79134" and x.region_id == "0019" for x in read_external(DATA, catalogue))


def test_every_one_is_a_ready_value_of_the_root_at_the_end_of_its_span(
    catalogue: Catalogue, observations: tuple[Observation, ...]
) -> None:
    for o in observations:
        spring = o.measure in SPRING
        assert (o.unit, o.origin, o.end.number) == ("hsf", Origin.PUBLISHED, 4 if spring else 12)
        assert (o.numerator, o.denominator) == (None, None)
        assert o.ready is not None
        assert o.window in catalogue.measure(o.measure).measured
        other = {"uppdragstagarindex": Window.TWO_YEARS} | dict.fromkeys(SPRING, Window.TERTIAL_1)
        assert o.window is other.get(o.measure, Window.YEAR)
        assert o.source.startswith(("Kolada ", "Förvaltningsplan"))


def test_one_value_for_each_place_and_time(observations: tuple[Observation, ...]) -> None:
    keys = Counter((o.measure, o.unit, o.window, o.end, o.sex) for o in observations)
    assert set(keys.values()) == {1}
    assert len(observations) == 62 + len(PLAN_ONLY)


def test_the_statistics_decimal_value_stands_before_the_plans_rounded_one(
    observations: tuple[Observation, ...],
) -> None:
    [found] = [
        o for o in observations
        if o.measure == "fortroende-sjukhus" and o.sex is Sex.ALL and o.end == Month.of(2021, 12)
    ]  # fmt: skip
    assert from_fixed(found.ready or 0) == Fraction("76.4")
    assert found.source == "Kolada U70446, Hälso- och sjukvårdsbarometern"


def test_nothing_from_monthly_nuvarden_forecasts_misprints_or_undated_figures(
    observations: tuple[Observation, ...],
) -> None:
    keys = {o.measure for o in observations}
    assert not keys & {
        "periodresultat",
        "helarsprognos",
        "resultat-mot-foregaende-ar",
        "sjukfranvaro",
        "vantetid-1177",
    }
    assert values(observations, "fortroende-vardcentral", Sex.WOMEN) == {}
    assert not any(o.window is Window.MONTH for o in observations)
    assert all(abs(from_fixed(o.ready or 0)) not in (1035, 510, 364) for o in observations)


def test_every_external_value(catalogue: Catalogue) -> None:
    external = read_external(DATA, catalogue)
    with (DATA / REGIONS).open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert len(external) == len(rows) == 13_603
    assert len({x.series for x in external}) == 76
    assert len({x.region_id for x in external}) == 22
    for value, row in zip(external, rows, strict=True):
        assert (value.series, value.region_id, value.region, value.year) == (
            row["kolada_id"], row["municipality_id"], row["region"], int(row["year"])
        )  # fmt: skip
        assert from_fixed(value.value) == Fraction(Decimal(row["value"]))
        assert value.register == "kolada"


@pytest.mark.parametrize(
    ("key", "year", "national"),
    [
        ("fortroende-sjukhus", 2023, "69.6"),
        ("fortroende-vardcentral", 2022, "61.9"),
        ("rimlig-vantetid-sjukhus", 2023, "47.6"),
        ("rimlig-vantetid-vardcentral", 2021, "70"),
    ],
)
def test_national_values_to_compare_with(catalogue: Catalogue, key: str, year: int, national: str) -> None:
    series = catalogue.measure(key).outcome_series()
    [value] = [
        x for x in read_external(DATA, catalogue) if (x.series, x.region_id, x.year) == (series, "0000", year)
    ]
    assert from_fixed(value.value) == Fraction(national)


def failing(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_published(folder, read_catalogue(folder))
    return [str(problem) for problem in caught.value.problems]


def test_faulty_rows_are_all_told_with_row_and_column(folder: Path) -> None:
    path = folder / REGIONS
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = "N61603,0000,Riket,2016,15,3"
    lines[2] = "N61603,0000,Riket,tjugo,femton"
    lines[3] = "N61603,0000,Riket,20180,15.2"
    lines[4] = "N61603,0000,Riket"
    lines[5] = "N61603,0000,Riket,2020,15.12345"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = failing(folder)
    for place, what in (
        ("rad 2", "6 fält"),
        ("rad 3, kolumn ”value”", "Där står ”femton”"),
        ("rad 3, kolumn ”year”", "”tjugo”"),
        ("rad 4, kolumn ”year”", "”20180”"),
        ("rad 5", "3 fält"),
        ("rad 6, kolumn ”value”", "Där står ”15.12345”"),
    ):
        assert [p for p in told if p.startswith(f"{AT}, {place}: ") and what in p], (place, told)
    assert len(told) == 6


@pytest.mark.parametrize("value", ["NaN", "Infinity", "", "1e400", "1234567890123", "12,5"])
def test_what_is_no_number(folder: Path, change, value: str) -> None:  # type: ignore[no-untyped-def]
    change(REGIONS, "N61603,0000,Riket,2016,15.3", f'N61603,0000,Riket,2016,"{value}"')
    [problem] = failing(folder)
    assert problem.startswith(f"{AT}, rad 2, kolumn ”value”: ")
    assert (f"”{value}”" if value else "Värdet saknas") in problem


def test_a_repeated_row(folder: Path, change) -> None:  # type: ignore[no-untyped-def]
    change(REGIONS, "N61603,0000,Riket,2017", "N61603,0000,Riket,2016")
    [problem] = failing(folder)
    assert problem.startswith(f"{AT}, rad 2, 3: Värdet finns flera gånger")


def test_missing_columns(folder: Path, change) -> None:  # type: ignore[no-untyped-def]
    change(REGIONS, "kolada_id,municipality_id", "id,municipality_id")
    [problem] = failing(folder)
    assert problem.startswith(f"{AT}, kolumn ”kolada_id”: Kolumnen ”kolada_id” saknas.")


def test_a_missing_file(folder: Path) -> None:
    (folder / REGIONS).unlink()
    assert failing(folder) == [f"{AT}: Filen saknas. Återställ filen eller skapa den."]


def test_a_missing_list_of_series(folder: Path) -> None:
    (folder / "published/kolada_indicators.csv").unlink()
    [problem] = failing(folder)
    assert problem.startswith("data/published/kolada_indicators.csv: Filen saknas.")


def test_an_empty_file(folder: Path) -> None:
    (folder / REGIONS).write_bytes(b"")
    [problem] = failing(folder)
    assert problem.startswith(f"{AT}: Filen är tom.")


def test_a_folder_without_the_profile_is_read_by_the_one_that_is_shipped(folder: Path) -> None:
    (folder / "profiles" / "kolada.toml").unlink()
    catalogue = read_catalogue(folder)
    assert read_external(folder, catalogue) == read_external(DATA, catalogue)


def test_a_series_that_disagrees_with_the_plan_cannot_be_its_outcome(folder: Path, change) -> None:  # type: ignore[no-untyped-def]
    """Åtgärd 90 dagar in Kolada is something else than the plan's; so would cost shares be."""
    change(REGIONS, "N79198,0019,Västmanland,2021,50", "N79198,0019,Västmanland,2021,51")
    [problem] = failing(folder)
    assert problem.startswith("svf-ledtid: external: Planen anger 50 för 2021 men Kolada N79198, ")
    assert "51: de mäter olika saker." in problem


@pytest.mark.parametrize(
    ("value", "agrees"), [("49.5", True), ("50.4", True), ("50.5", False), ("49.4", False)]
)
def test_agreement_is_rounding_to_the_printed_decimals(
    folder: Path, change, value: str, agrees: bool
) -> None:  # type: ignore[no-untyped-def]
    change(REGIONS, "N79198,0019,Västmanland,2021,50", f"N79198,0019,Västmanland,2021,{value}")
    if agrees:
        found = read_published(folder, read_catalogue(folder))
        assert values(found, "svf-ledtid")[2021] == Fraction(value)
    else:
        assert failing(folder)


def test_years_before_the_first_are_left_out_of_the_outcomes(folder: Path, change) -> None:  # type: ignore[no-untyped-def]
    change(REGIONS, "U70446,0019,Västmanland,2016,", "U70446,0019,Västmanland,2015,")
    found = read_published(folder, read_catalogue(folder))
    assert min(values(found, "fortroende-sjukhus")) == 2017
    assert any(x.year == 2015 for x in read_external(folder, read_catalogue(folder)))


@pytest.mark.parametrize("ending", [b"\r", b"\r\n"])
def test_any_kind_of_line_ending_is_read(tmp_path: Path, ending: bytes) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    for name in ("kolada_regions.csv", "kolada_indicators.csv"):
        file = tmp_path / "data" / "published" / name
        file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", ending))
    again = read_catalogue(tmp_path / "data")
    assert len(read_published(tmp_path / "data", again)) == len(read_published(DATA, read_catalogue(DATA)))
