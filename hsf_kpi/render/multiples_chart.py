"""Small pictures in rows and columns, one scale for all of them: a line each, its name above and its latest value.

One picture is drawn in another place on a narrow screen, where there are fewer columns; every row holds its place inside
its own picture (0–1), and the chart makes pixels of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt

from hsf_kpi.figures.economy.multiples import MOST
from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.render import layers
from hsf_kpi.render.frame import UNSEEN, Row
from hsf_kpi.render.layout import value_range
from hsf_kpi.render.page import wrap
from hsf_kpi.render.points import Record, number
from hsf_kpi.render.theme import NAME_SIZE, NOTE_SIZE, REGULAR, SEMIBOLD, Colours, colours
from hsf_kpi.swedish.numbers import number as swedish

WIDE, NARROW = 3, 2
"""Pictures beside each other."""
CELL = 132
"""Pixels that a row of pictures takes on a narrow screen; a wide one shares the same height among fewer rows."""
ABOVE, BELOW, BESIDE, AFTER = 44, 22, 34, 40
"""Pixels of a picture around its plot: the name, the months, the scale, the latest value."""
NAME_WIDTH, NAME_LINE, NAME_ABOVE = 158, 17, 16
APART = 0.25
"""Numbers of the scale that are nearer each other, as a share of its height, leave the outer one out."""
WORDS = {
    "tick": (NOTE_SIZE, REGULAR),
    "month": (NOTE_SIZE, REGULAR),
    "name": (NAME_SIZE, SEMIBOLD),
    "value": (NAME_SIZE, SEMIBOLD),
}
LAYERS = (
    "grid",
    "zero",
    "target",
    "line",
    "strong",
    "dot",
    "dot_strong",
    "name",
    "tick",
    "month",
    "value",
    "told",
)


def multiples_rows(figure: Figure) -> list[Row]:
    """`size`: which picture, from 0. x and y: 0–1 inside its plot."""
    drawn = list(records(figure))[:MOST]
    keys = [column.key.removesuffix("_value") for column in figure.columns if column.role is Role.OUTCOME]
    titles = {column.key: column.title for column in figure.columns}
    goals = [mark.low for mark in figure.marks if mark.low is not None]
    found = [
        value for record in drawn for key in keys if (value := number(record[f"{key}_value"])) is not None
    ]
    low, high = value_range([0.0, *found, *goals], zero=True)
    rows: list[Row] = []
    for k, record in enumerate(drawn):
        strong = bool(record["finding"])
        rows += _frame(k, low, high, goals)
        rows += _name(k, str(record["name"]))
        rows += _months(k, [titles[f"{key}_text"] for key in keys])
        rows += _line(k, record, keys, titles, low, high, strong)
    there = {row.layer for row in rows}
    return [*rows, *(Row(name, 0, 0, 0, 0, tone=UNSEEN) for name in LAYERS if name not in there)]


def _frame(k: int, low: float, high: float, goals: list[float]) -> Iterator[Row]:
    """Grid lines at the ends of the scale and at zero, with their numbers."""
    zero = (0 - low) / (high - low)
    for value in sorted({low, 0.0, high}):
        place = (value - low) / (high - low)
        yield Row("zero" if value == 0 else "grid", 0, place, x2=1, size=k)
        if value == 0 or abs(place - zero) >= APART:
            decimals = next((n for n in range(3) if round(value, n) == round(value, 6)), 3)
            yield Row(
                "tick", 0, place, size=k, text=swedish(value, decimals), tone="muted", align="right", dx=-6
            )
    for goal in goals:
        yield Row("target", 0, (goal - low) / (high - low), x2=1, size=k)


def _name(k: int, name: str) -> Iterator[Row]:
    """On one line where there is room, else on two."""
    lines = wrap(name, NAME_WIDTH, NAME_SIZE, SEMIBOLD)
    short = [*lines[:1], " ".join(lines[1:])] if len(lines) > 1 else lines
    up = NAME_ABOVE + NAME_LINE * (len(short) - 1)
    yield Row(
        "name", 0, 1, -up, size=k, text=name, short="\n".join(short), tone="data", dy=-NAME_ABOVE, dx=-BESIDE
    )


def _months(k: int, names: list[str]) -> Iterator[Row]:
    """The first and the last month under the plot."""
    if names:
        yield Row("month", 0, 0, size=k, text=names[0], align="left", dy=12)
    if len(names) > 1:
        yield Row("month", 1, 0, size=k, text=names[-1], align="right", dy=12)


def _line(
    k: int, record: Record, keys: list[str], titles: dict[str, str], low: float, high: float, strong: bool
) -> Iterator[Row]:
    """The line, broken where a month is missing, a dot at a month that stands alone and at the latest, and its value."""
    tone = "orange" if strong else "data"
    step = max(len(keys) - 1, 1)
    run, last, alone = 0, -1, True
    points: list[tuple[int, float]] = []
    for i, key in enumerate(keys):
        value = number(record[f"{key}_value"])
        if value is not None:
            points.append((i, (value - low) / (high - low)))
            tip = f"{record['name']}, {titles[f'{key}_value']}: {record[f'{key}_text']}"
            yield Row("told", i / step, points[-1][1], size=k, tip=tip)
    for at, (i, place) in enumerate(points):
        run += i != last + 1
        last = i
        yield Row("strong" if strong else "line", i / step, place, size=k, segment=f"{k}-{run}")
        alone = (at == 0 or points[at - 1][0] != i - 1) and (
            at + 1 == len(points) or points[at + 1][0] != i + 1
        )
        if alone or at + 1 == len(points):
            yield Row("dot_strong" if strong else "dot", i / step, place, size=k)
    if not points:
        yield Row("value", 0.5, 0.5, size=k, text="ingen uppgift", tone="muted", align="center")
        return
    i, place = points[-1]
    when = "" if i == len(keys) - 1 else f" {titles[f'{keys[i]}_text']}"
    yield Row("value", i / step, place, size=k, text=f"{record[f'{keys[i]}_text']}{when}", tone=tone, dx=8)


def multiples_chart(pictures: int, dark: bool) -> alt.LayerChart:
    """`pictures`: how many, which decides the rows and the height; more than MOST are not drawn."""
    c = colours(dark)
    count = max(1, min(pictures, MOST))
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

    told = part("told").mark_point(filled=True, opacity=0, size=160, ariaRoleDescription="värde")
    parts = [
        rule("grid", c.grid, 1),
        rule("zero", c.text, 1),
        rule("target", c.plum, 2, strokeDash=layers.DASH),
        line("line", c.grey, 1.75),
        line("strong", c.orange, 2.5),
        dots("dot", c.grey, "circle"),
        dots("dot_strong", c.orange, "square"),
        *(_words(part(name), c, x, y, *look) for name, look in WORDS.items()),
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


def _words(part: alt.Chart, c: Colours, x: alt.X, y: alt.Y, size: int, weight: int) -> alt.Chart:
    tones = alt.Scale(domain=["data", "orange", "muted"], range=[c.text, c.orange_text, c.muted])
    look: dict[str, Any] = {
        "text": alt.ExprRef("narrow && datum.short ? datum.short : datum.text"),
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
    mark = part.mark_text(**look)
    return layers.drawn(mark, x=x, y=y, color=alt.Color("tone:N", scale=tones, legend=None))
