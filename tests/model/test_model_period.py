"""Months and windows: plain arithmetic, held against the calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.model.period import MEASURED_WINDOWS, MONTHLY_WINDOWS, Month, Period, View, Window

months = st.builds(Month.of, st.integers(1901, 2199), st.integers(1, 12))
periods = st.builds(Period, months, st.sampled_from(Window))


@given(months)
def test_a_month_knows_its_calendar(month: Month) -> None:
    assert Month.of(month.year, month.number) == month
    assert Month.parse(month.iso) == month
    assert str(month) == month.iso == month.first_day.isoformat()[:7]
    assert month.first_day.day == 1
    assert month.last_day + dt.timedelta(days=1) == (month + 1).first_day
    assert month.last_day.month == month.number


@given(months, st.integers(-600, 600), st.integers(-600, 600))
def test_arithmetic(month: Month, one: int, other: int) -> None:
    assert (month + one) + other == month + (one + other)
    assert (month + one) - one == month
    assert (month + one < month) == (one < 0)
    assert (month + 12).number == month.number


@pytest.mark.parametrize(
    "text", ["2023-13", "2023-00", "2023-1", "23-10", "2023-10-01", "", "1899-12", "2201-01"]
)
def test_what_is_not_a_month(text: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        Month.parse(text)


@given(periods)
def test_a_period_covers_its_window(period: Period) -> None:
    covered = period.end.index - period.start.index + 1
    if period.window is Window.YTD:
        assert (period.start.year, period.start.number) == (period.end.year, 1)
        assert covered == period.end.number
    else:
        assert covered == period.window.length
    assert covered <= period.window.length


@given(periods)
def test_a_year_before_is_the_same_window(period: Period) -> None:
    before = period.a_year_before()
    assert before.window is period.window
    assert before.end.index == period.end.index - 12
    assert before.start.index == period.start.index - 12


def test_views_are_the_monthly_windows() -> None:
    assert {view.value for view in View} == {window.value for window in MONTHLY_WINDOWS}
    assert set(MONTHLY_WINDOWS) | set(MEASURED_WINDOWS) == set(Window)
