"""Words in a chart of points, placed where they cover nothing: an unseen series whose points have the labels.

An office program moves no label aside and writes each right of its point, so the points stand where the words begin. Sizes
are those of a chart that fills a slide, roughly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hsf_kpi.render.funnel_names import Wanted, place_names
from hsf_kpi.render.layout import spread
from hsf_kpi.render.native.parts import PLOT_WIDTH, WORDS
from hsf_kpi.render.native.types import Ink, Look, NativeSeries, Symbol
from hsf_kpi.render.page import text_width
from hsf_kpi.render.theme import NAME_SIZE, SEMIBOLD

PLOT_HEIGHT = 270.0
LINE = 15.0
"""Points from one line of words to the next."""
AWAY = 9.0
"""Points from the middle of a dot to its words."""
INSET = 4.0
"""Points that the program itself keeps between a point and its label."""
BROAD = 1000.0
"""No name is broken: a label of several lines would be centred."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plot:
    """The ends of the axes."""

    low_x: float
    high_x: float
    low_y: float
    high_y: float

    def place(self, at: Point) -> Point:
        """Points from the plot's left and top."""
        x = (at[0] - self.low_x) / (self.high_x - self.low_x) * PLOT_WIDTH
        return x, (self.high_y - at[1]) / (self.high_y - self.low_y) * PLOT_HEIGHT

    def value(self, x: float, y: float) -> Point:
        """The other way round."""
        across = self.low_x + x / PLOT_WIDTH * (self.high_x - self.low_x)
        return across, self.high_y - y / PLOT_HEIGHT * (self.high_y - self.low_y)

    def inside(self, at: Point) -> Point:
        """The same, or the nearest on the edge: a point outside the axes is not drawn, nor are its words."""
        return min(max(at[0], self.low_x), self.high_x), min(max(at[1], self.low_y), self.high_y)


@dataclass(frozen=True, slots=True)
class Named:
    """A dot, or the right end of a line, with words in `ink`. must: a dot's words are written even where they cover
    something; others are left out there.
    """

    at: Point
    words: str
    ink: Ink = Ink.TEXT
    must: bool = True


def words_series(
    plot: Plot,
    named: Sequence[Named],
    dots: Sequence[Point],
    ends: Sequence[Named],
    lines: Sequence[Point] = (),
) -> NativeSeries:
    """dots: all of them. lines: places that words rather stay off."""
    found = [(plot.inside(at), one) for at, one in (*_ends(plot, ends), *_beside(plot, named, dots, lines))]
    return NativeSeries(
        WORDS,
        tuple(y for (_, y), _ in found),
        xs=tuple(x for (x, _), _ in found),
        ink=Ink.NONE,
        width=0,
        points={i: Look(one.ink, Symbol.NONE) for i, (_, one) in enumerate(found)},
        labels={i: one.words for i, (_, one) in enumerate(found)},
    )


def _ends(plot: Plot, ends: Sequence[Named]) -> Iterator[tuple[Point, Named]]:
    """The names moved apart, the order kept."""
    heights = [PLOT_HEIGHT - plot.place(one.at)[1] for one in ends]
    for one, up in zip(ends, spread(heights, LINE, 0.0, PLOT_HEIGHT), strict=True):
        yield plot.value(plot.place(one.at)[0], PLOT_HEIGHT - up), one


def _beside(
    plot: Plot, named: Sequence[Named], dots: Sequence[Point], lines: Sequence[Point]
) -> Iterator[tuple[Point, Named]]:
    wanted = [Wanted(*plot.place(one.at), one.words, AWAY, one.must) for one in named]
    placed = place_names(
        wanted,
        [plot.place(dot) for dot in dots],
        (PLOT_WIDTH, PLOT_HEIGHT),
        BROAD,
        lines=[plot.place(point) for point in lines],
    )
    for one, at, found in zip(named, wanted, placed, strict=True):
        if found is None:
            continue
        wide = text_width(one.words, NAME_SIZE, SEMIBOLD)
        start = {"left": 0.0, "center": wide / 2, "right": wide}[found.align]
        yield plot.value(at.x + found.dx - start - INSET, at.y + found.dy), one
