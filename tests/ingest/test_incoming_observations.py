"""Observations by the own format: what is read back, and what each wrong row is told, by row, column and value."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from hsf_kpi.ingest.incoming import Incoming
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.incoming import FIRST_ROWS, FileRefused, Holds
from hsf_kpi.model.period import Month, Window
from hsf_kpi.model.profile import Column, Decimals, Profile, UnitKey, WideColumn
from tests.ingest.file_samples import CATALOGUE, OWN, lines, observed, only, read

HEAD = "Nyckeltal;Verksamhet;Period;Kön;Täljare;Nämnare;Värde"
ROW = "franvaro;kirurgi;2023-10;;60;1000;"


def own(folder: Path, *rows: str, **rest: Any) -> Incoming:
    return read(folder, lines(HEAD, *rows), "observationer", **rest)


def first(folder: Path, *rows: str) -> Any:
    return observed(own(folder, *rows)).iloc[0]


def test_a_row_becomes_an_observation_on_the_stored_scale(tmp_path: Path) -> None:
    found = own(tmp_path, "franvaro;kirurgi;2023-10;K;60,25;1000;")
    row = observed(found).iloc[0]
    assert (row["measure"], row["unit"], row["window"], row["sex"], row["row"]) == (
        "franvaro", "kirurgi", Window.MONTH, Sex.WOMEN, 2,
    )  # fmt: skip
    assert isinstance(row["window"], Window)
    assert isinstance(row["sex"], Sex)
    assert (row["month"], row["numerator"], row["denominator"]) == (
        Month.of(2023, 10).index,
        602_500,
        10_000_000,
    )
    assert row["ready"] is pd.NA
    contents = found.contents
    assert (contents.rows, contents.units, contents.measures) == (1, {"kirurgi"}, {"franvaro"})
    assert contents.months == (Month.of(2023, 10).index,) * 2


@pytest.mark.parametrize(
    ("period", "measure", "window", "end"),
    [
        ("2023-10", "besok", Window.MONTH, "2023-10"),
        ("okt 2023", "besok", Window.MONTH, "2023-10"),
        ("delår 1 2023", "delar", Window.TERTIAL_1, "2023-04"),
        ("2022", "delar", Window.YEAR, "2022-12"),
        ("2022", "index", Window.TWO_YEARS, "2022-12"),
    ],
)
def test_periods(tmp_path: Path, period: str, measure: str, window: Window, end: str) -> None:
    numbers = ";;7" if measure == "index" else "7;;"
    row = first(tmp_path, f"{measure};kirurgi;{period};;{numbers}")
    assert (row["window"], row["month"]) == (window, Month.parse(end).index)


def test_a_duration_is_seconds_where_the_component_is_and_minutes_where_it_is_the_value(
    tmp_path: Path,
) -> None:
    assert first(tmp_path, "vantetid;kirurgi;2023-10;;18:31;10;")["numerator"] == (18 * 60 + 31) * 10_000
    assert first(tmp_path, "vantetid;kirurgi;2023-10;;1:00:05;10;")["numerator"] == 3605 * 10_000
    assert first(tmp_path, "vantetid;kirurgi;2023-10;;;;18:31")["ready"] == 185_167


def test_no_other_measure_takes_a_duration(tmp_path: Path) -> None:
    fault = only(own(tmp_path, "besok;kirurgi;2023-10;;18:31;;"))
    assert (fault.column, fault.value, fault.rows) == ("Täljare", "18:31", (2,))
    fault = only(own(tmp_path, "vantetid;kirurgi;2023-10;;100;18:31;"))
    assert (fault.column, fault.value) == ("Nämnare", "18:31")


WRONG = {
    "unknown unit": ("franvaro;kirurgin;2023-10;;60;1000;", "Verksamhet", "kirurgin", "finns inte", "”kirurgi”"),
    "no unit": ("franvaro;;2023-10;;60;1000;", "Verksamhet", "", "saknas", "id eller namn"),
    "unknown measure": ("frånvaro;kirurgi;2023-10;;60;1000;", "Nyckeltal", "frånvaro", "finns inte", "”franvaro”"),
    "no period": ("franvaro;kirurgi;hösten;;60;1000;", "Period", "hösten", "går inte att läsa", "2023-10"),
    "ambiguous period": ("franvaro;kirurgi;10/11/2023;;60;1000;", "Period", "10/11/2023", "går inte att läsa", "2023-10"),
    "too early": ("franvaro;kirurgi;1999-12;;60;1000;", "Period", "1999-12", "utanför", "2000"),
    "too late": ("franvaro;kirurgi;2024-12;;60;1000;", "Period", "2024-12", "för långt fram", "2024-11"),
    "not begun": ("franvaro;kirurgi;2023-12;;60;1000;", "Period", "2023-12", "inte börjat", "2023-11"),
    "another window": ("franvaro;kirurgi;2023;;60;1000;", "Period", "2023", "mäts inte per år", "månad"),
    "unknown sex": ("franvaro;kirurgi;2023-10;X;60;1000;", "Kön", "X", "går inte att läsa", "kvinnor eller män"),
    "not by sex": ("resultat;kirurgi;2023-10;K;60;;", "Kön", "K", "redovisas inte per kön", "bara totalen"),
    "not a number": ("franvaro;kirurgi;2023-10;;sextio;1000;", "Täljare", "sextio", "inget tal", "1234,5"),
    "an exponent": ("franvaro;kirurgi;2023-10;;6e1;1000;", "Täljare", "6e1", "inget tal", "1234,5"),
    "five decimals": ("franvaro;kirurgi;2023-10;;60,12345;1000;", "Täljare", "60,12345", "fyra decimaler", "högst fyra"),
    "too large": ("franvaro;kirurgi;2023-10;;1;10000000000000;", "Nämnare", "10000000000000", "för stort", "enheten"),
    "larger part": ("franvaro;kirurgi;2023-10;;1001;1000;", "Täljare", "1001", "större än nämnaren", "1\xa0000"),
    "negative count": ("besok;kirurgi;2023-10;;-1;;", "Täljare", "-1", "negativt", "noll"),
    "negative below": ("vantetid;kirurgi;2023-10;;1;-1;", "Nämnare", "-1", "negativ", "noll"),
    "no numerator": ("franvaro;kirurgi;2023-10;;;1000;", "Täljare", "", "Täljaren saknas", "ta bort raden"),
    "no denominator": ("franvaro;kirurgi;2023-10;;60;;", "Nämnare", "", "Nämnaren saknas", "ta bort raden"),
    "nothing": ("besok;kirurgi;2023-10;;;;", "Täljare", "", "Täljaren saknas", "ta bort raden"),
    "one too many": ("besok;kirurgi;2023-10;;60;1000;", "Nämnare", "1000", "har ingen nämnare", "Ta bort"),
    "both": ("franvaro;kirurgi;2023-10;;60;1000;6", "Värde", "6", "både", "antingen"),
    "parts of a survey": ("hme;kirurgi;2022;;60;100;", "Värde", "", "inte fram ur delar", "färdiga värdet"),
    "not of respondents": ("index;kirurgi;2022;;;100;70", "Nämnare", "100", "räknar inga svarande", "Ta bort"),
    "no respondents": ("hme;kirurgi;2022;;;0;70", "Nämnare", "0", "inte större än noll", "lämna nämnaren tom"),
    "above a hundred": ("hme;kirurgi;2022;;;100;100,1", "Värde", "100,1", "över 100", "0 till 100"),
    "gone": ("franvaro;halso;2023-01;;60;1000;", "Verksamhet", "halso", "fanns inte", "till och med 2022-12"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_row_is_told_with_row_column_value_and_what_was_expected(tmp_path: Path, case: str) -> None:
    row, column, value, what, expected = WRONG[case]
    found = own(tmp_path, ROW, row)
    fault = only(found)
    assert (fault.rows, fault.count, fault.column, fault.value) == ((3,), 1, column, value)
    assert what in fault.what
    assert expected in fault.expected
    assert fault.expected.endswith(".") or fault.expected.endswith("?")
    with pytest.raises(FileRefused):
        next(found.slices())


def test_an_amount_may_be_negative(tmp_path: Path) -> None:
    assert first(tmp_path, "resultat;kirurgi;2023-10;;−1 000;;")["numerator"] == -10_000_000


def test_all_wrong_rows_are_told_at_once_and_the_same_fault_once(tmp_path: Path) -> None:
    found = own(
        tmp_path, *(row for row, *_ in WRONG.values()), *["franvaro;kirurgi;2023-10;;sextio;1000;"] * 8
    )
    # Two of them are the same fault, an empty Täljare.
    assert len(found.faults) == len(WRONG) - 1
    [again] = [fault for fault in found.faults if fault.value == "sextio"]
    assert again.count == 9
    assert len(again.rows) == FIRST_ROWS
    assert "och 4 till" in again.where()


def test_a_thousand_faults_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    found = own(tmp_path, *(f"franvaro;kirurgi;2023-10;;tal{n};1000;" for n in range(1200)))
    assert len(found.faults) == 1001
    assert "200" in found.faults[-1].what


def test_a_unit_that_is_not_allowed_is_told_as_an_unknown_one_and_never_suggested(tmp_path: Path) -> None:
    rows = ("franvaro;medicin;2023-10;;1;2;", "franvaro;medecin;2023-10;;1;2;", "franvaro;akut;1999-10;;1;2;")
    found = own(tmp_path, *rows, allowed=frozenset({"kirurgi"}))
    units = [fault for fault in found.faults if fault.column == "Verksamhet"]
    assert [fault.value for fault in units] == ["medicin", "medecin", "akut"]
    assert len({(fault.what, fault.expected) for fault in units}) == 1


@pytest.mark.parametrize(
    "number", ["850312-1234", "19850312-1234", "198503121234", "850372-1234", "19850312A123", "850312+1234"]
)
def test_a_persons_number_is_refused_wherever_it_stands_and_never_repeated(
    tmp_path: Path, number: str
) -> None:
    text = lines(
        f"{HEAD};Övrigt",
        f"{ROW};",
        f"{ROW.replace('10', '09')};{number}",
        f"franvaro;{number};2023-08;;1;2;;",
    )
    found = read(tmp_path, text, "observationer")
    assert {row for fault in found.faults if "personnummer" in fault.what for row in fault.rows} == {3, 4}
    assert number not in repr(found)


# What must hold of rows together


def test_the_same_value_twice_is_told_with_both_rows(tmp_path: Path) -> None:
    fault = only(own(tmp_path, ROW, "besok;kirurgi;2023-10;;1;;", ROW.replace("60", "61")))
    assert fault.rows == (2, 4)
    assert "Franvaro, Kirurgikliniken, oktober 2023" in fault.what.replace("franvaro", "Franvaro")


def test_rows_are_compared_over_slices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hsf_kpi.ingest.incoming.AT_ONCE", 2)
    others = [f"besok;kirurgi;2023-{month:02d};;1;;" for month in range(1, 8)]
    total = [f"franvaro;kirurgi;2023-10;{sex};{n};100;" for sex, n in (("T", 9), ("K", 5), ("M", 4))]
    found = own(
        tmp_path, total[0], *others[:4], total[1], *others[4:], total[2], "besok;kirurgi;2023-01;;2;;"
    )
    told = {fault.rows: fault.what for fault in found.faults}
    assert set(told) == {(3, 12), (2, 7, 11)}
    assert "nämnare" in told[2, 7, 11]
    assert "flera gånger" in told[3, 12]


@pytest.mark.parametrize(
    ("rows", "value", "expected"),
    [
        (("T;11;20", "K;5;10", "M;5;10"), "11", "Ange 10 (5 + 5)"),
        (("M;5;10", "T;10;21", "K;5;10"), "21", "Ange 20 (10 + 10)"),
        (("T;10,3;20", "K;5,15;10", "M;5,1;10"), "10,3", "Ange 10,25 (5,15 + 5,1)"),
    ],
)
def test_a_total_that_is_not_women_and_men(
    tmp_path: Path, rows: tuple[str, ...], value: str, expected: str
) -> None:
    fault = only(own(tmp_path, *(f"franvaro;kirurgi;2023-10;{row};" for row in rows)))
    assert fault.value == value
    assert expected in fault.expected
    assert sorted(fault.rows) == [2, 3, 4]


@pytest.mark.parametrize(
    "rows",
    [
        (
            "franvaro;kirurgi;2023-10;T;10,25;20;",
            "franvaro;kirurgi;2023-10;K;5,15;10;",
            "franvaro;kirurgi;2023-10;M;5,1;10;",
        ),
        ("franvaro;kirurgi;2023-10;T;11;20;", "franvaro;kirurgi;2023-10;K;5;10;"),
        ("hme;kirurgi;2022;T;;;75", "hme;kirurgi;2022;K;;;70", "hme;kirurgi;2022;M;;;71"),
        (
            "franvaro;kirurgi;2023-10;T;11;20;",
            "franvaro;kirurgi;2023-09;K;5;10;",
            "franvaro;kirurgi;2023-10;M;5;10;",
        ),
    ],
    ids=["equal", "no men", "finished values", "another month"],
)
def test_totals_that_are_not_compared_or_agree(tmp_path: Path, rows: tuple[str, ...]) -> None:
    assert own(tmp_path, *rows).faults == ()


def test_norm_hours_that_differ_within_a_month(tmp_path: Path) -> None:
    rows = (
        "arsarbetare;kirurgi;2023-10;;10;160;",
        "arsarbetare;medicin;2023-10;;10;159;",
        "arsarbetare;medicin;2023-09;;10;150;",
    )
    fault = only(own(tmp_path, *rows))
    assert (fault.rows, fault.column, fault.value) == ((3,), "Nämnare", "159")
    assert "160 som på rad 2" in fault.expected


# How numbers are written


def test_numbers_written_in_two_ways_are_one_fault_with_a_row_of_each(tmp_path: Path) -> None:
    rows = (
        ROW,
        "besok;kirurgi;2023-10;;1.234,5;;",
        "besok;kirurgi;2023-09;;1,234.5;;",
        "besok;kirurgi;2023-08;;1,234.5;;",
    )
    fault = only(own(tmp_path, *rows))
    assert fault.rows == (3, 4)
    assert "två sätt" in fault.what


def test_what_decides_may_stand_below_what_it_decides_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hsf_kpi.ingest.incoming.AT_ONCE", 1)
    found = own(tmp_path, "besok;kirurgi;2023-10;;1.234;;", "besok;kirurgi;2023-09;;12,5;;")
    assert observed(found)["numerator"].tolist() == [12_340_000, 125_000]
    found = own(tmp_path, "besok;kirurgi;2023-10;;1.234;;", "besok;kirurgi;2023-09;;12.5;;")
    assert observed(found)["numerator"].tolist() == [12_340, 125_000]


def test_a_number_that_could_be_two_is_asked_about_unless_the_profile_says(tmp_path: Path) -> None:
    assert only(own(tmp_path, "besok;kirurgi;2023-10;;1.234;;")).value == "1.234"
    said = replace(OWN["observationer"], decimals=Decimals.POINT)
    found = read(tmp_path, lines(HEAD, "besok;kirurgi;2023-10;;1.234;;"), said)
    assert observed(found)["numerator"].tolist() == [12_340]


# Columns


def test_headings_are_found_whatever_their_case_and_spaces(tmp_path: Path) -> None:
    head = "\ufeffNYCKELTAL ; verksamhet;Period\xa0;täljare;Kommentar"
    found = read(tmp_path, lines(head, "besok;kirurgi;2023-10;1;x"), "observationer")
    assert observed(found)["numerator"].tolist() == [10_000]
    assert "Kolumner som inte används: ”Kommentar”." in found.contents.notes


def test_all_missing_columns_are_told_at_once_with_what_the_file_has(tmp_path: Path) -> None:
    found = read(tmp_path, lines("Nyckeltalet;Klinik;Period;Täljare", "a;b;c;d"), "observationer")
    assert [fault.column for fault in found.faults] == ["Nyckeltal", "Verksamhet"]
    assert all("”Klinik”" in fault.expected for fault in found.faults)
    assert "Menade du ”Nyckeltalet”?" in found.faults[0].expected


def test_a_file_without_any_number_column(tmp_path: Path) -> None:
    fault = only(read(tmp_path, lines("Nyckeltal;Verksamhet;Period;Nämnare", "a;b;c;1"), "observationer"))
    assert "”Täljare” eller ”Värde”" in fault.what


# By a profile of another system


def heroma(**changes: Any) -> Profile:
    """A file of a made-up layout: year and month apart, cost centres, sums among the rows, thousands of hours."""
    plain = Profile(
        "heroma", "Sjukfrånvaro", "Heroma", Holds.OBSERVATIONS,
        columns=(
            Column("measure", fixed="franvaro"), Column("unit", ("Kst", "Kostnadsställe")), Column("year", ("År",)),
            Column("month", ("Mån",)), Column("sex", ("Kön",), values={"Tjej": "K", "Kille": "M"}),
            Column("numerator", ("Frånvaro",), scale="1000"), Column("denominator", ("Tid",), scale="1000"),
        ),
        units_by=UnitKey.COST_CENTRE, skip={"Kst": ("Summa",)},
    )  # fmt: skip
    return replace(plain, **changes)


def test_a_profile_translates_columns_values_units_and_scale(tmp_path: Path) -> None:
    rows = ("4711;2023;10;Tjej;1,5;20", "4712;2023;oktober;Kille;1;20", "SUMMA;2023;10;Tjej;9;9")
    found = read(tmp_path, lines("kostnadsställe;År;Mån;kön;Frånvaro;Tid", *rows), heroma())
    frame = observed(found)
    assert frame["unit"].tolist() == ["kirurgi", "medicin"]
    assert frame["sex"].tolist() == [Sex.WOMEN, Sex.MEN]
    assert frame["numerator"].tolist() == [15_000_000, 10_000_000]
    assert set(frame["month"]) == {Month.of(2023, 10).index}
    assert any("Hoppade över 1" in note for note in found.contents.notes)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (UnitKey.HSA_ID, "se2321000172-1a2b"),
        (UnitKey.NAME, "KIRURGIKLINIKEN"),
        (UnitKey.NAME, "kir"),
        (UnitKey.ID, "Kirurgi"),
    ],
)
def test_how_a_unit_is_named(tmp_path: Path, key: UnitKey, text: str) -> None:
    found = read(tmp_path, lines("Kst;År;Mån;Kön;Frånvaro;Tid", f"{text};2023;10;;1;2"), heroma(units_by=key))
    assert observed(found)["unit"].tolist() == ["kirurgi"]


def test_a_sum_beside_what_it_is_the_sum_of_is_noted(tmp_path: Path) -> None:
    """A unit may have values of its own beside those below it, so it is told and not refused."""
    both = own(
        tmp_path, "besok;akut;2023-10;;9;;", "besok;kirurgi;2023-10;;4;;", "besok;kirurgi;2023-09;;5;;"
    )
    assert not both.faults
    (note,) = [note for note in both.contents.notes if note.startswith("OBS")]
    assert "Akut" in note
    assert "oktober 2023" in note
    apart = own(
        tmp_path, "besok;akut;2023-10;;9;;", "besok;kirurgi;2023-09;;4;;", "franvaro;kirurgi;2023-10;;4;9;"
    )
    assert not any(note.startswith("OBS") for note in apart.contents.notes)


def test_units_that_the_profile_makes_one_are_added_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hsf_kpi.ingest.incoming.AT_ONCE", 2)
    profile = heroma(units={"A": "kirurgi", "B": "kirurgi", "C": "medicin"})
    rows = ("A;2023;10;;1;10", "C;2023;10;;3;30", "B;2023;10;;2;20", "A;2023;9;;7;70")
    found = read(tmp_path, lines("Kst;År;Mån;Kön;Frånvaro;Tid", *rows), profile)
    frame = observed(found).sort_values(["unit", "month"])
    assert list(zip(frame["unit"], frame["numerator"], frame["denominator"], frame["row"], strict=True)) == [
        ("kirurgi", 70_000_000, 700_000_000, 5), ("kirurgi", 30_000_000, 300_000_000, 2),
        ("medicin", 30_000_000, 300_000_000, 3),
    ]  # fmt: skip
    assert any("Lade ihop 1 " in note for note in found.contents.notes)


def test_the_same_unit_of_the_file_twice_is_never_added_up(tmp_path: Path) -> None:
    profile = heroma(units={"A": "kirurgi", "B": "kirurgi"})
    rows = ("A;2023;10;;1;10", "B;2023;10;;2;20", "A;2023;10;;1;10")
    assert only(read(tmp_path, lines("Kst;År;Mån;Kön;Frånvaro;Tid", *rows), profile)).rows == (2, 3, 4)


def test_finished_values_of_several_units_are_never_added_up(tmp_path: Path) -> None:
    columns = (
        Column("measure", fixed="hme"), Column("unit", ("Kst",)), Column("year", ("År",)), Column("ready", ("Index",)),
    )  # fmt: skip
    profile = heroma(columns=columns, units={"A": "kirurgi", "B": "kirurgi"}, skip={})
    fault = only(read(tmp_path, lines("Kst;År;Index", "A;2022;70", "B;2022;80"), profile))
    assert "kan inte läggas ihop" in fault.what
    assert (fault.rows, fault.column) == ((2, 3), "Kst")


def test_a_column_for_each_nyckeltal(tmp_path: Path) -> None:
    profile = heroma(
        columns=(Column("unit", ("Kst",)), Column("period", ("Månad",))),
        wide=(
            WideColumn("Besök", "besok", "numerator"), WideColumn("Frånvaro K", "franvaro", "numerator", sex="women"),
            WideColumn("Tid K", "franvaro", "denominator", sex="women"),
        ),
    )  # fmt: skip
    rows = ("4711;2023-10;5;6;60", "4712;2023-10;7;;", "4712;2023-09;-7;61;60")
    found = read(tmp_path, lines("Kst;Månad;Besök;Frånvaro K;Tid K", *rows), profile)
    assert [(f.rows, f.column, f.value) for f in found.faults] == [
        ((4,), "Besök", "-7"),
        ((4,), "Frånvaro K", "61"),
    ]
    frame = observed(read(tmp_path, lines("Kst;Månad;Besök;Frånvaro K;Tid K", *rows[:2]), profile))
    assert sorted(zip(frame["measure"], frame["sex"], frame["numerator"] // 10_000, frame["row"], strict=True)) == [
        ("besok", Sex.ALL, 5, 2), ("besok", Sex.ALL, 7, 3), ("franvaro", Sex.WOMEN, 6, 2),
    ]  # fmt: skip


def test_a_profile_that_names_what_does_not_exist_is_told_before_the_rows(tmp_path: Path) -> None:
    profile = heroma(
        units={"A": "kirurgin"}, columns=(Column("measure", fixed="franvar"), *heroma().columns[1:])
    )
    found = read(tmp_path, lines("Kst;År;Mån;Kön;Frånvaro;Tid", "A;2023;10;;1;10"), profile)
    assert [fault.expected for fault in found.faults] == ["Menade du ”kirurgi”?", "Menade du ”franvaro”?"]


def test_a_file_that_has_changed_since_it_was_checked_is_refused(tmp_path: Path) -> None:
    found = own(tmp_path, ROW)
    (tmp_path / "fil.csv").write_text(lines(HEAD, ROW.replace("60", "sextio")), encoding="utf-8")
    with pytest.raises(FileRefused):
        list(found.slices())


def test_slices_are_bounded_and_can_be_taken_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hsf_kpi.ingest.incoming.AT_ONCE", 3)
    found = own(tmp_path, *(f"besok;kirurgi;2023-{month:02d};;{month};;" for month in range(1, 11)))
    sizes = [len(s.observations) for s in found.slices() if s.observations is not None]
    assert sizes == [3, 3, 3, 1]
    pd.testing.assert_frame_equal(observed(found), observed(found))


def test_the_store_takes_the_frames(tmp_path: Path) -> None:
    from hsf_kpi.model.codes import Origin
    from hsf_kpi.store.batch import batch
    from hsf_kpi.store.checks import problems_of

    rows = (ROW, "franvaro;kirurgi;2023-09;K;1,5;2;", "hme;kirurgi;2022;;;12;70", "index;medicin;2021;;;;7,5")
    some = batch(observed(own(tmp_path, *rows)), Origin.LOADED)
    assert problems_of(some, CATALOGUE, Origin.LOADED) == []


def test_a_workbook_is_read_as_a_text_file_is(tmp_path: Path) -> None:
    import datetime as dt

    from openpyxl import Workbook

    book = Workbook()
    book.active.append(HEAD.split(";"))
    book.active.append(["franvaro", "kirurgi", dt.datetime(2023, 10, 1), "K", 60.1 + 0.2, 1000, None])
    book.active.append(["hme", "kirurgi", 2022, None, None, 12, 70.5])
    content = io.BytesIO()
    book.save(content)
    frame = observed(read(tmp_path, content.getvalue(), "observationer"))
    assert frame["numerator"].tolist() == [603_000, pd.NA]
    assert frame["ready"].tolist() == [pd.NA, 705_000]
    assert frame["window"].tolist() == [Window.MONTH, Window.YEAR]
