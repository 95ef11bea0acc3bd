"""How far the plan's åtgärder have come: what people have told of each, held against its time plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hsf_kpi.model.follow_up import FollowUp, Stage
from hsf_kpi.model.mission import MissionPlan, PlanAction
from hsf_kpi.model.period import Month


class Stand(StrEnum):
    """Where an åtgärd stands: what is told of it, unless its time has run out without its being done."""

    DONE = "klar"
    ONGOING = "pagar"
    NOT_STARTED = "ej_paborjad"
    LATE = "forsenad"
    OVERDUE = "tid_ute"
    """Our rule: the last month of its last time plan has passed, and nobody has told that it is done or late."""
    UNTOLD = "inte_uppfoljd"


LATE = (Stand.LATE, Stand.OVERDUE)
_TOLD = {
    Stage.DONE: Stand.DONE,
    Stage.ONGOING: Stand.ONGOING,
    Stage.NOT_STARTED: Stand.NOT_STARTED,
    Stage.LATE: Stand.LATE,
}
_FINAL = (Stage.DONE, Stage.LATE)


@dataclass(frozen=True, slots=True)
class ActionStand:
    """last: the last month of its last time plan. told: the latest that has been said, None for nothing."""

    action: PlanAction
    last: Month | None
    told: FollowUp | None
    stand: Stand

    @property
    def late(self) -> bool:
        return self.stand in LATE


def action_stands(plan: MissionPlan, told: Mapping[str, FollowUp], month: Month) -> Mapping[str, ActionStand]:
    """Of each åtgärd by letter, in the plan's order. told: letter → what stands in the month."""
    found = {}
    for action in plan.actions:
        last, said = plan.last_month(action.letter), told.get(action.letter)
        found[action.letter] = ActionStand(action, last, said, _stand(last, said, month))
    return found


def counts(stands: Sequence[ActionStand]) -> Mapping[Stand, int]:
    """Every stand, also those of none."""
    return {stand: sum(one.stand is stand for one in stands) for stand in Stand}


def due_by(stands: Sequence[ActionStand], year: int) -> int:
    """How many are to be done by the end of the year: those whose last time plan ends by then."""
    return sum(one.last is not None and one.last.year <= year for one in stands)


def _stand(last: Month | None, said: FollowUp | None, month: Month) -> Stand:
    state = said.state if said is not None else None
    if last is not None and month > last and state not in _FINAL:
        return Stand.OVERDUE
    return _TOLD[state] if isinstance(state, Stage) else Stand.UNTOLD
