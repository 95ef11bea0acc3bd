"""How a curve with control limits is drawn, constant for all data of a unit of measure."""

from __future__ import annotations

import altair as alt

from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render import layers
from hsf_kpi.render.layers import DASH, DOTS, X
from hsf_kpi.render.points import PLOT_HEIGHT
from hsf_kpi.render.theme import Colours, colours
from hsf_kpi.render.trend_spec import months_along, value_axis

LIMIT_DASH = [3, 3]
_SIZE = alt.ExprRef("narrow ? datum.size * 0.5 : datum.size")
"""On a phone a month is a few pixels wide."""
_SHAPE = alt.ExprRef("datum.tone === 'worse' ? 'square' : datum.tone === 'better' ? 'circle' : 'diamond'")


def limits_chart(unit: UnitOfMeasure | None, dark: bool) -> alt.LayerChart:
    """Points and line grey over a pale band, signals in shape and colour; the width follows the container."""
    c = colours(dark)
    x = alt.X("x:Q", title=None, axis=months_along(), scale=alt.Scale(zero=False, nice=False, padding=0))
    y = alt.Y("y:Q", title=None, axis=value_axis(unit), scale=alt.Scale(zero=False, nice=False))
    parts = [
        layers.corners(x, y),
        _between(x, y, c),
        layers.band(y, c),
        layers.stem("stem", x, y, c.axis, DOTS),
        layers.stem("move", x, y, c.axis, [4, 3]),
        layers.stem("step", x, y, c.axis, [4, 3]),
        layers.level("zero", y, c.text, 1.5),
        layers.line("limit", x, y, c.axis, 1, LIMIT_DASH),
        layers.line("mean", x, y, c.axis, 1.25),
        layers.level("target", y, c.plum, 2, DASH),
        layers.line("line", x, y, c.grey, 1.75),
        _dots(x, y, c),
        _signals(x, y, c),
        *layers.words("note", x, y, c, halo=True),
        *layers.words("end", layers.EDGE, y, c),
        layers.told(x, y),
    ]
    chart = layers.stack(parts).add_params(layers.narrow())
    return chart.properties(
        width="container",
        height=PLOT_HEIGHT,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 4, "top": 4, "right": 4, "bottom": 4},
    )


def _between(x: X, y: alt.Y, c: Colours) -> alt.Chart:
    """The pale field between the limits, phase by phase."""
    mark = layers.only("limits").mark_area(color=c.secondary, line=False, aria=False)
    return layers.drawn(mark, x=x, y=y, y2="y2", detail="segment:N")


def _dots(x: X, y: alt.Y, c: Colours) -> alt.Chart:
    """Months of common cause."""
    mark = layers.only("dot").mark_point(
        shape="circle", filled=True, color=c.grey, opacity=1, aria=False, size=_SIZE
    )
    return layers.drawn(mark, x=x, y=y)


def _signals(x: X, y: alt.Y, c: Colours) -> alt.Chart:
    """Points of special cause: the shape tells them apart without the colour."""
    mark = layers.only("signal").mark_point(
        filled=True,
        shape=_SHAPE,
        opacity=layers.SEEN,
        aria=False,
        size=_SIZE,
    )
    return layers.drawn(mark, x=x, y=y, color=layers.inked(c))
