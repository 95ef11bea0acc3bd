"""Moving ranges: how far a value is from the one in the month before, and their mean after the screening."""

from __future__ import annotations

from collections.abc import Sequence

_SCREEN = 3267
"""In thousandths: a range larger than so many times the mean range is left out, once."""


def moving_ranges(values: Sequence[int | None]) -> list[int]:
    """The distances between neighbours. There is none across a gap."""
    found = []
    before: int | None = None
    for value in values:
        if value is not None and before is not None:
            found.append(abs(value - before))
        before = value
    return found


def screened(ranges: Sequence[int]) -> tuple[int, int]:
    """The sum and the number of the ranges that the limits come from.

    Ranges above 3.267 times their mean are left out once. When what is left is all zeros, nothing is left out: a
    series with one single jump would otherwise get limits without width, and every point an alarm.
    """
    total, count = sum(ranges), len(ranges)
    kept = [one for one in ranges if one * 1000 * count <= _SCREEN * total]
    if len(kept) < count and (rest := sum(kept)):
        return rest, len(kept)
    return total, count
