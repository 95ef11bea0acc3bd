"""The own place as marks: a dot for each unit from first place to last, the own one ringed and named, the median."""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt

from hsf_kpi.figures.figure import Figure, Mark, Role
from hsf_kpi.figures.peers import NO_NAME, OWN, UNNAMED
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render import layers
from hsf_kpi.render.frame import UNSEEN, Row
from hsf_kpi.render.layout import spread, value_range
from hsf_kpi.render.points import Record, number
from hsf_kpi.render.theme import Colours, colours
from hsf_kpi.render.trend_labels import LINE_HEIGHT, LONG_LABEL
from hsf_kpi.render.trend_spec import value_axis

HEIGHT = 230
"""Pixels between the ends of the value axis."""
LAYERS = ("band", "median", "target", "named", "other", "own", "own_ring", "label", "name", "end", "told")
MANY, VERY_MANY = 25, 80
"""Dots that are drawn smaller, so that neighbours on a narrow screen can be told apart."""
BESIDE = 0.13
NARROW_BESIDE = 0.4
"""A place so near an end, as a share of the width, has no room for its number beside the end's."""


def peers_rows(figure: Figure) -> list[Row]:
    """x: 0, 1, 2 … in order; y: the value. Unnamed units have no other trace than their value and place."""
    points = list(records(figure))
    values = [number(point["value"]) or 0.0 for point in points]
    bounds = [bound for mark in figure.marks for bound in (mark.low, mark.high) if bound is not None]
    ceiling = 100.0 if figure.unit is UnitOfMeasure.PERCENT else None
    low, high = value_range([*values, *bounds], zero=False, ceiling=ceiling, air=0.12)
    last = max(len(points) - 1, 1)
    rows = [Row("corner", 0, low), Row("corner", last, high), *_lines(figure)]
    size = 90.0 if len(points) <= MANY else 50.0 if len(points) <= VERY_MANY else 24.0
    for i, (point, value) in enumerate(zip(points, values, strict=True)):
        whose = str(point["whose"])
        rows.append(Row(whose, i, value, size=size))
        if whose == OWN:
            rows.append(Row("own_ring", i, value, size=size * 3.2))
            rows.append(_own_label(figure, point, i, values))
        name = UNNAMED if point["name"] == NO_NAME else point["name"]
        tip = f"plats {point['place']}: {name}, {point['value_text']}"
        rows.append(Row("told", i, value, tip=tip, size=220))
    rows += _place_names(points, low)
    rows += _end_labels(figure, low, high)
    drawn = {row.layer for row in rows}
    return [*rows, *(Row(name, 0, low, low, 0, tone=UNSEEN) for name in LAYERS if name not in drawn)]


def _lines(figure: Figure) -> Iterator[Row]:
    for mark in figure.marks:
        if mark.low is None or mark.high is None:
            continue
        if mark.low != mark.high:
            yield Row("band", y=mark.low, y2=mark.high)
        for bound in sorted({mark.low, mark.high}):
            yield Row("median" if mark.role is Role.MEDIAN else "target", y=bound)


def _own_label(figure: Figure, point: Record, i: int, values: list[float]) -> Row:
    """The own name and value where an ordered strip leaves room: above it on the side of the lower values, or below it
    on the side of the higher ones, whichever is nearer the middle.
    """
    right_half = i > (len(values) - 1) / 2
    rising = values[-1] >= values[0]
    above = right_half == rising
    words = f"{figure.context.unit} {point['value_text']}"
    return Row(
        "label",
        i,
        values[i],
        dy=-22 if above else 22,
        text=words,
        short=str(point["value_text"]),
        tone="data",
        align="right" if right_half else "left",
    )


def _place_names(points: list[Record], low: float) -> Iterator[Row]:
    """«plats 1», the own place and the last one under the plot; the own one where it is not too near an end."""
    last = len(points) - 1
    for i, point in enumerate(points):
        own, nearest = point["whose"] == OWN, min(i, last - i)
        if nearest and not (own and nearest >= BESIDE * last):
            continue
        align = "left" if i == 0 else "right" if i == last else "center"
        text = f"plats {point['place']}"
        short = "" if 0 < nearest < NARROW_BESIDE * last else text
        tone = "data" if own else "muted"
        yield Row("name", i, low, dy=14, text=text, short=short, tone=tone, align=align)


def _end_labels(figure: Figure, low: float, high: float) -> list[Row]:
    """The names of the median and of the target at the right edge, moved apart."""
    marks = [mark for mark in figure.marks if mark.low is not None and mark.high is not None]
    scale = HEIGHT / (high - low)
    middles = [((mark.low or 0.0) + (mark.high or 0.0)) / 2 for mark in marks]
    at = spread([(middle - low) * scale for middle in middles], LINE_HEIGHT, 0, HEIGHT)
    return [
        Row("end", y=low + place / scale, text=mark.label, short=_short(mark), tone=_tone(mark), dx=10)
        for mark, place in zip(marks, at, strict=True)
    ]


def _short(mark: Mark) -> str:
    if mark.role is Role.MEDIAN and len(mark.label) > LONG_LABEL:
        return mark.label.partition(" ")[0]
    return mark.label if len(mark.label) <= LONG_LABEL else mark.label.partition(", ")[0]


def _tone(mark: Mark) -> str:
    return "muted" if mark.role is Role.MEDIAN else "plum"


def peers_chart(unit: UnitOfMeasure | None, dark: bool) -> alt.LayerChart:
    """The height is fixed, the width follows the container."""
    c = colours(dark)
    x = alt.X("x:Q", title=None, axis=None, scale=alt.Scale(zero=False, nice=False, padding=14))
    y = alt.Y("y:Q", title=None, axis=value_axis(unit), scale=alt.Scale(zero=False, nice=False))
    parts = [
        layers.corners(x, y),
        layers.band(y, c),
        layers.level("median", y, c.grey, 1.5),
        layers.level("target", y, c.plum, 2, layers.DASH),
        _dots("other", x, y, c.background, c.grey),
        _dots("named", x, y, c.grey, c.grey),
        _ring(x, y, c),
        _dots("own", x, y, c.data, c.data),
        *layers.texts("label", x, y, c),
        *layers.texts("name", x, y, c, halo=False),
        *layers.texts("end", layers.EDGE, y, c, halo=False),
        layers.told(x, y),
    ]
    chart = layers.stack(parts).add_params(layers.narrow())
    return chart.properties(
        width="container",
        height=HEIGHT,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 4, "top": 4, "right": 4, "bottom": 4},
    )


def _dots(layer: str, x: alt.X, y: alt.Y, fill: str, stroke: str) -> alt.Chart:
    mark = layers.only(layer).mark_point(
        shape="circle",
        fill=fill,
        stroke=stroke,
        strokeWidth=1.75,
        opacity=layers.SEEN,
        aria=False,
        size=alt.ExprRef("datum.size"),
    )
    return layers.drawn(mark, x=x, y=y)


def _ring(x: alt.X, y: alt.Y, c: Colours) -> alt.Chart:
    """Round the own dot, with the page's colour inside, so that the two are told from every other dot without colour."""
    mark = layers.only("own_ring").mark_point(
        shape="circle",
        fill=c.background,
        stroke=c.data,
        strokeWidth=2,
        opacity=layers.SEEN,
        aria=False,
        size=alt.ExprRef("datum.size"),
    )
    return layers.drawn(mark, x=x, y=y)
