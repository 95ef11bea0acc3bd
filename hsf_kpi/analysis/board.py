"""Måluppfyllelse: how many rows of the plan stand where, per goal area and goal, in the plan's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hsf_kpi.analysis.types import Assessment
from hsf_kpi.model.catalogue import Catalogue, GoalArea
from hsf_kpi.model.codes import Status


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of the plan by status. An indicator with parts counts once for each part."""

    met: int = 0
    near: int = 0
    missed: int = 0
    not_assessable: int = 0

    @property
    def total(self) -> int:
        return self.met + self.near + self.missed + self.not_assessable

    @property
    def assessable(self) -> int:
        return self.total - self.not_assessable

    def of(self, status: Status) -> int:
        return int(getattr(self, status.value))


@dataclass(frozen=True, slots=True)
class GoalBoard:
    goal: str
    counts: Counts
    assessments: tuple[Assessment, ...]


@dataclass(frozen=True, slots=True)
class AreaBoard:
    area: GoalArea
    counts: Counts
    goals: tuple[GoalBoard, ...]

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        return tuple(a for goal in self.goals for a in goal.assessments)


@dataclass(frozen=True, slots=True)
class Board:
    counts: Counts
    areas: tuple[AreaBoard, ...]


def board(assessments: Iterable[Assessment], catalogue: Catalogue) -> Board:
    """The plan's rows among the assessments, counted. Goals without a row are left out, areas are not."""
    rows = sorted((a for a in assessments if a.measure.row is not None), key=lambda a: a.measure.row or 0)
    areas = tuple(_area(area, rows) for area in catalogue.goal_areas)
    return Board(_count(rows), areas)


def _area(area: GoalArea, rows: list[Assessment]) -> AreaBoard:
    mine = [a for a in rows if a.measure.goal_area == area.id]
    named = dict.fromkeys([*area.goals, *(a.measure.goal for a in mine)])
    goals = []
    for goal in named:
        found = tuple(a for a in mine if a.measure.goal == goal)
        if found:
            goals.append(GoalBoard(goal, _count(found), found))
    return AreaBoard(area, _count(mine), tuple(goals))


def _count(assessments: Iterable[Assessment]) -> Counts:
    by_status = Counter(a.status for a in assessments)
    return Counts(**{status.value: by_status[status] for status in Status})
