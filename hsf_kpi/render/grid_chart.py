"""Rows against columns, drawn: constant for all data. What stands where is decided in grid_rows."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from hsf_kpi.figures.grids import BETTER, NEAR, NONE, WORSE
from hsf_kpi.render import layers
from hsf_kpi.render.grid_plan import WIDTHS
from hsf_kpi.render.theme import Colours, colours

_ROOM = "(isFinite(containerSize()[0]) ? containerSize()[0] - 4 : width)"
_STEP = "min(datum.x2, (width - datum.y2) / datum.dy)"
_HEIGHT = 20
_LEAST = 4
"""Pixels across a mark in the narrowest column."""
_BETWEEN = 2.5
"""Pixels between two marks beside each other."""
_EDGE = alt.X("edge:Q", axis=None, scale=None)


def grid_chart(dark: bool) -> alt.LayerChart:
    """As high as what is written below its first pixels, which differs between widths."""
    c = colours(dark)
    x = alt.X("at:Q", axis=None, scale=None)
    y = alt.Y("y:Q", axis=None, scale=None)
    parts = [_band(y, c), _across(y, c), _down(x, y, c), _words(x, y, c), _marks(x, y, c), _told(x, y)]
    chart = layers.stack(parts).add_params(alt.param(name="room", expr=_room()))
    return chart.properties(
        width="container",
        height=_HEIGHT,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 2, "top": 2, "right": 2, "bottom": 2},
    )


def _room() -> str:
    """Which of the planned widths, as rows name it: the widest that there is room for."""
    wider = "".join(f"{_ROOM} >= {width} ? '{i}' : " for i, width in reversed([*enumerate(WIDTHS)]) if i)
    return f"isFinite(width) ? ({wider}'0') : '0'"


def _part(layer: str) -> alt.Chart:
    """The rows of a layer at the width that there is, with their pixels."""
    return (
        layers.only(layer)
        .transform_filter("datum.segment === room")
        .transform_calculate(
            step=_STEP,
            edge="0",
            at=f"datum.y2 + datum.x * {_STEP} + datum.dx",
            end=f"datum.y2 + datum.dy * {_STEP}",
        )
    )


def _band(y: alt.Y, c: Colours) -> alt.Chart:
    """Behind every second of many rows, from the names to the last column."""
    mark = _part("band").mark_rect(color=c.secondary, opacity=layers.SEEN, aria=False)
    return layers.drawn(mark, x=_EDGE, x2=alt.X2("end:Q"), y=y, y2=alt.Y2("size:Q"))


def _across(y: alt.Y, c: Colours) -> alt.Chart:
    mark = _part("across").mark_rule(strokeWidth=1, opacity=layers.SEEN, aria=False)
    return layers.drawn(mark, x=_EDGE, x2=alt.X2("end:Q"), y=y, stroke=_line(c))


def _down(x: alt.X, y: alt.Y, c: Colours) -> alt.Chart:
    mark = _part("down").mark_rule(strokeWidth=1, opacity=layers.SEEN, aria=False)
    return layers.drawn(mark, x=x, y=y, y2=alt.Y2("size:Q"), stroke=_line(c))


def _line(c: Colours) -> alt.Stroke:
    drawn = f"datum.tone === 'axis' ? '{c.axis}' : '{c.grid}'"
    return alt.Stroke(value=alt.ExprRef(drawn))


def _words(x: alt.X, y: alt.Y, c: Colours) -> alt.Chart:
    mark = _part("word").mark_text(
        text=alt.ExprRef("datum.text"),
        align=alt.ExprRef("datum.align"),
        fontSize=alt.ExprRef("datum.size"),
        baseline="middle",
        opacity=layers.SEEN,
        aria=False,
    )
    return layers.drawn(mark, x=x, y=y, color=layers.inked(c))


def _marks(x: alt.X, y: alt.Y, c: Colours) -> alt.Chart:
    """In the shape and colour of their tone; smaller where the columns are narrow."""
    fills = {BETTER: c.blue, WORSE: c.orange, NEAR: c.grey, NONE: c.background}
    across = f"max({_LEAST}, min(datum.size, datum.step - {_BETWEEN}))"
    mark = _part("mark").mark_point(
        size=alt.ExprRef(f"pow({across}, 2)"),
        shape=_by_tone({WORSE: "square", NEAR: "diamond"}, "circle"),
        fill=_by_tone(fills, c.data),
        stroke=_by_tone({**fills, NONE: c.grey}, c.data),
        strokeWidth=1,
        opacity=layers.SEEN,
        aria=False,
    )
    return layers.drawn(mark, x=x, y=y)


def _by_tone(looks: Mapping[str, str], plain: str) -> alt.ExprRef:
    chosen = "".join(f"datum.tone === '{tone}' ? '{look}' : " for tone, look in looks.items())
    return alt.ExprRef(f"{chosen}'{plain}'")


def _told(x: alt.X, y: alt.Y) -> alt.Chart:
    """Unseen over each cell that holds something."""
    mark = _part("told").mark_point(
        shape="square", filled=True, opacity=0, size=alt.ExprRef("pow(min(datum.size, datum.step), 2)"),
        ariaRoleDescription="ruta",
    )  # fmt: skip
    return layers.drawn(mark, x=x, y=y, tooltip=alt.Tooltip("tip:N"), description=alt.Description("tip:N"))
