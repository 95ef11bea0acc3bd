"""Units in order, one a row, drawn: constant for all data but for the height."""

from __future__ import annotations

from typing import Any

import altair as alt

from hsf_kpi.render import layers
from hsf_kpi.render.bars import DOWN, column_words, field, leading, upright
from hsf_kpi.render.theme import Colours, colours

_SHAPE = alt.ExprRef("datum.tone === 'worse' ? 'square' : datum.tone === 'data' ? 'diamond' : 'circle'")


def ranking_chart(height: int, dark: bool) -> alt.LayerChart:
    """`height`: of a wide screen, in pixels; a narrow one takes what it needs below it."""
    c = colours(dark)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=8))
    y = alt.Y("down:Q", axis=None, scale=None)
    told = layers.told(x, y).transform_calculate(down=DOWN)
    parts = [
        layers.drawn(layers.only("corner").mark_point(opacity=0, aria=False), x=x),
        upright("grid", x, c.grid, 1),
        field("band", x, c.plum, 0.13),
        upright("median", x, c.grey, 1.5),
        upright("target", x, c.plum, 2, layers.DASH),
        _interval(x, y, c),
        _open(x, y, c),
        leading(_dot(x, y, c), clicked=True),
        _ring(x, y, c),
        *(leading(part, clicked=True) for part in column_words("name", "left", y, c, halo=True)),
        *column_words("number", "right", y, c),
        *_words("line_name", x, y, c, halo=True),
        *_words("tick", x, y, c),
        leading(told, clicked=True),
    ]
    chart = layers.stack(parts).add_params(layers.narrow())
    return chart.properties(
        width="container",
        height=height,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 4, "top": 4, "right": 6, "bottom": 4},
    )


def _interval(x: alt.X, y: alt.Y, c: Colours) -> alt.Chart:
    mark = layers.only("interval").transform_calculate(down=DOWN)
    rule = mark.mark_rule(strokeWidth=2, opacity=layers.SEEN, aria=False)
    return layers.drawn(rule, x=x, x2="x2", y=y, color=layers.inked(c))


def _dot(x: alt.X, y: alt.Y, c: Colours) -> alt.Chart:
    """In its shape, which tells without the colour which way it lies."""
    placed = layers.only("dot").transform_calculate(down=DOWN)
    mark = placed.mark_point(
        filled=True, shape=_SHAPE, opacity=layers.SEEN, aria=False, size=alt.ExprRef("datum.size")
    )
    return layers.drawn(mark, x=x, y=y, color=layers.inked(c))


def _open(x: alt.X, y: alt.Y, c: Colours) -> alt.Chart:
    return _hollow("open", x, y, c.grey, c.background, 1.75)


def _ring(x: alt.X, y: alt.Y, c: Colours) -> alt.Chart:
    """Round the own dot; a short interval is seen through it."""
    return _hollow("own_ring", x, y, c.data, None, 2)


def _hollow(layer: str, x: alt.X, y: alt.Y, stroke: str, fill: str | None, width: float) -> alt.Chart:
    look: dict[str, Any] = {} if fill is None else {"fill": fill}
    mark = layers.only(layer).transform_calculate(down=DOWN).mark_point(
        shape="circle", filled=False, stroke=stroke, strokeWidth=width, opacity=layers.SEEN, aria=False,
        size=alt.ExprRef("datum.size"), **look,
    )  # fmt: skip
    return layers.drawn(mark, x=x, y=y)


def _words(layer: str, x: alt.X, y: alt.Y, c: Colours, *, halo: bool = False) -> list[alt.Chart]:
    return [part.transform_calculate(down=DOWN) for part in layers.words(layer, x, y, c, halo=halo)]
