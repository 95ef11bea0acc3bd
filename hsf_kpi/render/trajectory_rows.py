"""A trajectory as rows for its chart. x: the month's running number at its end; the year begins one step before January."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator

from hsf_kpi.figures.figure import Figure, Mark, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.render import layers
from hsf_kpi.render import trajectory_labels as labels
from hsf_kpi.render.frame import Row
from hsf_kpi.render.layout import value_range
from hsf_kpi.render.points import Record, month_number, number

PLOT_HEIGHT = labels.PLOT_HEIGHT
BAR_AT, UNDATED_AT = 12.0, 28.0
"""Pixels right of the plot: the bar of the gap, and the diamond of a forecast without a date."""
LAYERS = (
    "fan80",
    "fan50",
    "edge",
    "stem",
    "zero",
    "budget",
    "target",
    "middle",
    "line",
    "last_year",
    "dot",
    "diamond",
    "gap",
    "landing",
    "undated",
    "note",
    "end",
    "told",
)
"""The layers that trajectory_chart draws."""
_LINES = ("outcome", "target", "budget", "middle", "low", "high", "submitted")


def trajectory_rows(figure: Figure) -> list[Row]:
    """All rows. y in mnkr."""
    points = list(records(figure))
    if not points:
        return [Row("corner", 0, 0), Row("corner", 12, 1), *layers.unseen([], LAYERS, 0, 0)]
    places = [month_number(point["date"]) for point in points]
    start, end = places[0] - 1, places[-1]
    low, high = _range(figure, points)
    rows = [Row("corner", start, low), Row("corner", end, high), Row("zero", y=0.0)]
    rows += _path("budget", points, places) if _differs(points) else []
    rows += _path("target", points, places)
    rows += _outcome(points, places)
    rows += _fan(points, places)
    rows += _forecasts(figure, start, end)
    rows += _gap(figure)
    rows += labels.gaps(points, places, low, high)
    rows += labels.names(figure, points, places, low, high)
    rows += labels.end_labels(figure, low, high)
    rows += _told(figure, points, places, start, end)
    return [*rows, *layers.unseen(rows, LAYERS, start, 0.0)]


def _range(figure: Figure, points: list[Record]) -> tuple[float, float]:
    values = [value for point in points for key in _LINES if (value := number(point[key])) is not None]
    dated = [mark for mark in figure.marks if mark.role is not Role.NOTE]
    values += [bound for mark in dated for bound in (mark.low, mark.high) if bound is not None]
    return value_range([*values, 0.0], zero=True)


def _differs(points: list[Record]) -> bool:
    """Whether the budget with the provision is a line of its own, and not the zero line."""
    return any(number(point["budget"]) for point in points)


def _path(key: str, points: list[Record], places: list[float]) -> Iterator[Row]:
    """A year's line from the year's beginning; nothing without one."""
    values = [number(point[key]) for point in points]
    if all(value is None for value in values):
        return
    yield Row(key, places[0] - 1, 0.0)
    for place, value in zip(places, values, strict=True):
        yield Row(key, place, value)


def _outcome(points: list[Record], places: list[float]) -> Iterator[Row]:
    """The line from 0, broken at a missing month, a dot on the latest one and on one that stands alone."""
    values = [number(point["outcome"]) for point in points]
    known = [i for i, value in enumerate(values) if value is not None]
    yield Row("line", places[0] - 1, 0.0)
    if not known:
        return
    for i in range(known[-1] + 1):
        yield Row("line", places[i], values[i])
    yield Row("dot", places[known[-1]], values[known[-1]], size=80)
    for i in known[:-1]:
        before = i == 0 or values[i - 1] is not None
        if not before and values[i + 1] is None:
            yield Row("dot", places[i], values[i], size=30)


def _fan(points: list[Record], places: list[float]) -> Iterator[Row]:
    """The statistical forecast from the latest outcome on."""
    known = [i for i, point in enumerate(points) if number(point["outcome"]) is not None]
    ahead = [i for i, point in enumerate(points) if number(point["middle"]) is not None]
    if not ahead:
        return
    begin = (places[known[-1]], number(points[known[-1]]["outcome"])) if known else (places[0] - 1, 0.0)
    for layer, low, high in (("fan80", "low", "high"), ("fan50", "low50", "high50")):
        yield Row(layer, begin[0], begin[1], begin[1])
        for i in ahead:
            yield Row(layer, places[i], number(points[i][low]), number(points[i][high]))
    for key in ("low", "high"):
        yield Row("edge", begin[0], begin[1], segment=key)
        for i in ahead:
            yield Row("edge", places[i], number(points[i][key]), segment=key)
    yield Row("middle", begin[0], begin[1])
    for i in ahead:
        yield Row("middle", places[i], number(points[i]["middle"]))


def day_place(day: dt.date, start: float, end: float) -> float:
    """Where a day stands between the ends of the months, inside the year."""
    into = day.day / calendar.monthrange(day.year, day.month)[1]
    return min(max(day.year * 12 + day.month - 2 + into, start), end)


def _forecasts(figure: Figure, start: float, end: float) -> Iterator[Row]:
    for mark in _of(figure, Role.FORECAST):
        assert mark.at is not None
        yield Row("diamond", day_place(mark.at, start, end), mark.low, size=90)
    for mark in _of(figure, Role.LAST_YEAR):
        assert mark.at is not None
        yield Row("last_year", month_number(mark.at), mark.low)


def _gap(figure: Figure) -> Iterator[Row]:
    for mark in _of(figure, Role.CHANGE):
        assert mark.low is not None
        assert mark.high is not None
        yield Row("gap", y=mark.low, y2=mark.high, tone="worse" if mark.high < mark.low else "better")
    for mark in _of(figure, Role.OUTCOME):
        if mark.at is not None:
            yield Row("landing", y=mark.low, size=90)


def _of(figure: Figure, role: Role) -> list[Mark]:
    return [mark for mark in figure.marks if mark.role is role]


def _told(
    figure: Figure, points: list[Record], places: list[float], start: float, end: float
) -> Iterator[Row]:
    """Unseen points with the value in words: outcomes, submitted forecasts, the statistical one."""
    for point, place in zip(points, places, strict=True):
        if (value := number(point["outcome"])) is not None:
            words = (
                f"{point['period']}: {point['outcome_text']} mnkr ackumulerat, månaden {point['month_text']}"
            )
            yield Row("told", place, value, tip=words, size=200)
        if (value := number(point["middle"])) is not None:
            yield Row(
                "told",
                place,
                value,
                tip=f"{point['period']}: statistisk prognos {point['statistical_text']} mnkr",
                size=200,
            )
    for mark in _of(figure, Role.FORECAST):
        assert mark.at is not None
        yield Row("told", day_place(mark.at, start, end), mark.low, tip=mark.label, size=200)
