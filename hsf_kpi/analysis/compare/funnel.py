"""A funnel plot: how far chance alone takes units of each size from what they have in common.

Limits and over-dispersion as Spiegelhalter has it (Statistics in Medicine 2005, and Quality and Safety in Health Care
2005): see docs/compare.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean

from hsf_kpi.analysis.compare.counts import Counts, size_words
from hsf_kpi.analysis.compare.types import Funnel, FunnelLimit, FunnelPoint, FunnelZone
from hsf_kpi.model.codes import Direction, Origin
from hsf_kpi.model.comparison import ComparisonGroup
from hsf_kpi.model.measure import Counted, Measure

FEWEST_UNITS = 5
WINSORISED = 0.10
"""The share of the z-scores at each end that is drawn in to the quantile there, so that outliers don't hide themselves."""
SURE = 0.95
"""Over-dispersion is adjusted for when it is larger than this share of chance alone would give."""
CURVE_POINTS = 80

_Z_95, _Z_998 = NormalDist().inv_cdf(0.975), NormalDist().inv_cdf(0.999)


@dataclass(frozen=True, slots=True)
class _Process:
    """What all units are held against. centre: numerators ÷ denominators, 1 as 100 %. widened: √φ, or 1."""

    measure: Measure
    centre: float
    widened: float = 1.0

    def error(self, size: float) -> float:
        """The standard error of a unit of that size, by chance alone."""
        spread = self.centre * (1 - self.centre) if self.measure.counted is Counted.SHARE else self.centre
        return sqrt(max(0.0, spread) / size)

    def limits(self, size: float) -> FunnelLimit:
        """In the unit of measure, no lower than 0 and for a share no higher than all."""
        error, scale = self.error(size) * self.widened, float(self.measure.scale)
        most = 1.0 if self.measure.counted is Counted.SHARE else float("inf")
        inner, outer = error * _Z_95, error * _Z_998
        low_95, low_998 = (max(0.0, self.centre - away) * scale for away in (inner, outer))
        high_95, high_998 = (min(most, self.centre + away) * scale for away in (inner, outer))
        return FunnelLimit(size, low_95, high_95, low_998, high_998)


def funnel(
    measure: Measure,
    group: ComparisonGroup,
    counts: Mapping[str, Counts],
    *,
    own: str | None,
    left_out: int,
    origins: frozenset[Origin],
) -> Funnel:
    """counts: of each unit shown, at least five. Points in the order of `counts`."""
    total, size = sum(c.count for c in counts.values()), sum(c.size for c in counts.values())
    plain = _Process(measure, float(total / size))
    dispersion, adjusted = over_dispersion(_z_scores(plain, list(counts.values())))
    process = _Process(measure, plain.centre, sqrt(dispersion))
    sizes = [float(c.size) for c in counts.values()]
    return Funnel(
        measure=measure,
        group=group,
        points=tuple(_point(unit, one, process) for unit, one in counts.items()),
        limits=tuple(process.limits(size) for size in _curve(min(sizes), max(sizes))),
        centre=plain.centre * float(measure.scale),
        dispersion=dispersion,
        adjusted=adjusted,
        size_words=size_words(measure),
        own=own if own in counts else None,
        left_out=left_out,
        origins=origins,
    )


def zone_of(value: float, limits: FunnelLimit) -> FunnelZone:
    """Where a value lies among the limits of its size. What is exactly on a limit is inside it."""
    if limits.low_95 <= value <= limits.high_95:
        return FunnelZone.INSIDE
    within = limits.low_998 <= value <= limits.high_998
    return FunnelZone.OUTSIDE_95 if within else FunnelZone.OUTSIDE_998


def over_dispersion(z_scores: Sequence[float]) -> tuple[float, bool]:
    """φ, the mean square of the winsorised z-scores, and whether it is more than chance alone would give; else 1."""
    kept = winsorised(z_scores)
    factor = fmean(z * z for z in kept)
    adjusted = factor > 1 and factor * len(kept) > _chi_square(len(kept))
    return (factor, True) if adjusted else (1.0, False)


def winsorised(values: Sequence[float], share: float = WINSORISED) -> list[float]:
    """The values in their order, those outside the quantiles `share` and 1 − `share` drawn in to them."""
    ordered = sorted(values)
    low, high = _quantile(ordered, share), _quantile(ordered, 1 - share)
    return [min(max(value, low), high) for value in values]


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Between the two nearest values, in proportion."""
    place = share * (len(ordered) - 1)
    below = min(int(place), len(ordered) - 2)
    return ordered[below] + (place - below) * (ordered[below + 1] - ordered[below])


def _chi_square(freedom: int) -> float:
    """What a sum of so many squares exceeds once in twenty by chance."""
    # Imported when first needed: it takes a third of a second.
    from scipy.special import chdtri

    return float(chdtri(freedom, 1 - SURE))


def _z_scores(process: _Process, counts: Sequence[Counts]) -> list[float]:
    """Distances from the centre in standard errors. Where there is no error (nobody, or everybody) all are at the centre."""
    return [
        (float(one.count / one.size) - process.centre) / error
        if (error := process.error(float(one.size)))
        else 0.0
        for one in counts
    ]


def _point(unit: str, counts: Counts, process: _Process) -> FunnelPoint:
    measure = process.measure
    value = float(counts.count / counts.size) * float(measure.scale)
    zone = zone_of(value, process.limits(float(counts.size)))
    high = value > process.centre * float(measure.scale)
    better = None
    if zone is not FunnelZone.INSIDE and measure.direction in (Direction.UP, Direction.DOWN):
        better = high == (measure.direction is Direction.UP)
    return FunnelPoint(unit, float(counts.size), value, zone, high, better)


def _curve(smallest: float, largest: float) -> list[float]:
    """Sizes from a little under the smallest to a little over the largest, closer together where the limits bend."""
    first, last = smallest * 0.8, largest * 1.05
    step = (last / first) ** (1 / (CURVE_POINTS - 1))
    return [first * step**i for i in range(CURVE_POINTS - 1)] + [last]
