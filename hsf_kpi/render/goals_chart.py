"""Måluppfyllelse as marks: a line for each målområde, its name above, a shape a målvärde, «8 av 25» last."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

import altair as alt

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import Status
from hsf_kpi.render import layers
from hsf_kpi.render.frame import Row
from hsf_kpi.render.page import wrap
from hsf_kpi.render.theme import NAME_SIZE, NOTE_SIZE, colours

ROW_HEIGHT = 46
NAME_LINE, MARK_LINE = 17, 20
"""Pixels from one line of a name to the next, and from one row of marks to the next, on a narrow screen."""
PLACES = 26
"""Places across, at least; as wide as the plan's largest målområde, so that other plans look the same."""
NARROW_PLACES = 13
"""Marks in a row on a narrow screen, where a målområde takes as many rows as it needs."""
MOST_WIDTH = 600
"""Pixels across at the most, so that the marks stay together on a wide page."""
TOTAL_ROOM, NARROW_TOTAL_ROOM = 120, 62
NARROW_NAME = 250
"""Pixels of a line of an area's name on a narrow screen."""
EDGE, AIR, LARGEST = 8, 4, 150
"""Pixels left of the first mark; between two marks, with their edges; square pixels of the largest mark."""

_STEP = (
    f"(narrow ? min(20, (width - {NARROW_TOTAL_ROOM + EDGE}) / {NARROW_PLACES - 1})"
    f" : min(width - {TOTAL_ROOM + EDGE}, {MOST_WIDTH - EDGE}) / (datum.size - 1))"
)
_SIZE = f"min({LARGEST}, pow(max(2, ({_STEP} - {AIR}) / 1.13), 2))"
"""A circle is 1.13 times as wide as the root of its area."""


def goals_rows(figure: Figure) -> list[Row]:
    """x, y: place in the row and pixels from above on a wide screen; x2, y2 on a narrow one. size: places across."""
    groups = [(area, list(found)) for area, found in groupby(records(figure), lambda r: str(r["area"]))]
    places = float(max([PLACES, *(len(found) for _, found in groups)]))
    rows: list[Row] = []
    below = 0
    for line, (area, found) in enumerate(groups):
        top = line * ROW_HEIGHT
        names = wrap(area, NARROW_NAME, NAME_SIZE)
        narrow_top = below + NAME_LINE * (len(names) - 1) + 30
        rows.append(
            Row("name", 0, top + 10, below + 10, text=area, short="\n".join(names), tone="name", size=places)
        )
        for i, mark in enumerate(found):
            tip = f"{mark['measure']}: {mark['status_text']}"
            row, place = divmod(i, NARROW_PLACES)
            y2 = narrow_top + row * MARK_LINE
            rows.append(Row("mark", i, top + 30, y2, place, tone=str(mark["status"]), tip=tip, size=places))
        last, total = rows[-1], str(found[-1]["total"])
        short = total.removesuffix(" bedömda").removesuffix(" bedömd")
        rows.append(replace(last, layer="total", dx=16, text=total, short=short, tone="muted", tip=""))
        below = int(last.y2 or 0) + ROW_HEIGHT - 30
    return rows or [Row("name", 0, 0, 0, 0, size=places)]


def goals_chart(areas: int, dark: bool) -> alt.LayerChart:
    """`areas`: the number of lines, which decides the height; a narrow screen takes what its rows need."""
    c = colours(dark)
    x = alt.X("at:Q", axis=None, scale=None)
    y = alt.Y("down:Q", axis=None, scale=None)
    statuses = [status.value for status in Status]
    fills = {
        Status.MET: c.blue,
        Status.NEAR: c.grey,
        Status.MISSED: c.orange,
        Status.NOT_ASSESSABLE: c.background,
    }
    edges = {**fills, Status.NOT_ASSESSABLE: c.grey}
    shapes = {
        Status.MET: "circle",
        Status.NEAR: "diamond",
        Status.MISSED: "square",
        Status.NOT_ASSESSABLE: "circle",
    }
    marks = (
        _placed("mark")
        .mark_point(size=alt.ExprRef(_SIZE), opacity=1, strokeWidth=1.5, ariaRoleDescription="målvärde")
        .encode(
            x=x,
            y=y,
            shape=alt.Shape(
                "tone:N", scale=alt.Scale(domain=statuses, range=list(shapes.values())), legend=None
            ),
            fill=alt.Fill(
                "tone:N", scale=alt.Scale(domain=statuses, range=list(fills.values())), legend=None
            ),
            stroke=alt.Stroke(
                "tone:N", scale=alt.Scale(domain=statuses, range=list(edges.values())), legend=None
            ),
            tooltip=alt.Tooltip("tip:N"),
            description=alt.Description("tip:N"),
        )
    )
    words: dict[str, Any] = {
        "align": "left",
        "baseline": "middle",
        "aria": False,
        "text": alt.ExprRef("narrow ? datum.short : datum.text"),
    }
    names = _placed("name").mark_text(
        **words, lineBreak="\n", lineHeight=NAME_LINE, color=c.text, fontSize=NAME_SIZE
    )
    totals = _placed("total").mark_text(
        **words,
        color=c.muted,
        fontSize=NOTE_SIZE,
        dx=alt.ExprRef("narrow ? 12 : datum.dx"),
    )
    parts = [
        names.encode(x=alt.value(0), y=y),
        marks,
        totals.encode(x=x, y=y),
    ]
    chart = layers.stack(parts).add_params(layers.narrow())
    return chart.properties(
        width="container",
        height=areas * ROW_HEIGHT,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 2, "top": 2, "right": 2, "bottom": 2},
    )


def _placed(layer: str) -> alt.Chart:
    """The rows of a layer with their pixels, which follow the width."""
    return layers.only(layer).transform_calculate(
        at=f"{EDGE} + (narrow ? datum.x2 : datum.x) * {_STEP}", down="narrow ? datum.y2 : datum.y"
    )
