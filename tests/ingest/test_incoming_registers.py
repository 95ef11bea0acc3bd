"""Moves, improvement activities, public series and definitions from files."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.incoming import Incoming
from hsf_kpi.model.observation import ExternalValue
from hsf_kpi.model.period import Month
from hsf_kpi.model.register import Effect, Improvement, Move, MovePart, Progress
from hsf_kpi.store.register_checks import improvement_problems, move_problems
from tests.ingest.file_samples import CATALOGUE, lines, only, read

MOVE = "Id;Verksamhet;Period;Personer;Beslut;Finansiering"
WORK = (
    "Verksamhet;Vad som ska göras;Slag av effekt;Väntad effekt per månad;Från och med;Till och med;"
    "Ansvarig funktion;Status"
)


def moves(folder: Path, *rows: str) -> Incoming:
    return read(folder, lines(MOVE, *rows), "omflyttningar")


def test_the_rows_of_one_id_are_one_move(tmp_path: Path) -> None:
    rows = ("a;kirurgi;2023-10;-3;HSN 2023/1;ram", "b;akut;2023-09;1;B;", "a;medicin;okt 2023;+3;HSN 2023/1;ram",
            "b;nara;2023-09;−1;B;")  # fmt: skip
    found = moves(tmp_path, *rows)
    assert found.faults == ()
    [some] = found.slices()
    assert some.moves == (
        Move("a", Month.of(2023, 10), "HSN 2023/1", "ram", (MovePart("kirurgi", -3), MovePart("medicin", 3))),
        Move("b", Month.of(2023, 9), "B", "", (MovePart("akut", 1), MovePart("nara", -1))),
    )
    assert some.rows == (2, 3)
    assert move_problems(some.moves, CATALOGUE) == []


def test_a_unit_may_be_left_in_the_month_after_its_last(tmp_path: Path) -> None:
    assert moves(tmp_path, "a;halso;2023-01;-3;B;", "a;primar;2023-01;3;B;").faults == ()
    assert "fanns inte" in only(moves(tmp_path, "a;halso;2023-02;-3;B;", "a;primar;2023-02;3;B;")).what


@pytest.mark.parametrize(
    ("rows", "at", "column", "what"),
    [
        (("a;kirurgi;2023-10;-3;B;", "a;medicin;2023-10;4;B;"), (2, 3), "Personer", "inte jämnt ut"),
        (("a;kirurgi;2023-10;3;B;",), (2,), "Id", "färre än två"),
        (("a;kirurgi;2023-10;-3;B;", "a;medicin;2023-09;3;B;"), (2, 3), "Period", "olika saker"),
        (("a;kirurgi;2023-10;-3;B;", "a;medicin;2023-10;3;C;"), (2, 3), "Beslut", "olika saker"),
        (("a;kirurgi;2023-10;0;B;",), (2,), "Personer", "hur många"),
        (("a;kirurgi;2023-10;1,5;B;",), (2,), "Personer", "helt tal"),
        ((";kirurgi;2023-10;1;B;",), (2,), "Id", "saknar id"),
        (("a;kirurgi;2023-10;1;;",), (2,), "Beslut", "saknar beslut"),
        (
            ("a;kirurgi;2023-10;-2;B;", "a;medicin;2023-10;1;B;", "a;medicin;2023-10;1;B;"),
            (3, 4), "Verksamhet", "flera gånger",
        ),
    ],
)  # fmt: skip
def test_wrong_moves(
    tmp_path: Path, rows: tuple[str, ...], at: tuple[int, ...], column: str, what: str
) -> None:
    fault = only(moves(tmp_path, *rows))
    assert (fault.rows, fault.column) == (at, column)
    assert what in fault.what


def test_activities(tmp_path: Path) -> None:
    rows = ("kirurgi;Färre hyrläkare;Lägre kostnad;250 000;2023-10;2024-06;Verksamhetschef;pågår",
            "medicin;Fler besök;ökad kapacitet;1000;2024-01;;Enhetschef;")  # fmt: skip
    found = read(tmp_path, lines(WORK, *rows), "forbattringsarbeten")
    assert found.faults == ()
    [some] = found.slices()
    assert some.improvements == (
        Improvement(
            "kirurgi", "Färre hyrläkare", Effect.COST, 250_000, Month.of(2023, 10), "Verksamhetschef", Progress.RUNNING,
            Month.of(2024, 6),
        ),
        Improvement(
            "medicin", "Fler besök", Effect.CAPACITY, 1000, Month.of(2024, 1), "Enhetschef", Progress.PLANNED
        ),
    )  # fmt: skip
    assert [improvement_problems(one, CATALOGUE) for one in some.improvements] == [[], []]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("kirurgi;;Lägre kostnad;1;2023-10;;Chef;", "Vad som ska göras"),
        (f"kirurgi;{'x' * 301};Lägre kostnad;1;2023-10;;Chef;", "Vad som ska göras"),
        ("kirurgi;Mer;billigare;1;2023-10;;Chef;", "Slag av effekt"),
        ("kirurgi;Mer;kvalitet;0;2023-10;;Chef;", "Väntad effekt per månad"),
        ("kirurgi;Mer;kvalitet;;2023-10;;Chef;", "Väntad effekt per månad"),
        ("kirurgi;Mer;kvalitet;1,5;2023-10;;Chef;", "Väntad effekt per månad"),
        ("kirurgi;Mer;kvalitet;2000000000;2023-10;;Chef;", "Väntad effekt per månad"),
        ("kirurgi;Mer;kvalitet;1;;;Chef;", "Från och med"),
        ("kirurgi;Mer;kvalitet;1;2023-10;2023-09;Chef;", "Till och med"),
        ("kirurgi;Mer;kvalitet;1;2023-10;;;", "Ansvarig funktion"),
        ("kirurgi;Mer;kvalitet;1;2023-10;;nn@region.se;", "Ansvarig funktion"),
        ("kirurgi;Mer;kvalitet;1;2023-10;;Chef;kanske", "Status"),
    ],
)
def test_wrong_activities(tmp_path: Path, row: str, column: str) -> None:
    fault = only(read(tmp_path, lines(WORK, row), "forbattringsarbeten"))
    assert (fault.rows, fault.column) == ((2,), column)


def test_the_shipped_statistics_are_read_whole(tmp_path: Path) -> None:
    content = (ROOT / "data" / "published" / "kolada_regions.csv").read_text(encoding="utf-8-sig")
    some_rows = lines(*content.splitlines()[:1], *content.splitlines()[1::10])
    found = read(tmp_path, some_rows, "kolada")
    assert found.faults == ()
    values = [value for some in found.slices() for value in some.external]
    assert [(v.register, v.series, v.region_id, v.region, v.year, Fraction(v.value, 10_000)) for v in values] == [
        ("kolada", row["kolada_id"], row["municipality_id"], row["region"], int(row["year"]), Fraction(row["value"]))
        for row in csv.DictReader(some_rows.splitlines())
    ]  # fmt: skip


def test_wrong_statistics(tmp_path: Path) -> None:
    head = "kolada_id,municipality_id,region,year,value"
    rows = (
        "N1,0019,V,2022,1.5",
        "N1,0019,V,2022,1.6",
        "N1,0019,V,tjugo,1",
        "N1,0019,V,2021,",
        ",0019,V,2021,1",
        "N1,0,V,2020,1.55555",
    )
    found = read(tmp_path, lines(head, *rows), "kolada")
    assert [(f.rows, f.column) for f in found.faults] == [
        ((2, 3), ""), ((4,), "year"), ((5,), "value"), ((6,), "kolada_id"), ((7,), "value"),
    ]  # fmt: skip
    good = read(tmp_path, lines(head, rows[0]), "kolada")
    assert [v for s in good.slices() for v in s.external] == [
        ExternalValue("kolada", "N1", "0019", "V", 2022, 15_000)
    ]


def test_targets_become_a_definition_file(tmp_path: Path) -> None:
    text = lines("Nyckeltal;År;Slag av mål;Målvärde", "sjukfranvaro;2024;högst;5,9")
    found = read(tmp_path, text, "malvarden", catalogue=read_catalogue(ROOT / "data"))
    assert found.faults == ()
    [some] = found.slices()
    assert len(some.definitions) == 1
    path, definition = some.definitions[0]
    assert path.startswith("targets/2024")
    assert "5.9" in definition


def test_wrong_targets_are_told_with_their_row(tmp_path: Path) -> None:
    text = lines("Nyckeltal;År;Slag av mål;Målvärde", "sjukfranvaron;2024;högst;5,9")
    fault = only(read(tmp_path, text, "malvarden", catalogue=read_catalogue(ROOT / "data")))
    assert fault.rows == (2,)
