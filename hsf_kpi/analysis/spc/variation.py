"""Is a special cause for the better or the worse? From its side and the measure's direction, nothing else."""

from __future__ import annotations

from fractions import Fraction

from hsf_kpi.analysis.spc.types import Side, TargetAt, Variation
from hsf_kpi.model.codes import Direction
from hsf_kpi.model.target import TargetKind

Band = tuple[Fraction, Fraction]


def variation(
    direction: Direction, side: Side, value: Fraction, mean: Fraction, band: Band | None
) -> Variation:
    """BETTER or WORSE for a special cause on that side; NEITHER where no direction is better.

    Best inside a band: nearer to it than the mean is better, farther away is worse, and equally near is neither.
    """
    if direction is Direction.BAND:
        if band is None:
            return Variation.NEITHER
        moved = _distance(value, band) - _distance(mean, band)
        if moved == 0:
            return Variation.NEITHER
        return Variation.BETTER if moved < 0 else Variation.WORSE
    if direction is Direction.NONE:
        return Variation.NEITHER
    upwards = direction is Direction.UP
    return Variation.BETTER if (side is Side.HIGH) is upwards else Variation.WORSE


def band_of(at: TargetAt | None) -> Band | None:
    """The target's band, where it has one."""
    if at is None or at.target.kind is not TargetKind.BETWEEN:
        return None
    low, high = at.target.low, at.target.high
    return None if low is None or high is None else (Fraction(low), Fraction(high))


def _distance(value: Fraction, band: Band) -> Fraction:
    low, high = band
    return max(low - value, value - high, Fraction(0))
