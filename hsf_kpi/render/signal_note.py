"""The sentence beside the latest signal of a curve, put where it covers the least."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.spc_words import SHAPE
from hsf_kpi.model.variation import Variation
from hsf_kpi.render.frame import Row
from hsf_kpi.render.page import text_width, wrap
from hsf_kpi.render.points import PLOT_HEIGHT, Record, number
from hsf_kpi.render.theme import NAME_SIZE, SEMIBOLD

WIDE, NARROW = 760.0, 220.0
"""Pixels of the plot that the words are placed for, on a wide page and on a phone."""
WIDE_LINE, NARROW_LINE = 330.0, 185.0
"""The longest line of words."""
LINE = 18
AIR = 13
"""Pixels between the words and a point."""
BESIDE = tuple(range(0, 145, 12))
"""How much farther up or down than next to their point the words may stand."""
POINT, RULE, FAR = 4.0, 0.4, 0.04
"""What it costs to cover a point or a line of the curve, a limit or target, and to stand a pixel farther away."""

TOO_MUCH = 2 * POINT
"""Words that would cover more than this on a phone give way to the first of them alone."""
ASIDE = (60.0, 30.0, AIR, 0.0)
"""How far to the left of their point the words may end."""

_TONE = {"better": "better", "worse": "worse_text", "neither": "data"}

Pixel = tuple[float, float, float]
"""(right, down, what it costs to cover it)"""


def signal_words(
    figure: Figure, points: list[Record], places: list[float], low: float, high: float
) -> Iterator[Row]:
    """«● Förbättring: 14 månader i rad under medel» beside the last point of special cause; none without one."""
    flagged = [i for i, p in enumerate(points) if p["signal_text"] and number(p["outcome"]) is not None]
    if not flagged:
        return
    at = flagged[-1]
    kind = str(points[at]["signal"])
    words = f"{SHAPE[Variation(kind)]} {_dated(points, at)}"
    for wide, plot, longest in ((True, WIDE, WIDE_LINE), (False, NARROW, NARROW_LINE)):
        seen, month = _seen(figure, points, places, plot, low, high)
        anchor = ((places[at] - places[0]) * month, _down(points[at]["outcome"], low, high))
        lines = _lines(words if wide else words.partition(", ")[0], longest)
        covered, dx, dy = _best(lines, anchor, seen, plot)
        if not wide and covered > TOO_MUCH:
            lines = [words.partition(":")[0]]
            _, dx, dy = _best(lines, anchor, seen, plot)
        for k, line in enumerate(lines):
            yield Row(
                "note",
                places[at],
                number(points[at]["outcome"]),
                dx=dx,
                dy=dy + k * LINE,
                text=line if wide else "",
                short="" if wide else line,
                tone=_TONE[kind],
            )


def _dated(points: list[Record], at: int) -> str:
    """The words as they are of the last point, else with the month that they are about: «Försämring aug 2022: utanför …»."""
    words = str(points[at]["signal_text"])
    last = max(i for i, p in enumerate(points) if number(p["outcome"]) is not None)
    return words if at == last else words.replace(":", f" {points[at]['period']}:", 1)


def _lines(words: str, longest: float) -> list[str]:
    """Broken at the comma where that is enough, else at any space."""
    first, comma, rest = words.partition(", ")
    parts = [f"{first},", rest] if comma else [words]
    if text_width(words, NAME_SIZE, SEMIBOLD) <= longest:
        return [words]
    if any(text_width(part, NAME_SIZE, SEMIBOLD) > longest for part in parts):
        return wrap(words, longest, NAME_SIZE, SEMIBOLD)
    return parts


def _seen(
    figure: Figure, points: list[Record], places: list[float], plot: float, low: float, high: float
) -> tuple[list[Pixel], float]:
    """(what the words should stay off, pixels of a month): the curve also between its months, limits, targets."""
    month = plot / max(places[-1] - places[0], 1)
    seen: list[Pixel] = []
    before: tuple[float, float] | None = None
    for point, place in zip(points, places, strict=True):
        right = (place - places[0]) * month
        value = number(point["outcome"])
        if value is None:
            seen.append((right, PLOT_HEIGHT - 9, POINT))
            before = None
        else:
            now = (right, _down(value, low, high))
            if before is not None:
                seen += _between(before, now)
            seen.append((*now, POINT))
            before = now
        lines = [number(point[key]) for key in ("mean", "limit_low", "limit_high")]
        lines += [bound for mark in figure.marks for bound in {mark.low, mark.high}]
        seen += [(right, _down(line, low, high), RULE) for line in lines if line is not None]
    return seen, month


def _between(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Pixel]:
    """The line from one point to the other, as close as words are high."""
    steps = max(2, math.ceil(math.dist(one, other) / LINE))
    for k in range(1, steps):
        part = k / steps
        yield one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part, POINT / 2


def _down(value: object, low: float, high: float) -> float:
    """Pixels from the top of the plot."""
    return (high - float(value)) / (high - low) * PLOT_HEIGHT if isinstance(value, int | float) else 0.0


def _best(
    lines: Sequence[str], anchor: tuple[float, float], seen: Sequence[Pixel], plot: float
) -> tuple[float, float, float]:
    """(how much of the curve is covered, dx, dy from the point to the left end and the middle of the first line) of the
    best place.
    """
    width = max(text_width(line, NAME_SIZE, SEMIBOLD) for line in lines)
    height = len(lines) * LINE
    x, y = anchor
    shifts = (*(-width - aside for aside in ASIDE), -width / 2, 0.0)
    starts = sorted({max(0.0, min(x + shift, plot - width)) for shift in shifts})
    tops = [y + AIR + far for far in BESIDE] + [y - AIR - height - far for far in BESIDE]
    inside = [top for top in tops if top >= 0 and top + height <= PLOT_HEIGHT]

    def covered(left: float, top: float) -> list[float]:
        return [
            price
            for right, down, price in seen
            if left - 4 <= right <= left + width + 4 and top - 3 <= down <= top + height + 3
        ]

    def away(left: float, top: float) -> float:
        return FAR * (abs(top + height / 2 - y) + abs(left + width / 2 - x))

    found = [(sum(covered(left, top)) + away(left, top), left, top) for left in starts for top in inside]
    _, left, top = min(found)
    return sum(cost for cost in covered(left, top) if cost > RULE), left - x, top + LINE / 2 - y
