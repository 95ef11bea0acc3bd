"""The signals of a month: what happened, where, and how much it weighs. Words are made in figures/signals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hsf_kpi.analysis.spc.types import Process, Refused
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month


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
    and `share` (of the budgeted cost) for BUDGET; `assignment` («medarbetare», «hyrpersonal»), `amount` (persons or kronor, plus is
    more) and `in_a_row` (months complied before) for ASSIGNMENT.
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


@dataclass(frozen=True, slots=True)
class MonthSignals:
    """The signals of a unit and everything below it that may be seen, ranked.

    units, series: how many were looked through; judged: of those series, the ones with limits. refused: why the others
    had none. by_chance: targets passed within the usual variation, which are left out. left_out: signals beyond the largest that are told.
    """

    signals: tuple[Signal, ...]
    units: int
    series: int
    judged: int
    refused: Mapping[Refused, int]
    by_chance: int = 0
    left_out: int = 0
