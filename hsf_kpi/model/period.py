"""Months and the windows of time that figures stand on."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month as a running number, year × 12 + (month − 1), so that arithmetic is plain."""

    index: int

    @classmethod
    def of(cls, year: int, number: int) -> Month:
        if not (1900 <= year <= 2200 and 1 <= number <= 12):
            raise ValueError(f"not a month: {year}-{number}")
        return cls(year * 12 + number - 1)

    @classmethod
    def parse(cls, text: str) -> Month:
        """'2023-10' → Month. ValueError on anything else."""
        match = _MONTH.fullmatch(text)
        if not match:
            raise ValueError(f"not a month: {text!r}")
        return cls.of(int(match[1]), int(match[2]))

    @property
    def year(self) -> int:
        return self.index // 12

    @property
    def number(self) -> int:
        return self.index % 12 + 1

    @property
    def iso(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, self.number, 1)

    @property
    def last_day(self) -> dt.date:
        return (self + 1).first_day - dt.timedelta(days=1)

    def __add__(self, months: int) -> Month:
        return Month(self.index + months)

    def __sub__(self, months: int) -> Month:
        return Month(self.index - months)

    def __str__(self) -> str:
        return self.iso


class View(StrEnum):
    """The three views of a monthly series. In links: manad, ack, r12."""

    MONTH = "month"
    YTD = "ytd"
    R12 = "r12"


class Window(StrEnum):
    """What span of time a stored or summed value covers; its last month names it.

    month, ytd and r12 come from monthly observations; the others are measured as such.
    """

    MONTH = "month"
    YTD = "ytd"
    R12 = "r12"
    TERTIAL_1 = "delar1"
    TERTIAL_2 = "delar2"
    YEAR = "year"
    TWO_YEARS = "two_years"

    @property
    def length(self) -> int:
        """Months covered at the most (year to date covers fewer early in the year)."""
        return _LENGTH[self]


_LENGTH = {
    Window.MONTH: 1,
    Window.YTD: 12,
    Window.R12: 12,
    Window.TERTIAL_1: 4,
    Window.TERTIAL_2: 8,
    Window.YEAR: 12,
    Window.TWO_YEARS: 24,
}

MONTHLY_WINDOWS = (Window.MONTH, Window.YTD, Window.R12)
MEASURED_WINDOWS = (Window.MONTH, Window.TERTIAL_1, Window.TERTIAL_2, Window.YEAR, Window.TWO_YEARS)
"""The windows that an observation can be measured for."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A window ending in a month: (ytd, 2023-10) is January–October 2023; (year, 2022-12) is 2022."""

    end: Month
    window: Window

    @property
    def start(self) -> Month:
        if self.window is Window.YTD:
            return Month.of(self.end.year, 1)
        return self.end - (self.window.length - 1)

    def a_year_before(self) -> Period:
        return Period(self.end - 12, self.window)
