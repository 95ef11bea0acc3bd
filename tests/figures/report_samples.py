"""Small reports, and figures of every kind of value for tests that try whatever may come."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from hsf_kpi.figures.figure import Column, Comment, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.figures.report import LeftOut, Part, Report, Section
from hsf_kpi.model.codes import OrgView, Origin, Sex, UnitOfMeasure
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.scope import Reach
from hsf_kpi.model.selection import Selection
from tests.figures.figure_samples import CONTEXT

COLUMNS = (
    Column("month", "Månad", Role.LABEL),
    Column("date", "Dag", Role.TIME),
    Column("outcome", "Utfall", Role.OUTCOME, UnitOfMeasure.PERCENT, 1),
    Column("outcome_text", "Utfall", Role.TEXT),
    Column("note", "Anmärkning", Role.NOTE),
)
ROWS: tuple[tuple[Value, ...], ...] = (
    ("augusti", dt.date(2023, 8, 1), 6.04, "6,0 %", ""),
    ("september", dt.date(2023, 9, 1), 6.61, "6,6 %*", "en enhet saknas"),
    ("oktober", dt.date(2023, 10, 1), None, "maskerat", ""),
)
SHOWN = {"shown": "month,outcome_text,note", "file": "month,date,outcome,note"}


def figure(**changes: Any) -> Figure:
    plain = Figure(
        kind=FigureKind.TREND,
        slug="sjukfranvaro",
        title="Sjukfrånvaron ligger 0,6 procentenheter över målet",
        caption=f"Sjukfrånvaro, procent. {CONTEXT.unit}, oktober 2023, månad.",
        context=CONTEXT,
        columns=COLUMNS,
        rows=ROWS,
        sentence="Kurva över sjukfrånvaron.",
        source="Källa: demodata.",
        origins=frozenset({Origin.DEMO}),
        marks=(Mark(Role.TARGET_HIGH, "Mål 6,0 %", 6.0, 6.0, since=1),),
        unit=UnitOfMeasure.PERCENT,
        decimals=1,
        options=SHOWN,
        comments=(Comment("Analys", "Fler korta frånvaron.", "Verksamhetschef", "14 november 2023"),),
    )
    return replace(plain, **changes)


def report(*figures: Figure, **changes: Any) -> Report:
    """One section, whose parts are called «a», «b» …"""
    parts = tuple(
        Part(name, one, ("hsf",), ("sjukfranvaro",))
        for name, one in zip(string.ascii_lowercase, figures, strict=False)
    )
    plain = Report(
        template="manadsuppfoljning",
        name="Månadsuppföljning",
        title="Månadsuppföljning oktober 2023",
        meeting="Månadens uppföljning.",
        month="2023-10",
        context=CONTEXT,
        findings=("Sjukfrånvaron är över målet.",),
        sections=(
            Section("a", "nyckeltal", "Nyckeltal", ("Tre av fyra.",), parts, (LeftOut("Vikt", "Saknas."),)),
        ),
        made=dt.date(2023, 11, 20),
        reaches=(Reach(frozenset({"hsf", "akut"}), None, Month.of(2023, 10)), Reach(frozenset({"nara"}))),
        selection=Selection("hsf", Month.of(2023, 10), View.MONTH, Sex.WOMEN, OrgView.AS_WAS),
    )
    return replace(plain, **changes)


NUMBERS = st.floats(allow_nan=False) | st.integers()
DATES = st.dates()
VALUES: st.SearchStrategy[Value] = st.none() | st.text() | NUMBERS | DATES
_BOUNDS = st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.integers()
"""Of reference lines, which are drawn: never endless."""


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """Of any kind, with values of every type, lone surrogates and all."""
    width = draw(st.integers(0, 5))
    columns = tuple(
        Column(
            f"c{at}",
            draw(st.text()),
            draw(st.sampled_from(Role)),
            draw(st.none() | st.sampled_from(UnitOfMeasure)),
            draw(st.integers(0, 4)),
        )
        for at in range(width)
    )
    row = st.tuples(*[VALUES for _ in range(width)])
    rows: Sequence[tuple[Value, ...]] = draw(st.lists(row, max_size=4))
    marks = st.builds(
        Mark, st.sampled_from(Role), st.text(), _BOUNDS, _BOUNDS, st.none() | DATES, st.none() | st.integers()
    )
    comments = st.builds(Comment, *[st.text(max_size=9) for _ in range(5)])
    context = replace(CONTEXT, unit=draw(st.text()), known=draw(st.none() | DATES), state=draw(st.text()))
    shown = ",".join(column.key for column in columns if draw(st.booleans()))
    options = draw(st.dictionaries(st.sampled_from(["date", "number", "x"]), st.text(), max_size=2))
    return Figure(
        kind=draw(st.sampled_from(FigureKind)),
        slug=draw(st.text()),
        title=draw(st.text()),
        caption=draw(st.text()),
        context=context,
        columns=columns,
        rows=tuple(rows),
        sentence="",
        source="",
        origins=draw(st.frozensets(st.sampled_from(Origin))),
        marks=tuple(draw(st.lists(marks, max_size=2))),
        unit=draw(st.none() | st.sampled_from(UnitOfMeasure)),
        decimals=draw(st.integers(0, 4)),
        options=options | {"shown": shown},
        comments=tuple(draw(st.lists(comments, max_size=1))),
    )
