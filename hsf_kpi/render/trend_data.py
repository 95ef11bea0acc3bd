"""A trend figure as rows for its chart: curve or dots, comparison, target. Labels: trend_labels.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hsf_kpi.figures.figure import Figure, FigureKind, Mark
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render import trend_labels as labels
from hsf_kpi.render.frame import UNSEEN, Row
from hsf_kpi.render.layout import value_range
from hsf_kpi.render.points import NARROW_ROOM, PLOT_HEIGHT, Record, curve, is_zero_line, month_number, number

WORDS_ABOVE = 28
"""Pixels over a dot that its words take."""
SPARK_LAYERS = ("band", "target", "line", "dot")
CURVE_LAYERS = ("band", "stem", "move", "zero", "target", "last_year", "line", "dot", "note", "end", "told")
DOT_LAYERS = (
    "band",
    "stem",
    "move",
    "zero",
    "target",
    "last_year",
    "national",
    "dot",
    "note",
    "name",
    "end",
    "told",
)
"""The layers that trend_spec draws."""
BESIDE = 0.4
"""How far a target goes on beside its first and last dot, in steps between dots."""


def trend_rows(figure: Figure) -> list[Row]:
    """All rows of a trend or spark figure. Their order is the order of drawing inside each layer."""
    points = list(records(figure))
    places = places_of(figure, points)
    low, high = _range(figure, points)
    rows = [*corners(places, low, high), *targets(figure, places, low, high)]
    if figure.kind is FigureKind.SPARK:
        rows += [*series("line", "outcome", figure, points, places), *_last(points, places, 30)]
        return [*rows, *unseen(rows, SPARK_LAYERS, ends_of(places)[0], low)]
    rows += series("last_year", "last_year", figure, points, places)
    if curve(figure):
        rows += series("line", "outcome", figure, points, places)
        rows += _alone(points, places)
        rows += _last(points, places, 80)
        rows += labels.moves(figure, points, places, low, high)
    else:
        rows += series("national", "national", figure, points, places)
        rows += _dots(figure, points, places, PLOT_HEIGHT / (high - low))
        rows += labels.period_names(points, places, low)
    rows += labels.gaps(figure, points, places, low, high)
    rows += labels.stars(points, places)
    rows += labels.told(points, places)
    rows += labels.end_labels(figure, points, low, high)
    return [*rows, *unseen(rows, CURVE_LAYERS if curve(figure) else DOT_LAYERS, ends_of(places)[0], low)]


def places_of(figure: Figure, points: list[Record]) -> list[float]:
    """Months as running numbers, year × 12 + month − 1, which the axis names; other periods 0, 1, 2 …"""
    if not curve(figure):
        return [float(i) for i in range(len(points))]
    return [month_number(point["date"]) for point in points]


def _range(figure: Figure, points: list[Record]) -> tuple[float, float]:
    keys = ("outcome",) if figure.kind is FigureKind.SPARK else ("outcome", "last_year", "national")
    values = [value for point in points for key in keys if (value := number(point[key])) is not None]
    for mark in figure.marks:
        values += [bound for bound in (mark.low, mark.high) if bound is not None]
    if figure.kind is FigureKind.SPARK:
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        margin = (high - low) * 0.08 or abs(low) * 0.1 or 1.0
        return low - margin, high + margin
    ceiling = 100.0 if figure.unit is UnitOfMeasure.PERCENT else None
    zero = figure.options.get("zero") == "yes"
    return value_range(values, zero=zero, ceiling=ceiling, air=0.0 if curve(figure) else 0.12)


def corners(places: list[float], low: float, high: float) -> Iterator[Row]:
    """Unseen points that decide where both axes end."""
    first, last = ends_of(places)
    yield Row("corner", first, low)
    yield Row("corner", last, high)


def unseen(rows: list[Row], layers: tuple[str, ...], x: float, y: float) -> Iterator[Row]:
    """A row without extent, in a corner, for each layer that has none with a place in the plot."""
    placed = {row.layer for row in rows if row.y is not None}
    for layer in layers:
        if layer not in placed:
            yield Row(layer, x, y, y, x, tone=UNSEEN, segment=UNSEEN)


def ends_of(places: list[float]) -> tuple[float, float]:
    first, last = (places[0], places[-1]) if places else (0.0, 1.0)
    return (first - 1, last + 1) if first == last else (first, last)


def targets(figure: Figure, places: list[float], low: float, high: float) -> Iterator[Row]:
    """Lines and bands over the whole width of a curve; among dots from the first one that the target holds for."""
    zero = figure.options.get("zero") == "yes"
    if zero and low <= 0 <= high and figure.kind is not FigureKind.SPARK:
        yield Row("zero", y=0.0)
    for mark in figure.marks:
        if mark.low is None or mark.high is None:
            continue
        start, end = _span(figure, places, mark)
        if mark.low != mark.high:
            yield Row("band", start, mark.low, mark.high, x2=end)
        if is_zero_line(figure, mark) and figure.kind is not FigureKind.SPARK:
            continue
        for bound in sorted({mark.low, mark.high}):
            yield Row("target", start, bound, x2=end)


def _span(figure: Figure, places: list[float], mark: Mark) -> tuple[float | None, float | None]:
    """Where a target begins and ends among dots; (None, None) in a curve, where it crosses the whole plot."""
    if curve(figure):
        return None, None
    first, last = ends_of(places)
    start = first if mark.since is None or not places else places[mark.since]
    return start - BESIDE, last + BESIDE


def series(layer: str, key: str, figure: Figure, points: list[Record], places: list[float]) -> Iterator[Row]:
    """A row a period, without a value where there is none: the line breaks there."""
    values = [number(point[key]) for point in points]
    if not any(value is not None for value in values):
        return
    by_year = figure.options.get("resets") == "yes"
    for point, place, value in zip(points, places, values, strict=True):
        date = point["date"]
        segment = str(date.year) if by_year and isinstance(date, dt.date) else ""
        if value is None and layer == "national":
            continue
        yield Row(layer, place, value, segment=segment, size=60)


def _alone(points: list[Record], places: list[float]) -> Iterator[Row]:
    """A month between two gaps has no line to stand on: it gets a small dot."""
    values = [number(point["outcome"]) for point in points]
    for i, value in enumerate(values):
        before = values[i - 1] if i else None
        after = values[i + 1] if i + 1 < len(values) else None
        if value is not None and before is None and after is None:
            yield Row("dot", places[i], value, size=40)


def _last(points: list[Record], places: list[float], size: float) -> Iterator[Row]:
    for point, place in zip(reversed(points), reversed(places), strict=True):
        if (value := number(point["outcome"])) is not None:
            yield Row("dot", place, value, size=size)
            return


def _dots(figure: Figure, points: list[Record], places: list[float], scale: float) -> Iterator[Row]:
    """Every period's dot with its value in words, the latest larger. Words stand above, or below when
    they would cover something there. `scale`: pixels for each unit of measure. Narrow: of many, the last.
    """
    valued = [i for i, point in enumerate(points) if number(point["outcome"]) is not None]
    for i in valued:
        here = [mark for mark in figure.marks if i >= (mark.since or 0)]
        lines = [bound for mark in here for bound in (mark.low, mark.high) if bound is not None]
        latest = i == valued[-1]
        value, words = number(points[i]["outcome"]) or 0.0, str(points[i]["outcome_text"])
        national = number(points[i]["national"])
        others = [(other - value) * scale for other in (*lines, national) if other is not None]
        covered = any(0 <= pixels < WORDS_ABOVE for pixels in others)
        free = not any(-WORDS_ABOVE < pixels < 0 for pixels in others)
        short = words if latest or len(valued) <= NARROW_ROOM else ""
        yield Row("dot", places[i], value, size=130 if latest else 80)
        dy = 16 if covered and free else -14
        yield Row("note", places[i], value, dy=dy, text=words, short=short, tone="data", align="center")
