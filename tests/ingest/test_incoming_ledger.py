"""Budget, outcome and forecasts from files: kronor, accounts and signs, and what each wrong row is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from hsf_kpi.ingest.incoming import Incoming
from hsf_kpi.model.incoming import Holds
from hsf_kpi.model.period import Month
from hsf_kpi.model.profile import Column, Profile, UnitKey
from hsf_kpi.store.ledger_batch import forecast_rows, ledger_rows
from hsf_kpi.store.ledger_checks import ledger_problems
from tests.ingest.file_samples import CATALOGUE, lines, only, read

HEAD = "Verksamhet;Period;Konto;Slag;Belopp;Motpart;Uppdragsprojekt;Kostnadsställe"
ROW = "kirurgi;2023-10;personal;utfall;1000;;;"


def own(folder: Path, *rows: str) -> Incoming:
    return read(folder, lines(HEAD, *rows), "budget-och-utfall")


def booked(found: Incoming) -> pd.DataFrame:
    assert found.faults == ()
    return pd.concat([s.ledger for s in found.slices() if s.ledger is not None], ignore_index=True)


def test_entries_are_read_as_the_store_takes_them(tmp_path: Path) -> None:
    rows = (
        "kirurgi;2023-10;Personal;Utfall;1 234 567;;nej;", "medicin;okt 2023;salt;utfall;500;kirurgi;;",
        "kirurgi;2023-10;kopt;UTFALL;500;medicin;;", "kirurgi;2023-10;underskott;Budget;−7;;Ja;47 Mottagning",
    )  # fmt: skip
    frame = booked(own(tmp_path, *rows))
    assert frame["account"].tolist() == ["personal", "salt", "kopt", "underskott"]
    assert frame["kind"].tolist() == ["actual", "actual", "actual", "budget"]
    assert frame["amount"].tolist() == [1_234_567, 500, 500, -7]
    assert frame["counterpart"].tolist() == ["", "kirurgi", "medicin", ""]
    assert frame["project"].tolist() == [False, False, False, True]
    assert frame["cost_centre"].tolist() == ["", "", "", "47 Mottagning"]
    assert frame["row"].tolist() == [2, 3, 4, 5]
    taken = ledger_rows(frame.iloc[:3])
    assert ledger_problems(taken, CATALOGUE) == []


WRONG = {
    "öre": (ROW.replace("1000", "1000,50"), "Belopp", "1000,50", "inte hela kronor", "utan ören"),
    "no amount": (ROW.replace("1000", ""), "Belopp", "", "saknas", "ta bort raden"),
    "too much": (ROW.replace("1000", "9999999999999"), "Belopp", "9999999999999", "för stort", "enheten"),
    "unknown account": (ROW.replace("personal", "personel"), "Konto", "personel", "finns inte", "”personal”"),
    "unknown kind": (ROW.replace("utfall", "prognos"), "Slag", "prognos", "går inte att läsa", "budget eller utfall"),
    "no month": (ROW.replace("2023-10", "2023"), "Period", "2023", "ingen månad", "2023-10"),
    "too late": (ROW.replace("2023-10", "2026-01"), "Period", "2026-01", "för långt fram", "2025-11"),
    "not begun": (ROW.replace("2023-10", "2023-12"), "Period", "2023-12", "inte börjat", "eller budget"),
    "unknown counterpart": ("kirurgi;2023-10;kopt;utfall;1;medecin;;", "Motpart", "medecin", "finns inte", "”medicin”"),
    "never internal": ("kirurgi;2023-10;personal;utfall;1;medicin;;", "Konto", "personal", "ingen motpart", "tom"),
    "itself": ("kirurgi;2023-10;kopt;utfall;1;kirurgi;;", "Motpart", "kirurgi", "egen motpart", "köpt eller sålt"),
    "only budget": ("kirurgi;2023-10;underskott;utfall;1;;;", "Konto", "underskott", "aldrig ett utfall", "Ta bort"),
    "project": ("kirurgi;2023-10;personal;utfall;1;;kanske;", "Uppdragsprojekt", "kanske", "projekt", "ja eller nej"),
    "long": (f"kirurgi;2023-10;personal;utfall;1;;;{'x' * 41}", "Kostnadsställe", "x" * 41, "längre än 40", "Korta"),
    "gone": ("halso;2023-10;personal;utfall;1;;;", "Verksamhet", "halso", "fanns inte", "2022-12"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_row_is_told_with_row_column_value_and_what_was_expected(tmp_path: Path, case: str) -> None:
    row, column, value, what, expected = WRONG[case]
    fault = only(own(tmp_path, ROW.replace("10", "09"), row))
    assert (fault.rows, fault.column, fault.value) == ((3,), column, value)
    assert what in fault.what
    assert expected in fault.expected


def test_a_post_twice_is_told_with_both_rows(tmp_path: Path) -> None:
    fault = only(own(tmp_path, ROW, ROW.replace("utfall", "budget"), ROW.replace("1000", "5")))
    assert fault.rows == (2, 4)
    assert "Kirurgikliniken, Personal, utfall oktober 2023" in fault.what


def test_other_cost_centres_counterparts_and_projects_are_other_posts(tmp_path: Path) -> None:
    rows = (ROW, f"{ROW}11", f"{ROW}12", ROW.replace(";;;", ";;ja;"), "kirurgi;2023-10;kopt;utfall;1;medicin;;",
            "kirurgi;2023-10;kopt;utfall;1;;;")  # fmt: skip
    assert len(booked(own(tmp_path, *rows))) == 6


def raindance(**changes: object) -> Profile:
    """A made-up layout: account numbers by span, revenue with minus, amounts in tkr."""
    plain = Profile(
        "ekonomi", "Huvudbok", "Ekonomisystemet", Holds.LEDGER,
        columns=(
            Column("unit", ("Ansvar",)), Column("period", ("Period",)), Column("account", ("Konto",)),
            Column("kind", fixed="utfall"), Column("amount", ("Saldo tkr",), scale="1000"),
            Column("cost_centre", ("Ansvar",)),
        ),
        units_by=UnitKey.COST_CENTRE, units={"100": "kirurgi", "101": "kirurgi"},
        accounts={"3000-3999": "ersattning", "4000-5999": "personal", "6100": "kopt"},
        reversed_accounts=frozenset({"ersattning"}),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


TKR = "Ansvar;Period;Konto;Saldo tkr"


def test_a_profile_maps_account_numbers_and_turns_signs(tmp_path: Path) -> None:
    rows = ("100;202310;3011;-1 000,25", "100;202310;5999;2", "100;202310;6100;0,001")
    frame = booked(read(tmp_path, lines(TKR, *rows), raindance()))
    assert list(zip(frame["account"], frame["amount"], frame["cost_centre"], strict=True)) == [
        ("ersattning", 1_000_250, "100"), ("personal", 2_000, "100"), ("kopt", 1, "100"),
    ]  # fmt: skip


def test_öre_are_told_after_the_scale(tmp_path: Path) -> None:
    fault = only(read(tmp_path, lines(TKR, "100;202310;5999;0,0015"), raindance()))
    assert (fault.value, fault.column) == ("0,0015", "Saldo tkr")


def test_an_account_outside_all_spans_is_unknown(tmp_path: Path) -> None:
    assert only(read(tmp_path, lines(TKR, "100;202310;2999;1"), raindance())).value == "2999"


def test_accounts_that_the_profile_makes_one_are_added_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hsf_kpi.ingest.incoming.AT_ONCE", 2)
    rows = (
        "100;202310;4000;1",
        "100;202310;4001;2",
        "101;202310;4000;4",
        "100;202310;5000;8",
        "100;202309;4000;16",
    )
    found = read(tmp_path, lines(TKR, *rows), raindance())
    frame = booked(found).sort_values(["month", "cost_centre"])
    assert list(zip(frame["amount"], frame["cost_centre"], frame["row"], strict=True)) == [
        (16_000, "100", 6), (11_000, "100", 2), (4_000, "101", 4),
    ]  # fmt: skip
    assert any("Lade ihop 1 belopp" in note for note in found.contents.notes)


def test_the_same_account_and_cost_centre_twice_is_never_added_up(tmp_path: Path) -> None:
    rows = ("100;202310;4000;1", "100;202310;4001;2", "100;202310;4000;4")
    assert only(read(tmp_path, lines(TKR, *rows), raindance())).rows == (2, 3, 4)


# Forecasts

FORECAST = "Verksamhet;Lämnad;År;Konto;Belopp;Lämnad av"


def test_forecasts_are_read_as_the_store_takes_them(tmp_path: Path) -> None:
    rows = (
        "kirurgi;2023-10-20;2023;personal;-1 000;Verksamhetschef",
        "medicin;20.1.2024;2023;ersattning;5;Ekonom",
    )
    found = read(tmp_path, lines(FORECAST, *rows), "prognoser")
    assert found.faults == ()
    [some] = found.slices()
    assert some.forecasts is not None
    frame = some.forecasts
    assert frame["made"].tolist() == [dt.date(2023, 10, 20), dt.date(2024, 1, 20)]
    assert frame["amount"].tolist() == [-1000, 5]
    taken = forecast_rows(frame)
    assert not taken.wrong.any()
    assert taken.month.tolist() == [Month.of(2023, 10).index, Month.of(2024, 1).index]
    assert found.contents.measures == {"personal", "ersattning"}


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("kirurgi;20 oktober;2023;personal;1;Chef", "Lämnad", "20 oktober"),
        ("kirurgi;2022-10-20;2023;personal;1;Chef", "Lämnad", "2022-10-20"),
        ("kirurgi;2023-10-20;23;personal;1;Chef", "År", "23"),
        ("kirurgi;2023-10-20;1999;personal;1;Chef", "År", "1999"),
        ("kirurgi;2023-10-20;2023;personal;1,5;Chef", "Belopp", "1,5"),
        ("kirurgi;2023-10-20;2023;personal;;Chef", "Belopp", ""),
        ("kirurgi;2023-10-20;2023;personal;1;", "Lämnad av", ""),
    ],
)
def test_wrong_forecasts(tmp_path: Path, row: str, column: str, value: str) -> None:
    fault = only(read(tmp_path, lines(FORECAST, row), "prognoser"))
    assert (fault.rows, fault.column, fault.value) == ((2,), column, value)


def test_a_forecast_twice(tmp_path: Path) -> None:
    row = "kirurgi;2023-10-20;2023;personal;1;Chef"
    assert only(read(tmp_path, lines(FORECAST, row, row), "prognoser")).rows == (2, 3)
