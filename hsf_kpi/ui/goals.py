"""What Måluppfyllelse shows: the plan's rows per målområde, and the units below side by side."""

from __future__ import annotations

from functools import lru_cache

from hsf_kpi.analysis.board import board
from hsf_kpi.figures.matrix import matrix
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.tables import status_table
from hsf_kpi.ui.ask import KEPT, Ask
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.overview import goals_figure
from hsf_kpi.ui.prepared import Prepared
from hsf_kpi.ui.text import plain

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


def finding(entry: Entry) -> str:
    """How many of the targets that can be judged here are met; that there are none, where the plan has none."""
    counts = board(entry.workspace.assessments(entry.scope, entry.selection), entry.catalogue).counts
    year = entry.selection.month.year
    if not any(measure.target_for(year) for measure in entry.catalogue.plan_rows()):
        return f"Planen har inga målvärden för {year}"
    if not counts.assessable:
        return "Inget av planens målvärden går att bedöma här"
    met = "Ett" if counts.met == 1 else how_many(counts.met, capital=True) if counts.met else "Inget"
    rest = f", {how_many(counts.not_assessable)} kan inte bedömas" if counts.not_assessable else ""
    return plain(f"{met} av {how_many(counts.assessable)} bedömda målvärden nås{rest}")


def goal_tables(entry: Entry) -> tuple[Prepared, ...]:
    """One table a målområde, each indicator a link to its own page."""
    return _goal_tables(entry.ask)


@lru_cache(maxsize=KEPT)
def _goal_tables(ask: Ask) -> tuple[Prepared, ...]:
    counted = board(ask.workspace.assessments(ask.scope, ask.selection), ask.catalogue)
    context = ask.context()
    return tuple(
        Prepared(
            status_table(area.area.name, area.assessments, context=context),
            measures=tuple(a.measure.key for a in area.assessments),
            groups=tuple(a.measure.goal for a in area.assessments),
        )
        for area in counted.areas
    )


def matrix_figure(entry: Entry) -> Prepared | None:
    """The units right below the chosen one against the measures that they share; None where there are no units below."""
    return _matrix(entry.ask)


@lru_cache(maxsize=KEPT)
def _matrix(ask: Ask) -> Prepared | None:
    units = ask.workspace.children(ask.scope, ask.selection)
    columns = []
    for key in MATRIX if units else ():
        if key not in ask.catalogue.measures:
            continue
        found = ask.workspace.by_unit(ask.scope, ask.selection, key)
        if any(a.outcome.value is not None for a in found):
            columns.append((ask.catalogue.measure(key), {a.outcome.unit: a for a in found}))
    if not columns:
        return None
    named = [(unit, ask.name(unit)) for unit in units]
    return Prepared(matrix(named, columns, context=ask.context()), units=units)
