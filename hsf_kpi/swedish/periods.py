"""The period of a measure's value in words: the span that the value covers, or the month that it holds for."""

from __future__ import annotations

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Period, Window
from hsf_kpi.swedish.dates import month_text, period_text


def is_moment(measure: Measure, window: Window) -> bool:
    """Whether a value in `window` is that of its last month alone: stocks, snapshots and forecasts.

    A stock over a rolling twelve is the mean of its months, and so covers them.
    """
    if window is Window.YTD:
        return measure.aggregation.takes_latest
    if window is Window.R12:
        return measure.aggregation.takes_latest and measure.aggregation is not Aggregation.STOCK
    return window is Window.MONTH


def period_words(measure: Measure, period: Period) -> str:
    """«jan–okt 2023» for what adds up over the months, «oktober 2023» for what holds on a day; else as
    `period_text`.
    """
    return month_text(period.end) if is_moment(measure, period.window) else period_text(period)
