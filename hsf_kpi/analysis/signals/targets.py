"""Targets newly met or missed, and which of them are no more than chance."""

from __future__ import annotations

from hsf_kpi.analysis.signals.types import Signal, SignalKind
from hsf_kpi.analysis.spc.types import Assurance, NoLimits, Process, Refused, Variation
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.model.codes import Status
from hsf_kpi.model.period import Month

_CERTAIN = (Assurance.PASSES, Assurance.FAILS)
_WAY = {True: Variation.BETTER, False: Variation.WORSE}
_JUDGED = (Status.MET, Status.NEAR, Status.MISSED)


def flipped(before: Status, now: Status) -> bool:
    """Whether a target was met and is not any more, or the other way. Both must have been judged."""
    return before in _JUDGED and now in _JUDGED and (before is Status.MET) != (now is Status.MET)


def is_news(before: Assessment, now: Assessment) -> bool:
    """Whether the value is a new one: of a yearly measure the same value is shown for twelve months."""
    return before.outcome.period != now.outcome.period


def by_chance(found: Process | NoLimits, *, met: bool) -> bool:
    """Whether a target that a monthly measure passed is no more than its usual variation, as far as that can be told.

    met: whether the target is met now, and was not in the month before; else the other way.
    Without limits nothing tells it from chance, except that a forecast is what somebody has said, and no chance.
    With them the month must be a special cause, or the process one that hits or misses the target whatever the month.
    A special cause for the better is no reason for a target that is missed, nor one for the worse for one that is met.
    """
    if isinstance(found, NoLimits):
        return found.why is not Refused.FORECAST
    latest = found.latest
    special = latest is not None and latest.variation in (_WAY[met], Variation.NEITHER)
    return not special and found.assurance not in _CERTAIN


def target_signal(before: Assessment, now: Assessment, month: Month, found: Process | NoLimits) -> Signal:
    return Signal(
        SignalKind.TARGET,
        now.outcome.unit,
        month,
        0.0,
        better=now.status is Status.MET,
        measure=now.measure,
        process=found if isinstance(found, Process) else None,
        before=before,
        now=now,
        origins=frozenset(o.origin for o in (before.outcome, now.outcome) if o.origin is not None),
    )
