"""The plan's uppdrag and åtgärder as figures: what has been promised, the same for every unit."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.road import of_the_plan
from hsf_kpi.figures.missions import missions_table, plan_actions_table


@lru_cache(maxsize=KEPT)
def figures(ask: Ask) -> tuple[Composed, ...]:
    """The uppdrag with their åtgärder, then the åtgärder. Nothing where the plan's are not defined.

    They tell of the whole förvaltning and of no outcome: whoever may take anything of the unit may take them.
    """
    plan = ask.catalogue.missions
    if not plan.missions:
        return ()
    context = replace(of_the_plan(ask), period=str(ask.selection.month.year))
    keys = _seen_by_most(ask)
    return (
        Composed(missions_table(plan, ask.catalogue.goal_areas, context=context), keys=keys),
        Composed(plan_actions_table(plan, context=context), keys=keys),
    )


def _seen_by_most(ask: Ask) -> tuple[str, ...]:
    """The measure, of those that may be seen here, that most roles see: the plan's promises are nobody's secret, and who is
    shown a report with them is not to miss them for lacking another measure.
    """
    groups = [role.measures for role in ask.catalogue.roles.values()]
    allowed = [key for key in ask.catalogue.measures if ask.scope.allows(ask.selection.unit, key)]
    most = max(allowed, key=lambda key: sum(group is None or key in group for group in groups), default=None)
    return (most,) if most else ()
