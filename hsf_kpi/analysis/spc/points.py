"""One function judges a point; icon, chart, colour and sentence all follow from its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hsf_kpi.analysis.spc.assurance import TargetOf
from hsf_kpi.analysis.spc.limits import Drawn
from hsf_kpi.analysis.spc.rules import Flag
from hsf_kpi.analysis.spc.types import Judged, TargetAt
from hsf_kpi.analysis.spc.variation import Band, band_of, variation
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.codes import Direction
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month


@dataclass(frozen=True, slots=True)
class Judge:
    """A series as its points are judged. values: what can be judged, one place each. keys: which of the drawn limits a
    point is held against. bands: by year, for a measure that is best inside one.
    """

    measure: Measure
    months: Sequence[Month]
    values: Sequence[Fraction | None]
    keys: Sequence[int]
    bands: Mapping[int, Band | None]

    def point(self, index: int, drawn: Mapping[int, Drawn], flag: Flag | None) -> Judged | None:
        """The point judged: common cause without a flag. None for a gap."""
        value = self.values[index]
        if value is None:
            return None
        limits = drawn.get(self.keys[index])
        if limits is None:
            return Judged(index, value, None, None, None)
        mean, low, high = limits.mean, limits.low, limits.high
        if flag is None:
            return Judged(index, value, mean, low, high)
        kind = variation(
            self.measure.direction, flag.side, value, mean, self.bands.get(self.months[index].year)
        )
        return Judged(index, value, mean, low, high, kind, flag.side, flag.rule, flag.run, flag.new)


def bands_of(
    measure: Measure, outcomes: Sequence[Outcome], target_of: TargetOf, now: TargetAt | None
) -> dict[int, Band | None]:
    """The target band of each year, else the chosen month's (`now`): a plan's first band says what was best before it.

    Empty for a measure that is not best inside a band.
    """
    if measure.direction is not Direction.BAND:
        return {}
    last = {outcome.period.end.year: outcome for outcome in outcomes}
    return {year: band_of(target_of(outcome)) or band_of(now) for year, outcome in last.items()}
