"""Values as whole numbers on one common denominator, so that every comparison after it is exact and quick."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

FINEST = 10**12
"""Parts of a unit of measure that values without a small common denominator are rounded to."""

_LARGEST = 1 << 64


def whole(values: Sequence[Fraction | None]) -> tuple[list[int | None], int]:
    """Whole numbers and the denominator that turns them back into the unit of measure; None stays None.

    Counts, amounts and ready values are taken exactly. Quotients whose denominators have no small common multiple are
    rounded to a 10⁻¹² of the unit of measure, halves away from zero, so that mirrored values stay mirrored.
    """
    denominator = 1
    for own in {value.denominator for value in values if value is not None}:
        denominator = lcm(denominator, own)
        if denominator > _LARGEST:
            return [None if value is None else _rounded(value) for value in values], FINEST
    return [None if v is None else v.numerator * (denominator // v.denominator) for v in values], denominator


def _rounded(value: Fraction) -> int:
    numerator, denominator = value.as_integer_ratio()
    size = (2 * abs(numerator) * FINEST + denominator) // (2 * denominator)
    return -size if numerator < 0 else size
