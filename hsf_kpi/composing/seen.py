"""Who sees what: how many rows and units are counted for those who see a part, and what is for whoever sees anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hsf_kpi.analysis.types import Assessment
from hsf_kpi.composing.ask import FOLLOWED_UP, Ask
from hsf_kpi.composing.composed import Composed
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


def seen_by_most(ask: Ask) -> tuple[str, ...]:
    """The measure, of those that may be seen here, that most roles see: the plan's promises are nobody's secret, and who is
    shown a report with them is not to miss them for lacking another measure.
    """
    groups = [role.measures for role in ask.catalogue.roles.values()]
    allowed = [key for key in ask.catalogue.measures if ask.scope.allows(ask.selection.unit, key)]
    most = max(allowed, key=lambda key: sum(group is None or key in group for group in groups), default=None)
    return (most,) if most else ()


def for_most(ask: Ask, *made: Figure | None) -> tuple[Composed, ...]:
    """What tells of the whole förvaltning or region, and of no outcome: whoever may take anything may take it. None is left
    out.
    """
    keys = seen_by_most(ask)
    return tuple(Composed(dated(ask, figure), keys=keys) for figure in made if figure is not None)


def dated(ask: Ask, figure: Figure) -> Figure:
    """With the chosen month for its file's name, on a page that shows what has been told up to it."""
    if FOLLOWED_UP not in dict(ask.extras):
        return figure
    return replace(figure, options={**figure.options, "month": ask.selection.month.iso})
