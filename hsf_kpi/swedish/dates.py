"""Months, periods and days in Swedish."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

from hsf_kpi.model.period import Month, Period, Window

_LONG = {number: str(name) for number, name in get_month_names("wide", locale="sv").items()}
_SHORT = {n: str(name).rstrip(".") for n, name in get_month_names("abbreviated", locale="sv").items()}
MONTH_NAMES = frozenset((*_LONG.values(), *_SHORT.values()))
"""Long and short, as they stand in running text."""
_DASH = "\N{EN DASH}"
_SWEDEN = ZoneInfo("Europe/Stockholm")
_TERTIAL = {Window.TERTIAL_1: "delår 1", Window.TERTIAL_2: "delår 2"}


def month_text(month: Month) -> str:
    """«oktober 2023»"""
    return f"{_LONG[month.number]} {month.year}"


def month_short(month: Month) -> str:
    """«okt 2023»"""
    return f"{_SHORT[month.number]} {month.year}"


def month_name(month: Month) -> str:
    """«oktober», where the year is known"""
    return _LONG[month.number]


def month_name_short(number: int) -> str:
    """1 → «jan», for axes. KeyError outside 1–12."""
    return _SHORT[number]


@lru_cache(maxsize=4096)
def period_text(period: Period) -> str:
    """«oktober 2023», «jan–okt 2023», «nov 2022–okt 2023», «delår 1 2023», «2022».

    Two years are named by their last, as the plan does. Where the measure is known, `periods.period_words`
    is the one to use: a stock's year to date is a month.
    """
    end, start = period.end, period.start
    if start == end:
        return month_text(end)
    if period.window in (Window.YEAR, Window.TWO_YEARS):
        return str(end.year)
    if period.window in _TERTIAL:
        return f"{_TERTIAL[period.window]} {end.year}"
    if start.year == end.year:
        return f"{_SHORT[start.number]}{_DASH}{month_short(end)}"
    return f"{month_short(start)}{_DASH}{month_short(end)}"


@lru_cache(maxsize=4096)
def period_short(period: Period) -> str:
    """A name for an axis that already says the view: «okt 2023», «delår 1 2023», «2022»."""
    if period.window in (Window.MONTH, Window.YTD, Window.R12):
        return month_short(period.end)
    return period_text(period)


def day_words(date: dt.date) -> str:
    """«14 november 2023», in a sentence about who said what and when."""
    return f"{date.day} {_LONG[date.month]} {date.year}"


def moment_text(at: dt.datetime) -> str:
    """«20 november 2023 kl. 09.15», Swedish time."""
    there = at.astimezone(_SWEDEN)
    return f"{day_words(there.date())} kl. {there:%H.%M}"


def date_text(date: dt.date) -> str:
    """«2023-11-14», as Swedish authorities write days."""
    return date.strftime("%Y-%m-%d") if date.year >= 1000 else date.isoformat()
