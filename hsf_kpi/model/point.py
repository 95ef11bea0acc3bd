"""A month of a series as lean as thousands of series at a time need it."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from hsf_kpi.model.aggregation import combine, from_fixed
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.measure import Measure


class Point(NamedTuple):
    """What a cell holds that decides its value, in the stored scale. A masked month has no point.

    month: `Month.index`. whole: nothing is missing in it. missing_share: as of a cell.
    """

    month: int
    numerator: int | None
    denominator: int | None
    ready: int | None
    months: int
    whole: bool
    missing_share: float
    origin: Origin

    def value(self, measure: Measure) -> Fraction | None:
        """As of a cell: None for a zero denominator."""
        if self.ready is not None:
            return from_fixed(self.ready)
        if self.numerator is None:
            return None
        return combine(measure.aggregation, self.numerator, self.denominator, self.months, measure.scale)
