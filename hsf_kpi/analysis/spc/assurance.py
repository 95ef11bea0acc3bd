"""Assurance: will the process, left as it is, hit its target every time, never, or sometimes by chance?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from hsf_kpi.analysis.judge import COMPARISONS, judge
from hsf_kpi.analysis.spc.limits import LEAST_POINTS, Drawn
from hsf_kpi.analysis.spc.types import Assurance, TargetAt
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.codes import Direction, Status
from hsf_kpi.model.target import Target, TargetKind

TargetOf = Callable[[Outcome], TargetAt | None]

_NUMERIC = frozenset(
    {TargetKind.AT_LEAST, TargetKind.ABOVE, TargetKind.AT_MOST, TargetKind.BELOW, TargetKind.BETWEEN}
)


def assurance(
    now: TargetAt | None, judged: Sequence[Outcome], drawn: Iterable[Drawn], target_of: TargetOf
) -> Assurance | None:
    """How the latest phase stands to its target. None where there is no target that its months can be held against.

    now: the chosen month's target. judged: the outcomes of the latest phase with a value that was judged. drawn: the
    limits they are held against (one, or one for each calendar month).

    A target that is the same for all months of the phase is held against the limits. One that moves is held against each
    month on its own, as the targets themselves are; it takes twelve months that have one.
    """
    if now is None or not judged:
        return None
    kind = now.target.kind
    if kind in _NUMERIC:
        if not judged[0].measure.unit_of_measure.is_relative:
            # An amount's target is the year's; no month reaches it.
            return None
        if _same_every_year(now.target, judged, target_of):
            return _against_limits(now.target, drawn)
    elif kind not in COMPARISONS:
        return None
    return _one_by_one(judged, target_of)


def _same_every_year(target: Target, judged: Sequence[Outcome], target_of: TargetOf) -> bool:
    """Whether no year of the phase has another target. A year without one takes the chosen year's."""
    years = {outcome.period.end.year: outcome for outcome in judged}
    others = [at.target for outcome in years.values() if (at := target_of(outcome)) is not None]
    return all((o.kind, o.low, o.high) == (target.kind, target.low, target.high) for o in others)


def _against_limits(target: Target, drawn: Iterable[Drawn]) -> Assurance:
    found = {_stands(target, one) for one in drawn}
    return found.pop() if len(found) == 1 else Assurance.EITHER


def _stands(target: Target, limits: Drawn) -> Assurance:
    """Both limits on the met side, both on the missed side, or one on each."""
    met = [_met(target, limit) for limit in (limits.low, limits.high)]
    if all(met):
        return Assurance.PASSES
    # Two limits that miss a band on either side of it have all of it between them.
    around = target.kind is TargetKind.BETWEEN and not _wholly_outside(target, limits)
    return Assurance.EITHER if any(met) or around else Assurance.FAILS


def _wholly_outside(target: Target, limits: Drawn) -> bool:
    low, high = target.low, target.high
    assert low is not None
    assert high is not None
    return limits.high < Fraction(low) or limits.low > Fraction(high)


def _met(target: Target, value: Fraction) -> bool:
    return judge(target, value).status is Status.MET


def _one_by_one(judged: Sequence[Outcome], target_of: TargetOf) -> Assurance | None:
    met = [found for outcome in judged if (found := _met_itself(outcome, target_of(outcome))) is not None]
    if len(met) < LEAST_POINTS:
        return None
    if all(met):
        return Assurance.PASSES
    return Assurance.EITHER if any(met) else Assurance.FAILS


def _met_itself(outcome: Outcome, at: TargetAt | None) -> bool | None:
    """Whether a month met its own target; None where it has none, or nothing to be compared with."""
    direction = outcome.measure.direction
    if at is None or outcome.value is None:
        return None
    if at.target.kind in COMPARISONS:
        needs = at.target.kind is TargetKind.BETTER_THAN_NATIONAL
        if at.compared is None or (needs and direction not in (Direction.UP, Direction.DOWN)):
            return None
    elif at.target.kind not in _NUMERIC:
        return None
    verdict = judge(at.target, outcome.value, compared=at.compared, direction=direction)
    return verdict.status is Status.MET
