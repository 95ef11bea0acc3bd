"""What was found at one unit, before it is put together with what was found at others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hsf_kpi.analysis.signals.types import Signal
from hsf_kpi.analysis.spc.types import Refused
from hsf_kpi.model.period import Month


@dataclass(frozen=True, slots=True)
class Looked:
    """What does not depend on the view. series: monthly measures that are measured at the unit; judged: those with limits.

    lowest: whether the unit has nothing below it. late: the measures whose month the unit itself has not reported in time.
    """

    unit: str
    series: int = 0
    judged: int = 0
    refused: Mapping[Refused, int] = field(default_factory=dict)
    causes: tuple[Signal, ...] = ()
    breaches: tuple[Signal, ...] = ()
    budget: Signal | None = None
    lowest: bool = False
    late: tuple[tuple[str, Month], ...] = ()


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets newly met or missed in one view. late: (measure, end of the period) of what is measured for longer than a
    month and which the unit itself has not reported in time.
    """

    unit: str
    signals: tuple[Signal, ...] = ()
    by_chance: int = 0
    late: tuple[tuple[str, Month], ...] = ()
