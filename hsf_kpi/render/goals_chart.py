"""Måluppfyllelse as marks: a line for each målområde, its name above, a shape a målvärde, «8 av 25» last."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import altair as alt

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import Status
from hsf_kpi.render import layers
from hsf_kpi.render.frame import Row
from hsf_kpi.render.theme import NAME_SIZE, NOTE_SIZE, colours

ROW_HEIGHT = 46
PLACES = 26
"""Places across, at least; as wide as the plan's largest målområde, so that other plans look the same."""
MOST_WIDTH = 600
"""Pixels across at the most, so that the marks stay together on a wide page."""
TOTAL_ROOM, NARROW_TOTAL_ROOM = 120, 70


def goals_rows(figure: Figure) -> list[Row]:
    rows: list[Row] = []
    places = PLACES
    by_area = groupby(records(figure), key=lambda record: str(record["area"]))
    for line, (area, marks) in enumerate(by_area):
        top = line * ROW_HEIGHT
        rows.append(Row("name", 0, top + 10, text=area, short=area, tone="name"))
        last = 0
        total = ""
        for last, mark in enumerate(marks, start=1):
            tip = f"{mark['measure']}: {mark['status_text']}"
            rows.append(Row("mark", last - 1, top + 30, tone=str(mark["status"]), tip=tip))
            total = str(mark["total"])
        short = total.removesuffix(" bedömda").removesuffix(" bedömd")
        rows.append(Row("total", last - 1, top + 30, dx=16, text=total, short=short))
        places = max(places, last)
    rows.append(Row("corner", 0, 0))
    rows.append(Row("corner", places - 1, 0))
    return rows


def goals_chart(areas: int, dark: bool) -> alt.LayerChart:
    """`areas`: the number of lines, which decides the height."""
    c = colours(dark)
    end = alt.ExprRef(f"min(width - (narrow ? {NARROW_TOTAL_ROOM} : {TOTAL_ROOM}), {MOST_WIDTH})")
    x = alt.X("x:Q", axis=None, scale=alt.Scale(zero=False, nice=False, range=[8, end]))
    y = alt.Y("y:Q", axis=None, scale=None)
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
        layers.only("mark")
        .mark_point(
            size=alt.ExprRef("narrow ? 44 : 150"), opacity=1, strokeWidth=1.5, ariaRoleDescription="målvärde"
        )
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
        "text": alt.ExprRef("datum.text"),
    }
    names = layers.only("name").mark_text(**words, color=c.text, fontSize=NAME_SIZE)
    totals = layers.only("total").mark_text(
        **words | {"text": alt.ExprRef("narrow ? datum.short : datum.text")},
        color=c.muted,
        fontSize=NOTE_SIZE,
        dx=alt.ExprRef("narrow ? 10 : datum.dx"),
    )
    parts = [
        layers.corners(x, y),
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
