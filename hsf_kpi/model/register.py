"""What people have decided and promised: moves of staff, and improvement activities with their effect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hsf_kpi.model.period import Month


@dataclass(frozen=True, slots=True)
class MovePart:
    """How many persons a move adds to a unit (minus: takes from it)."""

    unit: str
    persons: int


@dataclass(frozen=True, slots=True)
class Move:
    """A decided and financed move (beslutad och finansierad omflyttning): its parts net to zero.

    reference: the decision. financed: how it is paid for, as text; "" where that is not decided (it then excuses nothing).
    """

    id: str
    month: Month
    reference: str
    financed: str
    parts: tuple[MovePart, ...]
    note: str = ""

    @property
    def net(self) -> int:
        return sum(part.persons for part in self.parts)


class Effect(StrEnum):
    """What an improvement activity is to bring: the three kinds of the fourth assignment."""

    COST = "lower_cost"
    CAPACITY = "more_capacity"
    QUALITY = "quality"


class Progress(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Improvement:
    """An improvement activity with a measurable economic result.

    expected: kronor a month from `start` on, to `end` where there is one. realised: month → kronor, as reported.
    responsible: a function, never a name. number: None before it is saved; version: grows by each change.
    """

    unit: str
    what: str
    effect: Effect
    expected: int
    start: Month
    responsible: str
    status: Progress
    end: Month | None = None
    realised: Mapping[Month, int] = field(default_factory=dict)
    number: int | None = None
    version: int = 0
    changed: dt.datetime | None = None
    changed_by: str = ""

    def expected_in(self, month: Month) -> int:
        """Kronor expected of the month; nothing of what has been stopped."""
        if (
            self.status is Progress.STOPPED
            or month < self.start
            or (self.end is not None and month > self.end)
        ):
            return 0
        return self.expected
