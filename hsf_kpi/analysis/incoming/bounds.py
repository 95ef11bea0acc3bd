"""Between which bounds a new month of a series would surprise nobody, by the months before it alone: inside the control
limits, or no farther from the latest month than months lie from each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from statistics import median

from hsf_kpi.analysis.spc.limits import LEAST_POINTS, LEAST_RANGES, fit
from hsf_kpi.analysis.spc.phases import spans
from hsf_kpi.analysis.spc.season import LEAST_SEASONAL, is_seasonal
from hsf_kpi.analysis.spc.whole import whole
from hsf_kpi.model.period import Month
from hsf_kpi.model.preview import Bounds, Held
from hsf_kpi.model.rebase import Rebase

FACTOR = 3
"""Our convention for a series too short for limits: three times its median, or a third of it, is a jump."""
MEDIAN_MONTHS = 12
RANGE = Fraction(3268, 2660)
"""How far two neighbouring months lie from each other at the most, by the distance from mean to limit: the limit of the
moving ranges (3.268 of their mean) by that of the values (2.66 of it).
"""
LEAST_MEDIAN = 3
"""Values that a median says anything from."""


def bounds(before: Mapping[int, Fraction], month: Month, rebases: Sequence[Rebase] = ()) -> Bounds | None:
    """The bounds for a value in `month`; None where the months before are too few, or their median is not above zero.

    before: `Month.index` → value; those of `month` and later are not looked at. rebases: those of the measure at the unit.
    A change that has been decided to begin in the new month itself leaves no month to compare with.
    """
    known = {index: value for index, value in before.items() if index < month.index}
    if not known:
        return None
    last = max(known)
    if any(last < rebase.first.index <= month.index for rebase in rebases):
        return None
    return _limits(known, month, rebases) or _factor(known)


def _limits(known: Mapping[int, Fraction], month: Month, rebases: Sequence[Rebase]) -> Bounds | None:
    first, last = min(known), max(known)
    indices = range(first, last + 1)
    values, denominator = whole([known.get(index) for index in indices])
    numbers = [index % 12 for index in indices]
    cut, _ = spans([Month(index) for index in indices], values, rebases)
    seasonal = is_seasonal(values, numbers, cut)
    span = cut[-1]
    keys = (numbers if seasonal else [0] * len(values))[span.first : span.last + 1]
    base = (span.base[0] - span.first, span.base[1] - span.first)
    found = fit(values[span.first : span.last + 1], keys, base, denominator)
    least = LEAST_SEASONAL if seasonal else LEAST_POINTS
    if found.points < least or found.ranges < LEAST_RANGES or not found.half:
        return None
    drawn = found.drawn.get(month.index % 12 if seasonal else 0)
    if drawn is None:
        return None
    # A series that has left its limits already goes on from where it is: only a step from there is a jump.
    usual = found.drawn.get(keys[-1])
    near = drawn.mean + (known[last] - usual.mean if usual is not None else 0)
    reach = (drawn.high - drawn.mean) * RANGE
    low, high = min(drawn.low, near - reach), max(drawn.high, near + reach)
    return Bounds(Held.LIMITS, low, drawn.mean, high, found.points, seasonal)


def _factor(known: Mapping[int, Fraction]) -> Bounds | None:
    latest = [known[index] for index in sorted(known)[-MEDIAN_MONTHS:]]
    if len(latest) < LEAST_MEDIAN:
        return None
    middle = median(latest)
    if middle <= 0:
        return None
    return Bounds(Held.MEDIAN, middle / FACTOR, middle, middle * FACTOR, len(latest))
