"""Special causes that are new in the chosen month."""

from __future__ import annotations

from hsf_kpi.analysis.signals.types import Signal, SignalKind
from hsf_kpi.analysis.spc.types import NoLimits, Process, Variation
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.period import Month

_BETTER = {Variation.BETTER: True, Variation.WORSE: False, Variation.NEITHER: None}


def is_new_cause(found: Process | NoLimits) -> bool:
    """Whether the chosen month's point is a special cause that the month before did not have."""
    if isinstance(found, NoLimits) or found.latest is None:
        return False
    return found.latest.new and found.latest.variation is not Variation.COMMON


def cause_signal(process: Process, month: Month, origins: frozenset[Origin] = frozenset()) -> Signal:
    """ValueError for a process whose latest point is no special cause."""
    latest = process.latest
    if latest is None or latest.variation not in _BETTER:
        raise ValueError("no special cause")
    return Signal(
        SignalKind.CAUSE,
        process.unit,
        month,
        0.0,
        better=_BETTER[latest.variation],
        measure=process.measure,
        process=process,
        origins=origins,
    )
