"""Honest counting for those who see a part: how many of the plan's rows and of the units below are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hsf_kpi.analysis.types import Assessment
from hsf_kpi.composing.ask import Ask
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.phrases import how_many

UNITS_SEEN = "Bara verksamheter som ingår i behörigheten."


def assessed(ask: Ask) -> tuple[Assessment, ...]:
    """What may be seen at the unit, held against its targets."""
    return ask.workspace.assessments(ask.scope, ask.selection)


def sees_part(ask: Ask) -> bool:
    """Whether some of the plan's rows are outside the scope at the unit."""
    return not all(ask.scope.allows(ask.selection.unit, m.key) for m in ask.catalogue.plan_rows())


def among_seen(ask: Ask, count: int) -> str:
    """« bland de tio i behörigheten», after what is counted; "" for who sees the whole plan."""
    if not sees_part(ask):
        return ""
    return f" bland de {how_many(count)} i behörigheten" if count != 1 else " – ett ingår i behörigheten"


def with_rows_seen(ask: Ask, figure: Figure, rows: Sequence[Assessment], area: str | None = None) -> Figure:
    """The figure with its caption saying how many of the plan's rows (or of one målområde, by id) it counts, where that is
    not all of them.
    """
    whole = sum(area in (None, m.goal_area) for m in ask.catalogue.plan_rows())
    if len(rows) >= whole:
        return figure
    of = f"planens {whole} rader" if area is None else f"målområdets {how_many(whole)} rader"
    said = f"{how_many(len(rows), capital=True)} av {of} ingår i behörigheten."
    return replace(figure, caption=f"{figure.caption} {said}")


def with_units_seen(ask: Ask, figure: Figure, key: str | None = None) -> Figure:
    """The figure with its caption saying that not all units below are in it. `key`: the measure it is about."""
    if ask.workspace.sees_all_below(ask.scope, ask.selection, key):
        return figure
    return replace(figure, caption=f"{figure.caption} {UNITS_SEEN}")
