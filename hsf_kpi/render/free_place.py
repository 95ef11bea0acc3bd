"""Words beside a point of a curve, on the side where they cover the least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hsf_kpi.render.frame import Row
from hsf_kpi.render.page import text_width
from hsf_kpi.render.theme import NAME_SIZE, SEMIBOLD

WIDE_MONTH, NARROW_MONTH = 62.0, 20.0
"""Pixels of a month on a wide page and on a phone, about."""
PAST_THE_END = 20
"""Words past an end of the plot are as bad as so many points covered."""
NEAR = 11
"""Pixels from the middle of a line of words to what it covers."""

Side = tuple[str, int, int]
"""(align, dx, dy)"""


@dataclass(frozen=True)
class Space:
    """A plot: the points that words should stay off, its ends in time, and the length of its value axis.

    pixels: of the value axis.
    """

    seen: Sequence[tuple[float, float]]
    start: float
    end: float
    span: float
    pixels: float

    def best(self, x: float, y: float, words: str, month: float, sides: Sequence[Side]) -> Side:
        """The first of the sides of (x, y) where the words cover the fewest points. month: pixels of a month."""
        width = text_width(words, NAME_SIZE, SEMIBOLD)

        def covered(side: Side) -> int:
            align, dx, dy = side
            left = dx - width if align == "right" else dx
            right = left + width
            hits = PAST_THE_END * ((x + right / month > self.end) + (x + left / month < self.start - 0.5))
            for px, py in self.seen:
                across, down = (px - x) * month, (y - py) / self.span * self.pixels
                hits += (px, py) != (x, y) and left - 2 <= across <= right + 2 and abs(down - dy) < NEAR
            return hits

        return min(sides, key=covered)

    def beside(
        self, x: float, y: float, text: str, short: str, sides: Sequence[Side], tone: str = "muted"
    ) -> Iterator[Row]:
        """The words at (x, y) for a wide and for a narrow screen, each on its own best side."""
        align, dx, dy = self.best(x, y, text, WIDE_MONTH, sides)
        yield Row("note", x, y, dx=dx, dy=dy, text=text, tone=tone, align=align)
        align, dx, dy = self.best(x, y, short, NARROW_MONTH, sides)
        yield Row("note", x, y, dx=dx, dy=dy, short=short, tone=tone, align=align)
