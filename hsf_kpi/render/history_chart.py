"""How forecasts moved: this year's line strong, earlier years grey, each ending in its outcome when the year has one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

import altair as alt

from hsf_kpi.figures.economy.history import OUTCOME
from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render import layers
from hsf_kpi.render.frame import Row
from hsf_kpi.render.free_place import Space
from hsf_kpi.render.layout import spread, value_range
from hsf_kpi.render.points import Record, number
from hsf_kpi.render.theme import SHORT_MONTHS, colours
from hsf_kpi.render.trajectory_labels import LINE_HEIGHT
from hsf_kpi.render.trend_spec import MONTH_ROOM, value_axis

HEIGHT = 260
"""Pixels between the ends of the value axis."""
END = 13.0
"""Where a year's outcome stands: a step after December."""
LAYERS = ("zero", "target", "earlier", "wait", "earlier_dot", "line", "diamond", "dot", "note", "end", "told")

_STEP = f"({MONTH_ROOM} * 13 / max(width, 1))"
_EVERY = f"({_STEP} <= 1 ? 1 : 3)"
_MONTH = f"{SHORT_MONTHS!r}[(datum.value - 1) % 12]"


def history_rows(figure: Figure) -> list[Row]:
    """x: 1–12 the month of submission, 13 the outcome. y in mnkr."""
    found = list(records(figure))
    values = [value for record in found if (value := number(record["value"])) is not None]
    values += [mark.low for mark in figure.marks if mark.low is not None]
    low, high = value_range([*values, 0.0], zero=True, air=0.06)
    this = figure.options.get("year", "")
    rows = [Row("corner", 0.5, low), Row("corner", END + 0.3, high), Row("zero", y=0.0)]
    rows += [Row("target", y=mark.low) for mark in figure.marks if mark.role is Role.TARGET_LOW]
    ends: list[Row] = []
    for year, group in groupby(found, key=lambda record: str(record["year"])):
        drawn = list(_year(list(group), year, year == this))
        rows += [row for row in drawn if row.layer != "end"]
        ends += [row for row in drawn if row.layer == "end"]
    rows += _this_labels([r for r in found if r["year"] == this and r["month"] != OUTCOME], rows, high - low)
    if any(record["month"] == OUTCOME for record in found):
        rows.append(Row("note", END, low, dy=31, text=OUTCOME, short=OUTCOME, align="center"))
    rows += _end_labels(figure, ends, low, high)
    return [*rows, *layers.unseen(rows, LAYERS, 1.0, 0.0)]


def _place(record: Record, year: str) -> float:
    """The month of submission; one made before the year stands at its beginning, after it at its end."""
    made = record["made"]
    if not isinstance(made, dt.date):
        return END
    return float(min(max((made.year - int(year)) * 12 + made.month, 0.5), END - 0.5))


def _year(group: list[Record], year: str, strong: bool) -> Iterator[Row]:
    forecasts = [record for record in group if record["month"] != OUTCOME]
    ended = next((record for record in group if record["month"] == OUTCOME), None)
    layer, dot = ("line", "dot") if strong else ("earlier", "earlier_dot")
    last: Row | None = None
    for record in forecasts:
        last = Row(layer, _place(record, year), number(record["value"]), segment=year)
        yield last
        if strong:
            yield Row("diamond", last.x, last.y, size=70)
        yield _told(record, last.x, f"prognos för {year} lämnad {record['made']}")
    if ended is not None:
        value = number(ended["value"])
        if last is not None:
            yield Row("wait", last.x, last.y, segment=year)
        yield Row("wait", END, value, segment=year)
        yield Row(dot, END, value, size=60)
        yield _told(ended, END, f"utfall {year}")
        tone = "data" if strong else "muted"
        words = str(ended["value_text"])
        yield Row("end", y=value, text=f"{year} {words}", short=year, tone=tone)
    elif last is not None and not strong:
        yield Row("end", y=last.y, text=f"{year}, utan utfall", short=year)


def _told(record: Record, x: float | None, what: str) -> Row:
    return Row("told", x, number(record["value"]), tip=f"{what}: {record['value_text']} mnkr", size=180)


def _this_labels(this: list[Record], rows: list[Row], span: float) -> Iterator[Row]:
    """This year's first and latest forecast, beside their diamonds and off the lines."""
    lines = ("line", "earlier", "wait")
    seen = [(row.x, row.y) for row in rows if row.layer in lines and row.x is not None and row.y is not None]
    levels = {row.y for row in rows if row.layer in ("target", "zero") and row.y is not None}
    seen += [(k / 4, level) for level in levels for k in range(52)]
    space = Space(seen, 0.5, END, span, HEIGHT)
    chosen = [this[0], this[-1]] if len(this) > 1 else this
    for k, record in enumerate(chosen):
        year = str(record["year"])
        x, y = _place(record, year), number(record["value"]) or 0.0
        month = str(record["month"]).partition(" ")[0]
        latest = k == len(chosen) - 1
        text = f"{year}: {month} {record['value_text']}" if latest else f"{month} {record['value_text']}"
        short = str(record["value_text"])
        beside = [("left", 11, 0)] if latest else []
        sides = (
            [*beside, ("left", -6, -15), ("left", -6, 16)]
            if x < 7
            else [*beside, ("right", 6, 16), ("right", 6, -15)]
        )
        yield from space.beside(x, y, text, short, sides, "data" if latest else "muted")


def _end_labels(figure: Figure, ends: list[Row], low: float, high: float) -> Iterator[Row]:
    names = list(ends)
    for mark in figure.marks:
        zero = mark.role is Role.BUDGET
        short = mark.label.partition(" ")[0]
        names.append(Row("end", y=mark.low, text=mark.label, short=short, tone="data" if zero else "plum"))
    scale = HEIGHT / (high - low)
    at = spread([((row.y or 0.0) - low) * scale for row in names], LINE_HEIGHT, 0, HEIGHT)
    for row, place in zip(names, at, strict=True):
        yield Row("end", y=low + place / scale, text=row.text, short=row.short, tone=row.tone, dx=10)


def history_chart(unit: UnitOfMeasure | None, dark: bool) -> alt.LayerChart:
    """The height is fixed, the width follows the container."""
    c = colours(dark)
    ticks, about = f"sequence({_EVERY}, 13, {_EVERY})", "Tidsaxel med månaden då prognosen lämnades"
    axis = layers.time_axis(ticks, _MONTH, about)
    x = alt.X("x:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=False))
    y = alt.Y("y:Q", title=None, axis=value_axis(unit), scale=alt.Scale(zero=False, nice=False))
    parts = [
        layers.corners(x, y),
        layers.level("zero", y, c.text, 1.5),
        layers.level("target", y, c.plum, 2, layers.DASH),
        layers.line("earlier", x, y, c.data2, 1.75),
        layers.line("wait", x, y, c.axis, 1, layers.DOTS),
        layers.dots("earlier_dot", x, y, c.grey),
        layers.line("line", x, y, c.data, 3),
        layers.diamonds("diamond", x, y, c),
        layers.dots("dot", x, y, c.data),
        *layers.words("note", x, y, c, halo=True),
        *layers.words("end", layers.EDGE, y, c),
        layers.told(x, y),
    ]
    chart = layers.stack(parts).add_params(layers.narrow())
    return chart.properties(
        width="container",
        height=HEIGHT,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 4, "top": 4, "right": 4, "bottom": 4},
    )
