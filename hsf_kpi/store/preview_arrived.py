"""The latest months of every series in a file, kept as arrays while it is read, and told some units at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

import numpy as np

from hsf_kpi.model.aggregation import combine, from_fixed
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Window
from hsf_kpi.store.ancestry import Bools, Ints
from hsf_kpi.store.codes import SEX as SEX_CODE
from hsf_kpi.store.codes import WINDOW as WINDOW_CODE
from hsf_kpi.store.preview_masked import MEASURE, MONTH, NOTHING, NUMBERS, ROW, SEX, UNIT, WINDOW
from hsf_kpi.store.preview_rows import packed
from hsf_kpi.store.preview_scope import Places

SERIES_MONTHS: Final = 36
"""Months of a series that are kept of the file, to be looked at."""
JUDGED_MONTHS: Final = 3
"""The newest months of a measure in the file, which are held against those before them."""


class Arrived(NamedTuple):
    """A month of the file, for everybody. value: None for a zero denominator, and where it is masked by its own numbers.
    news: new or changed, one of the newest months, and shown once it is loaded. row: in the file.
    """

    month: int
    value: Fraction | None
    news: bool
    row: int


Series = Mapping[str, Sequence[Arrived]]
"""Measure → the months of the file, in time order."""


class Arrivals:
    """newest: place of the measure and code of the window → the newest month in the file."""

    def __init__(self, measures: Sequence[Measure], unit_places: Places) -> None:
        self.newest: dict[tuple[int, int], int] = {}
        self._measures, self._places = measures, unit_places
        self._kept = np.zeros((0, 10), dtype=np.int64)
        self._news = np.zeros(0, dtype=np.bool_)
        self._few = np.zeros(0, dtype=np.bool_)

    def keep(self, rows: Ints, news: Bools, few: Bools) -> None:
        """Those of the rows that are for everybody, and of all that is kept the latest months."""
        whole = rows[:, SEX] == SEX_CODE[Sex.ALL]
        kept = np.concatenate([self._kept, rows[whole]])
        news, few = np.concatenate([self._news, news[whole]]), np.concatenate([self._few, few[whole]])
        series = packed([(kept[:, MEASURE], 14), (kept[:, WINDOW], 3)])
        numbers, place = np.unique(series, return_inverse=True)
        newest = np.full(len(numbers), -1, dtype=np.int64)
        np.maximum.at(newest, place, kept[:, MONTH])
        self.newest = {
            (number >> 3, number & 7): month
            for number, month in zip(numbers.tolist(), newest.tolist(), strict=True)
        }
        late = kept[:, MONTH] > newest[place] - SERIES_MONTHS
        judged = kept[:, MONTH] > newest[place] - JUDGED_MONTHS
        self._kept, self._news, self._few = kept[late], (news & judged)[late], few[late]

    def units(self) -> tuple[str, ...]:
        """Those with a month to be judged, in the order of the organisation."""
        monthly = self._kept[:, WINDOW] == WINDOW_CODE[Window.MONTH]
        return tuple(self._places.names[at] for at in np.unique(self._kept[self._news & monthly, UNIT]))

    def of(self, units: Collection[str]) -> Iterator[tuple[str, Series]]:
        """The monthly series of these units that have a month to be judged."""
        monthly = self._kept[:, WINDOW] == WINDOW_CODE[Window.MONTH]
        for unit in units:
            these = np.flatnonzero(monthly & (self._kept[:, UNIT] == self._places.at[unit]))
            series: dict[str, list[Arrived]] = {}
            order = these[np.argsort(self._kept[these, MONTH], kind="stable")]
            for row, news, few in zip(
                self._kept[order].tolist(), self._news[order].tolist(), self._few[order].tolist(), strict=True
            ):
                measure = self._measures[row[MEASURE]]
                value = None if few else exact(measure, *row[NUMBERS])
                series.setdefault(measure.key, []).append(Arrived(row[MONTH], value, news, row[ROW]))
            yield unit, {key: months for key, months in series.items() if any(one.news for one in months)}

    def units_in(self, measure: int, window: int, month: int) -> Ints:
        """The places of the units that the file has a value for."""
        kept = self._kept
        these = (kept[:, MEASURE] == measure) & (kept[:, WINDOW] == window) & (kept[:, MONTH] == month)
        found: Ints = np.unique(kept[these, UNIT])
        return found


def exact(measure: Measure, numerator: int, denominator: int, ready: int) -> Fraction | None:
    """The value of one observation as people read it; `NOTHING` for what it lacks."""
    if ready != NOTHING:
        return from_fixed(ready)
    if numerator == NOTHING:
        return None
    below = None if denominator == NOTHING else denominator
    return combine(measure.aggregation, numerator, below, 1, measure.scale)
