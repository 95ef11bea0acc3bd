"""What each nyckeltal lets its numbers be, as arrays by the number of the measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from hsf_kpi.access.masking import counts_respondents
from hsf_kpi.ingest.rows.cells import Bools, Ints
from hsf_kpi.ingest.rows.periods import WINDOWS
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.measure import Counted, Measure
from hsf_kpi.model.period import Window

SECONDS = "sekunder"
"""A component in seconds may be written as a duration."""
_KRONOR = frozenset({"kr", "kronor"})
_YEAR, _TWO_YEARS = WINDOWS.index(Window.YEAR), WINDOWS.index(Window.TWO_YEARS)


@dataclass(frozen=True)
class Rules:
    """measured: (measure, window). share: the numerator is a part of the denominator. signed: amounts that may be below
    zero. percent: finished shares, 0–100.
    """

    measures: tuple[Measure, ...]
    measured: Bools
    by_sex: Bools
    survey: Bools
    has_denominator: Bools
    shared: Bools
    growth: Bools
    share: Bools
    signed: Bools
    percent: Bools
    respondents: Bools
    duration: Bools
    seconds: Bools
    only_two_years: Bools
    ahead: Bools
    """What may be agreed before its month."""

    @classmethod
    def of(cls, measures: Sequence[Measure]) -> Rules:
        def each(test: Callable[[Measure], bool]) -> Bools:
            # The last is for what is unknown (−1), which is told as such and nothing else.
            return np.array([*map(test, measures), False], dtype=np.bool_)

        measured = np.zeros((len(measures) + 1, len(WINDOWS)), dtype=np.bool_)
        for number, measure in enumerate(measures):
            measured[number, [WINDOWS.index(window) for window in measure.measured]] = True
        return cls(
            measures=tuple(measures),
            measured=measured,
            by_sex=each(lambda m: m.by_sex),
            survey=each(lambda m: m.aggregation is Aggregation.SURVEY),
            has_denominator=each(lambda m: m.aggregation.has_denominator),
            shared=each(lambda m: m.aggregation.shared_denominator),
            growth=each(lambda m: m.aggregation is Aggregation.GROWTH),
            share=each(lambda m: m.counted is Counted.SHARE),
            signed=each(_signed),
            percent=each(
                lambda m: m.aggregation is Aggregation.SURVEY and m.unit_of_measure is UnitOfMeasure.PERCENT
            ),
            respondents=each(counts_respondents),
            duration=each(lambda m: m.unit_of_measure is UnitOfMeasure.MINUTES),
            seconds=each(lambda m: m.component_unit == SECONDS),
            only_two_years=each(lambda m: Window.TWO_YEARS in m.measured and Window.YEAR not in m.measured),
            ahead=each(lambda m: m.aggregation is Aggregation.AMOUNT),
        )

    def window(self, measure: Ints, window: Ints) -> Ints:
        """A year is written alike whether it ends one year or two."""
        return np.where((window == _YEAR) & self.only_two_years[measure], _TWO_YEARS, window)


def _signed(measure: Measure) -> bool:
    """Money, what grows or shrinks, and differences: all else counts or measures something that there is."""
    return (
        measure.component_unit in _KRONOR
        or measure.unit_of_measure in (UnitOfMeasure.MNKR, UnitOfMeasure.KR_PER_HOUR)
        or measure.aggregation in (Aggregation.GROWTH, Aggregation.LATEST_AMOUNT)
    )
