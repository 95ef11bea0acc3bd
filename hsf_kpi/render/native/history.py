"""How the year's forecast moved: a line for each year over the months of submission, its outcome after them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby

from hsf_kpi.figures.economy.history import OUTCOME
from hsf_kpi.figures.figure import Figure, Mark, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.render.alt import readable
from hsf_kpi.render.native import along
from hsf_kpi.render.native.names import Drawn, Name, named
from hsf_kpi.render.native.types import Dash, Ink, Look, NativeChart, NativeSeries, Shape, Symbol
from hsf_kpi.render.points import Record
from hsf_kpi.swedish.dates import month_name_short
from hsf_kpi.swedish.numbers import number as signed
from hsf_kpi.swedish.words import sentence_start

AIR = 0.06
_BESIDE = {0: "", -1: " året före", 1: " året efter"}


def charts(figure: Figure) -> tuple[NativeChart, ...]:
    """One chart of lines. The months are those of the forecast year, and any before or after it that one was made in."""
    found = list(records(figure))
    months = _months(found)
    ended = any(record["month"] == OUTCOME for record in found)
    categories = (*(_month_words(month) for month in months), *([OUTCOME] if ended else []))
    years = [(year, list(group)) for year, group in groupby(found, key=lambda record: str(record["year"]))]
    this = figure.options.get("year", "")
    drawn = [
        one
        for year, group in reversed(years)
        for one in _year(group, year, months, len(categories), year == this)
    ]
    drawn += [one for mark in figure.marks for one in _mark(mark, len(categories))]
    axis = along.axis((series for series, _ in drawn), figure.unit, zero=True, air=AIR, more=(0.0,))
    assert axis.low is not None
    assert axis.high is not None
    series = named(drawn, axis.low, axis.high)
    return (NativeChart(Shape.LINE, series, categories, value=axis, every=along.every(len(categories))),)


def _made(record: Record) -> int | None:
    """The month of submission, 1 for January of the forecast year; None of an outcome."""
    made = record["made"]
    return (made.year - int(str(record["year"]))) * 12 + made.month if isinstance(made, dt.date) else None


def _months(found: Sequence[Record]) -> range:
    made = [month for record in found if (month := _made(record)) is not None]
    return range(min([1, *made]), max([12, *made]) + 1)


def _month_words(month: int) -> str:
    """«jan»; «dec året före», «jan året efter» outside the forecast year."""
    years, number = divmod(month - 1, 12)
    beside = _BESIDE[years] if years in _BESIDE else f" {signed(years, 0, sign=True)} år"
    return f"{month_name_short(number + 1)}{beside}"


def _year(group: Sequence[Record], year: str, months: range, count: int, strong: bool) -> Iterator[Drawn]:
    """The year's line; a month's earlier forecasts, where it has several, are points of a series of their own."""
    lines: list[dict[int, Record]] = [{}]
    for record in reversed(group):
        made = _made(record)
        at = count - 1 if made is None else months.index(made)
        free = next((line for line in lines if at not in line), None)
        if free is None:
            lines.append(free := {})
        free[at] = record
    for k, line in enumerate(lines):
        values = tuple(along.finite(line[i]["value"]) if i in line else None for i in range(count))
        name = f"År {year}" if not k else f"År {year}, tidigare i månaden" + (f" ({k})" if k > 1 else "")
        yield (
            _line(name, values, strong, joined=not k, ended=_ended(line)),
            () if k else tuple(_names(line, year, strong)),
        )


def _ended(line: dict[int, Record]) -> int | None:
    return next((at for at, record in line.items() if record["month"] == OUTCOME), None)


def _line(
    name: str, values: tuple[float | None, ...], strong: bool, *, joined: bool, ended: int | None
) -> NativeSeries:
    ink = Ink.DATA if strong else Ink.DATA2
    looks = {} if strong else along.alone(values, ink)
    if ended is not None:
        looks[ended] = Look(ink, Symbol.CIRCLE, 8)
    return NativeSeries(
        name,
        values,
        ink=ink,
        width=(along.STRONG if strong else along.THIN) if joined else 0,
        symbol=Symbol.HOLLOW_DIAMOND if strong else Symbol.NONE if joined else Symbol.DIAMOND,
        size=8 if strong else 5,
        points=looks,
    )


def _names(line: dict[int, Record], year: str, strong: bool) -> Iterator[Name]:
    """«2022 −861» at a year's outcome; of the year that is running its first and its latest forecast."""
    ended = _ended(line)
    at = sorted(i for i in line if i != ended)
    if ended is not None:
        yield Name((ended, *reversed(at)), f"{year} {line[ended]['value_text']}", year)
    if not at:
        return
    if strong:
        last = line[at[-1]]
        month = str(last["month"]).partition(" ")[0]
        yield Name((at[-1],), f"{year}: {month} {last['value_text']}")
        if len(at) > 1:
            first = line[at[0]]
            yield Name((at[0],), f"{str(first['month']).partition(' ')[0]} {first['value_text']}")
    elif ended is None:
        yield Name(tuple(reversed(at)), f"{year}, utan utfall")


def _mark(mark: Mark, count: int) -> Iterator[Drawn]:
    """The budget as a line of its own, and the provision: named by their words without the number."""
    if mark.low is None:
        return
    zero = mark.role is Role.BUDGET
    name = sentence_start(mark.label.partition(" ")[2]) or "Noll"
    series = along.level(name, mark.low, count)
    if zero:
        series = along.level(name, mark.low, count, ink=Ink.TEXT, width=along.THIN, dash=Dash.SOLID)
    yield series, (Name(tuple(reversed(range(count))), readable(mark.label)),)
