"""A timeline, drawn: constant for all data but for the height."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt

from hsf_kpi.model.follow_up import Stage
from hsf_kpi.render import layers
from hsf_kpi.render.bars import DOWN, LINE_HEIGHT, column_words, upright
from hsf_kpi.render.frame import UNSEEN
from hsf_kpi.render.theme import NOTE_SIZE, SEMIBOLD, Colours, colours
from hsf_kpi.render.timeline_lanes import POINT
from hsf_kpi.render.timeline_places import SIGN
from hsf_kpi.render.timeline_rows import PLAIN

NARROW = 720
"""Pixels of the container under which the names stand over the bars."""
HALF = 5
"""Half of a bar's height, in pixels."""
SIGN_SIZE, POINT_SIZE = 120, 170
"""Square pixels of a status' shape and of a point in time."""
HALO = 6
"""Pixels that the ground under a shape is wider."""
_TONES = (PLAIN, *Stage, UNSEEN)


def timeline_chart(height: int, dark: bool) -> alt.LayerChart:
    """`height`: of a wide screen, in pixels; a narrow one takes what it needs below it."""
    c = colours(dark)
    scale = alt.Scale(zero=False, nice=False, padding=SIGN)
    x = alt.X("x:Q", axis=None, scale=scale)
    y = alt.Y("down:Q", axis=None, scale=None)
    parts = [
        layers.drawn(layers.only("corner").mark_point(opacity=0, aria=False), x=x),
        _room(),
        _separator(y, c),
        upright("tick", x, c.grid, 1, [2, 3]),
        upright("year", x, c.hairline, 1),
        _heads(x, y, c),
        upright("now", x, c.text, 1.5),
        *(part.transform_calculate(down=DOWN) for part in layers.words("now_name", x, y, c, halo=True, dy=0)),
        _bars(x, c),
        _signs(x, y, c, halo=True),
        _signs(x, y, c),
        *_notes(alt.X("across:Q", axis=None, scale=scale), y, c),
        *_headings(y, c),
        *column_words("name", "left", y, c, halo=True),
        layers.told(x, y).transform_calculate(down=DOWN),
    ]
    wide = layers.IS_NARROW.replace(f"< {layers.NARROW} ", f"< {NARROW} ")
    chart = layers.stack(parts).add_params(alt.param(name="narrow", expr=wide))
    return chart.properties(
        width="container",
        height=height,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 4, "top": 4, "right": 6, "bottom": 4},
    )


def _room() -> alt.Chart:
    """Unseen, and wide enough for the notes that reach past the plot."""
    x = alt.XValue(alt.ExprRef("width + (narrow ? datum.x2 : datum.x)"))  # type: ignore[no-untyped-call]
    return layers.drawn(
        layers.only("room").mark_point(opacity=0, size=1, aria=False),
        x=x,
        y=alt.YValue(0),  # type: ignore[no-untyped-call]
    )


def _separator(y: alt.Y, c: Colours) -> alt.Chart:
    """Over each lane, from its name to the plot's end."""
    placed = layers.only("lane").transform_calculate(down=DOWN)
    mark = placed.mark_rule(color=c.grid, strokeWidth=1, opacity=layers.SEEN, aria=False)
    start = alt.XValue(alt.ExprRef("narrow ? datum.x2 : datum.x"))  # type: ignore[no-untyped-call]
    return layers.drawn(mark, x=start, x2=alt.X2Value(alt.ExprRef("width")), y=y)  # type: ignore[no-untyped-call]


def _bars(x: alt.X, c: Colours) -> alt.Chart:
    placed = layers.only("bar").transform_calculate(
        state="datum.tone", top=f"({DOWN}) - {HALF}", low=f"({DOWN}) + {HALF}"
    )
    mark = placed.mark_rect(opacity=layers.SEEN, strokeWidth=1.5, aria=False)
    y = alt.Y("top:Q", axis=None, scale=None)
    return layers.drawn(mark, x=x, x2="x2", y=y, y2="low", **_toned(c))


def _signs(x: alt.X, y: alt.Y, c: Colours, *, halo: bool = False) -> alt.Chart:
    """The shape at a bar's start, which tells without the colour how far it has come; a point's diamond. halo: the ground
    that cuts it out of its bar.
    """
    placed = _cut(halo).transform_calculate(state="datum.tone", down=DOWN)
    size = f"datum.segment === '{POINT}' ? {POINT_SIZE} : {SIGN_SIZE}"
    mark = placed.mark_point(
        opacity=layers.SEEN,
        strokeWidth=0 if halo else 1.5,
        aria=False,
        size=alt.ExprRef(f"pow(sqrt({size}) + {HALO}, 2)" if halo else size),
    )
    shapes = {
        Stage.DONE.value: "circle",
        Stage.ONGOING.value: "diamond",
        Stage.LATE.value: "square",
        Stage.NOT_STARTED.value: "circle",
        POINT: "diamond",
    }
    scale = alt.Scale(domain=list(shapes), range=list(shapes.values()))
    shape = alt.Shape("segment:N", scale=scale, legend=None)
    look = {"fill": alt.value(c.background)} if halo else _toned(c)
    return layers.drawn(mark, x=x, y=y, shape=shape, **look)


def _cut(halo: bool) -> alt.Chart:
    """The signs; those that are filled with the colour of their bar are cut out of it."""
    signs = layers.only("sign")
    return signs.transform_filter(f"datum.tone !== '{Stage.NOT_STARTED}'") if halo else signs


def _toned(c: Colours) -> dict[str, Any]:
    """What has not begun is hollow."""
    fills = [c.data2, c.background, c.grey, c.blue, c.orange, c.background]
    edges = [c.data2, c.grey, c.grey, c.blue, c.orange, c.background]
    return {
        "fill": alt.Fill("state:N", scale=alt.Scale(domain=list(_TONES), range=fills), legend=None),
        "stroke": alt.Stroke("state:N", scale=alt.Scale(domain=list(_TONES), range=edges), legend=None),
    }


def _notes(x: alt.X, y: alt.Y, c: Colours) -> list[alt.Chart]:
    written = layers.words(
        "note", x, y, c, halo=True, align="left", lineHeight=LINE_HEIGHT, dy=0,
        dx=alt.ExprRef("narrow ? datum.dy : datum.dx"),
    )  # fmt: skip
    return [part.transform_calculate(down=DOWN, across="narrow ? datum.x2 : datum.x") for part in written]


def _headings(y: alt.Y, c: Colours) -> Iterator[alt.Chart]:
    """Over the lanes of a group; first as thick ground, as the names have, so that no line cuts a letter."""
    look: dict[str, Any] = {
        "text": alt.ExprRef("narrow ? datum.short : datum.text"),
        "lineBreak": "\n",
        "lineHeight": LINE_HEIGHT,
        "align": "left",
        "dx": alt.ExprRef("narrow ? datum.x2 : datum.x"),
        "baseline": "middle",
        "fontSize": NOTE_SIZE,
        "fontWeight": SEMIBOLD,
        "aria": False,
    }
    placed = layers.only("group").transform_calculate(down=DOWN)
    for ink in ({"color": c.background, "stroke": c.background, "strokeWidth": 4}, {"color": c.muted}):
        yield layers.drawn(placed.mark_text(**look, **ink), x=alt.XValue(0), y=y)  # type: ignore[no-untyped-call]


def _heads(x: alt.X, y: alt.Y, c: Colours) -> alt.Chart:
    """Years and tertials, as many as the plot has room for."""
    mark = layers.only("head").transform_calculate(down=DOWN).mark_text(
        text=alt.ExprRef("width < datum.size ? datum.short : datum.text"), align="center", baseline="middle",
        fontSize=NOTE_SIZE, color=c.muted, aria=False,
    )  # fmt: skip
    return layers.drawn(mark, x=x, y=y)
