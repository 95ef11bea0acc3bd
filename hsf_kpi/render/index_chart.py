"""Several quantities as index of a base year: the line of 100, one strong line, the others thin, each named at its end."""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt

from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render import layers
from hsf_kpi.render.frame import UNSEEN, Row
from hsf_kpi.render.layout import spread, value_range
from hsf_kpi.render.page import wrap
from hsf_kpi.render.points import Record, month_number, number
from hsf_kpi.render.theme import NOTE_SIZE, SEMIBOLD, Colours, colours
from hsf_kpi.render.trend_labels import LINE_HEIGHT
from hsf_kpi.render.trend_spec import value_axis
from hsf_kpi.swedish.numbers import number as swedish

HEIGHT = 320
OTHERS = 6
"""Lines that differ by how they are drawn, besides the strong one; more share a look, and are told by their names."""
DASHES: tuple[list[int], ...] = ([], [8, 3], [2, 2], [10, 3, 2, 3], [5, 4], [1, 4])
REACH = 10
"""Pixels from a line's end to its name, bridged by a thin rule that slants to where the name has room."""
NARROW_NAME = 134
LAYERS = ("level", "strong", "dot", *(f"other{i}" for i in range(OTHERS)), "reach", "end", "told")

_TICKS = "sequence(ceil(domain('x')[0] / 12) * 12, domain('x')[1] + 1, 12)"


def index_rows(figure: Figure) -> list[Row]:
    """x: month number; y: index. Lines break where a month is unknown."""
    points = list(records(figure))
    series = [column for column in figure.columns if column.role is Role.SERIES]
    strong = figure.options.get("strong", "")
    values = [
        value for point in points for column in series if (value := number(point[column.key])) is not None
    ]
    low, high = value_range([100.0, *values], zero=False, air=0.04)
    places = [month_number(point["date"]) for point in points]
    first, last = (places[0], places[-1]) if places else (0.0, 1.0)
    rows = [Row("corner", first, low), Row("corner", max(last, first + 1), high), Row("level", y=100.0)]
    others = [column.key for column in series if column.key != strong]
    ends: list[Row] = []
    for column in series:
        layer = "strong" if column.key == strong else f"other{others.index(column.key) % OTHERS}"
        rows += _line(layer, column.key, column.title, points, places)
        ends += _end(column.key, column.title, points, column.key == strong)
    rows += _labels([*ends, *_base(figure)], low, high)
    there = {row.layer for row in rows}
    return [*rows, *(Row(name, first, low, low, first, tone=UNSEEN) for name in LAYERS if name not in there)]


def _line(layer: str, key: str, title: str, points: list[Record], places: list[float]) -> Iterator[Row]:
    last = None
    for point, place in zip(points, places, strict=True):
        value = number(point[key])
        # The row without a value breaks the line.
        yield Row(layer, place, value, segment=key)
        if value is not None:
            last = Row("dot", place, value, size=70)
            yield Row(
                "told", place, value, tip=f"{title}, {point['month']}: {point[f'{key}_text']}", size=120
            )
    if last is not None and layer == "strong":
        yield last


def _end(key: str, title: str, points: list[Record], strong: bool) -> Iterator[Row]:
    """«104 Årsarbetare» at the latest value; a line that ends before the others says when."""
    for k, point in enumerate(reversed(points)):
        if (value := number(point[key])) is not None:
            text = f"{swedish(value, 0)} {title}" + (f" ({point['month']})" if k else "")
            lines = wrap(f"{swedish(value, 0)} {title}", NARROW_NAME, NOTE_SIZE, SEMIBOLD)
            yield Row("end", y=value, text=text, short=lines[0], tone="data" if strong else "muted")
            return


def _base(figure: Figure) -> Iterator[Row]:
    for mark in figure.marks:
        if mark.low is not None:
            yield Row("end", y=mark.low, text=mark.label, short=mark.label, tone="base")


def _labels(ends: list[Row], low: float, high: float) -> Iterator[Row]:
    """Names at the right edge, moved apart, each with a thin rule from the end of its line."""
    scale = HEIGHT / (high - low)
    at = spread([((row.y or 0.0) - low) * scale for row in ends], LINE_HEIGHT, 0, HEIGHT)
    for row, place in zip(ends, at, strict=True):
        y = low + place / scale
        yield Row("reach", y=row.y, y2=y)
        yield Row("end", y=y, dx=REACH + 5, text=row.text, short=row.short, tone=row.tone)


def index_chart(unit: UnitOfMeasure | None, dark: bool) -> alt.LayerChart:
    """The height is fixed, the width follows the container."""
    c = colours(dark)
    axis = alt.Axis(
        values=alt.ExprRef(_TICKS),
        labelExpr="'' + floor(datum.value / 12)",
        labelAlign="left",
        labelOverlap=False,
        labelFlush=False,
        labelBound=False,
        grid=False,
        ticks=True,
        tickSize=4,
        description="Tidsaxel med år",
    )
    x = alt.X("x:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=False, padding=0))
    y = alt.Y("y:Q", title=None, axis=value_axis(unit), scale=alt.Scale(zero=False, nice=False))
    looks = [(f"other{i}", c.grey if i % 2 == 0 else c.data2, DASHES[i]) for i in range(OTHERS)]
    parts = [
        layers.corners(x, y),
        layers.level("level", y, c.text, 1),
        *(layers.line(name, x, y, colour, 1.75, dash or None) for name, colour, dash in looks),
        layers.line("strong", x, y, c.data, 3),
        layers.dots("dot", x, y, c.data),
        _reach(y, c),
        *_names(y, c),
        layers.told(x, y),
    ]
    chart = layers.stack(parts).add_params(layers.narrow())
    return chart.properties(
        width="container",
        height=HEIGHT,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 4, "top": 8, "right": 4, "bottom": 4},
    )


def _reach(y: alt.Y, c: Colours) -> alt.Chart:
    mark = layers.only("reach").mark_rule(color=c.axis, strokeWidth=1, opacity=layers.SEEN, aria=False)
    end = alt.X2Value(alt.ExprRef(f"width + {REACH}"))  # type: ignore[no-untyped-call]
    return layers.drawn(mark, x=layers.EDGE, x2=end, y=y, y2="y2")


def _names(y: alt.Y, c: Colours) -> list[alt.Chart]:
    base = layers.only("end").transform_filter("datum.tone === 'base'").mark_text(
        text=alt.ExprRef("narrow ? datum.short : datum.text"),
        align="left", dx=alt.ExprRef("datum.dx"), baseline="middle", fontSize=NOTE_SIZE, color=c.text, aria=False,
    )  # fmt: skip
    others = [
        part.transform_filter("datum.tone !== 'base'")
        for part in layers.texts("end", layers.EDGE, y, c, halo=False)
    ]
    return [layers.drawn(base, x=layers.EDGE, y=y), *others]
