"""Names beside the points of a funnel, where there is room for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot

from hsf_kpi.render.page import text_width, wrap
from hsf_kpi.render.theme import NAME_SIZE, SEMIBOLD

LINE = 17.0
"""Pixels from one line of a name to the next."""
EDGE = 8.0
"""Half the extent of a point that a name should stay off."""
OTHERS = 20.0
"""A name that is nearer than this to another point with a name could be taken for that one's."""
Box = tuple[float, float, float, float]
"""(left, top, right, bottom) in pixels."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A point in pixels from the plot's left and top, and its name. away: pixels from its middle to the name. must: the name
    is shown even where it covers something.
    """

    x: float
    y: float
    name: str
    away: float
    must: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """`lines` of the name beside its point: align, and pixels from the point to the middle of the first line."""

    lines: tuple[str, ...]
    align: str
    dx: float
    dy: float


def place_names(
    wanted: Sequence[Wanted],
    points: Sequence[tuple[float, float]],
    size: tuple[float, float],
    line: float,
    *,
    lines: Sequence[tuple[float, float]] = (),
) -> list[Placed | None]:
    """A place for each name, in the order given; None where it would cover a point or another name. size: the plot's width
    and height. line: the width that a name breaks at. points: all of them, those with a name too. lines: points of curves
    that a name rather stays off.
    """
    taken: list[Box] = []
    answer: list[Placed | None] = [None] * len(wanted)
    sides = [list(_sides(one, line)) for one in wanted]
    free = [
        sum(not _covered(box, one, points, (), size) for _, box in found)
        for one, found in zip(wanted, sides, strict=True)
    ]
    # Those that must be named come first, so that the others give way to them; then those with the fewest places.
    for i in sorted(range(len(wanted)), key=lambda i: (not wanted[i].must, free[i])):
        tried = [
            (
                _covered(box, wanted[i], points, taken, size),
                _mistaken(box, wanted[i], wanted) + _touched(box, lines),
                k,
                placed,
                box,
            )
            for k, (placed, box) in enumerate(sides[i])
        ]
        covered, _, _, placed, box = min(tried, key=lambda one: one[:3])
        if covered == 0 or wanted[i].must:
            taken.append(box)
            answer[i] = placed
    return answer


def _sides(at: Wanted, line: float) -> Iterator[tuple[Placed, Box]]:
    """Right, left, above and below, and farther above and below, the best first."""
    lines = tuple(wrap(at.name, line, NAME_SIZE, SEMIBOLD))
    wide = max(text_width(text, NAME_SIZE, SEMIBOLD) for text in lines)
    tall = len(lines) * LINE
    up = (len(lines) - 1) * LINE
    yield _side(at, lines, "left", at.away, -up / 2, wide, tall)
    yield _side(at, lines, "right", -at.away, -up / 2, wide, tall)
    for farther in (0.0, LINE):
        for align, dx in (
            ("center", 0.0),
            ("left", -at.away),
            ("right", at.away),
            ("center", wide / 4),
            ("center", -wide / 4),
        ):
            yield _side(at, lines, align, dx, -at.away - LINE / 2 - up - farther, wide, tall)
            yield _side(at, lines, align, dx, at.away + LINE / 2 + farther, wide, tall)


def _side(
    at: Wanted, lines: tuple[str, ...], align: str, dx: float, dy: float, wide: float, tall: float
) -> tuple[Placed, Box]:
    start = {"left": 0.0, "center": -wide / 2, "right": -wide}[align]
    left, top = at.x + dx + start, at.y + dy - LINE / 2
    return Placed(lines, align, dx, dy), (left, top, left + wide, top + tall)


def _covered(
    box: Box,
    at: Wanted,
    points: Sequence[tuple[float, float]],
    taken: Sequence[Box],
    size: tuple[float, float],
) -> int:
    """How much is in the way: points, other names, and what is outside the plot."""
    width, height = size
    left, top, right, bottom = box
    hits = sum(
        left - EDGE < x < right + EDGE and top - EDGE / 2 < y < bottom + EDGE / 2
        for x, y in points
        if (x, y) != (at.x, at.y)
    )
    hits += 3 * sum(left < r and right > x and top < b and bottom > t for x, t, r, b in taken)
    return hits + 20 * ((left < 0) + (right > width) + (top < 0) + (bottom > height))


def _mistaken(box: Box, at: Wanted, wanted: Sequence[Wanted]) -> int:
    """How much the name could be taken for another's: as bad as a curve that it stands on from one end to the other."""
    left, top, right, bottom = box
    near = [
        other
        for other in wanted
        if (other.x, other.y) != (at.x, at.y)
        and hypot(max(left - other.x, 0.0, other.x - right), max(top - other.y, 0.0, other.y - bottom))
        < OTHERS
    ]
    return 10 * len(near)


def _touched(box: Box, lines: Sequence[tuple[float, float]]) -> int:
    left, top, right, bottom = box
    return sum(left < x < right and top < y < bottom for x, y in lines)
