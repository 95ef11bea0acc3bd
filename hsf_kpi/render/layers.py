"""The layers that charts are made of. Each draws the rows of one `layer` of the long table of `frame`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import altair as alt

from hsf_kpi.render.frame import UNSEEN, Row
from hsf_kpi.render.theme import NAME_SIZE, NOTE_SIZE, REGULAR, SEMIBOLD, Colours

X = alt.X | alt.XValue
Y = alt.Y | alt.YValue

EDGE: alt.XValue = alt.XValue("width")  # type: ignore[no-untyped-call]
"""The right edge of the plot."""

NARROW = 560
"""Pixels of the chart's container under which the short texts are used."""

IS_NARROW = f"(isFinite(containerSize()[0]) ? containerSize()[0] : 1000) < {NARROW} && isFinite(width)"
"""`width` is named so that the expression is computed again when the container changes."""

SEEN = alt.ExprRef(f"datum.tone === '{UNSEEN}' ? 0 : 1")
"""The opacity of marks that would else draw a row of no extent."""

SEEN_WIDE = alt.ExprRef(f"narrow || datum.tone === '{UNSEEN}' ? 0 : 1")
"""The same for marks whose words have no room on a narrow screen."""

DASH = [7, 4]
DOTS = [1, 3]


def narrow() -> alt.Parameter:
    """The parameter `narrow` that the texts ask."""
    return alt.param(name="narrow", expr=IS_NARROW)


def month_axis(ticks: str, named: str) -> alt.Axis:
    return time_axis(ticks, named, "Tidsaxel med månader")


def time_axis(
    ticks: str, named: str, about: str, *, align: Literal["left", "center", "right"] = "center"
) -> alt.Axis:
    """ticks: an expression for where they stand; named: one for each tick's name, which gives way to no other. about: what
    the axis is, for who does not see it.
    """
    return alt.Axis(
        values=alt.ExprRef(ticks),
        labelExpr=named,
        labelAlign=align,
        labelOverlap=False,
        labelFlush=False,
        labelBound=False,
        grid=False,
        ticks=True,
        tickSize=4,
        description=about,
    )


def stack(parts: list[alt.Chart]) -> alt.LayerChart:
    """The layers over one table, the first undermost."""
    return alt.LayerChart(layer=parts, data=alt.NamedData(name="source"))


def only(layer: str) -> alt.Chart:
    return alt.Chart().transform_filter(f"datum.layer === '{layer}'")


def drawn(mark: Any, **channels: Any) -> alt.Chart:
    """A mark with its channels (Altair's own types are lost on the way)."""
    chart: alt.Chart = mark.encode(**channels)
    return chart


def corners(x: X, y: alt.Y) -> alt.Chart:
    """Unseen points: the axes end where the data say."""
    return drawn(only("corner").mark_point(opacity=0, aria=False), x=x, y=y)


def band(y: alt.Y, c: Colours, x: X | None = None) -> alt.Chart:
    """A field over the whole width; with `x` from x to x2."""
    span = {} if x is None else {"x": x, "x2": "x2"}
    return drawn(only("band").mark_rect(color=c.plum, opacity=0.13, aria=False), y=y, y2="y2", **span)


def level(
    layer: str, y: alt.Y, colour: str, width: float, dash: list[int] | None = None, x: X | None = None
) -> alt.Chart:
    """A horizontal line over the whole width; with `x` from x to x2."""
    look: dict[str, Any] = {} if dash is None else {"strokeDash": dash}
    span = {} if x is None else {"x": x, "x2": "x2"}
    mark = only(layer).mark_rule(color=colour, strokeWidth=width, opacity=SEEN, aria=False, **look)
    return drawn(mark, y=y, **span)


def stem(layer: str, x: X, y: alt.Y, colour: str, dash: list[int]) -> alt.Chart:
    """A vertical line."""
    return drawn(only(layer).mark_rule(color=colour, strokeDash=dash, aria=False), x=x, y=y, y2="y2")


def line(layer: str, x: X, y: alt.Y, colour: str, width: float, dash: list[int] | None = None) -> alt.Chart:
    """A line that breaks where there is no value, and between segments."""
    look: dict[str, Any] = {} if dash is None else {"strokeDash": dash}
    mark = only(layer).mark_line(color=colour, strokeWidth=width, strokeJoin="round", aria=False, **look)
    return drawn(mark, x=x, y=y, detail="segment:N")


def dots(layer: str, x: X, y: alt.Y, colour: str) -> alt.Chart:
    mark = only(layer).mark_point(
        shape="circle", filled=True, color=colour, opacity=1, aria=False, size=alt.ExprRef("datum.size")
    )
    return drawn(mark, x=x, y=y)


def rings(layer: str, x: X, y: alt.Y, c: Colours) -> alt.Chart:
    mark = only(layer).mark_point(
        shape="circle", fill=c.background, stroke=c.grey, strokeWidth=1.75, opacity=SEEN, aria=False, size=70
    )
    return drawn(mark, x=x, y=y)


def texts(layer: str, x: X, y: alt.Y, c: Colours, *, halo: bool = True, **look: Any) -> list[alt.Chart]:
    """Words beside the marks, in their tone's colour; the short ones on a narrow screen.

    `halo`: the same words first in the page's colour, thick, so that a line behind never cuts a letter.
    """
    common: dict[str, Any] = {
        "text": alt.ExprRef("narrow ? datum.short : datum.text"),
        "align": alt.ExprRef("datum.align"),
        "dx": alt.ExprRef("datum.dx"),
        "dy": alt.ExprRef("datum.dy"),
        "fontSize": alt.ExprRef(f"datum.tone === 'muted' ? {NOTE_SIZE} : {NAME_SIZE}"),
        "fontWeight": alt.ExprRef(f"datum.tone === 'muted' ? {REGULAR} : {SEMIBOLD}"),
        "baseline": "middle",
        "lineBreak": "\n",
        "aria": False,
        **look,
    }
    tones = alt.Scale(domain=["data", "plum", "muted"], range=[c.data, c.plum, c.muted])
    words = (
        only(layer).mark_text(**common).encode(x=x, y=y, color=alt.Color("tone:N", scale=tones, legend=None))
    )
    if not halo:
        return [words]
    behind = only(layer).mark_text(**common, color=c.background, stroke=c.background, strokeWidth=4)
    return [drawn(behind, x=x, y=y), words]


def told(x: X, y: alt.Y) -> alt.Chart:
    """Unseen points with the value in words, for a pointer and for a screen reader."""
    mark = only("told").mark_point(
        filled=True, opacity=0, size=alt.ExprRef("datum.size"), ariaRoleDescription="utfall"
    )
    return drawn(mark, x=x, y=y, tooltip=alt.Tooltip("tip:N"), description=alt.Description("tip:N"))


INKS = ("data", "text", "muted", "plum", "grey", "better", "worse", "worse_text")
"""The tones that `inked` marks and `words` know; one scale, since the layers of a chart share it."""


def ink(c: Colours) -> alt.Scale:
    """Tone → colour. Orange text is darker than an orange mark."""
    colours = [c.data, c.text, c.muted, c.plum, c.data2, c.blue, c.orange, c.orange_text]
    return alt.Scale(domain=list(INKS), range=colours)


def inked(c: Colours, channel: Any = alt.Color) -> Any:
    """The colour of a mark by its row's tone."""
    return channel("tone:N", scale=ink(c), legend=None)


def words(layer: str, x: X, y: Y, c: Colours, *, halo: bool = False, **look: Any) -> list[alt.Chart]:
    """Words in their row's tone, those of figures and names bold (600), notes regular and smaller."""
    light = "datum.tone === 'muted' || datum.tone === 'text'"
    common: dict[str, Any] = {
        "text": alt.ExprRef("narrow ? datum.short : datum.text"),
        "align": alt.ExprRef("datum.align"),
        "dx": alt.ExprRef("datum.dx"),
        "dy": alt.ExprRef("datum.dy"),
        "fontSize": alt.ExprRef(f"datum.tone === 'muted' ? {NOTE_SIZE} : {NAME_SIZE}"),
        "fontWeight": alt.ExprRef(f"{light} ? {REGULAR} : {SEMIBOLD}"),
        "baseline": "middle",
        "lineBreak": "\n",
        "aria": False,
        **look,
    }
    written = drawn(only(layer).mark_text(**common), x=x, y=y, color=inked(c))
    if not halo:
        return [written]
    behind = only(layer).mark_text(**common, color=c.background, stroke=c.background, strokeWidth=4)
    return [drawn(behind, x=x, y=y), written]


def bars(layer: str, x: X, y: alt.Y, c: Colours) -> alt.Chart:
    """Fields from x to x2 and y to y2 in their tone."""
    return drawn(only(layer).mark_rect(opacity=SEEN, aria=False), x=x, x2="x2", y=y, y2="y2", color=inked(c))


def diamonds(layer: str, x: X, y: alt.Y, c: Colours, *, opacity: alt.ExprRef = SEEN) -> alt.Chart:
    """Hollow: a submitted forecast."""
    mark = only(layer).mark_point(
        shape="diamond",
        fill=c.background,
        stroke=c.data,
        strokeWidth=1.75,
        opacity=opacity,
        aria=False,
        size=alt.ExprRef("datum.size"),
    )
    return drawn(mark, x=x, y=y)


def beside(pixels: float) -> alt.XValue:
    """So many pixels to the right of the plot."""
    return alt.XValue(alt.ExprRef(f"width + {pixels:g}"))  # type: ignore[no-untyped-call]


def unseen(rows: list[Row], names: Iterable[str], x: float, y: float) -> Iterator[Row]:
    """A row without extent for each layer that has none with a place in the plot."""
    placed = {row.layer for row in rows if row.y is not None}
    for name in names:
        if name not in placed:
            yield Row(name, x, y, y, x, tone=UNSEEN, segment=UNSEEN)
