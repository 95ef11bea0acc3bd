"""What Måluppfyllelse shows: the plan's rows per målområde, and the units below side by side."""

from __future__ import annotations

from functools import lru_cache

from hsf_kpi.analysis.board import board
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.order import order_of
from hsf_kpi.composing.seen import among_seen, assessed, with_rows_seen, with_units_seen
from hsf_kpi.figures.matrix import matrix
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.tables import status_table
from hsf_kpi.model.measure import Measure

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


def finding(ask: Ask) -> str:
    """How many of the targets that can be judged here are met; that there are none, where the plan has none."""
    counts = board(assessed(ask), ask.catalogue).counts
    year = ask.selection.month.year
    if not any(measure.target_for(year) for measure in ask.catalogue.plan_rows()):
        return f"Planen har inga målvärden för {year}"
    if not counts.total:
        return "Inget av planens målvärden ingår i behörigheten här"
    if not counts.assessable:
        return "Inget av planens målvärden går att bedöma här"
    met = "Ett" if counts.met == 1 else how_many(counts.met, capital=True) if counts.met else "Inget"
    rest = f", {how_many(counts.not_assessable)} kan inte bedömas" if counts.not_assessable else ""
    seen = among_seen(ask, counts.total)
    return f"{met} av {how_many(counts.assessable)} bedömda målvärden nås{seen}{rest}"


@lru_cache(maxsize=KEPT)
def goal_tables(ask: Ask) -> tuple[Composed, ...]:
    """One table a målområde, each indicator a link to its own page."""
    counted = board(assessed(ask), ask.catalogue)
    context = ask.context()
    year_ends = ask.dialogue.year_ends(ask.scope, ask.selection)
    return tuple(
        Composed(
            with_rows_seen(
                ask,
                status_table(area.area.name, area.assessments, context=context, year_ends=year_ends),
                area.assessments,
                area.area.id,
            ),
            measures=tuple(a.measure.key for a in area.assessments),
            groups=tuple(a.measure.goal for a in area.assessments),
        )
        for area in counted.areas
        if area.assessments
    )


def matrix_measures(ask: Ask) -> dict[str, str]:
    """The nyckeltal of the matrix, which its units can stand in order of: key → name."""
    return {measure.key: measure.short_name for measure, _ in _columns(ask)}


@lru_cache(maxsize=KEPT)
def _columns(ask: Ask) -> tuple[tuple[Measure, dict[str, Assessment]], ...]:
    units = ask.workspace.children(ask.scope, ask.selection)
    columns: list[tuple[Measure, dict[str, Assessment]]] = []
    for key in _most_shared(ask, units):
        found = ask.workspace.by_unit(ask.scope, ask.selection, key)
        if any(a.outcome.value is not None for a in found):
            columns.append((ask.catalogue.measure(key), {a.outcome.unit: a for a in found}))
        if len(columns) == len(MATRIX):
            break
    return tuple(columns)


@lru_cache(maxsize=KEPT)
def matrix_figure(ask: Ask) -> Composed | None:
    """The units right below the chosen one against the measures that they share; None where there are no units below."""
    columns = _columns(ask)
    if not columns:
        return None
    units = ask.workspace.children(ask.scope, ask.selection)
    named = [(unit, ask.name(unit)) for unit in units]
    figure = matrix(named, columns, context=ask.context(), order=order_of(ask))
    by_name = {name: unit for unit, name in named}
    return Composed(
        with_units_seen(ask, figure),
        units=tuple(by_name[str(row[0])] for row in figure.rows),
        keys=tuple(measure.key for measure, _ in columns),
    )


def _most_shared(ask: Ask, units: tuple[str, ...]) -> list[str]:
    """The measures that most units have, and after them, where some of those are outside the scope, the plan's others."""

    def allowed(key: str) -> bool:
        return key in ask.catalogue.measures and any(ask.scope.allows(unit, key) for unit in units)

    first = [key for key in MATRIX if allowed(key)]
    if len(first) == len(MATRIX):
        return first
    return first + [m.key for m in ask.catalogue.plan_rows() if m.key not in first and allowed(m.key)]
