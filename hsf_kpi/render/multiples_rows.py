"""Small pictures in rows and columns, one scale for all of them: a line each, its name above and its latest value.

One picture is drawn in another place on a narrow screen, where there are fewer columns; every row holds its place inside
its own picture (0–1), and the chart makes pixels of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hsf_kpi.figures.compare.multiples import LEVELS
from hsf_kpi.figures.economy.multiples import MOST
from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render.frame import UNSEEN, Row
from hsf_kpi.render.layout import value_range
from hsf_kpi.render.page import wrap
from hsf_kpi.render.points import Record, curve, number
from hsf_kpi.render.theme import NAME_SIZE, SEMIBOLD
from hsf_kpi.render.ticks import tick_text
from hsf_kpi.swedish.numbers import SPACE

BESIDE = 34
"""Pixels left of a picture's plot: the scale."""
NAME_WIDTH, NARROW_NAME, NAME_LINE, NAME_ABOVE = 176, 126, 17, 16
"""Pixels of a line of a name: what a picture has in a container of 560, and on a screen of 320."""
FOOT = 0.12
"""Where words stand that are at the foot of a plot, as a share of its height."""
BELOW_NUMBER = 4.0
"""Pixels that words at the top of a plot stand farther down on a phone."""
UNDER = 0.16
"""From a goal's line to words under it, as a share of a plot's height."""
APART = 0.25
"""Numbers of the scale that are nearer each other, as a share of its height, leave the outer one out."""
LAYERS = (
    "grid",
    "zero",
    "target",
    "line",
    "strong",
    "own",
    "dot",
    "dot_strong",
    "dot_own",
    "name",
    "tick",
    "month",
    "value",
    "told",
)


def most(figure: Figure) -> int:
    """Pictures drawn; the rows after them are in the table."""
    return int(figure.options.get("drawn", MOST))


def multiples_rows(figure: Figure) -> list[Row]:
    """`size`: which picture, from 0. x and y: 0–1 inside its plot."""
    drawn = list(records(figure))[: most(figure)]
    levels = figure.options.get("scale") == LEVELS
    keys = [column.key.removesuffix("_value") for column in figure.columns if column.role is Role.OUTCOME]
    titles = {column.key: column.title for column in figure.columns}
    goals = [mark.low for mark in figure.marks if mark.low is not None]
    found = [
        value for record in drawn for key in keys if (value := number(record[f"{key}_value"])) is not None
    ]
    low, high = _range(figure, [*found, *goals], levels)
    rows: list[Row] = []
    for k, record in enumerate(drawn):
        strong = "" if not record["finding"] else "own" if levels else "strong"
        rows += _frame(k, low, high, goals, figure.unit if levels else None)
        rows += _name(k, str(record["name"]))
        rows += _months(k, [titles[f"{key}_text"] for key in keys])
        line = list(_line(k, record, keys, titles, low, high, strong, joined=curve(figure)))
        rows += (
            [_inside(row, [(goal - low) / (high - low) for goal in goals]) for row in line]
            if levels
            else line
        )
    there = {row.layer for row in rows}
    return [*rows, *(Row(name, 0, 0, 0, 0, tone=UNSEEN) for name in LAYERS if name not in there)]


def _range(figure: Figure, values: list[float], levels: bool) -> tuple[float, float]:
    """The one scale of all pictures: with zero for changes, around the values for levels."""
    if not levels:
        return value_range([0.0, *values], zero=True)
    ceiling = 100.0 if figure.unit is UnitOfMeasure.PERCENT else None
    return value_range(values, zero=False, ceiling=ceiling)


def _frame(k: int, low: float, high: float, goals: list[float], unit: UnitOfMeasure | None) -> Iterator[Row]:
    """Grid lines at the ends of the scale and at zero, with their numbers."""
    zero = (0 - low) / (high - low)
    there = 0 <= zero <= 1
    for value in sorted({low, high} | ({0.0} if there else set())):
        place = (value - low) / (high - low)
        yield Row("zero" if value == 0 else "grid", 0, place, x2=1, size=k)
        if value == 0 or not there or abs(place - zero) >= APART:
            text = tick_text(value, unit).replace(SPACE + "min", "")
            short = text.removesuffix(f"{SPACE}%")
            yield Row(
                "tick", 0, place, 0.0, size=k, text=text, short=short, tone="muted", align="right", dx=-6
            )
    for goal in goals:
        yield Row("target", 0, (goal - low) / (high - low), x2=1, size=k)


def _name(k: int, name: str) -> Iterator[Row]:
    """On one line where there is room, else on two; the chart ends one that is still too long with «…»."""
    wide, narrow = (_two_lines(name, width) for width in (NAME_WIDTH, NARROW_NAME))
    up, short_up = (-NAME_ABOVE - NAME_LINE * (len(lines) - 1) for lines in (wide, narrow))
    yield Row(
        "name",
        0,
        1,
        short_up,
        size=k,
        text="\n".join(wide),
        short="\n".join(narrow),
        tone="data",
        dy=up,
        dx=-BESIDE,
    )


def _two_lines(name: str, width: float) -> list[str]:
    first, *rest = wrap(name, width, NAME_SIZE, SEMIBOLD)
    return [first, " ".join(rest)] if rest else [first]


def _months(k: int, names: list[str]) -> Iterator[Row]:
    """The first and the last month under the plot; on a narrow screen their years alone, where they are told."""
    for at, align, name in [(0, "left", names[:1]), (1, "right", names[1:][-1:])]:
        for text in name:
            year = text.rpartition(" ")[2] if " " in text else ""
            yield Row("month", at, 0, 12, size=k, text=text, short=year, align=align, dy=12)


def _inside(row: Row, goals: list[float]) -> Row:
    """A level's words stay inside their picture: those of an earlier month and of none at the foot, or at the top where the
    line ends low, under a goal that is there.
    """
    if row.layer != "value" or row.x == 1:
        return row
    if row.align == "center":
        return replace(row, y=FOOT)
    at_foot = (row.y or 0.0) > 0.5
    top = min([1 - FOOT, *(goal - UNDER for goal in goals if abs(goal - (1 - FOOT)) < UNDER)])
    # On a phone: of two lines the second stands at the foot, and what is long at the top stands below the scale's number.
    up = (-NAME_LINE if "\n" in row.short else 0.0) if at_foot else BELOW_NUMBER
    return replace(row, x=1, y=FOOT if at_foot else top, y2=up, align="right", dx=0)


def _line(
    k: int,
    record: Record,
    keys: list[str],
    titles: dict[str, str],
    low: float,
    high: float,
    strong: str,
    *,
    joined: bool,
) -> Iterator[Row]:
    """The line, broken where a month is missing, a dot at a month that stands alone and at the latest, and its value. Values
    that are not joined (years) are dots alone.
    """
    tone = "orange" if strong == "strong" else "data"
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
        run += i != last + 1 or not joined
        last = i
        yield Row(strong or "line", i / step, place, size=k, segment=f"{k}-{run}")
        alone = (at == 0 or points[at - 1][0] != i - 1) and (
            at + 1 == len(points) or points[at + 1][0] != i + 1
        )
        if alone or not joined or at + 1 == len(points):
            yield Row(f"dot_{strong}" if strong else "dot", i / step, place, size=k)
    if not points:
        yield Row("value", 0.5, 0.5, size=k, text="ingen uppgift", tone="muted", align="center")
        return
    i, place = points[-1]
    month = "" if i == len(keys) - 1 else titles[f"{keys[i]}_text"]
    text = str(record[f"{keys[i]}_text"])
    name, _, year = month.partition(" ")
    # A phone has room for the month alone on the same line, which suffices for one of the year that the line ends in.
    ends = titles[f"{keys[-1]}_text"].rpartition(" ")[2]
    brief = f"{text} {name}" if year in ("", ends) else f"{text}\n{month}"
    both = (f"{text} {month}", brief) if month else (text, "")
    yield Row("value", i / step, place, 0.0, size=k, text=both[0], short=both[1], tone=tone, dx=8)
