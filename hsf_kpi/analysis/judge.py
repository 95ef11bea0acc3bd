"""The verdict on a number: met, near or missed, for every kind of target that compares with one. Exact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hsf_kpi.model.codes import Direction, Status
from hsf_kpi.model.measure import Tolerance
from hsf_kpi.model.target import Target, TargetKind

LAST_YEAR_KINDS = frozenset({TargetKind.MORE_THAN_LAST_YEAR, TargetKind.LESS_THAN_LAST_YEAR})
COMPARISONS = LAST_YEAR_KINDS | {TargetKind.LESS_THAN_FIXED_YEAR, TargetKind.BETTER_THAN_NATIONAL}
"""Targets that compare with another value."""

NEVER_NEAR = COMPARISONS | {TargetKind.BETWEEN}
"""Higher is higher, and a band has its margin in itself: outside it on either side is a miss."""

STRICT = COMPARISONS | {TargetKind.ABOVE, TargetKind.BELOW}
"""A value exactly on the bound misses these."""

_UPWARDS = frozenset(
    {
        TargetKind.AT_LEAST,
        TargetKind.ABOVE,
        TargetKind.AMOUNT_AT_LEAST,
        TargetKind.ON_BUDGET,
        TargetKind.MORE_THAN_LAST_YEAR,
    }
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """gap: the distance to `bound`, plus on the right side of it. upwards: the target asks for more."""

    status: Status
    gap: Fraction
    bound: Fraction
    upwards: bool


def judge(
    target: Target,
    value: Fraction,
    *,
    compared: Fraction | None = None,
    direction: Direction = Direction.NONE,
    tolerance: Tolerance | None = None,
) -> Verdict:
    """The unrounded value held against the target.

    compared: last year's, the fixed year's or the national value, which the comparing kinds need. direction:
    needed by `better_than_national`. ValueError when the number to compare with is missing, when the
    direction says nothing, or for a kind that no number decides (`according_to_plan`).
    """
    bound, upwards = _bound(target, value, compared, direction)
    gap = value - bound if upwards else bound - value
    if gap > 0 or (gap == 0 and target.kind not in STRICT):
        status = Status.MET
    elif target.kind not in NEVER_NEAR and _near(gap, bound, tolerance):
        status = Status.NEAR
    else:
        status = Status.MISSED
    return Verdict(status, gap, bound, upwards)


def _bound(
    target: Target, value: Fraction, compared: Fraction | None, direction: Direction
) -> tuple[Fraction, bool]:
    """The number that decides, and whether it is to be reached from below."""
    kind = target.kind
    if kind is TargetKind.ACCORDING_TO_PLAN:
        raise ValueError("a target «enligt plan» is decided by a plan series, not by a number")
    if kind is TargetKind.ON_BUDGET:
        return Fraction(0), True
    if kind is TargetKind.BETWEEN:
        low, high = _number(target.low), _number(target.high)
        # The nearest edge: inside a band the smaller margin, outside it the edge that was passed.
        return (low, True) if value - low <= high - value else (high, False)
    if kind is TargetKind.BETTER_THAN_NATIONAL:
        if direction not in (Direction.UP, Direction.DOWN):
            raise ValueError("«better» needs a direction, up or down")
        return _number(compared), direction is Direction.UP
    if kind in COMPARISONS:
        return _number(compared), kind in _UPWARDS
    return _number(target.low if kind in _UPWARDS else target.high), kind in _UPWARDS


def _number(value: Decimal | Fraction | None) -> Fraction:
    if value is None:
        raise ValueError("the target has no number to compare with")
    return Fraction(value)


def _near(gap: Fraction, bound: Fraction, tolerance: Tolerance | None) -> bool:
    if tolerance is None:
        return False
    reach = Fraction(tolerance.amount)
    return -gap <= (reach * abs(bound) if tolerance.relative else reach)
