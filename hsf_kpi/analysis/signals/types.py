"""The signals of a month: what happened, where, and how much it weighs. Words are made in figures/signals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hsf_kpi.analysis.spc.types import Process, Refused
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month

NEW_BY_CHANCE = 0.014
"""Of quiet series the share with a new special cause in any one month, as measured: docs/spc.md, bench/false_alarms.py."""


class SignalKind(StrEnum):
    CAUSE = "cause"
    """A special cause that is new this month."""
    TARGET = "target"
    """A target newly met or newly missed."""
    BUDGET = "budget"
    """A large deviation from the budget."""
    ASSIGNMENT = "assignment"
    """One of the four assignments broken."""
    MISSING = "missing"
    """A report that is late or missing."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that happened at one unit. weight: for ranking only, larger first; its making is our convention (docs).

    also: the ids of units below for which the same thing happened (same measure, same way), told with it and not apart;
    of a missing report: the units that have not reported. better: None where no way is better.
    Only what the kind needs is set: `process` for CAUSE; `before` and `now` for TARGET; `amount` (kronor, plus is better)
    and `share` (of the budgeted cost) for BUDGET; `assignment` («medarbetare», «hyrpersonal»), `amount` (persons or
    kronor, plus is more) and `in_a_row` (months complied before) for ASSIGNMENT.
    origins: of the figures behind it.
    """

    kind: SignalKind
    unit: str
    month: Month
    weight: float
    better: bool | None = None
    measure: Measure | None = None
    process: Process | None = None
    before: Assessment | None = None
    now: Assessment | None = None
    assignment: str = ""
    amount: int | None = None
    share: float | None = None
    in_a_row: int = 0
    also: tuple[str, ...] = ()
    origins: frozenset[Origin] = frozenset()


@dataclass(frozen=True, slots=True)
class MonthSignals:
    """The signals of a unit and everything below it that may be seen, ranked.

    units, series: how many were looked through; judged: of those series, the ones with limits. refused: why the others
    had none. by_chance: targets passed within the usual variation, which are left out. left_out: signals that are not
    told, since they are smaller than those that are; left_causes: how many of them are special causes, by `better`.
    month: the chosen one.
    """

    signals: tuple[Signal, ...]
    units: int
    series: int
    judged: int
    refused: Mapping[Refused, int]
    by_chance: int = 0
    left_out: int = 0
    left_causes: Mapping[bool | None, int] = field(default_factory=dict)
    month: Month | None = None

    @property
    def expected_by_chance(self) -> int:
        """How many new special causes so many series give in a month when nothing at all has happened."""
        return round(self.judged * NEW_BY_CHANCE)
