"""95 % intervals of a unit's value: of a share, of a rate of events, and of what the months of a period say."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt
from statistics import NormalDist, stdev

from hsf_kpi.analysis.compare.counts import Counts
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.measure import Counted, Measure

LEVEL = 0.95
FEWEST_MONTHS = 6
"""Months that an interval from a unit's own months needs at the least."""

Interval = tuple[float, float]

_Z = NormalDist().inv_cdf((1 + LEVEL) / 2)


def wilson(count: float, size: float) -> Interval:
    """Wilson's score interval of count ÷ size, within 0 and 1. size above 0, count from 0 to it."""
    share, z2 = count / size, _Z * _Z
    shrink = 1 + z2 / size
    middle = (share + z2 / (2 * size)) / shrink
    half = _Z / shrink * sqrt(share * (1 - share) / size + z2 / (4 * size * size))
    # At 0 and at all of them the bound is the value itself; the sum above may miss it by a rounding.
    return (0.0 if count == 0 else max(0.0, middle - half)), (
        1.0 if count == size else min(1.0, middle + half)
    )


def byar(count: float, size: float) -> Interval:
    """Byar's interval of count events ÷ size. size above 0, count from 0."""
    low = 0.0 if count == 0 else count * max(0.0, 1 - 1 / (9 * count) - _Z / (3 * sqrt(count))) ** 3
    more = count + 1
    return low / size, more * (1 - 1 / (9 * more) + _Z / (3 * sqrt(more))) ** 3 / size


def of_counts(measure: Measure, counts: Counts) -> Interval:
    """In the unit of measure, of a measure that counts something."""
    interval = wilson if measure.counted is Counted.SHARE else byar
    low, high = interval(float(counts.count), float(counts.size))
    scale = float(measure.scale)
    return low * scale, high * scale


def of_months(measure: Measure, value: Fraction, months: Sequence[Fraction]) -> Interval | None:
    """value ± t × s ÷ √n from the months of its period, in the unit of measure; None with fewer than six.

    A flow per stock over a period is the sum of its months, not their mean, and so is the half-width. The interval does
    not go below 0 where neither the value nor any month does.
    """
    if len(months) < FEWEST_MONTHS:
        return None
    half = _t(len(months) - 1) * stdev([float(month) for month in months]) / sqrt(len(months))
    if measure.aggregation is Aggregation.FLOW_PER_STOCK:
        half *= len(months)
    low, high = float(value) - half, float(value) + half
    return (low if min(value, *months) < 0 else max(0.0, low)), high


def _t(freedom: int) -> float:
    """The quantile of Student's t that leaves half of the rest above."""
    # Imported when first needed: it takes a third of a second.
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + LEVEL) / 2))
