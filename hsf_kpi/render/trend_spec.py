"""How a trend and a tile's small trend are drawn, constant for all data of a kind."""

from __future__ import annotations

from math import sqrt

import altair as alt

from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render import layers
from hsf_kpi.render.layers import DASH, DOTS
from hsf_kpi.render.points import PLOT_HEIGHT
from hsf_kpi.render.theme import SHORT_MONTHS, colours
from hsf_kpi.swedish.numbers import SPACE
from hsf_kpi.swedish.words import UNIT_CAPTION

SPARK_WIDTH, SPARK_HEIGHT = 104, 40
MONTH_ROOM = 34
"""Pixels that a month's name needs on the axis."""

_STEP = f"((domain('x')[1] - domain('x')[0] + 1) * {MONTH_ROOM} / max(width, 1))"
_EVERY = f"({_STEP} <= 1 ? 1 : {_STEP} <= 2 ? 2 : {_STEP} <= 3 ? 3 : {_STEP} <= 6 ? 6 : 12)"
_TICKS = f"sequence(ceil(domain('x')[0] / {_EVERY}) * {_EVERY}, domain('x')[1] + 1, {_EVERY})"
_MONTH = f"{SHORT_MONTHS!r}[datum.value % 12]"
_NAMED = f"datum.value % 12 == 0 || datum.index == 0 ? [{_MONTH}, '' + floor(datum.value / 12)] : {_MONTH}"
_WHOLE, _TENTHS = 5 * sqrt(0.5), 0.5 * sqrt(0.5)
"""An axis shorter than this has steps of less than one, of less than a tenth (see `layout.nice_step`)."""


def trend_chart(unit: UnitOfMeasure | None, curve: bool, dark: bool) -> alt.LayerChart:
    """The measure's own figure; the height is fixed, the width follows the container."""
    c = colours(dark)
    x = alt.X(
        "x:Q",
        title=None,
        axis=months_along() if curve else None,
        scale=alt.Scale(zero=False, nice=False, padding=0 if curve else 36),
    )
    y = alt.Y("y:Q", title=None, axis=value_axis(unit), scale=alt.Scale(zero=False, nice=False))
    parts = [
        layers.corners(x, y),
        layers.band(y, c, None if curve else x),
        layers.stem("stem", x, y, c.axis, DOTS),
        layers.stem("move", x, y, c.axis, [4, 3]),
        layers.level("zero", y, c.text, 1.5),
        layers.level("target", y, c.plum, 2, DASH, None if curve else x),
        layers.line("last_year", x, y, c.data2, 1.75),
        layers.line("line", x, y, c.data, 3) if curve else layers.rings("national", x, y, c),
        layers.dots("dot", x, y, c.data),
        *layers.texts("note", x, y, c),
        *([] if curve else layers.texts("name", x, y, c, halo=False, baseline="top")),
        *layers.texts("end", layers.EDGE, y, c, halo=False),
        layers.told(x, y),
    ]
    chart = layers.stack(parts).add_params(layers.narrow())
    return chart.properties(
        width="container",
        height=PLOT_HEIGHT,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 4, "top": 4, "right": 4, "bottom": 4},
    )


def spark_chart(curve: bool, dark: bool) -> alt.LayerChart:
    """104 × 40 pixels, no axes: line or dots, the latest dot, the target."""
    c = colours(dark)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=5))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=4))
    parts = [
        layers.corners(x, y),
        layers.band(y, c, None if curve else x),
        layers.level("target", y, c.plum, 1.5, [4, 3], None if curve else x),
        layers.line("line", x, y, c.data, 1.75) if curve else layers.dots("line", x, y, c.data),
        layers.dots("dot", x, y, c.data),
    ]
    chart = layers.stack(parts)
    return chart.properties(
        width=SPARK_WIDTH,
        height=SPARK_HEIGHT,
        padding={"left": 0, "top": 0, "right": 0, "bottom": 0},
        autosize=alt.AutoSizeParams(type="none"),
    )


def months_along() -> alt.Axis:
    return layers.month_axis(_TICKS, _NAMED)


def value_axis(unit: UnitOfMeasure | None, scale: str = "y") -> alt.Axis:
    """Five steps or so, all with as many decimals, each with its unit where the caption would else have to say it."""
    words = UNIT_CAPTION[unit] if unit else "värde"
    return alt.Axis(
        labelExpr=_value_label(unit, scale),
        tickCount=5,
        grid=True,
        labelOverlap=False,
        description=f"Värdeaxel, {words}",
    )


def _value_label(unit: UnitOfMeasure | None, scale: str) -> str:
    """Shares and minutes carry their unit; other units stand in the caption."""
    span = f"abs(domain('{scale}')[1] - domain('{scale}')[0])"
    decimals = f"({span} >= {_WHOLE:.4f} ? ',.0f' : {span} >= {_TENTHS:.4f} ? ',.1f' : ',.4~f')"
    number = f"format(datum.value, {decimals})"
    if unit is UnitOfMeasure.PERCENT:
        return f"{number} + '{SPACE}%'"
    if unit is UnitOfMeasure.MINUTES:
        seconds = "pad(round(abs(datum.value) % 1 * 60) + '', 2, '0', 'left')"
        return (
            f"datum.value % 1 == 0 ? format(datum.value, ',.0f') + '{SPACE}min' : "
            f"(datum.value < 0 ? '\N{MINUS SIGN}' : '') + floor(abs(datum.value)) + ':' + {seconds}"
        )
    return number
