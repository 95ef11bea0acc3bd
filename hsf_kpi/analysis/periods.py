"""Which period a measure's outcome stands for when a month and a view are chosen."""

from __future__ import annotations

from collections.abc import Iterator

from hsf_kpi.model.cell import MeasureSeries
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, Period, View, Window

_LAST_MONTH = {
    Window.TERTIAL_1: 4,
    Window.TERTIAL_2: 8,
    Window.YEAR: 12,
    Window.TWO_YEARS: 12,
}


def own_period(measure: Measure, series: MeasureSeries | None, month: Month, view: View) -> Period:
    """The period that is shown when `month` is chosen.

    A monthly measure follows the view. The others show the latest of their measured periods that had ended by
    then, whether or not its value is known; of two that ended together the longer.
    """
    if measure.monthly:
        return Period(month, Window(view.value))
    ended = (_latest_ended(measure, series, window, month) for window in measure.measured)
    return max(ended, key=lambda period: (period.end, period.window.length))


def comparison_period(period: Period) -> Period:
    """The same window a year before; for two years the two before them."""
    if period.window is Window.TWO_YEARS:
        return Period(period.end - 24, period.window)
    return period.a_year_before()


def periods_through(
    measure: Measure, series: MeasureSeries, month: Month, view: View, first: Month | None
) -> Iterator[Period]:
    """Every period of the measure in time order, from `first` (else the first known) through `month`."""
    windows = (Window(view.value),) if measure.monthly else measure.measured
    known = [min(ends) for window in windows if (ends := series.cells.get(window))]
    if first is None and not known:
        return
    start = first if first is not None else min(known)
    found: list[Period] = []
    for window in windows:
        step = 1 if measure.monthly else 24 if window is Window.TWO_YEARS else 12
        end = month if measure.monthly else _latest_ended(measure, series, window, month).end
        while end >= start:
            found.append(Period(end, window))
            end = end - step
    yield from sorted(found, key=lambda period: (period.end, period.window.length))


def _latest_ended(measure: Measure, series: MeasureSeries | None, window: Window, month: Month) -> Period:
    """The latest period of a yearly, two-yearly or tertial `window` that ended in `month` or earlier."""
    number = _LAST_MONTH[window]
    year = month.year if month.number >= number else month.year - 1
    if window is Window.TWO_YEARS:
        anchor = _two_year_anchor(measure, series)
        year -= (year - anchor) % 2 if anchor is not None else 0
    return Period(Month.of(year, number), window)


def _two_year_anchor(measure: Measure, series: MeasureSeries | None) -> int | None:
    """A year that a two-year period of this measure ended in: what is known, else the plan's baseline."""
    if series is not None and (ends := series.cells.get(Window.TWO_YEARS)):
        return min(ends).year
    stated = (b.period for b in measure.baselines if b.period and b.period.window is Window.TWO_YEARS)
    period = next(stated, None)
    return period.end.year if period else None
