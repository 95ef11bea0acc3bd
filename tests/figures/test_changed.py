"""What has changed since a report was frozen: every cell that differs and no other, in words that people can follow."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_kpi.figures.changed import PartChange, changes, changes_table
from hsf_kpi.figures.changed_cells import CellChange, TableChange, table_change
from hsf_kpi.figures.figure import Column, Comment, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.model.codes import Origin, UnitOfMeasure
from tests.figures.figure_samples import CONTEXT
from tests.figures.report_samples import COLUMNS, ROWS, figure, figures, report
from tests.figures.words_rules import plain, right

NOVEMBER = ("november", dt.date(2023, 11, 1), 5.0, "5,0 %", "")
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def with_row(at: int, **cells: Value) -> Figure:
    """The sample with some cells of one row changed."""
    rows = [list(row) for row in ROWS]
    for place, column in enumerate(COLUMNS):
        if column.key in cells:
            rows[at][place] = cells[column.key]
    return figure(rows=tuple(map(tuple, rows)))


def told(then: Figure, now: Figure) -> TableChange:
    return table_change(then, now)


def cells(then: Figure, now: Figure) -> list[tuple[str, str, str, str]]:
    return [(plain(one.row), one.column, plain(one.then), plain(one.now)) for one in told(then, now).cells]


def only(then: Figure, now: Figure) -> PartChange:
    (found,) = changes(report(then), report(now))
    return found


# Cells


def test_a_value_and_its_text_are_one_change() -> None:
    now = with_row(1, outcome=6.81, outcome_text="6,8 %", note="")
    assert cells(figure(), now) == [
        ("september", "Utfall", "6,6 %*", "6,8 %"),
        ("september", "Anmärkning", "en enhet saknas", "–"),
    ]


def test_what_the_text_does_not_tell_is_told_in_more_decimals() -> None:
    assert cells(figure(), with_row(0, outcome=6.0412)) == [("augusti", "Utfall", "6,040 %", "6,041 %")]
    assert cells(figure(), with_row(0, outcome=6.04 * (1 + 1e-10))) == []


@pytest.mark.parametrize(
    ("text", "then", "now", "told"),
    [
        ("6,6 %*", 6.601, 6.622, ("6,60 %*", "6,62 %*")),
        (
            "0,7 högre än jan–okt 2022",
            0.701,
            0.702,
            ("0,701 högre än jan–okt 2022", "0,702 högre än jan–okt 2022"),
        ),
        ("−0,7", -0.71, -0.72, ("−0,71", "−0,72")),
        ("■ −861,0 mnkr", -861_001_000, -860_990_000, ("■ −861,00 mnkr", "■ −860,99 mnkr")),
        ("2 849", 2_849_437, 2_849_001, ("2 849,4", "2 849,0")),
        # Where the sign differs, or the text tells another number, the numbers themselves are told.
        ("0,0", 0.04, -0.03, ("0,04", "−0,03")),
        ("10,7 %", 0.7, 0.71, ("0,70", "0,71")),
        ("7:42 min", 7.7, 7.701, ("7,700", "7,701")),
        ("följde uppdraget", 1, 2, ("1,0", "2,0")),
    ],
)
def test_more_decimals_stand_where_the_number_stood(
    text: str, then: float, now: float, told: tuple[str, str]
) -> None:
    text = text.replace("2 849", "2\N{NO-BREAK SPACE}849")
    both = [with_row(0, outcome=value, outcome_text=text) for value in (then, now)]
    assert cells(*both) == [("augusti", "Utfall", *told)]


def test_a_value_that_came_or_went() -> None:
    assert cells(figure(), with_row(2, outcome=7.0, outcome_text="7,0 %")) == [
        ("oktober", "Utfall", "maskerat", "7,0 %")
    ]
    assert cells(figure(), with_row(0, outcome=None)) == [("augusti", "Utfall", "6,0", "–")]


def test_columns_that_only_a_file_has_are_compared_where_nothing_else_tells() -> None:
    """The ends of a forecast's fan stand in one text, and as numbers in the file."""
    columns = (
        *COLUMNS,
        Column("low", "Lägst", Role.LOW, UnitOfMeasure.MNKR, 1),
        Column("tint", "Ton", Role.SIZE),
    )
    options = {"shown": "month,outcome_text,note", "file": "month,outcome,low"}

    def made(low: float, text: str = "6,0 %", tint: float = 1) -> Figure:
        return figure(columns=columns, rows=((*ROWS[0][:3], text, "", low, tint),), options=options)

    assert cells(made(1.0), made(2.0)) == [("augusti", "Lägst", "1,0", "2,0")]
    assert cells(made(1.0), made(2.0, "6,1 %")) == [("augusti", "Utfall", "6,0 %", "6,1 %")]
    assert cells(made(1.0), made(1.0, tint=2)) == [], "what only the picture uses"


def test_rows_and_columns_that_came_and_went() -> None:
    fewer = figure(rows=ROWS[:2], columns=COLUMNS)
    assert (told(figure(), fewer).gone_rows, told(figure(), fewer).new_rows) == (("oktober",), ())
    assert (told(fewer, figure()).gone_rows, told(fewer, figure()).new_rows) == ((), ("oktober",))
    bare = figure(
        columns=COLUMNS[:4], rows=tuple(row[:4] for row in ROWS), options={"shown": "month,outcome_text"}
    )
    assert (told(figure(), bare).gone_columns, told(bare, figure()).new_columns) == (("Anmärkning",),) * 2
    assert cells(figure(), bare) == []


def test_rows_are_found_whatever_their_order() -> None:
    now = with_row(1, outcome=6.81, outcome_text="6,8 %")
    assert cells(figure(), replace(now, rows=now.rows[::-1])) == cells(figure(), now)


def test_rows_under_one_heading_are_told_apart_by_their_words() -> None:
    """A mark for each målvärde, under its målområde."""
    columns = (
        Column("area", "Målområde", Role.LABEL),
        Column("measure", "Nyckeltal", Role.TEXT),
        Column("status", "Status", Role.STATUS),
        Column("status_text", "Status", Role.TEXT),
    )
    options = {"shown": "area,measure,status_text"}
    then = (("Nära", "Besök", "met", "● uppnått"), ("Nära", "Samtal", "met", "● uppnått"))
    now = (
        ("Nära", "Vikt", "met", "● uppnått"),
        ("Nära", "Besök", "missed", "■ ej uppnått"),
        ("Nära", "Samtal", "met", "● uppnått"),
    )
    found = told(*(figure(columns=columns, rows=rows, options=options) for rows in (then, now)))
    assert found.cells == (CellChange("Nära, Besök", "Status", "● uppnått", "■ ej uppnått"),)
    assert (found.gone_rows, found.new_rows) == ((), ("Nära, Vikt",))


def test_rows_that_nothing_tells_apart_are_taken_in_their_order() -> None:
    columns = (Column("name", "Namn", Role.LABEL), Column("value", "Värde", Role.OUTCOME))
    then, now = (figure(columns=columns, options={}, rows=(("A", 1), ("A", last))) for last in (2, 3))
    assert cells(then, now) == [("A (2)", "Värde", "2", "3")]
    nameless = [
        figure(columns=columns[1:], options={}, rows=tuple((value,) for value in values))
        for values in ((1, 2), (1, 3, 4))
    ]
    assert cells(*nameless) == [("rad 2", "Värde", "2", "3")]
    assert told(*nameless).new_rows == ("rad 3",)


def test_a_series_of_numbers_names_no_row() -> None:
    """The lines of an index are columns of the role."""
    columns = (Column("month", "Månad", Role.LABEL), Column("besok", "Besök", Role.SERIES, None, 1))
    then, now = (figure(columns=columns, options={}, rows=(("jan", value),)) for value in (None, 99.5))
    assert cells(then, now) == [("jan", "Besök", "–", "99,5")]


# Against a plain way to do it


@st.composite
def plain_figures(draw: st.DrawFn) -> tuple[Figure, Figure]:
    """Two makings of a figure whose rows have names of their own, all columns of which people see."""
    columns = (
        Column("name", "Namn", Role.LABEL),
        Column("day", "Dag", Role.TIME),
        Column("a", "A", Role.OUTCOME, None, 1),
        Column("b", "B", Role.NOTE),
    )
    value = (
        st.none() | st.sampled_from([0.0, 1.5, 1.5 + 1e-13, 1.5 + 1e-6, 2]) | st.sampled_from(["", "x", "y"])
    )
    names = st.tuples(
        st.sampled_from("ABC"), st.sampled_from([None, dt.date(2023, 1, 1), dt.date(2023, 2, 1)])
    )
    kept = st.dictionaries(names, st.tuples(value, value), max_size=6)
    both = [
        figure(
            columns=columns, options={}, rows=tuple((*name, *values) for name, values in draw(kept).items())
        )
        for _ in range(2)
    ]
    return both[0], both[1]


@QUIET
@given(pair=plain_figures())
def test_every_cell_that_differs_is_told_and_no_other(pair: tuple[Figure, Figure]) -> None:
    then, now = pair
    differing, gone, new = [], [], []
    for row in then.rows:
        same_names = [other for other in now.rows if other[:2] == row[:2]]
        if not same_names:
            gone.append(row[0])
        for other in same_names:
            for place in (2, 3):
                a, b = row[place], other[place]
                numbers = isinstance(a, float | int) and isinstance(b, float | int)
                if not (math.isclose(a, b, rel_tol=1e-9) if numbers else a == b):  # type: ignore[arg-type]
                    differing.append((row[0], "AB"[place - 2]))
    for row in now.rows:
        if row[:2] not in [other[:2] for other in then.rows]:
            new.append(row[0])
    found = told(then, now)
    assert [(one.row, one.column) for one in found.cells] == differing
    assert (list(found.gone_rows), list(found.new_rows)) == (gone, new)
    for one in found.cells:
        right(one.then)
        right(one.now)


@QUIET
@given(then=figures(), now=figures())
def test_any_two_figures_can_be_compared(then: Figure, now: Figure) -> None:
    assert changes(report(then), report(then)) == ()
    table = changes_table(changes(report(then), report(now)), CONTEXT)
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert all(isinstance(cell, str) for row in table.rows for cell in row)


# Figures


def test_the_finding_the_lines_and_the_comments_are_told() -> None:
    now = figure(
        title="Sjukfrånvaron är på målet",
        marks=(
            Mark(Role.TARGET_HIGH, "Mål 7,0 %", 7.0, 7.0),
            Mark(Role.TEXT, "mittersta hälften", 5.0, 7.8504),
        ),
        comments=(Comment("Åtgärd", "Vi ringer\nalla.", "Chef", "14 november 2023"),),
    )
    then = figure(marks=(*figure().marks, Mark(Role.TEXT, "mittersta hälften", 5.0, 7.85)))
    found = only(then, now)
    assert (found.title, found.cells) == ("Sjukfrånvaro, procent", ())
    assert (found.title_then, found.title_now) == (then.title, now.title)
    assert found.said == (
        CellChange("Linje i figuren", "–", "Mål 6,0 %", "Mål 7,0 %"),
        CellChange("Linje i figuren", "mittersta hälften", "5,0000 till 7,8500", "5,0000 till 7,8504"),
        CellChange("Kommentar", "Analys", "Fler korta frånvaron.", "–"),
        CellChange("Kommentar", "Åtgärd", "–", "Vi ringer alla."),
    )


def test_a_line_that_moved_in_time_or_lost_its_end() -> None:
    then = figure(
        marks=(Mark(Role.NOTE, "Ny klinik", at=dt.date(2022, 4, 1)), Mark(Role.MEAN, "Medel", None, 5.0))
    )
    now = figure(marks=(Mark(Role.NOTE, "Ny klinik", at=dt.date(2022, 5, 1)), Mark(Role.MEAN, "Medel")))
    assert [(one.then, one.now) for one in only(then, now).said] == [
        ("2022-04-01", "2022-05-01"),
        ("5,0", "–"),
    ]


def test_the_same_comment_written_again_is_the_same() -> None:
    again = replace(figure().comments[0], when="15 november 2023", who="Controller")
    assert changes(report(figure()), report(figure(comments=(again,)))) == ()


def test_figures_that_came_and_went_keep_the_order() -> None:
    then, now = report(figure(), figure(title="Två")), report(figure(title="Ett"))
    other = replace(
        now.sections[0], parts=(*now.sections[0].parts, replace(now.sections[0].parts[0], id="z"))
    )
    found = changes(then, replace(now, sections=(other,)))
    assert [(one.id, one.is_gone, one.is_new) for one in found] == [
        ("a", False, False), ("b", True, False), ("z", False, True),
    ]  # fmt: skip
    assert [(one.title_then, one.title_now) for one in found[1:]] == [("Två", None), (None, "Ett")]
    table = changes_table(found, CONTEXT)
    assert table.rows[-2:] == (
        ("Sjukfrånvaro, procent", "Hela figuren", "", "finns", "finns inte"),
        ("Sjukfrånvaro, procent", "Hela figuren", "", "finns inte", "finns"),
    )
    assert table.help == "En figur har tillkommit. En figur har försvunnit."


# As a table


def rows_of(count: int, add: float) -> Figure:
    columns = (Column("name", "Namn", Role.LABEL), Column("value", "Värde", Role.OUTCOME))
    return figure(columns=columns, options={}, rows=tuple((f"rad {n}", n + add) for n in range(count)))


@pytest.mark.parametrize(
    ("then", "now", "title"),
    [
        (rows_of(3, 0), rows_of(3, 0), "Inget har ändrats sedan utgåvan gjordes"),
        (rows_of(1, 0), rows_of(1, 1), "Ett värde har ändrats sedan utgåvan gjordes"),
        (rows_of(7, 0), rows_of(7, 1), "Sju värden har ändrats sedan utgåvan gjordes"),
        (rows_of(1234, 0), rows_of(1234, 1), "1 234 värden har ändrats sedan utgåvan gjordes"),
        (rows_of(2, 0), rows_of(3, 0), "En figur ser annorlunda ut än när utgåvan gjordes"),
    ],
)
def test_the_title_is_the_finding(then: Figure, now: Figure, title: str) -> None:
    found = changes(report(then), report(now))
    table = changes_table(found, CONTEXT)
    assert plain(table.title) == title
    right(table.title, 75)
    assert bool(table.rows) == bool(found)
    assert bool(table.empty) == (not found)
    assert table.sentence.endswith(f"{table.title}.")


def test_the_table_tells_each_thing_once() -> None:
    then = figure()
    changed: dict[str, Any] = {
        "title": "Sjukfrånvaron är på målet",
        "rows": (*with_row(0, outcome=7.0, outcome_text="7,0 %").rows[:2], NOVEMBER),
        "origins": frozenset({Origin.LOADED}),
        "marks": (),
    }
    table = changes_table(changes(report(then), report(figure(**changed))), CONTEXT)
    name = "Sjukfrånvaro, procent"
    assert table.rows == (
        (name, "Rubrik", "", then.title, "Sjukfrånvaron är på målet"),
        (name, "augusti", "Utfall", "6,0 %", "7,0 %"),
        (name, "Linje i figuren", "–", "Mål 6,0 %", "–"),
        (name, "oktober", "Hela raden", "finns", "finns inte"),
        (name, "november", "Hela raden", "finns inte", "finns"),
    )
    assert table.help == "En rad har tillkommit. En rad har försvunnit."
    assert table.kind is FigureKind.TABLE
    assert table.origins == {Origin.DEMO, Origin.LOADED}
    assert [column.title for column in table.columns] == ["Figur", "Rad", "Kolumn", "I utgåvan", "Nu"]
