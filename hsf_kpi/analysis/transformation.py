"""How far HoS 2029 has come by its register: who is responsible for each activity, its delmål, what it needs, its risks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hsf_kpi.model.follow_up import Entry, EntryKind, FollowUp, Stage, Subject
from hsf_kpi.model.period import Month
from hsf_kpi.model.transformation import Activity, TransformationPlan


@dataclass(frozen=True, slots=True)
class Milestone:
    """A delmål. due: when it is to be done. state: as judged in the chosen month, see `judged`."""

    entry: Entry
    due: Month
    state: Stage


@dataclass(frozen=True, slots=True)
class ActivityState:
    """An activity as it stands in the chosen month. responsible: "" where nobody is. milestones: by when they are due.
    risks: the highest risktal first. followed: what has been said of the activity itself, None for nothing.
    """

    activity: Activity
    responsible: str
    milestones: tuple[Milestone, ...]
    dependencies: tuple[Entry, ...]
    risks: tuple[Entry, ...]
    followed: FollowUp | None

    def count(self, state: Stage) -> int:
        """How many of its delmål."""
        return sum(one.state is state for one in self.milestones)

    @property
    def next(self) -> Milestone | None:
        """The first delmål that is not done."""
        return next((one for one in self.milestones if one.state is not Stage.DONE), None)


def activity_states(
    plan: TransformationPlan,
    entries: Sequence[Entry],
    standing: Mapping[tuple[Subject, str], FollowUp],
    month: Month,
) -> tuple[ActivityState, ...]:
    """In the plan's order. entries: the register as it stands in the month."""
    return tuple(_state(one, entries, standing, month) for one in plan.activities)


def judged(entry: Entry, month: Month) -> Stage:
    """What is said of the delmål; late also where its month is past and it is not said to be done. (Our convention.)"""
    state = entry.state or Stage.NOT_STARTED
    past = entry.due is not None and entry.due < month
    return Stage.LATE if past and state is not Stage.DONE else state


def _state(
    activity: Activity,
    entries: Sequence[Entry],
    standing: Mapping[tuple[Subject, str], FollowUp],
    month: Month,
) -> ActivityState:
    own = [one for one in entries if one.activity == activity.id]

    def of(kind: EntryKind) -> list[Entry]:
        return [one for one in own if one.kind is kind]

    named = responsible_entry(entries, activity.id)
    milestones = (Milestone(one, one.due, judged(one, month)) for one in of(EntryKind.MILESTONE) if one.due)
    return ActivityState(
        activity,
        named.text if named else activity.function,
        tuple(sorted(milestones, key=lambda one: one.due)),
        tuple(of(EntryKind.DEPENDENCY)),
        tuple(sorted(of(EntryKind.RISK), key=lambda one: -(one.risk_value or 0))),
        standing.get((Subject.ACTIVITY, activity.id)),
    )


def responsible_entry(entries: Sequence[Entry], activity: str) -> Entry | None:
    """The one told for the latest month stands; of those of one month the one that was begun last."""
    named = [one for one in entries if one.activity == activity and one.kind is EntryKind.RESPONSIBLE]
    return max(named, key=lambda one: (one.month, one.number or 0), default=None)
