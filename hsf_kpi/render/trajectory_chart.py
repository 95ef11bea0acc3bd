"""Vägen till −800 drawn: the accumulated result, its lines, the fan, submitted forecasts and the gap at year end.

Rows: trajectory_rows.py; their words: trajectory_labels.py.
"""

from __future__ import annotations

import altair as alt

from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render import layers
from hsf_kpi.render.theme import SHORT_MONTHS, Colours, colours
from hsf_kpi.render.trajectory_rows import BAR_AT, PLOT_HEIGHT, UNDATED_AT, trajectory_rows
from hsf_kpi.render.trend_spec import MONTH_ROOM, value_axis

__all__ = ["trajectory_chart", "trajectory_rows", "year_axis"]

FAN = {False: ("#BFCAD3", "#DCE3E9"), True: ("#394A57", "#24323D")}
"""The inner and the outer field, light and dark. Too faint alone: an edge and words tell the interval too."""
FORECAST_DASH = [2, 3]

_STEP = f"({MONTH_ROOM} * 12 / max(width, 1))"
_EVERY = f"({_STEP} <= 1 ? 1 : {_STEP} <= 3 ? 3 : 6)"
_FIRST = "ceil(domain('x')[0] + 0.5)"
_TICKS = f"sequence({_FIRST} + {_EVERY} - 1, {_FIRST} + 12, {_EVERY})"
_MONTH = f"{SHORT_MONTHS!r}[datum.value % 12]"
_NAMED = f"datum.index == 0 ? [{_MONTH}, '' + floor(datum.value / 12)] : {_MONTH}"


def year_axis() -> alt.Axis:
    """A tick at the end of each month of a year, every third one named where there is little room."""
    return layers.month_axis(_TICKS, _NAMED)


def trajectory_chart(unit: UnitOfMeasure | None, dark: bool) -> alt.LayerChart:
    """The height is fixed, the width follows the container."""
    c = colours(dark)
    inner, outer = FAN[dark]
    x = alt.X("x:Q", title=None, axis=year_axis(), scale=alt.Scale(zero=False, nice=False))
    y = alt.Y("y:Q", title=None, axis=value_axis(unit), scale=alt.Scale(zero=False, nice=False))
    parts = [
        layers.corners(x, y),
        _field("fan80", x, y, outer),
        _field("fan50", x, y, inner),
        layers.line("edge", x, y, c.axis, 1),
        layers.stem("stem", x, y, c.axis, layers.DOTS),
        layers.level("zero", y, c.text, 1.5),
        layers.line("budget", x, y, c.text, 1.5),
        layers.line("target", x, y, c.plum, 2, layers.DASH),
        layers.line("middle", x, y, c.data, 2, FORECAST_DASH),
        layers.line("line", x, y, c.data, 3),
        layers.rings("last_year", x, y, c),
        layers.dots("dot", x, y, c.data),
        layers.diamonds("diamond", x, y, c),
        _gap(y, c),
        layers.diamonds("landing", layers.beside(BAR_AT), y, c),
        layers.diamonds("undated", layers.beside(UNDATED_AT), y, c, opacity=layers.SEEN_WIDE),
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


def _field(layer: str, x: alt.X, y: alt.Y, colour: str) -> alt.Chart:
    mark = layers.only(layer).mark_area(color=colour, aria=False)
    return layers.drawn(mark, x=x, y=y, y2="y2")


def _gap(y: alt.Y, c: Colours) -> alt.Chart:
    """The bar at year end, from the target to where the year lands."""
    mark = layers.only("gap").mark_rule(strokeWidth=3, opacity=layers.SEEN, aria=False)
    return layers.drawn(mark, x=layers.beside(BAR_AT), y=y, y2="y2", color=layers.inked(c))
