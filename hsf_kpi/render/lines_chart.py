"""Several series over years: the own strong, the national dashed, the chosen told apart by dashes, the rest hairlines."""

from __future__ import annotations

import altair as alt

from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render import end_names, layers
from hsf_kpi.render.lines_rows import CHOSEN_LAYERS
from hsf_kpi.render.theme import Colours, colours
from hsf_kpi.render.trend_spec import value_axis

NATIONAL: list[int] = [4, 2]
FORECAST: list[int] = [2, 3]
CHOSEN: tuple[list[int], ...] = ([], [8, 3], [2, 2], [10, 3, 2, 3], [6, 6], [1, 4])
"""The dashes of the chosen lines."""
YEAR_ROOM = 44
"""Pixels that a year needs on the axis."""

_FIRST, _LAST = "ceil(domain('x')[0])", "floor(domain('x')[1])"
_EVERY = f"ceil(({_LAST} - {_FIRST}) * {YEAR_ROOM} / max(width, 1))"
_TICKS = f"sequence({_FIRST} + ({_LAST} - {_FIRST}) % max(1, {_EVERY}), {_LAST} + 1, max(1, {_EVERY}))"


def lines_chart(unit: UnitOfMeasure | None, height: int, dark: bool) -> alt.LayerChart:
    """height: pixels of the plot; the width follows the container."""
    c = colours(dark)
    x = alt.X("x:Q", title=None, axis=_years(), scale=alt.Scale(zero=False, nice=False, padding=0))
    y = alt.Y("y:Q", title=None, axis=value_axis(unit), scale=alt.Scale(zero=False, nice=False))
    parts = [
        layers.corners(x, y),
        layers.line("other", x, y, c.hairline, 1),
        layers.level("target", y, c.plum, 2, layers.DASH),
        *(
            layers.line(name, x, y, c.grey, 1.75, dash or None)
            for name, dash in zip(CHOSEN_LAYERS, CHOSEN, strict=True)
        ),
        layers.line("best", x, y, c.blue, 1.25),
        layers.line("national", x, y, c.text, 1.75, NATIONAL),
        layers.line("forecast", x, y, c.data, 2, FORECAST),
        layers.line("own", x, y, c.data, 3),
        end_names.reach(y, c),
        _dots(x, y, c),
        end_names.names(y, c),
        layers.told(x, y),
    ]
    chart = layers.stack(parts).add_params(layers.narrow())
    return chart.properties(
        width="container",
        height=height,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 4, "top": 8, "right": 4, "bottom": 4},
    )


def _years() -> alt.Axis:
    """Every year where there is room, else every second or third; the last always."""
    return layers.time_axis(_TICKS, "'' + datum.value", "Tidsaxel med år")


def _dots(x: alt.X, y: alt.Y, c: Colours) -> alt.Chart:
    mark = layers.only("dot").mark_point(
        shape="circle", filled=True, opacity=layers.SEEN, aria=False, size=alt.ExprRef("datum.size")
    )
    return layers.drawn(mark, x=x, y=y, color=layers.inked(c))
