"""What Måluppfyllelse shows: the plan's rows per målområde, and the units below side by side."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from hsf_kpi.analysis.board import board
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.matrix import matrix
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.tables import status_table
from hsf_kpi.ui.ask import KEPT, Ask
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.overview import goals_figure
from hsf_kpi.ui.text import link, plain

__all__ = ["finding", "goal_tables", "goals_figure", "matrix_figure"]

MATRIX = (
    "hyrpersonal",
    "sjukfranvaro",
    "arsarbetare",
    "vardgaranti.besok",
    "vardgaranti.atgard",
    "belaggning-somatik",
    "periodresultat",
)
"""The measures that most units have, for the units side by side."""
Links = Callable[[int, str], str]


def finding(entry: Entry) -> str:
    counts = board(entry.workspace.assessments(entry.scope, entry.selection), entry.catalogue).counts
    if not counts.assessable:
        return "Inget av planens målvärden går att bedöma här"
    met = "Ett" if counts.met == 1 else how_many(counts.met, capital=True) if counts.met else "Inget"
    rest = f", {how_many(counts.not_assessable)} kan inte bedömas" if counts.not_assessable else ""
    return plain(f"{met} av planens {how_many(counts.total)} målvärden nås{rest}")


def goal_tables(entry: Entry) -> list[tuple[Figure, Links]]:
    """One table a målområde, each indicator a link to its own page."""
    return [(figure, _measure_links(entry, assessments)) for figure, assessments in _goal_tables(entry.ask)]


@lru_cache(maxsize=KEPT)
def _goal_tables(ask: Ask) -> tuple[tuple[Figure, tuple[Assessment, ...]], ...]:
    counted = board(ask.workspace.assessments(ask.scope, ask.selection), ask.catalogue)
    context = ask.context()
    return tuple(
        (status_table(area.area.name, area.assessments, context=context), area.assessments)
        for area in counted.areas
    )


def _measure_links(entry: Entry, assessments: tuple[Assessment, ...]) -> Links:
    return lambda row, text: link(text, entry.measure_href(assessments[row].measure.key))


def matrix_figure(entry: Entry) -> tuple[Figure | None, Links]:
    """The units right below the chosen one against the measures that they share; None where there are no units below."""
    figure, units = _matrix(entry.ask)
    return figure, lambda row, text: link(text, entry.unit_href(units[row]))


@lru_cache(maxsize=KEPT)
def _matrix(ask: Ask) -> tuple[Figure | None, tuple[str, ...]]:
    units = ask.workspace.children(ask.scope, ask.selection)
    if not units:
        return None, ()
    columns = []
    for key in MATRIX:
        if key not in ask.catalogue.measures:
            continue
        found = ask.workspace.by_unit(ask.scope, ask.selection, key)
        if any(a.outcome.value is not None for a in found):
            columns.append((ask.catalogue.measure(key), {a.outcome.unit: a for a in found}))
    if not columns:
        return None, ()
    named = [(unit, ask.name(unit)) for unit in units]
    return matrix(named, columns, context=ask.context()), units
