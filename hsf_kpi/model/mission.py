"""What the plan has promised: its uppdrag, its åtgärder, and which åtgärd serves which uppdrag, when and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from hsf_kpi.model.period import Month


class Giver(StrEnum):
    """Who has given an uppdrag."""

    COUNCIL = "fullmaktige"
    BOARD = "namnd"


@dataclass(frozen=True, slots=True)
class Mission:
    """An uppdrag. number: as in the plan, «2» or, of the nämnd, «2.2». text: the plan's own. goal_area: a målområde's id."""

    number: str
    giver: Giver
    text: str
    goal_area: str

    @property
    def label(self) -> str:
        """«2», «HSN 2.2»: as the plan's table names it."""
        return f"HSN {self.number}" if self.giver is Giver.BOARD else self.number


@dataclass(frozen=True, slots=True)
class FocusArea:
    """An insatsområde of the plan."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class PlanAction:
    """An åtgärd. letter: A–Å. title: the plan's own. focus_area: id of an insatsområde."""

    letter: str
    title: str
    focus_area: str


@dataclass(frozen=True, slots=True)
class TimePlan:
    """When it is to be done. text: «2023», «2023–2025», «T1 2023». first, last: the months that this spans."""

    text: str
    first: Month
    last: Month


@dataclass(frozen=True, slots=True)
class Link:
    """One åtgärd's part in one uppdrag. responsible: ids of functions.

    wording: what the åtgärd is called for this uppdrag, where that is something else than its title.
    """

    mission: str
    action: str
    time: TimePlan
    responsible: tuple[str, ...]
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the plan says to an uppdrag, or to a målområde without any, instead of naming an åtgärd.

    mission, goal_area: one of them. time: None where the plan gives none. every_action: all the åtgärder are to contribute.
    """

    text: str
    mission: str | None = None
    goal_area: str | None = None
    time: TimePlan | None = None
    responsible: tuple[str, ...] = ()
    every_action: bool = False


@dataclass(frozen=True, slots=True)
class AreaGoals:
    """What is to be reached within a målområde, and the måldokument that say how. goal_area: its id. council, board: the
    mål of fullmäktige and of the nämnd, in the plan's words.
    """

    goal_area: str
    council: tuple[str, ...]
    board: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True)
class MissionPlan:
    """All of it, each kind in the plan's order. Empty where no plan is defined.

    functions: id → name («HSD» → «Hälso- och sjukvårdsdirektör»). function_units: id → the unit whose head is that function,
    where it is one. mission_notes, action_notes: what a reader must know of
    the source, as sentences.
    """

    source: str = ""
    missions: tuple[Mission, ...] = ()
    actions: tuple[PlanAction, ...] = ()
    links: tuple[Link, ...] = ()
    answers: tuple[Answer, ...] = ()
    focus_areas: tuple[FocusArea, ...] = ()
    functions: Mapping[str, str] = field(default_factory=dict)
    function_units: Mapping[str, str] = field(default_factory=dict)
    goals: tuple[AreaGoals, ...] = ()
    mission_notes: tuple[str, ...] = ()
    action_notes: tuple[str, ...] = ()

    def links_of(self, mission: str) -> tuple[Link, ...]:
        """Of an uppdrag, in the order of the åtgärder."""
        order = {action.letter: at for at, action in enumerate(self.actions)}
        found = [link for link in self.links if link.mission == mission]
        return tuple(sorted(found, key=lambda link: order[link.action]))

    def links_to(self, letter: str) -> tuple[Link, ...]:
        """To an åtgärd, in the order of the uppdrag."""
        order = {mission.number: at for at, mission in enumerate(self.missions)}
        found = [link for link in self.links if link.action == letter]
        return tuple(sorted(found, key=lambda link: order[link.mission]))

    def answers_to(self, mission: str) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if answer.mission == mission)

    def last_month(self, letter: str) -> Month | None:
        """The end of the last of the åtgärd's time plans; None without one."""
        return max((link.time.last for link in self.links if link.action == letter), default=None)

    def goals_of(self, goal_area: str) -> AreaGoals:
        """Empty where the plan names none."""
        found = (one for one in self.goals if one.goal_area == goal_area)
        return next(found, AreaGoals(goal_area, (), (), ()))

    def narrowed(self, function: str | None, focus_area: str | None) -> MissionPlan:
        """What is left of a function's and of an insatsområde's (None: any): their links with the åtgärder and uppdrag of
        those. What the plan answers without an åtgärd belongs to no insatsområde.
        """
        if function is None and focus_area is None:
            return self
        within = {one.letter for one in self.actions if focus_area in (None, one.focus_area)}
        links = tuple(
            link
            for link in self.links
            if link.action in within and (function is None or function in link.responsible)
        )
        answers = tuple(one for one in self.answers if focus_area is None and function in one.responsible)
        linked, served = {link.action for link in links}, {link.mission for link in links}
        told = served | {one.mission for one in answers}
        return replace(
            self,
            missions=tuple(one for one in self.missions if one.number in told),
            actions=tuple(
                one
                for one in self.actions
                if one.letter in linked or (function is None and one.letter in within)
            ),
            links=links,
            answers=answers,
        )

    @property
    def common(self) -> tuple[Mission, ...]:
        """The uppdrag that all the åtgärder are to serve."""
        everybody = {answer.mission for answer in self.answers if answer.every_action}
        return tuple(mission for mission in self.missions if mission.number in everybody)

    @property
    def without_action(self) -> tuple[Mission, ...]:
        """The uppdrag that no åtgärd serves, neither one by its letter nor all of them together."""
        served = {link.mission for link in self.links} | {mission.number for mission in self.common}
        return tuple(mission for mission in self.missions if mission.number not in served)

    @property
    def without_mission(self) -> tuple[PlanAction, ...]:
        """The åtgärder that are linked to no uppdrag of their own."""
        linked = {link.action for link in self.links}
        return tuple(action for action in self.actions if action.letter not in linked)
