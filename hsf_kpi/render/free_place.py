"""Words beside a point of a curve, on the side where they cover the least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hsf_kpi.render.frame import Row
from hsf_kpi.render.page import text_width
from hsf_kpi.render.theme import NAME_SIZE, SEMIBOLD

WIDE_MONTH, NARROW_MONTH = 62.0, 20.0
"""Pixels of a month on a wide page and on a phone, about."""
PAST_THE_END = 20
"""Words past an end of the plot are as bad as so many points covered."""
NEAR = 11
"""Pixels from the middle of a line of words to what it covers."""
ON_A_MARK = 10
"""Words on a diamond or a dot are as bad as so many points of a line covered."""
MARK, HALF_LINE = 7, 5
"""Pixels from the middle of a mark to its edge, and from the middle of a line of words to its own."""

Side = tuple[str, int, int]
"""(align, dx, dy)"""
Box = tuple[float, float, float]
"""(left, right, middle) of a line of words, in pixels from the beginning of time and down from zero."""


@dataclass(frozen=True)
class Space:
    """A plot: the points that words should stay off, its ends in time, and the length of its value axis.

    pixels: of the value axis. marks: diamonds and dots, which have an extent of their own. beyond: pixels that words may
    reach past the end of the plot on a phone. floor: the value at the foot of the plot, which words do not go below.
    """

    seen: Sequence[tuple[float, float]]
    start: float
    end: float
    span: float
    pixels: float
    marks: Sequence[tuple[float, float]] = ()
    beyond: float = 0.0
    floor: float | None = None
    _taken: dict[float, list[Box]] = field(default_factory=dict)

    def best(
        self, x: float, y: float, words: str, month: float, sides: Sequence[Side], *, must: bool = True
    ) -> Side | None:
        """The first of the sides of (x, y) where the words cover the fewest points; they are in the way of the next words.
        None where words that need not be there would cover a mark or other words. month: pixels of a month.
        """
        tried = [(self._cost(self._box(x, y, words, month, side), (x, y), month), side) for side in sides]
        cost, side = min(tried, key=lambda one: one[0])
        if not must and cost >= ON_A_MARK:
            return None
        self._taken.setdefault(month, []).append(self._box(x, y, words, month, side))
        return side

    def _box(self, x: float, y: float, words: str, month: float, side: Side) -> Box:
        align, dx, dy = side
        width = text_width(words, NAME_SIZE, SEMIBOLD)
        left = x * month + (dx - width if align == "right" else dx)
        return left, left + width, dy - self._up(y)

    def _up(self, y: float) -> float:
        """Pixels up from zero."""
        return y / self.span * self.pixels

    def _cost(self, box: Box, at: tuple[float, float], month: float) -> int:
        left, right, middle = box
        beyond = self.beyond if month == NARROW_MONTH else 0.0
        hits = PAST_THE_END * ((right - beyond > self.end * month) + (left < (self.start - 0.5) * month))
        if self.floor is not None:
            hits += PAST_THE_END * (middle + HALF_LINE > -self._up(self.floor))
        for one in self.seen:
            across, down = one[0] * month, -self._up(one[1])
            hits += one != at and left - 2 <= across <= right + 2 and abs(down - middle) < NEAR
        for one in self.marks:
            across, down = one[0] * month, -self._up(one[1])
            reached = left - MARK < across < right + MARK and abs(down - middle) < MARK + HALF_LINE
            hits += ON_A_MARK * (one != at and reached)
        for before, after, other in self._taken.get(month, ()):
            hits += ON_A_MARK * (left < after and right > before and abs(other - middle) < 2 * HALF_LINE + 2)
        return hits

    def beside(
        self,
        x: float,
        y: float,
        text: str,
        short: str,
        sides: Sequence[Side],
        tone: str = "muted",
        *,
        must: bool = True,
    ) -> Iterator[Row]:
        """The words at (x, y) for a wide and for a narrow screen, each on its own best side."""
        if (side := self.best(x, y, text, WIDE_MONTH, sides, must=must)) is not None:
            align, dx, dy = side
            yield Row("note", x, y, dx=dx, dy=dy, text=text, tone=tone, align=align)
        if (side := self.best(x, y, short, NARROW_MONTH, sides, must=must)) is not None:
            align, dx, dy = side
            yield Row("note", x, y, dx=dx, dy=dy, short=short, tone=tone, align=align)
