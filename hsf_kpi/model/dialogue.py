"""What the head of a unit hands in for a month: analysis, åtgärder, helårsbedömning, own forecast, «klar för dialog».

Nothing is overwritten: a change is a new version, and every version keeps who made it and when.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from hsf_kpi.model.period import Month

LONGEST_TEXT = 4000
"""Signs in an analysis or a reason."""
LONGEST_LINE = 300
"""Signs in what an åtgärd is about, its expected effect, and who is responsible."""


class YearEnd(StrEnum):
    """Helårsbedömning: the responsible manager's judgement of a target at the year's end."""

    REACHED = "reached"
    PARTLY = "partly"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class Written:
    """Who and when. by: the login; name: as shown then (on demo data a function). version: 1 for the first."""

    by: str
    name: str
    at: dt.datetime
    version: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is said of one figure of a unit in a month. year_end with its reason, or None without a judgement.
    `written` is None before it is saved.
    """

    unit: str
    month: Month
    measure: str
    text: str
    year_end: YearEnd | None = None
    year_end_reason: str = ""
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An åtgärd against a deviation: what, who (a function), when, and the expected effect in words, with an amount in
    kronor a year where it has one. number: None before it is saved. removed: withdrawn, and kept in the history.
    """

    unit: str
    month: Month
    measure: str
    what: str
    responsible: str
    due: Month
    effect: str
    amount: int | None = None
    number: int | None = None
    removed: bool = False
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class OwnForecast:
    """The head's own forecast of the year's result in kronor (revenue − cost; a deficit is negative), with its reason."""

    unit: str
    month: Month
    result: int
    reason: str
    written: Written | None = None

    @property
    def year(self) -> int:
        return self.month.year


@dataclass(frozen=True, slots=True)
class Ready:
    """«Klar för dialog», or reopened (`ready` False)."""

    unit: str
    month: Month
    ready: bool
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class HandIn:
    """All that stands for one unit and month, the latest version of each. Actions by number, removed ones left out."""

    unit: str
    month: Month
    analyses: tuple[Analysis, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    forecast: OwnForecast | None = None
    ready: Ready | None = None

    @property
    def is_ready(self) -> bool:
        return self.ready is not None and self.ready.ready

    @property
    def empty(self) -> bool:
        return not (self.analyses or self.actions or self.forecast or self.is_ready)

    def analysis(self, measure: str) -> Analysis | None:
        return next((one for one in self.analyses if one.measure == measure), None)

    def actions_for(self, measure: str) -> tuple[PlannedAction, ...]:
        return tuple(one for one in self.actions if one.measure == measure)
