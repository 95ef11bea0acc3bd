"""Where each name stands in a chart of lines: at its line's end where it has room there, else where it covers the least.

An office program moves no label aside, so that two lines that end together would have one name over the other. Words at the
last category stand right of it, those at any other over or under their point; sizes are those of a whole slide, roughly.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from hsf_kpi.render.native.types import NativeSeries, Number

WHOLE, SMALL = (640.0, 290.0), (200.0, 90.0)
"""Points between the ends of the axes, along and up: of a chart that is alone, of one among small ones."""
LETTER, LINE = 6.0, 15.0
"""Points that a letter is wide and a line of words high."""
OVER, BESIDE = 5.0, 6.0
"""Points between a value and the words over or under it, and right of it."""
NAME, NEAR, POINT, OUTSIDE, FAR, UNDER = 50.0, 3.0, 1.0, 20.0, 0.02, 0.5
"""What it costs to cover another name wholly, to stand where another line is as near, to cover a point of a line, to reach
past the plot, to stand a category farther away, and to stand under the point.
"""
BETWEEN = 4
"""Places looked at on the way from one value to the next."""
TOUCHED = 0.1
"""Words that share more with others are left out where they may be."""
TRIED = 12
"""Categories tried for a name, of those where it may stand."""


@dataclass(frozen=True, slots=True)
class Name:
    """at: categories where the words may stand, the best first. text: at the first of them. elsewhere: at the others, ""
    where the same does. needed: written also where it covers another name, rather than left out.
    """

    at: tuple[int, ...]
    text: str
    elsewhere: str = ""
    needed: bool = True


Drawn = tuple[NativeSeries, tuple[Name, ...]]
"""A series and the words that it wants, the most important first."""


def named(
    drawn: Sequence[Drawn], low: float, high: float, size: tuple[float, float] = WHOLE
) -> tuple[NativeSeries, ...]:
    """The series with their words as labels, besides those that they have. low < high: ends of the value axis."""
    count = max((len(series.values) for series, _ in drawn), default=0)
    plot = _Plot(count, low, high, *size)
    for series, _ in drawn:
        if not series.quiet:
            plot.draw(series)
        plot.taken += [
            plot.box(i, series.values[i], text, under=i in series.under) for i, text in series.labels.items()
        ]
    return tuple(_written(plot, series, names) for series, names in drawn)


def _written(plot: _Plot, series: NativeSeries, names: Sequence[Name]) -> NativeSeries:
    """The series with the words, each at the cheapest of its places."""
    labels, under = dict(series.labels), set(series.under)
    for name in names:
        free = [i for i in name.at if i not in labels and series.values[i] is not None]
        found: list[_Place] = []
        for at in _thinned(free):
            text = name.text if at == name.at[0] else name.elsewhere or name.text
            found += [
                _placed(plot, at, series.values[at], text, away=abs(at - name.at[0]), under=side)
                for side in ((False,) if at == plot.count - 1 else (False, True))
            ]
            if any(not place.cost for place in found):
                break
        if not found:
            continue
        best = min(found, key=lambda place: place.cost)
        if name.needed or best.covered < TOUCHED:
            labels[best.at] = best.text
            plot.taken.append(best.box)
            under |= {best.at} if best.under else set()
    return replace(series, labels=labels, under=frozenset(under))


def _placed(plot: _Plot, at: int, value: Number, text: str, *, away: int, under: bool) -> _Place:
    """away: categories from where the words rather stood."""
    box = plot.box(at, value, text, under=under)
    covered = plot.covered(box)
    cost = NAME * covered + FAR * away + UNDER * under + plot.cost(box, at, value)
    return _Place(cost, covered, at, text, box, under)


def _thinned(places: Sequence[int]) -> Sequence[int]:
    return places[:: max(1, -(-len(places) // TRIED))]


@dataclass(frozen=True, slots=True)
class _Box:
    """Points from the left and the lower end of the axes."""

    left: float
    right: float
    low: float
    high: float

    def shared(self, other: _Box) -> float:
        """Of the smaller of the two, the part that both cover."""
        across = min(self.right, other.right) - max(self.left, other.left)
        up = min(self.high, other.high) - max(self.low, other.low)
        return across * up / min(self.area, other.area) if across > 0 and up > 0 else 0.0

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.high - self.low)


@dataclass(frozen=True, slots=True)
class _Place:
    """Words at a value, and what they cost there. covered: see `_Plot.covered`."""

    cost: float
    covered: float
    at: int
    text: str
    box: _Box
    under: bool


@dataclass(slots=True)
class _Plot:
    """heights: at each place along, BETWEEN to a category, how high the lines are there. taken: the words so far."""

    count: int
    low: float
    high: float
    width: float
    height: float
    heights: list[list[float]] = field(default_factory=list)
    taken: list[_Box] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.heights = [[] for _ in range(self.count * BETWEEN)]

    def up(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low) * self.height

    def draw(self, series: NativeSeries) -> None:
        """The values, and places between those that a line joins."""
        before = None
        for i, value in enumerate(series.values):
            if value is not None:
                if before is not None and series.width:
                    for k in range(1, BETWEEN):
                        between = before + (value - before) * k / BETWEEN
                        self.heights[(i - 1) * BETWEEN + k].append(self.up(between))
                self.heights[i * BETWEEN].append(self.up(value))
            before = value

    def box(self, at: int, value: Number, text: str, *, under: bool) -> _Box:
        """The words at a value of the category."""
        x, y = (at + 0.5) / self.count * self.width, self.up(value or 0.0)
        lines = text.split("\n")
        width, height = LETTER * max(map(len, lines)), LINE * len(lines)
        if at == self.count - 1:
            return _Box(x + BESIDE, x + BESIDE + width, y - height / 2, y + height / 2)
        low = y - OVER - height if under else y + OVER
        return _Box(x - width / 2, x + width / 2, low, low + height)

    def covered(self, box: _Box) -> float:
        """How much of it the words that are there already share, 1 for all of it."""
        return sum(box.shared(other) for other in self.taken)

    def cost(self, box: _Box, at: int, value: Number) -> float:
        """What the words of a value would cover of the lines; those at the last category stand right of them."""
        if at == self.count - 1:
            return 0.0
        own = self.up(value or 0.0)
        cost = NEAR * (sum(abs(y - own) < LINE for y in self.heights[at * BETWEEN]) - 1)
        out = (
            box.left < 0,
            box.right > self.width + LETTER,
            box.high > self.height + LINE,
            box.low < 0,
        )
        return cost + OUTSIDE * sum(out) + POINT * sum(box.low <= y <= box.high for y in self._along(box))

    def _along(self, box: _Box) -> Iterator[float]:
        step = self.width / self.count / BETWEEN
        first = math.ceil(box.left / step - BETWEEN / 2)
        last = math.floor(box.right / step - BETWEEN / 2)
        for place in range(max(first, 0), min(last + 1, len(self.heights))):
            yield from self.heights[place]
