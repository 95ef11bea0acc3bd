"""Mean and natural process limits of one phase, mean ± 2.66 × mean moving range, in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from hsf_kpi.analysis.spc.ranges import moving_ranges, screened

LEAST_POINTS = 12
"""Values that limits come from, at the least."""
PRELIMINARY_BELOW = 20
LEAST_RANGES = 6
"""Moving ranges that limits come from, at the least: a series full of gaps has values but hardly a range."""

# 2.66 = 133/50.
_TIMES, _PARTS = 133, 50


@dataclass(frozen=True, slots=True)
class Drawn:
    """What points are held against, in the unit of measure."""

    mean: Fraction
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Fit:
    """The limits of one phase.

    points, ranges: how many values and moving ranges they come from. mean: of those values. moving_range: their mean.
    half: the distance from mean to limit, on the scale of `deviations`, which are the phase's values minus what they are
    expected to be; None for a gap, and for a month that the limits know nothing of. drawn: by the keys of `fit`.
    """

    points: int
    ranges: int
    mean: Fraction
    moving_range: Fraction
    half: int
    deviations: tuple[int | None, ...]
    drawn: dict[int, Drawn]


def fit(values: Sequence[int | None], keys: Sequence[int], base: tuple[int, int], denominator: int) -> Fit:
    """The limits of a phase's values, from those of `base` (positions, both included).

    keys: one a value; values of the same key share a mean (calendar months of a seasonal series, else all the same).
    denominator: turns a whole value into the unit of measure. Without a value in `base` the mean is that of all values,
    of which there must be one, and `points` is 0.
    """
    everything = list(zip(keys, values, strict=True))
    known = [(key, value) for key, value in everything[base[0] : base[1] + 1] if value is not None]
    points = len(known)
    if not points:
        known = [(key, value) for key, value in everything if value is not None]
    sums: dict[int, int] = {}
    counts: dict[int, int] = {}
    for key, value in known:
        sums[key] = sums.get(key, 0) + value
        counts[key] = counts.get(key, 0) + 1
    common = lcm(*counts.values())
    expected = {key: total * (common // counts[key]) for key, total in sums.items()}
    rests = [
        None if value is None or key not in expected else value * common - expected[key]
        for key, value in zip(keys, values, strict=True)
    ]
    ranges = moving_ranges(rests[base[0] : base[1] + 1])
    total, count = screened(ranges) if ranges else (0, 1)
    # Whole numbers all the way: values are times `common` × `fine`, where means and limits are whole.
    fine = _PARTS * count
    scale = denominator * common
    half = _TIMES * total
    return Fit(
        points=points,
        ranges=len(ranges),
        mean=Fraction(sum(sums.values()), len(known) * denominator),
        moving_range=Fraction(total, count * scale),
        half=half,
        deviations=tuple([None if rest is None else rest * fine for rest in rests]),
        drawn={
            key: Drawn(
                Fraction(middle, scale),
                Fraction(middle * fine - half, scale * fine),
                Fraction(middle * fine + half, scale * fine),
            )
            for key, middle in expected.items()
        },
    )
