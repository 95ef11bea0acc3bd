"""Small pictures in rows and columns, drawn: constant for as many pictures.

One picture is drawn in another place on a narrow screen, where there are fewer columns; every row holds its place inside
its own picture (0–1), and the chart makes pixels of it.
"""

from __future__ import annotations

from typing import Any

import altair as alt

from hsf_kpi.render import layers
from hsf_kpi.render.multiples_rows import BESIDE, NAME_LINE
from hsf_kpi.render.theme import NAME_SIZE, NOTE_SIZE, REGULAR, SEMIBOLD, Colours, colours

WIDE, NARROW = 3, 2
"""Pictures beside each other."""
CELL = 132
"""Pixels that a row of pictures takes on a narrow screen; a wide one shares the same height among fewer rows."""
ABOVE, BELOW, AFTER = 44, 22, 50
"""Pixels of a picture around its plot: the name, the months, the latest value."""
_SHORT = "narrow && datum.short ? datum.short : datum.text"
BETWEEN = 6
"""Pixels at least from a name to the next picture's."""
YEARS = 66
"""Pixels of a plot that has room for both its first and its last year under it."""
WORDS = {
    "tick": (NOTE_SIZE, REGULAR),
    "month": (NOTE_SIZE, REGULAR),
    "name": (NAME_SIZE, SEMIBOLD),
    "value": (NAME_SIZE, SEMIBOLD),
}


def multiples_chart(pictures: int, dark: bool) -> alt.LayerChart:
    """`pictures`: how many are drawn, which decides the rows and the height."""
    c = colours(dark)
    count = max(1, pictures)
    narrow, wide = min(NARROW, count), NARROW if count == 4 else min(WIDE, count)
    height = -(-count // narrow) * CELL
    places = _places(narrow, wide, height, height / -(-count // wide))
    x = alt.X("at:Q", axis=None, scale=None)
    x2 = alt.X2("at2:Q")
    y = alt.Y("down:Q", axis=None, scale=None)

    def part(layer: str) -> alt.Chart:
        return layers.only(layer).transform_calculate(**places)

    def rule(layer: str, colour: str, width: float, **look: Any) -> alt.Chart:
        mark = part(layer).mark_rule(color=colour, strokeWidth=width, opacity=layers.SEEN, aria=False, **look)
        return layers.drawn(mark, x=x, x2=x2, y=y)

    def line(layer: str, colour: str, width: float) -> alt.Chart:
        mark = part(layer).mark_line(
            color=colour, strokeWidth=width, strokeJoin="round", opacity=layers.SEEN, aria=False
        )
        return layers.drawn(mark, x=x, y=y, detail="segment:N")

    def dots(layer: str, colour: str, shape: str) -> alt.Chart:
        mark = part(layer).mark_point(
            filled=True, shape=shape, size=60, color=colour, opacity=layers.SEEN, aria=False
        )
        return layers.drawn(mark, x=x, y=y)

    tight = f"narrow && width / {narrow} < {YEARS + BESIDE + AFTER} && datum.x === 0"
    more: dict[str, dict[str, Any]] = {
        "month": {"text": alt.ExprRef(f"{tight} ? '' : {_SHORT}")},
        "name": {"limit": alt.ExprRef(f"width / (narrow ? {narrow} : {wide}) - {BETWEEN}"), "ellipsis": "…"},
    }
    told = part("told").mark_point(filled=True, opacity=0, size=160, ariaRoleDescription="värde")
    parts = [
        rule("grid", c.grid, 1),
        rule("zero", c.text, 1),
        rule("target", c.plum, 2, strokeDash=layers.DASH),
        line("line", c.grey, 1.75),
        line("strong", c.orange, 2.5),
        line("own", c.data, 3),
        dots("dot", c.grey, "circle"),
        dots("dot_strong", c.orange, "square"),
        dots("dot_own", c.data, "circle"),
        *(_words(part(name), c, x, y, *look, **more.get(name, {})) for name, look in WORDS.items()),
        layers.drawn(told, x=x, y=y, tooltip=alt.Tooltip("tip:N"), description=alt.Description("tip:N")),
    ]
    chart = layers.stack(parts).add_params(layers.narrow())
    return chart.properties(
        width="container",
        height=height,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 2, "top": 2, "right": 2, "bottom": 2},
    )


def _places(narrow: int, wide: int, height: float, wide_cell: float) -> dict[str, str]:
    """Pixels of a place inside a picture: its column's left edge and what the plot leaves around it."""
    columns, cell = f"(narrow ? {narrow} : {wide})", f"(narrow ? {CELL} : {wide_cell:g})"
    edge = f"(datum.size % {columns}) * width / {columns} + {BESIDE}"
    room = f"(width / {columns} - {BESIDE + AFTER})"
    top = f"floor(datum.size / {columns}) * {cell} + {ABOVE}"
    return {
        "at": f"{edge} + datum.x * {room}",
        "at2": f"{edge} + datum.x2 * {room}",
        "down": f"{top} + (1 - datum.y) * ({cell} - {ABOVE + BELOW})",
    }


def _words(part: alt.Chart, c: Colours, x: alt.X, y: alt.Y, size: int, weight: int, **more: Any) -> alt.Chart:
    tones = alt.Scale(domain=["data", "orange", "muted"], range=[c.text, c.orange_text, c.muted])
    look: dict[str, Any] = {
        "text": alt.ExprRef(_SHORT),
        "align": alt.ExprRef("datum.align"),
        "dx": alt.ExprRef("datum.dx"),
        "dy": alt.ExprRef("narrow && datum.short ? datum.y2 : datum.dy"),
        "fontSize": size,
        "fontWeight": weight,
        "baseline": "middle",
        "lineBreak": "\n",
        "lineHeight": NAME_LINE,
        "aria": False,
    }
    mark = part.mark_text(**look | more)
    return layers.drawn(mark, x=x, y=y, color=alt.Color("tone:N", scale=tones, legend=None))
