"""Months, periods and days as people and systems write them. What could be two is None."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Final

from hsf_kpi.ingest.files.table import Cell, whole
from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.model.period import Month, Window

_NAMES: Final = (
    "jan januari january",
    "feb febr februari february",
    "mar mars march",
    "apr april",
    "maj may",
    "jun juni june",
    "jul juli july",
    "aug augusti august",
    "sep sept september",
    "okt oct oktober october",
    "nov november",
    "dec december",
)
_NUMBER: Final = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_NAME: Final = "|".join(sorted(_NUMBER, key=len, reverse=True))
_YEAR: Final = r"(?P<year>(?:19|20|21)[0-9]{2})"
_SHORT_YEAR: Final = r"(?P<year>(?:19|20|21)[0-9]{2}|[0-9]{2})"
_TIME: Final = r"(?:[ t][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?z?)?"

_MONTHS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}[-/ ](?P<month>[0-9]{{1,2}})",  # 2023-10
        rf"{_YEAR}[.]?(?P<month>[0-9]{{2}})",  # 202310, 2023.10; 2023.1 could be October as a number
        rf"(?P<month>[0-9]{{1,2}})[-/. ]{_YEAR}",  # 10/2023
        rf"{_YEAR}[- ]?[mp](?P<month>[0-9]{{1,2}})",  # 2023 M10, 2023P10
        rf"[mp](?P<month>[0-9]{{1,2}})[- ]?{_YEAR}",  # M10 2023
        rf"(?P<name>{_NAME})[.]?[-/ ]?{_SHORT_YEAR}",  # okt 2023, Okt-23
        rf"{_YEAR}[-/ ]?(?P<name>{_NAME})[.]?",  # 2023 oktober
    )
)
_DAYS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}([-/.]?)(?P<month>[0-9]{{2}})\2(?P<day>[0-9]{{2}}){_TIME}",  # 2023-10-31, 20231031
        rf"(?P<day>[0-9]{{1,2}})[.](?P<month>[0-9]{{1,2}})[.]{_YEAR}{_TIME}",  # 31.10.2023
        rf"(?:den )?(?P<day>[0-9]{{1,2}})[. -]*(?P<name>{_NAME})[.]?[- ]?{_YEAR}{_TIME}",  # 31 oktober 2023
    )
)
_EITHER_WAY: Final = re.compile(rf"([0-9]{{1,2}})([-/])([0-9]{{1,2}})\2{_YEAR}{_TIME}")
"""31/10/2023: day first in Sweden, month first in the USA."""
_TERTIAL: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:delår|tertial|d|t) ?(?P<part>[12])[- /]*{_YEAR}",
        rf"{_YEAR}[- /]*(?:delår|tertial|d|t) ?(?P<part>[12])",
    )
)
_WHOLE_YEAR: Final = re.compile(rf"(?:helår |helåret |år )?{_YEAR}")
_TWO_YEARS: Final = re.compile(rf"(?P<first>(?:19|20|21)[0-9]{{2}}) ?[-/–] ?{_YEAR}")
_PART: Final = {"1": (Window.TERTIAL_1, 4), "2": (Window.TERTIAL_2, 8)}


def parse_cell_month(cell: Cell) -> Month | None:
    """«2023-10», «202310», «2023-10-31», «okt 2023», «Oktober 2023», «Okt-23», «10/2023», «2023 M10», «31.10.2023», an
    Excel date … None for what is no month, or could be two («10/11/2023»), and for serial numbers.
    """
    text = _text(cell)
    if text is not None:
        return _month(text)
    if isinstance(cell, dt.date) and 1900 <= cell.year <= 2200:
        return Month.of(cell.year, cell.month)
    return None


def parse_cell_period(cell: Cell) -> tuple[Window, Month] | None:
    """A month as above, «delår 1 2023», «D1 2023», «2023 T1», a year («2023», «helår 2023») or two («2022–2023»); with the
    last month of it.
    """
    text = _text(cell)
    if text is None:
        month = parse_cell_month(cell)
        return None if month is None else (Window.MONTH, month)
    return _period(text)


def parse_cell_day(cell: Cell) -> dt.date | None:
    """«2023-10-31», «20231031», «31.10.2023», «31 oktober 2023», «31/10/2023», an Excel date; None for «10/11/2023»."""
    text = _text(cell)
    if text is None:
        return cell.date() if isinstance(cell, dt.datetime) else cell if isinstance(cell, dt.date) else None
    return _day(text)


def _text(cell: Cell) -> str | None:
    """Whole numbers are read as they are written: 202310, 2023."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool | dt.date) or cell is None:
        return None
    number = whole(cell)
    return str(number) if number is not None and 0 <= number < 10**8 else ""


@lru_cache(maxsize=4096)
def _month(text: str) -> Month | None:
    text = plain(text)
    for pattern in _MONTHS:
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            number = _NUMBER[parts["name"]] if parts.get("name") else int(parts["month"])
            year = int(parts["year"])
            return Month.of(year if year > 99 else 2000 + year, number) if 1 <= number <= 12 else None
    day = _day(text)
    return None if day is None else Month.of(day.year, day.month)


@lru_cache(maxsize=4096)
def _period(text: str) -> tuple[Window, Month] | None:
    month = _month(text)
    if month is not None:
        return Window.MONTH, month
    text = plain(text)
    for pattern in _TERTIAL:
        if found := pattern.fullmatch(text):
            window, last = _PART[found["part"]]
            return window, Month.of(int(found["year"]), last)
    if found := _WHOLE_YEAR.fullmatch(text):
        return Window.YEAR, Month.of(int(found["year"]), 12)
    found = _TWO_YEARS.fullmatch(text)
    if found and int(found["year"]) == int(found["first"]) + 1:
        return Window.TWO_YEARS, Month.of(int(found["year"]), 12)
    return None


@lru_cache(maxsize=4096)
def _day(text: str) -> dt.date | None:
    text = plain(text)
    if found := _EITHER_WAY.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        if first <= 12 and second <= 12 and first != second:
            return None
        day, month = (first, second) if second <= 12 else (second, first)
        return _date(int(found["year"]), month, day)
    for pattern in _DAYS:
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            month = _NUMBER[parts["name"]] if parts.get("name") else int(parts["month"])
            return _date(int(parts["year"]), month, int(parts["day"]))
    return None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
