"""Several quantities as index of a base year: the line of 100, one strong line, the others thin, each named at its end."""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt

from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render import end_names, layers
from hsf_kpi.render.end_names import End, end_rows
from hsf_kpi.render.frame import UNSEEN, Row
from hsf_kpi.render.layout import value_range
from hsf_kpi.render.points import Record, month_number, number
from hsf_kpi.render.theme import colours
from hsf_kpi.render.trend_spec import value_axis
from hsf_kpi.swedish.numbers import number as swedish

HEIGHT = 320
OTHERS = 6
"""Lines that differ by how they are drawn, besides the strong one; more share a look, and are told by their names."""
DASHES: tuple[list[int], ...] = ([], [8, 3], [2, 2], [10, 3, 2, 3], [5, 4], [1, 4])
LAYERS = ("level", "strong", "dot", *(f"other{i}" for i in range(OTHERS)), *end_names.LAYERS, "told")

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
    ends: list[End] = []
    for column in series:
        layer = "strong" if column.key == strong else f"other{others.index(column.key) % OTHERS}"
        rows += _line(layer, column.key, column.title, points, places)
        ends += _end(column.key, column.title, points, column.key == strong)
    rows += end_rows([*ends, *_base(figure)], low, high, HEIGHT)
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


def _end(key: str, title: str, points: list[Record], strong: bool) -> Iterator[End]:
    """«104 Årsarbetare» at the latest value; a line that ends before the others says when."""
    for k, point in enumerate(reversed(points)):
        if (value := number(point[key])) is not None:
            short = f"{swedish(value, 0)} {title}"
            when = f" ({point['month']})" if k else ""
            yield End(value, f"{short}{when}", short, "data" if strong else "muted")
            return


def _base(figure: Figure) -> Iterator[End]:
    for mark in figure.marks:
        if mark.low is not None:
            yield End(mark.low, mark.label, mark.label, "text")


def index_chart(unit: UnitOfMeasure | None, dark: bool) -> alt.LayerChart:
    """The height is fixed, the width follows the container."""
    c = colours(dark)
    axis = layers.time_axis(_TICKS, "'' + floor(datum.value / 12)", "Tidsaxel med år", align="left")
    x = alt.X("x:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=False, padding=0))
    y = alt.Y("y:Q", title=None, axis=value_axis(unit), scale=alt.Scale(zero=False, nice=False))
    looks = [(f"other{i}", c.grey if i % 2 == 0 else c.data2, DASHES[i]) for i in range(OTHERS)]
    parts = [
        layers.corners(x, y),
        layers.level("level", y, c.text, 1),
        *(layers.line(name, x, y, colour, 1.75, dash or None) for name, colour, dash in looks),
        layers.line("strong", x, y, c.data, 3),
        layers.dots("dot", x, y, c.data),
        end_names.reach(y, c),
        end_names.names(y, c),
        layers.told(x, y),
    ]
    chart = layers.stack(parts).add_params(layers.narrow())
    return chart.properties(
        width="container",
        height=HEIGHT,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 4, "top": 8, "right": 4, "bottom": 4},
    )
