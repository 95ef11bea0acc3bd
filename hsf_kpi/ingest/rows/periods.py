"""When the rows of a file are of: periods, months, days and years."""

from __future__ import annotations

from typing import Final

import numpy as np

from hsf_kpi.ingest.files.periods import parse_cell_day, parse_cell_month, parse_cell_period
from hsf_kpi.ingest.files.table import Cell
from hsf_kpi.ingest.rows.cells import Chunk, Coded, Ints, Objects, text_of
from hsf_kpi.ingest.rows.reading import Reading
from hsf_kpi.model.incoming import Holds
from hsf_kpi.model.period import Month, Window

WINDOWS: Final = tuple(Window)
FIRST_YEAR, LAST_YEAR = 2000, 2100
_AHEAD = 12
"""Months from now that a value may lie ahead; a budget is decided earlier, see `latest`."""
_MONTHS = "Skriv år och månad, till exempel 2023-10 eller oktober 2023."


def periods(reading: Reading, chunk: Chunk) -> tuple[Ints, Ints]:
    """Window (position in `WINDOWS`) and Month.index by row; −1 where they can't be read (told)."""
    if "period" in reading.layout.fields:
        column = reading.column(chunk, "period")
        assert column is not None
        return _periods(reading, chunk, column, "period")
    years, numbers_ = reading.column(chunk, "year"), reading.column(chunk, "month")
    assert years is not None
    if numbers_ is None:
        return _periods(reading, chunk, years, "year")
    joined = _joined(years, numbers_)
    return _periods(reading, chunk, joined, "month")


def months(reading: Reading, chunk: Chunk, name: str = "period") -> Ints:
    """Month.index by row of a field that must be a month; −1 where it can't be read (told) or is empty."""
    if name == "period":
        window, month = periods(reading, chunk)
        wrong = (window > 0) & (month >= 0)
        reading.tell_texts(chunk, wrong, "Perioden är ingen månad.", _MONTHS, _period_field(reading))
        return np.where(wrong, -1, month)
    column = reading.column(chunk, name)
    if column is None:
        return np.full(len(chunk), -1, dtype=np.int64)
    months = [parse_cell_month(cell) for cell in column.cells]
    codes = np.array([m.index if m else -1 for m in months] + [-1], dtype=np.int64)[column.number]
    reading.tell_texts(chunk, (codes < 0) & column.given, "Månaden går inte att läsa.", _MONTHS, name)
    return _within(reading, chunk, codes, name)


def latest(reading: Reading) -> int:
    """The last Month.index that may stand in the file."""
    now = Month.of(reading.today.year, reading.today.month).index
    return now + (_AHEAD if reading.profile.holds is Holds.OBSERVATIONS else 2 * _AHEAD)


def begun(reading: Reading) -> Month:
    """The month that it is now: there is no outcome of a later one."""
    return Month.of(reading.today.year, reading.today.month)


def days(reading: Reading, chunk: Chunk, name: str) -> Objects:
    """dt.date by row, None where there is none (told)."""
    column = reading.column(chunk, name)
    if column is None:
        return np.full(len(chunk), None, dtype=object)
    days = [parse_cell_day(cell) for cell in column.cells]
    values = np.array([*days, None], dtype=object)[column.number]
    wrong = np.array([day is None for day in days] + [True], dtype=np.bool_)[column.number]
    reading.tell_texts(chunk, wrong, "Dagen går inte att läsa.", "Skriv dagen som 2023-10-31.", name)
    return values


def years(reading: Reading, chunk: Chunk, name: str = "year") -> Ints:
    """The year by row, −1 where there is none (told)."""
    column = reading.column(chunk, name)
    if column is None:
        return np.full(len(chunk), -1, dtype=np.int64)
    found = [_year(cell) for cell in column.cells]
    years = np.array([*found, -1], dtype=np.int64)[column.number]
    outside = (years >= 0) & ((years < FIRST_YEAR) | (years >= LAST_YEAR))
    todo = "Skriv året med fyra siffror, till exempel 2023."
    reading.tell_texts(chunk, years < 0, "Året går inte att läsa.", todo, name)
    reading.tell_texts(
        chunk,
        outside,
        "Året är utanför det som kan läsas in.",
        f"Ange ett år från {FIRST_YEAR} till {LAST_YEAR - 1}.",
        name,
    )
    return np.where(outside, -1, years)


def _period_field(reading: Reading) -> str:
    return (
        "period"
        if "period" in reading.layout.fields
        else "month"
        if "month" in reading.layout.fields
        else "year"
    )


def _periods(reading: Reading, chunk: Chunk, column: Coded, name: str) -> tuple[Ints, Ints]:
    found = [parse_cell_period(cell) for cell in column.cells]
    window = np.array([WINDOWS.index(f[0]) if f else -1 for f in found] + [-1], dtype=np.int64)
    month = np.array([f[1].index if f else -1 for f in found] + [-1], dtype=np.int64)
    windows, months = window[column.number], month[column.number]
    reading.tell_texts(
        chunk, months < 0, "Perioden går inte att läsa.",
        "Skriv månaden som 2023-10 eller oktober 2023, delåret som delår 1 2023, året som 2023.", name,
    )  # fmt: skip
    return windows, _within(reading, chunk, months, name)


def _within(reading: Reading, chunk: Chunk, months: Ints, name: str) -> Ints:
    early = (months >= 0) & (months < FIRST_YEAR * 12)
    late = months >= min(LAST_YEAR * 12, latest(reading) + 1)
    reading.tell_texts(
        chunk,
        early,
        "Perioden är utanför det som kan läsas in.",
        f"Ange en period från och med {FIRST_YEAR}.",
        name,
    )
    reading.tell_texts(
        chunk, late, "Perioden ligger för långt fram i tiden.",
        f"Ange en period till och med {Month(min(latest(reading), LAST_YEAR * 12 - 1)).iso}.", name,
    )  # fmt: skip
    return np.where(early | late, -1, months)


def _joined(years: Coded, months: Coded) -> Coded:
    """«2023» and «10», or «2023» and «oktober», as one text a row; empty where either is."""
    both = years.given & months.given
    pair = np.where(both, years.number * (len(months.cells) + 1) + months.number, -1)
    found, number = np.unique(pair, return_inverse=True)
    texts = []
    for value in found.tolist():
        if value >= 0:
            year, month = divmod(value, len(months.cells) + 1)
            texts.append(_month_text(text_of(years.cells[year]), text_of(months.cells[month])))
    missing = len(found) - len(texts)
    return Coded(number.astype(np.int64) - missing, tuple(texts))


def _month_text(year: str, month: str) -> str:
    year, month = year.strip(), month.strip()
    if month.isascii() and month.isdigit() and len(month) <= 2:
        return f"{year}-{int(month):02d}"
    return month if year in month else f"{month} {year}"


def _year(cell: Cell) -> int:
    text = text_of(cell).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else -1
