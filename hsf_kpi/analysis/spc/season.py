"""Does the series follow the months of the year? A one-way F-test of the month effects, p < 0.01."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import lcm

from hsf_kpi.analysis.spc.phases import Span

LEVEL = 0.01
MORE_THAN = 12
"""The test needs more values than this, and some month met twice."""
LEAST_SEASONAL = 24
"""Values that month means need: each month twice."""


def is_seasonal(values: Sequence[int | None], numbers: Sequence[int], spans: Sequence[Span]) -> bool:
    """Whether the months differ more than chance lets them, each phase's own mean taken out.

    numbers: the calendar month of each value. False where the values are too few to tell.
    """
    sums: dict[int, int] = {}
    counts: dict[int, int] = {}
    squares = n = 0
    for number, rest in _centred(values, numbers, spans):
        sums[number] = sums.get(number, 0) + rest
        counts[number] = counts.get(number, 0) + 1
        squares += rest * rest
        n += 1
    groups = len(counts)
    if n <= MORE_THAN or n == groups or groups < 2:
        return False
    common = lcm(*counts.values())
    # Each phase's rests sum to zero, so the grand mean is zero. Both sums of squares are times `common`.
    between = sum(sums[number] ** 2 * (common // count) for number, count in counts.items())
    within = squares * common - between
    if within == 0:
        return between > 0
    return between * (n - groups) / (within * (groups - 1)) > _critical(groups - 1, n - groups)


def _centred(
    values: Sequence[int | None], numbers: Sequence[int], spans: Sequence[Span]
) -> list[tuple[int, int]]:
    """Calendar month and value minus its phase's mean, times a whole number that is the same for all."""
    parts = []
    for span in spans:
        own = [
            (number, value)
            for number, value in zip(
                numbers[span.first : span.last + 1], values[span.first : span.last + 1], strict=True
            )
            if value is not None
        ]
        parts.append((own, sum(value for _, value in own)))
    common = lcm(*(len(own) for own, _ in parts))
    return [
        (number, value * common - total * (common // len(own)))
        for own, total in parts
        for number, value in own
    ]


@lru_cache(maxsize=4096)
def _critical(between: int, within: int) -> float:
    """The F that chance exceeds in one case of a hundred."""
    # Loaded where it is needed: most of what starts the program never asks.
    from scipy.special import fdtri

    return float(fdtri(between, within, 1 - LEVEL))
