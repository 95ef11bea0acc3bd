"""Units as a strip of dots over the value axis, with the field of the middle half, the median and the own unit's name.

Dots that would cover each other are stacked, on a wide and on a narrow screen each by itself: y and y2 of a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import altair as alt

from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.peers import NO_NAME, OTHER, OWN, UNNAMED
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import Direction, UnitOfMeasure
from hsf_kpi.render import layers
from hsf_kpi.render.bars import DOWN, field, leading, upright
from hsf_kpi.render.frame import Row
from hsf_kpi.render.layout import value_range
from hsf_kpi.render.points import Record, number
from hsf_kpi.render.theme import colours
from hsf_kpi.render.trend_spec import value_axis
from hsf_kpi.swedish.words import sentence_start

HEIGHT = 150
FLOOR = 98.0
"""Pixels from above to the lowest dots."""
CEILING = 34.0
"""The highest dots."""
FIELD = (112.0, 126.0)
"""The field of the middle half."""
STACK = 13.0
"""Pixels from a dot to the one on it, where there is room for them all."""
DIAMETER = 12.0
WIDE_PLOT, NARROW_PLOT = 800.0, 290.0
"""Pixels of the plot that dots are stacked for, about."""
DOT, OPEN, OWN_DOT = 85.0, 60.0, 160.0
NAME_AT, MEDIAN_AT = 12.0, 140.0
"""The own unit's name, over the dots, and the median's, under its line."""
LAYERS = ("field", "median", "median_name", "stem", "other", "named", "own", "own_name", "better", "told")


def distribution_rows(figure: Figure) -> list[Row]:
    """x: the value. y, y2: pixels from above, wide and narrow."""
    points = list(records(figure))
    values = [number(point["value"]) or 0.0 for point in points]
    bounds = [bound for mark in figure.marks for bound in (mark.low, mark.high) if bound is not None]
    ceiling = 100.0 if figure.unit is UnitOfMeasure.PERCENT else None
    low, high = value_range([*values, *bounds], zero=False, ceiling=ceiling, air=0.04)
    wide, narrow = (stacked(values, (high - low) * DIAMETER / width) for width in (WIDE_PLOT, NARROW_PLOT))
    rows = [Row("corner", low), Row("corner", high), *_field(figure, low, high)]
    for point, value, y, y2 in zip(points, values, wide, narrow, strict=True):
        rows += _dot(point, value, y, y2)
        if point["whose"] == OWN:
            rows += _own(point, value, y, y2, (value - low) / (high - low))
    if better := figure.options.get("better", ""):
        up = better == Direction.UP.value
        word = f"{'högre' if up else 'lägre'} är bättre"
        align, at = ("right", high) if up else ("left", low)
        rows.append(Row("better", at, text=sentence_start(word), short=sentence_start(word), align=align))
    return [*rows, *layers.unseen(rows, LAYERS, low, 0.0)]


def stacked(values: Sequence[float], apart: float) -> list[float]:
    """Pixels from above for dots in order of their value: each on the lowest level where the one before is so far away."""
    latest: list[float] = []
    levels: list[int] = []
    for value in values:
        level = next((i for i, at in enumerate(latest) if value - at >= apart), len(latest))
        latest[level : level + 1] = [value]
        levels.append(level)
    step = min(STACK, (FLOOR - CEILING) / max(len(latest) - 1, 1))
    return [FLOOR - level * step for level in levels]


def _field(figure: Figure, low: float, high: float) -> Iterator[Row]:
    for mark in figure.marks:
        assert mark.low is not None
        if mark.role is not Role.MEDIAN:
            yield Row("field", mark.low, *FIELD, mark.high, *FIELD)
            continue
        over = (FIELD[0] - 3, FIELD[1] + 3)
        align = _aligned((mark.low - low) / (high - low))
        yield Row("median", mark.low, *over, None, *over)
        yield Row(
            "median_name", mark.low, MEDIAN_AT, MEDIAN_AT, text=mark.label, short=mark.label, align=align
        )


def _dot(point: Record, value: float, y: float, y2: float) -> Iterator[Row]:
    whose, goes = str(point["whose"]), str(point["unit"])
    size = {OWN: OWN_DOT, OTHER: OPEN}.get(whose, DOT)
    yield Row(whose, value, y, y2, size=size, goes=goes)
    name = UNNAMED if point["name"] == NO_NAME else point["name"]
    tip = f"{name}: {point['value_text']}, plats {point['place']}"
    yield Row("told", value, y, y2, tip=tip, size=220, goes=goes)


def _own(point: Record, value: float, y: float, y2: float, share: float) -> Iterator[Row]:
    """Name, value and place over the dots, and a thin line down to the own one."""
    align = _aligned(share)
    short = f"{point['value_text']}, plats {point['place']}"
    yield Row("stem", value, NAME_AT + 10, y - 8, dx=NAME_AT + 10, dy=y2 - 8)
    yield Row(
        "own_name",
        value,
        NAME_AT,
        NAME_AT,
        text=f"{point['name']} {short}",
        short=short,
        tone="data",
        align=align,
    )


def _aligned(share: float) -> str:
    """Words over or under a place, kept inside the picture near its ends."""
    return "left" if share < 0.3 else "right" if share > 0.7 else "center"


def distribution_chart(unit: UnitOfMeasure | None, dark: bool) -> alt.LayerChart:
    """The height is fixed, the width follows the container."""
    c = colours(dark)
    axis = value_axis(unit, "x")
    axis.ticks, axis.tickSize, axis.grid = True, 4, False
    x = alt.X("x:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=False, padding=10))
    y = alt.Y("down:Q", axis=None, scale=None)
    told = layers.told(x, y).transform_calculate(down=DOWN)
    parts = [
        layers.drawn(layers.only("corner").mark_point(opacity=0, aria=False), x=x),
        field("field", x, c.hairline, 0.75),
        upright("median", x, c.grey, 2),
        upright("stem", x, c.axis, 1),
        _dots("other", x, y, c.background, c.grey),
        _dots("named", x, y, c.grey, c.background),
        _dots("own", x, y, c.data, c.background),
        *_placed(layers.words("median_name", x, y, c)),
        *_placed(layers.words("own_name", x, y, c, halo=True)),
        *layers.words("better", x, alt.YValue(HEIGHT + 36), c),  # type: ignore[no-untyped-call]
        leading(told, clicked=True),
    ]
    chart = layers.stack(parts).add_params(layers.narrow())
    return chart.properties(
        width="container",
        height=HEIGHT,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 4, "top": 4, "right": 6, "bottom": 4},
    )


def _dots(layer: str, x: alt.X, y: alt.Y, fill: str, stroke: str) -> alt.Chart:
    mark = layers.only(layer).transform_calculate(down=DOWN).mark_point(
        shape="circle", filled=False, fill=fill, stroke=stroke, strokeWidth=1.75, opacity=layers.SEEN, aria=False,
        size=alt.ExprRef("datum.size"),
    )  # fmt: skip
    return leading(layers.drawn(mark, x=x, y=y), clicked=True)


def _placed(parts: list[alt.Chart]) -> list[alt.Chart]:
    return [part.transform_calculate(down=DOWN) for part in parts]
