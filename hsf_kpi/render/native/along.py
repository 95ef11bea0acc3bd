"""What the charts along time have in common: values of a column, level lines, the value axis, the months' names."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence

from hsf_kpi.figures.figure import Value
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.period import Month
from hsf_kpi.render.layout import value_range
from hsf_kpi.render.native.formats import axis_format
from hsf_kpi.render.native.types import Dash, Ink, Look, NativeAxis, NativeSeries, Number, Symbol
from hsf_kpi.render.points import Record, number
from hsf_kpi.swedish.dates import month_short

WRITTEN = 14
"""Categories that have room for their name under a chart."""
_STEPS = (1, 2, 3, 6, 12)

STRONG, PLAIN, THIN, HAIR = 2.25, 1.5, 1.25, 0.75
"""Widths of lines in points: what the figure is about, targets, comparisons, limits."""


def values(points: Iterable[Record], key: str) -> tuple[float | None, ...]:
    """A column's numbers as they are; None where there is none, or none that can be drawn."""
    return tuple(finite(point[key]) for point in points)


def finite(value: Value) -> float | None:
    found = number(value)
    return found if found is not None and math.isfinite(found) else None


def known(found: Sequence[Number]) -> list[int]:
    """The places that have a value."""
    return [i for i, value in enumerate(found) if value is not None]


def only(found: Sequence[float | None], places: Iterable[int]) -> tuple[float | None, ...]:
    """The values at the places, None at the others."""
    kept = set(places)
    return tuple(value if i in kept else None for i, value in enumerate(found))


def alone(found: Sequence[Number], ink: Ink) -> dict[int, Look]:
    """A small dot at each value between two gaps: it has no line to stand on."""
    at = set(known(found))
    return {i: Look(ink, Symbol.CIRCLE, 4) for i in at if i - 1 not in at and i + 1 not in at}


def level(
    name: str,
    value: float,
    count: int,
    *,
    since: int = 0,
    ink: Ink = Ink.DECIDED,
    width: float = PLAIN,
    dash: Dash = Dash.DASH,
) -> NativeSeries:
    """The same value at each of `count` categories from `since` on: a target, a budget, the line of 100."""
    return NativeSeries(
        name, tuple(value if i >= since else None for i in range(count)), ink=ink, width=width, dash=dash
    )


def month_name(date: Value) -> str:
    """«okt 2023»"""
    assert isinstance(date, dt.date)
    return month_short(Month.of(date.year, date.month))


def every(count: int, *, months: bool = True) -> int:
    """At each so many categories a name, so that at most WRITTEN are: of months a whole part of a year where that does."""
    least = max(1, -(-count // WRITTEN))
    return next((step for step in _STEPS if step >= least), least) if months else least


def axis(
    series: Iterable[NativeSeries],
    unit: UnitOfMeasure | None,
    *,
    zero: bool,
    air: float = 0.0,
    more: Iterable[float] = (),
) -> NativeAxis:
    """An axis on whole steps that holds every value and bound of the series, and `more`; shares end at 100 %."""
    found = [*more]
    for one in series:
        found += [float(value) for value in one.values if value is not None]
        found += [float(end) for ends in one.bounds for end in ends if end is not None]
    ceiling = 100.0 if unit is UnitOfMeasure.PERCENT else None
    low, high = value_range(found, zero=zero, ceiling=ceiling, air=air)
    return NativeAxis(axis_format(unit, low, high), low, high)
