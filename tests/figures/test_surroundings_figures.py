"""The figures of Omvärld: places, one key figure among the regions, the country, another region's plan."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi import ROOT
from hsf_kpi.analysis.regions import possible, same_latest, standing
from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.figures.findings import LONGEST, heading
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.figures.surroundings.about import About
from hsf_kpi.figures.surroundings.by_year import places_over_time
from hsf_kpi.figures.surroundings.national import Against, national_grid, national_titles
from hsf_kpi.figures.surroundings.one import one_titles, over_the_years
from hsf_kpi.figures.surroundings.order import ranking_bars
from hsf_kpi.figures.surroundings.other_plan import (
    actions_table,
    areas_grid,
    decisions_table,
    funding_bars,
    plan_titles,
)
from hsf_kpi.figures.surroundings.places import (
    Found,
    places_table,
    places_tiles,
    places_titles,
    told_table,
    worst_first,
)
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.codes import Direction, Origin, Status
from hsf_kpi.model.surroundings import KeyFigure, OtherPlan
from hsf_kpi.model.target import TargetKind
from tests.figures.figure_samples import CONTEXT
from tests.figures.words_rules import HEADING, plain, right, right_tiles, tile

CATALOGUE = read_catalogue(ROOT / "data")
AROUND = CATALOGUE.surroundings
HOME, RIKET = "0019", "0000"
NAMES = {"0004": "Sörmland", "0014": "Västra Götalandsregionen", "0013": "Halland", HOME: "Västmanland"}
TRUST = KeyFigure(
    "U1", "Förtroende för vården", "Förtroende", "Enkäten", "procent", 1, Direction.UP, "fortroende"
)
VOLUME = replace(TRUST, unit="kronor per invånare", decimals=0, direction=Direction.NONE, unit_read=True)


def published() -> tuple[dict[str, str], dict[str, dict[int, dict[str, Fraction]]]]:
    names: dict[str, str] = {}
    found: dict[str, dict[int, dict[str, Fraction]]] = {}
    with (ROOT / "data/published/kolada_regions.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            names[row["municipality_id"]] = row["region"]
            year = found.setdefault(row["kolada_id"], {}).setdefault(int(row["year"]), {})
            year[row["municipality_id"]] = Fraction(row["value"])
    return {id_: name for id_, name in names.items() if id_ != RIKET}, found


REGIONS, VALUES = published()


def about(
    years: Mapping[int, Mapping[str, int]],
    figure: KeyFigure = TRUST,
    *,
    national: Mapping[int, int] | None = None,
) -> About:
    exact = {year: {one: Fraction(v) for one, v in found.items()} for year, found in years.items()}
    country = {year: Fraction(v) for year, v in (national or {}).items()}
    told = standing(exact, country, HOME, figure.direction)
    return About(figure, HOME, NAMES, exact, country, told, "Kolada")


def of_series(series: str) -> About:
    """As the page knows it, from the published file."""
    figure = AROUND.figure(series)
    assert figure is not None
    sound = {year: found for year, found in VALUES[series].items() if year not in figure.wrong_years}
    kept, faults = possible(sound, figure.most)
    national = {year: found.pop(RIKET) for year, found in kept.items() if RIKET in found}
    told = standing(kept, national, HOME, figure.direction)
    return About(figure, HOME, REGIONS, kept, national, told, AROUND.source, faults)


def every_row() -> list[Found]:
    return [(a.figure, a.found) for one in AROUND.figures if (a := of_series(one.id)).found is not None]


def said(figure: Figure) -> str:
    for text in (figure.title, figure.caption, figure.sentence, figure.help, figure.source):
        right(text.strip())
    assert len(figure.title) <= LONGEST
    assert figure.source.startswith("Källa:")
    assert set(keys(figure, "shown")) <= {column.key for column in figure.columns}
    return plain(f"{figure.title} | {figure.help}")


# Places


def test_the_table_has_every_key_figure_worst_place_first() -> None:
    rows = worst_first(every_row())
    figure = places_table(rows, AROUND, REGIONS, area="", context=CONTEXT)
    said(figure)
    found = list(records(figure))
    assert len(found) == 76
    placed = [(float(r["place"]) - 1) / (float(r["of"]) - 1) for r in found if r["place"] is not None]  # type: ignore[arg-type]
    assert placed == sorted(placed, reverse=True)
    assert len(placed) == 67
    assert [plain(r["place_text"]) for r in found[67:]] == ["ingen riktning"] * 9
    trust = next(r for r in found if r["series"] == "U70446")
    assert [plain(trust[k]) for k in ("value_text", "national_text", "against", "place_text", "moved_text")] == [
        "77,6 %", "73,2 %", "● bättre", "6 av 21", "+4 sedan 2016",
    ]  # fmt: skip
    assert trust["best"] == "Jönköpings län, Kalmar och Dalarna"
    assert (trust["change_text"], trust["change"]) == ("+5,3", pytest.approx(5.3))
    for row in found:
        one, year = of_series(str(row["series"])), int(str(row["year"]))
        before = one.of(HOME).get(year - 1)
        assert (row["change"] is None) == (before is None)
        assert before is None or row["change"] == pytest.approx(float(one.of(HOME)[year] - before))
    assert figure.origins == {Origin.PUBLISHED}


def test_a_report_tells_of_the_worst_the_best_and_those_that_have_moved() -> None:
    rows = worst_first(every_row())
    every = places_table(rows, AROUND, REGIONS, area="", context=CONTEXT)
    told = told_table(rows, AROUND, REGIONS, context=CONTEXT)
    assert "av 76 nyckeltal; alla finns på sidan Omvärld" in said(told)
    assert (told.title, told.source != every.source) == (every.title, False)
    found = list(records(told))
    assert 5 < len(found) <= 15
    assert found == [row for row in records(every) if row in found]
    ranked = [row for row in records(every) if row["place"] is not None and int(row["of"]) >= 15]  # type: ignore[arg-type]
    assert found[:5] == ranked[:5]
    assert found[-5:] == ranked[-5:]
    moved = sorted((abs(int(row["moved"] or 0)) for row in ranked), reverse=True)  # type: ignore[arg-type]
    assert sum(abs(int(row["moved"] or 0)) >= moved[4] for row in found) >= 5  # type: ignore[arg-type]
    few = told_table(rows[:5], AROUND, REGIONS, context=CONTEXT)
    assert few == places_table(rows[:5], AROUND, REGIONS, area="", context=CONTEXT)


def test_the_tiles_count_what_the_table_says() -> None:
    rows = every_row()
    tiles = places_tiles(rows)
    right_tiles(tiles)
    placed = [found for _, found in rows if found.place is not None and found.place.of >= 15]
    moved = [found.moved for found in placed if found.moved is not None]
    assert tile(tiles, "omvarld-bast").startswith(
        f"{sum(f.place.place <= 3 for f in placed if f.place)} | av {len(placed)} "
    )
    assert tile(tiles, "omvarld-vunna").startswith(f"{sum(m > 0 for m in moved)} | av {len(moved)} nyckeltal")
    assert tile(tiles, "omvarld-forlorade").startswith(f"{sum(m < 0 for m in moved)} |")
    better = [
        found.better for figure, found in rows if figure.direction is not Direction.NONE and found.national
    ]
    assert tile(tiles, "omvarld-riket").startswith(f"{sum(b is True for b in better)} | av {len(better)} ")
    title = next(places_titles(rows, "Västmanland"))
    right(title, HEADING)
    assert heading(places_titles(rows, "Västmanland" * 9)) == list(places_titles(rows, "Västmanland" * 9))[-1]
    assert f"på {sum(b is True for b in better)} av {len(better)} nyckeltal" in title
    # Their own latest year, not the latest that both have: a key figure whose country is missing there is not counted.
    assert "regionens senaste år" in tile(tiles, "omvarld-riket")


def test_what_is_counted_twice_is_told() -> None:
    rows = every_row()
    pair = {
        "N79187": "Stroke: direkt till strokeenhet eller IVA",
        "U70495": "Strokeenhet som första vårdenhet",
    }
    twins = [("N79187", "U70495"), ("N79187", "okänt")]
    told = places_table(rows, AROUND, REGIONS, area="", context=CONTEXT, twins=twins).help
    assert f"Har samma värden men räknas var för sig: {' och '.join(pair.values())}." in told
    assert "räknas var för sig" not in places_table(rows, AROUND, REGIONS, area="", context=CONTEXT).help
    series = {figure.id: of_series(figure.id).years for figure, _ in rows}
    assert set(same_latest(series)) == {("N79187", "U70495"), ("N79189", "U70477")}


def test_nothing_won_is_said_in_words() -> None:
    rows = [row for row in every_row() if row[1].better is False and row[1].place and row[1].place.place > 3][
        :2
    ]
    title = next(places_titles(rows, "Västmanland"))
    assert title == "Västmanland är bättre än riket på inget av två nyckeltal, bland de tre bästa på inget"


def test_without_places_nothing_is_claimed() -> None:
    alone = about({2025: {HOME: 5}}, VOLUME)
    assert alone.found is not None
    rows: list[Found] = [(alone.figure, alone.found)]
    assert [t.value for t in places_tiles(rows)] == ["0"] * 4
    right_tiles(places_tiles(rows))
    assert next(places_titles(rows, "Västmanland")) == "Västmanland har ingen plats att visa"
    empty = places_table([], AROUND, REGIONS, area="halsa", context=CONTEXT)
    assert empty.empty
    assert not empty.origins


@pytest.mark.parametrize(
    ("own", "national", "told"), [(5, 4, "● bättre"), (4, 5, "■ sämre"), (5, 5, "◆ lika"), (5, None, "")]
)
def test_against_the_country_in_a_shape_and_a_word(own: int, national: int | None, told: str) -> None:
    one = about({2025: {HOME: own, "0004": 1}}, national=None if national is None else {2025: national})
    assert one.found is not None
    table = places_table([(one.figure, one.found)], AROUND, NAMES, area="", context=CONTEXT)
    row = next(records(table))
    assert plain(row["against"]) == told
    assert plain(row["national_text"]) == ("saknas" if national is None else f"{national},0 %")


# One key figure


def looks(figure: Figure) -> dict[str, str]:
    return {str(r["series"]): str(r["look"]) for r in records(figure)}


def test_the_lines_name_the_own_the_country_the_chosen_and_the_best() -> None:
    one = of_series("U70446")
    figure = over_the_years(one, ["0014", "0004"], context=CONTEXT)
    found = looks(figure)
    assert figure.kind is FigureKind.LINES
    assert (found["Västmanland"], found["Riket"]) == ("own", "national")
    assert {name for name, look in found.items() if look == "chosen"} == {
        "Västra Götalandsregionen",
        "Sörmland",
    }
    assert {name for name, look in found.items() if look == "best"} == {"Jönköpings län", "Kalmar", "Dalarna"}
    assert sum(look == "other" for look in found.values()) == 21 - 1 - 2 - 3
    assert "Västmanland har gått från 70,0 % år 2016 till 77,6 % år 2025" in said(figure)
    assert (
        plain(next(one_titles(one)))
        == "Förtroende sjukhus: Västmanland har plats 6 av 21 år 2025, bättre än riket"
    )


def test_one_of_the_best_that_is_chosen_is_drawn_as_chosen() -> None:
    found = looks(over_the_years(of_series("U70446"), ["0008"], context=CONTEXT))
    assert found["Kalmar"] == "chosen"


def test_which_of_our_own_key_figures_it_is_and_which_it_only_looks_like() -> None:
    one = replace(about({2025: {HOME: 3}}), same=("Förtroende sjukhus",), beside=("Besök", "Åtgärd"))
    told = over_the_years(one, [], context=CONTEXT).help
    assert "Samma mått som vårt nyckeltal Förtroende sjukhus." in told
    assert "Liknar vårt nyckeltal Besök och Åtgärd, men är ett annat mått." in told


def test_a_value_that_can_not_be_is_told_and_nowhere_drawn() -> None:
    one = of_series("N79221")
    lines, bars = over_the_years(one, ["0014"], context=CONTEXT), ranking_bars(one, context=CONTEXT)
    fault = "Västra Götalandsregionen 2025 (146,1 %) visas inte: ett värde över 100 % kan inte finnas."
    for figure in (lines, bars, places_over_time(one, context=CONTEXT)):
        assert fault in said(figure)
        assert all(r.get("outcome") != 146.1 and r.get("deviation") != 146.1 for r in records(figure))
    assert (
        "Västra Götalandsregionen"
        not in plain(bars.help).split("visas inte")[0].split("Värde saknas")[1].split(".")[0]
    )


def test_the_bars_are_in_order_with_the_country_apart() -> None:
    figure = ranking_bars(of_series("U70446"), context=CONTEXT)
    rows = list(records(figure))
    values = [float(r["deviation"]) for r in rows[:-1]]  # type: ignore[arg-type]
    assert values == sorted(values, reverse=True)
    assert len(values) == 21
    assert [r["mark"] for r in rows].count("own") == 1
    assert [r["name"] for r in rows if r["mark"] == "best"] == ["Jönköpings län", "Kalmar", "Dalarna"]
    assert (rows[-1]["name"], rows[-1]["mark"], rows[-1]["place"]) == ("Riket", "apart", None)
    said(figure)


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({HOME: 9, "0004": 1, "0013": 2}, "Västmanland är bäst av 3 regioner 2025"),
        ({HOME: 1, "0004": 9, "0013": 2}, "Sörmland är bäst 2025; Västmanland har plats 3 av 3"),
        ({HOME: 9, "0004": 9, "0013": 2}, "Sörmland och Västmanland är bäst 2025; Västmanland har delad plats 1 av 3"),
    ],
)  # fmt: skip
def test_the_title_of_the_order_says_who_is_best(values: dict[str, int], title: str) -> None:
    assert ranking_bars(about({2025: values}), context=CONTEXT).title == title


def test_without_a_direction_nobody_is_best() -> None:
    one = about({2024: {HOME: 30_000}, 2025: {HOME: 31_000, "0004": 40_000}}, VOLUME, national={2025: 35_000})
    bars = ranking_bars(one, context=CONTEXT)
    assert plain(bars.title) == "Sörmland har det högsta värdet 2025, 40 000"
    assert "säger inte vad som är bäst" in bars.caption
    assert {r["mark"] for r in records(bars)} == {"own", "other", "apart"}
    assert plain(next(one_titles(one))) == "Förtroende: Västmanland har 31 000 år 2025, riket 35 000"
    lines = over_the_years(one, [], context=CONTEXT)
    assert "Måttenheten är vår läsning" in lines.help
    assert "31 000 kronor per invånare" in plain(lines.sentence)
    assert places_over_time(one, context=CONTEXT).title == "Västmanland har värden till och med 2025"


MANY = {f"x{i}": i for i in range(15)}


@pytest.mark.parametrize(
    ("years", "title"),
    [
        ({2024: {**MANY, HOME: 3}, 2025: {**MANY, HOME: 20}}, "Platsen 2025 är den bästa hittills: 1 av 16"),
        ({2024: {**MANY, HOME: 20}, 2025: {**MANY, HOME: 30}}, "Platsen 2025 är lika bra som den bästa: 1 av 16"),
        ({2024: {**MANY, HOME: 20}, 2025: {**MANY, HOME: -1}},
         "Bästa platsen var 1 av 16 år 2024; år 2025 är platsen 16 av 16"),
        ({2024: {**MANY, HOME: 3}, 2025: {"x1": 1, HOME: 3}},
         "Platsen 2025 är 1 av 2: för få regioner för att jämföra med tidigare"),
    ],
)  # fmt: skip
def test_the_best_place_is_among_enough_regions(years: dict[int, dict[str, int]], title: str) -> None:
    one = replace(about(years), names=NAMES | {name: name for name in MANY})
    assert plain(places_over_time(one, context=CONTEXT).title) == title


@pytest.mark.parametrize(
    ("years", "title"),
    [
        ({2025: {HOME: 3}}, "Västmanland har ett enda värde: 3,0 % år 2025"),
        ({2020: {HOME: 3}, 2025: {HOME: 3}}, "Västmanland har 3,0 % år 2025, detsamma som 2020"),
        ({2020: {HOME: 3}, 2025: {HOME: 4}}, "Västmanland har gått från 3,0 % år 2020 till 4,0 % år 2025"),
    ],
)
def test_the_title_of_the_lines_is_what_the_own_one_does(
    years: dict[int, dict[str, int]], title: str
) -> None:
    assert plain(over_the_years(about(years), [], context=CONTEXT).title) == title


@pytest.mark.parametrize("years", [{}, {2025: {"0004": 3}}])
def test_a_key_figure_without_own_values_says_so(years: dict[int, dict[str, int]]) -> None:
    one = about(years)
    assert next(one_titles(one)) == "Förtroende: inget värde för Västmanland"
    assert ranking_bars(one, context=CONTEXT).empty
    assert places_over_time(one, context=CONTEXT).empty
    lines = over_the_years(one, [], context=CONTEXT)
    assert bool(lines.empty) == (not years)
    assert "inget värde" in lines.sentence


@pytest.mark.parametrize("series", [one.id for one in AROUND.figures])
def test_every_key_figure_reads_well(series: str) -> None:
    one = of_series(series)
    right(heading(one_titles(one)), HEADING)
    for shorter in one_titles(one):
        right(shorter)
    for figure in (
        over_the_years(one, ["0014"], context=CONTEXT),
        ranking_bars(one, context=CONTEXT),
        places_over_time(one, context=CONTEXT),
    ):
        said(figure)
        assert not figure.empty
    source = ranking_bars(one, context=CONTEXT).source
    assert source.startswith("Källa: Kolada, ")
    assert series not in source


# Against the country


def plan_targets() -> list[Against]:
    found = []
    for measure in CATALOGUE.plan_rows():
        series = measure.outcome_series()
        target = next((t for t in measure.targets if t.kind is TargetKind.BETTER_THAN_NATIONAL), None)
        if target is not None and series is not None:
            one, figure = of_series(series), AROUND.figure(series)
            assert figure is not None
            found.append(Against(measure, target, figure, one.of(HOME), one.national))
    return found


READINGS = {
    ("fortroende-sjukhus", 2023): (71.9, 69.6), ("fortroende-sjukhus", 2025): (77.6, 73.2),
    ("fortroende-vardcentral", 2023): (60.8, 60.6), ("fortroende-vardcentral", 2025): (69.3, 62.7),
    ("fortroende-vardcentral", 2022): (61.0, 61.9),
    ("rimlig-vantetid-sjukhus", 2023): (51.1, 47.6), ("rimlig-vantetid-sjukhus", 2025): (63.1, 55.3),
    ("rimlig-vantetid-vardcentral", 2023): (69.5, 63.0), ("rimlig-vantetid-vardcentral", 2025): (78.1, 68.3),
}  # fmt: skip
"""The readings that matter, as they were collected: Västmanland, riket. Met but for vårdcentral 2022."""


@pytest.mark.parametrize(("where", "values"), READINGS.items(), ids=str)
def test_the_readings_that_matter(where: tuple[str, int], values: tuple[float, float]) -> None:
    key, year = where
    one = next(a for a in plan_targets() if a.measure.key == key)
    assert (float(one.own[year]), float(one.national[year])) == values
    assert one.status(year) is (Status.MISSED if year == 2022 else Status.MET)


def test_the_grid_has_the_four_targets_and_ten_years() -> None:
    found = plan_targets()
    figure = national_grid(found, AROUND.source, region="Västmanland", context=CONTEXT)
    assert "Förtroende vårdcentral var inte bättre än riket 6 av 10 år" in said(figure)
    assert (
        next(national_titles(found))
        == "Alla fyra mål uppnås 2025; förtroende vårdcentral uppnåddes inte 2022"
    )
    cells = {(r["row"], r["column"]): r for r in records(figure)}
    assert len(cells) == 40
    missed = {(row, year) for (row, year), r in cells.items() if r["tone"] == "worse"}
    trust = {("Förtroende vårdcentral", y) for y in ("2016", "2018", "2019", "2020", "2021", "2022")}
    assert missed == trust | {("Förtroende sjukhus", "2021")}
    assert [cells["Förtroende vårdcentral", "2022"][key] for key in ("own", "national")] == [61.0, 61.9]
    assert "Målet är satt för 2023" in figure.help


def held(*years: tuple[int, int | None, int | None]) -> Against:
    one = plan_targets()[0]
    own = {year: Fraction(value) for year, value, _ in years if value is not None}
    national = {year: Fraction(value) for year, _, value in years if value is not None}
    return replace(one, own=own, national=national)


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ([], "Målen mot rikssnittet kan inte prövas"),
        ([held((2025, 5, None))], "Målen mot rikssnittet kan inte prövas"),
        ([held((2025, 5, 4))], "Målet uppnås 2025"),
        ([held((2025, 4, 4))], "Målet uppnås inte 2025"),
        ([held((2024, 5, 4), (2025, 5, None))], "Målet uppnås 2024"),
    ],
)
def test_the_verdict_is_of_the_last_year_that_can_be_judged(found: list[Against], title: str) -> None:
    assert next(national_titles(found)) == title
    figure = national_grid(found, "Kolada", region="Västmanland", context=CONTEXT)
    assert bool(figure.empty) == (not found)
    assert len(figure.rows) == len(found) * (2 if "2024" in title else 1 if found else 0)


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ([held((2025, 5, 4), (2026, 5, 4)), held((2025, 5, 4))], "Det enda mål som kan prövas 2026 uppnås"),
        ([held((2026, 4, 4)), held((2025, 5, 4))], "Det enda mål som kan prövas 2026 uppnås inte"),
        (
            [held((2026, 5, 4)), held((2026, 6, 4)), held((2025, 5, 4))],
            "Alla två mål som kan prövas 2026 uppnås",
        ),
    ],
)
def test_a_year_that_only_some_have_a_value_for_is_told_as_such(found: list[Against], title: str) -> None:
    assert next(national_titles(found)) == title


def test_some_missed_and_some_met_are_both_told() -> None:
    met, missed = held((2025, 5, 4)), held((2025, 3, 4))
    other = replace(missed, measure=plan_targets()[2].measure)
    told = next(national_titles([met, other]))
    assert told == "En av två mål uppnås 2025; förtroende vårdcentral uppnås inte"
    grid = national_grid([met, other], "Kolada", region="Västmanland", context=CONTEXT)
    assert grid.title == "Förtroende vårdcentral var inte bättre än riket 1 av 1 år"
    alone = national_grid([met], "Kolada", region="Västmanland", context=CONTEXT)
    assert alone.title == "Alla mål uppnåddes alla år som kan prövas"
    assert "uppnåddes alla år som kan prövas" in alone.sentence


@given(
    st.dictionaries(st.integers(2016, 2025), st.integers(0, 9), max_size=6),
    st.dictionaries(st.integers(2016, 2025), st.integers(0, 9), max_size=6),
)
def test_a_year_without_one_of_the_values_is_never_judged(
    own: dict[int, int], national: dict[int, int]
) -> None:
    one = replace(
        plan_targets_once()[0],
        own={y: Fraction(v) for y, v in own.items()},
        national={y: Fraction(v) for y, v in national.items()},
    )
    for year in range(2015, 2027):
        status = one.status(year)
        if year in own and year in national:
            assert status is (Status.MET if own[year] > national[year] else Status.MISSED)
        else:
            assert status is Status.NOT_ASSESSABLE


TARGETS: list[Against] = []


def plan_targets_once() -> Sequence[Against]:
    if not TARGETS:
        TARGETS.extend(plan_targets())
    return TARGETS


# Another region's plan


def vgr() -> OtherPlan:
    assert AROUND.plan is not None
    return AROUND.plan


AREAS = CATALOGUE.missions.focus_areas


def test_the_funding_is_the_years_and_their_sum() -> None:
    figure = funding_bars(vgr(), context=CONTEXT)
    rows = [(r["name"], r["deviation"], r["mark"]) for r in records(figure)]
    assert rows == [
        ("2017", 100, "other"),
        ("2018", 350, "other"),
        ("2019", 550, "other"),
        ("Sammanlagt", 1000, "apart"),
    ]
    assert "100 + 350 + 550 = 1 000 mnkr" in said(figure)
    assert figure.title == "VGR avsatte 1 miljard kronor 2017–2019, mest 2019: 550 mnkr".replace(
        "550 ", "550\N{NO-BREAK SPACE}"
    )
    title = next(plan_titles(vgr(), AREAS))
    right(title, HEADING)
    assert title.endswith("tre av fem insatsområden har ett område där (vår läsning)")


def test_the_areas_stand_where_we_read_them() -> None:
    figure = areas_grid(vgr(), AREAS, context=CONTEXT)
    assert "vår läsning" in said(figure)
    found = {(r["row"], r["column"]) for r in records(figure)}
    assert found == {
        ("Utveckla och stärka den nära vården", "Omställning till framtidens hälso- och sjukvård"),
        ("Koncentrera vård för bättre kvalitet och tillgänglighet", "Tillgänglig, säker och effektiv vård"),
        ("Utveckla digitala vårdformer och tjänster", "Omställning till framtidens hälso- och sjukvård"),
        ("Utveckla digitala vårdformer och tjänster", "Personcentrering"),
        ("Fokusera på kvalitetsdriven verksamhetsutveckling", "Tillgänglig, säker och effektiv vård"),
    }
    read = {one for area in vgr().areas for one in area.reading}
    everything = [area for area in AREAS if area.id in read]
    assert (
        areas_grid(vgr(), everything, context=CONTEXT).title
        == "Alla våra insatsområden har ett område i VGR:s plan (vår läsning)"
    )
    assert next(plan_titles(vgr(), everything)) == "VGR avsatte 1 miljard kronor 2017–2019"
    assert areas_grid(vgr(), [], context=CONTEXT).empty
    assert figure.title == "Tre av våra fem insatsområden har ett område i VGR:s plan (vår läsning)"
    # No area of its own is not the same as nothing in the plan: its actions reach further than its areas.
    assert (
        "Hälsofrämjande och Säkra kompetensförsörjning har inget eget område, men finns bland" in figure.help
    )
    assert "inget eget område" not in areas_grid(replace(vgr(), actions=()), AREAS, context=CONTEXT).help


def test_the_actions_say_what_the_source_does_not() -> None:
    figure = actions_table(vgr(), AREAS, context=CONTEXT)
    assert figure.title == "Källan nämner sex åtgärder och säger inte vilket område de hör till"
    assert {r["area"] for r in records(figure)} == {"anges inte i källan"}
    first = vgr().actions[0]
    placed = replace(vgr(), actions=(replace(first, area="koncentrera"),))
    told = actions_table(placed, AREAS, context=CONTEXT)
    assert told.rows[0][1] == "koncentrera vård för bättre kvalitet och tillgänglighet"
    assert "säger inte" not in told.title
    said(figure)


def test_the_decided_sums_keep_the_source_s_words() -> None:
    figure = decisions_table(vgr(), context=CONTEXT)
    assert figure is not None
    said(figure)
    violence, births = records(figure)
    assert (violence["wording"], violence["amount"], violence["parts"]) == ("drygt 950 000 kronor", None, "")
    assert births["amount"] == float(Decimal("14.6"))
    assert plain(births["parts"]).startswith("10 mnkr: i första hand bemanning")
    assert "; 4,6 mnkr: " in plain(births["parts"])
    assert figure.title == "VGR avsatte också medel för två andra ändamål"
    one = decisions_table(replace(vgr(), decisions=vgr().decisions[:1]), context=CONTEXT)
    assert one is not None
    assert one.title == "VGR avsatte också medel för ett annat ändamål"
    assert decisions_table(replace(vgr(), decisions=()), context=CONTEXT) is None
