"""The rows of a ranking: the name, the value, a dot with its interval; the median and the target as lines down.

As `bars`, everything stands at pixels from above that the rows know, one set for a wide and one for a narrow screen, where
names stand over the dots.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hsf_kpi.figures.compare.words import BETTER, NEITHER, WORSE
from hsf_kpi.figures.figure import Figure, Mark, Role
from hsf_kpi.figures.peers import NO_NAME, OTHER, OWN, UNNAMED
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render import layers
from hsf_kpi.render.bars import (
    GAP,
    LINE_HEIGHT,
    NAME_WIDTH,
    NARROW_GAP,
)
from hsf_kpi.render.frame import Row
from hsf_kpi.render.layout import value_range
from hsf_kpi.render.page import text_width, wrap
from hsf_kpi.render.points import Record, number
from hsf_kpi.render.theme import NAME_SIZE, SEMIBOLD
from hsf_kpi.render.ticks import tick_texts, ticks

STEP = 28
"""Pixels of a row on a wide screen, at the least."""
UNNAMED_STEP = 20
"""The same of a unit that has no name, on every screen."""
NARROW_DOT = 28
"""Pixels of a dot's line on a narrow screen; a name over it takes its own lines."""
NARROW_NAME = 300.0
"""Pixels of a line of a name on a narrow screen."""
TOP, BELOW = 26, 24
"""Pixels over the first row for the names of the lines, and under the last one for the numbers of the axis."""
DOT, OPEN, RING = 90.0, 64.0, 330.0
LAYERS = (
    "corner",
    "grid",
    "band",
    "median",
    "target",
    "interval",
    "open",
    "dot",
    "own_ring",
    "name",
    "number",
    "line_name",
    "tick",
    "told",
)
_TONES = {BETTER: "better", WORSE: "worse", NEITHER: "data"}


@dataclass(frozen=True, slots=True)
class _Place:
    """Pixels from above: the dot, and the middle of the first line of the name. lines: of the name."""

    dot: float
    name: float
    lines: tuple[str, ...]


def ranking_rows(figure: Figure) -> list[Row]:
    """x, x2: in the unit of measure; of words pixels left of the plot (wide, narrow). y, y2: pixels from above, wide and
    narrow; of lines down y to y2 on a wide screen, dx to dy on a narrow one.
    """
    found = list(records(figure))
    low, high = _range(figure, found)
    names = [_name(record) for record in found]
    wide, tall = _wide(names)
    narrow, narrow_tall = _narrow(names)
    numbers = max((text_width(str(r["value_text"]), NAME_SIZE, SEMIBOLD) for r in found), default=0.0)
    widest = max((text_width(line, NAME_SIZE, SEMIBOLD) for at in wide for line in at.lines), default=0.0)
    name_x, short_x = -(2 * GAP + numbers + widest), -(NARROW_GAP + numbers)
    rows = [Row("corner", low, 0.0), Row("corner", high, 0.0)]
    rows += _axis(figure, low, high, tall, narrow_tall)
    rows += _lines(figure, low, high, tall, narrow_tall)
    for record, name, at, small in zip(found, names, wide, narrow, strict=True):
        rows += _unit(record, name, at, small)
        up = (len(at.lines) - 1) / 2 * LINE_HEIGHT
        tone = "data" if record["whose"] == OWN else "muted" if record["whose"] == OTHER else "text"
        rows.append(
            Row(
                "name",
                name_x,
                at.dot,
                small.name,
                short_x,
                -up,
                text="\n".join(at.lines),
                short="\n".join(small.lines),
                tone=tone,
                goes=str(record["unit"]),
            )
        )
    return [*rows, *layers.unseen(rows, LAYERS, low, 0.0)]


def _range(figure: Figure, found: Sequence[Record]) -> tuple[float, float]:
    """Neither an interval nor a line is cut off."""
    values = [
        v for record in found for key in ("value", "low", "high") if (v := number(record[key])) is not None
    ]
    bounds = [bound for mark in figure.marks for bound in (mark.low, mark.high) if bound is not None]
    ceiling = 100.0 if figure.unit is UnitOfMeasure.PERCENT else None
    return value_range([*values, *bounds], zero=False, ceiling=ceiling)


def _name(record: Record) -> str:
    return "" if record["name"] == NO_NAME else str(record["name"])


def _wide(names: Sequence[str]) -> tuple[list[_Place], float]:
    """Each row's place, and where the last one ends. The name stands beside the dot."""
    places, below = [], float(TOP)
    for name in names:
        lines = tuple(wrap(name or NO_NAME, NAME_WIDTH, NAME_SIZE, SEMIBOLD))
        high = max(STEP, len(lines) * LINE_HEIGHT + 8) if name else UNNAMED_STEP
        places.append(_Place(below + high / 2, below + high / 2, lines))
        below += high
    return places, below


def _narrow(names: Sequence[str]) -> tuple[list[_Place], float]:
    """The name stands over the dot; a unit without one takes less."""
    places, below = [], float(TOP)
    for name in names:
        lines = tuple(wrap(name, NARROW_NAME, NAME_SIZE, SEMIBOLD)) if name else ()
        over, high = (len(lines) * LINE_HEIGHT + 4, NARROW_DOT) if lines else (0, UNNAMED_STEP)
        places.append(_Place(below + over + high / 2, below + 4 + LINE_HEIGHT / 2, lines))
        below += over + high
    return places, below


def _unit(record: Record, name: str, at: _Place, small: _Place) -> Iterator[Row]:
    """The number, the interval and the dot of a unit, and what a pointer is told."""
    value, text, goes = number(record["value"]) or 0.0, str(record["value_text"]), str(record["unit"])
    tone, y, y2 = _TONES.get(str(record["apart"]), "grey"), at.dot, small.dot
    tones = "muted" if record["whose"] == OTHER else "data"
    yield Row("number", -GAP, y, y2, -NARROW_GAP, text=text, short=text, tone=tones)
    low, high = number(record["low"]), number(record["high"])
    if low is not None and high is not None:
        yield Row("interval", low, y, y2, high, tone=tone)
    if record["whose"] == OTHER:
        yield Row("open", value, y, y2, size=OPEN, tone="grey")
    else:
        yield Row("dot", value, y, y2, size=DOT, tone=tone, goes=goes)
    if record["whose"] == OWN:
        yield Row("own_ring", value, y, y2, size=RING, tone="data")
    words = [f"plats {record['place']}: {name or UNNAMED}", text]
    if record["interval_text"]:
        words.append(f"95\N{NO-BREAK SPACE}%-intervall {record['interval_text']}")
    if record["apart_text"]:
        words.append(f"{str(record['apart_text']).partition(chr(0xA0))[2]} än medianen")
    yield Row("told", value, y, y2, tip=", ".join(words), size=300, goes=goes)


def _axis(figure: Figure, low: float, high: float, tall: float, narrow_tall: float) -> Iterator[Row]:
    found = ticks(low, high)
    for value, text in zip(found, tick_texts(found, figure.unit), strict=True):
        yield Row("grid", value, TOP - 4, tall, dx=TOP - 4, dy=narrow_tall)
        yield Row("tick", value, tall + 14, narrow_tall + 14, text=text, short=text, align="center")


def _lines(figure: Figure, low: float, high: float, tall: float, narrow_tall: float) -> Iterator[Row]:
    """The median and the target with their names above; the name of the left one ends at its line, that of the right one
    begins there, so that they never meet.
    """
    marks = [mark for mark in figure.marks if mark.low is not None and mark.high is not None]
    middle = [((mark.low or 0.0) + (mark.high or 0.0)) / 2 for mark in marks]
    for k, mark in enumerate(marks):
        assert mark.low is not None
        assert mark.high is not None
        kind = "median" if mark.role is Role.MEDIAN else "target"
        if mark.low != mark.high:
            yield Row("band", mark.low, TOP - 4, tall, mark.high, dx=TOP - 4, dy=narrow_tall)
        for bound in sorted({mark.low, mark.high}):
            yield Row(kind, bound, TOP - 4, tall, dx=TOP - 4, dy=narrow_tall)
        others = [m for i, m in enumerate(middle) if i != k]
        leftmost = middle[k] < others[0] if others else middle[k] > (low + high) / 2
        if others and middle[k] == others[0]:
            leftmost = k == 0
        yield _line_name(mark, leftmost, "muted" if kind == "median" else "plum")


def _line_name(mark: Mark, left: bool, tone: str) -> Row:
    at = mark.low if left else mark.high
    align, dx = ("right", -3) if left else ("left", 3)
    return Row("line_name", at, 10, 10, dx=dx, text=mark.label, short=mark.label, tone=tone, align=align)


def ranking_height(figure: Figure) -> int:
    """Pixels of the chart on a wide screen."""
    return round(_wide([_name(record) for record in records(figure)])[1]) + BELOW
