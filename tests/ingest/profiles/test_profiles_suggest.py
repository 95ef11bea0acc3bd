"""A first guess at a profile from a sample, and what the sample becomes by it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hsf_kpi.ingest.files import FileTable, open_table
from hsf_kpi.ingest.profiles.check import profile_problems
from hsf_kpi.ingest.sample import sample
from hsf_kpi.ingest.suggest import suggest_profile
from hsf_kpi.model.incoming import Holds
from hsf_kpi.model.profile import Profile, UnitKey
from tests.ingest.file_samples import CATALOGUE, OWN, lines


def opened(folder: Path, *rows: str) -> FileTable:
    path = folder / "fil.csv"
    path.write_text(lines(*rows), encoding="utf-8")
    return open_table(path, "fil.csv")


def fields(profile: Profile) -> dict[str, str]:
    return {column.field: column.names[0] for column in profile.columns}


def test_the_own_format_is_recognised(tmp_path: Path) -> None:
    head = [column.names[0] for column in OWN["observationer"].columns]
    table = opened(tmp_path, ";".join(head), "franvaro;kirurgi;2023-10;K;1;2;;x")
    found = suggest_profile(table, CATALOGUE, Holds.OBSERVATIONS)
    assert fields(found) == fields(OWN["observationer"])
    assert found.units_by is UnitKey.ID
    assert profile_problems(found, "x") == []


def test_columns_are_told_by_their_values_where_the_heading_does_not(tmp_path: Path) -> None:
    table = opened(tmp_path, "A;B;C;D;Antal", "franvaro;4711;okt 2023;Kvinnor;5", "besok;4712;okt 2023;Män;6")
    found = suggest_profile(table, CATALOGUE, Holds.OBSERVATIONS)
    assert fields(found) == {"measure": "A", "unit": "B", "period": "C", "sex": "D", "numerator": "Antal"}
    assert found.units_by is UnitKey.COST_CENTRE


def test_columns_called_as_nyckeltal_are_one_each(tmp_path: Path) -> None:
    table = opened(tmp_path, "Klinik;År;Månad;Besok;Hme", "Kirurgikliniken;2022;10;5;70")
    found = suggest_profile(table, CATALOGUE, Holds.OBSERVATIONS)
    assert fields(found) == {"unit": "Klinik", "year": "År", "month": "Månad"}
    assert [(w.name, w.measure, w.component) for w in found.wide] == [
        ("Besok", "besok", "numerator"), ("Hme", "hme", "ready"),
    ]  # fmt: skip
    assert profile_problems(found, "x") == []


def test_a_ledger(tmp_path: Path) -> None:
    table = opened(tmp_path, "Ansvar;Period;Kontonr;Typ;Saldo", "4711;202310;Personal;Budget;1 000")
    found = suggest_profile(table, CATALOGUE, Holds.LEDGER)
    assert fields(found) == {
        "unit": "Ansvar", "period": "Period", "account": "Kontonr", "kind": "Typ", "amount": "Saldo",
    }  # fmt: skip


def test_what_can_not_be_told_is_left_out(tmp_path: Path) -> None:
    found = suggest_profile(opened(tmp_path, "X;Y", "a;b"), CATALOGUE, Holds.OBSERVATIONS)
    assert found.columns == ()
    assert len(profile_problems(found, "x")) == 4


def test_a_sample_shows_what_the_rows_become_and_what_is_wrong(tmp_path: Path) -> None:
    rows = ("franvaro;kirurgi;2023-10;K;1,5;2", "franvaro;kirurgi;2023-09;K;tre;2", "hme;kirurgi;2022;;;")
    table = opened(tmp_path, "Nyckeltal;Verksamhet;Period;Kön;Täljare;Nämnare", *rows, *[rows[1]] * 30)
    shown, faults = sample(table, OWN["observationer"], CATALOGUE, rows=3)
    assert [dict(row) for row in shown] == [
        {"Rad": "2", "Nyckeltal": "franvaro", "Verksamhet": "Kirurgikliniken", "Period": "oktober 2023", "Kön": "kvinnor",
         "Täljare": "1,5", "Nämnare": "2", "Värde": "", "Källa": ""}
    ]  # fmt: skip
    assert [(fault.rows, fault.value) for fault in faults] == [((3,), "tre"), ((4,), "")]


def test_a_sample_of_the_ledger_and_of_a_register(tmp_path: Path) -> None:
    ledger = opened(
        tmp_path, "Verksamhet;Period;Konto;Slag;Belopp;Motpart", "kirurgi;2023-10;kopt;budget;1000;medicin"
    )
    [row], faults = sample(ledger, OWN["budget-och-utfall"], CATALOGUE)
    assert faults == ()
    assert (row["Konto"], row["Belopp"], row["Motpart"], row["Slag"], row["Period"]) == (
        "Köpta tjänster", "1\xa0000", "Medicinkliniken", "budget", "oktober 2023",
    )  # fmt: skip
    moves = opened(tmp_path, "Id;Verksamhet;Period;Personer;Beslut", "a;kirurgi;2023-10;1;B")
    [row], faults = sample(moves, OWN["omflyttningar"], CATALOGUE)
    assert (row["Rad"], row["Id"], row["Personer"]) == ("2", "a", "1")
    assert len(faults) == 1


def test_a_sample_by_a_profile_that_does_not_fit(tmp_path: Path) -> None:
    table = opened(tmp_path, "X;Y", "a;b")
    shown, faults = sample(table, OWN["observationer"], CATALOGUE)
    assert shown == ()
    assert len(faults) == 3
    assert replace(faults[0], column="") != faults[0]
