"""A figure's picture as an office program can draw it itself: categories, series and axes, whatever the program is.

PowerPoint and Excel draw the same chart from it. A new kind of figure is one function that makes these, and both have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Number = float | int | None
"""None is a gap: never joined, never zero."""
UNWRITTEN = ";;;"
"""The number format of an axis that has neither numbers nor lines: words in the chart say more."""


class Shape(StrEnum):
    LINE = "line"
    """Lines over categories; a series with `width` 0 is points alone."""
    BAR = "bar"
    """Lying bars, the first category at the top. `NativeChart.stacked` puts the series after each other."""
    SCATTER = "scatter"
    """Points and lines over a value axis; every series has `xs`."""


class Ink(StrEnum):
    """What a colour means; each medium has the colour (`render.theme`) in its own theme."""

    DATA = "data"
    DATA2 = "data2"
    GREY = "grey"
    AXIS = "axis"
    BAND = "band"
    """The pale field between limits, or of a fan."""
    BETTER = "better"
    WORSE = "worse"
    DECIDED = "decided"
    TEXT = "text"
    NONE = "none"
    """Invisible: the foot that a bar of a bridge stands on."""


class Dash(StrEnum):
    SOLID = "solid"
    DASH = "dash"
    """What somebody has decided: target, −800."""
    SHORT = "short"
    """Limits."""
    DOT = "dot"
    """Forecast."""


class Symbol(StrEnum):
    NONE = "none"
    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    RING = "ring"
    """A circle without filling."""
    HOLLOW_DIAMOND = "hollow_diamond"
    BAR = "bar"
    """A short upright stroke: a value on a lying axis (target, median)."""


@dataclass(frozen=True, slots=True)
class Look:
    """How one point differs from its series."""

    ink: Ink
    symbol: Symbol | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class NativeSeries:
    """name: as in the workbook's heading, in Swedish, never empty and not twice in a chart. values: one for each category
    (of a scatter: each of `xs`), unrounded and in the figure's unit. width: of the line in points, 0 for none. points:
    index → how that point differs. labels: index → words written at that point; the direct labels that stand instead of a
    legend. under: the indices of words that stand under their point in a chart of lines, not over it. bounds: (low, high)
    around each value, drawn as an error bar; () for none. quiet: named nowhere in the picture, only in the workbook.
    """

    name: str
    values: tuple[Number, ...]
    xs: tuple[Number, ...] = ()
    ink: Ink = Ink.DATA
    width: float = 2.25
    dash: Dash = Dash.SOLID
    symbol: Symbol = Symbol.NONE
    size: int = 5
    points: Mapping[int, Look] = field(default_factory=dict)
    labels: Mapping[int, str] = field(default_factory=dict)
    under: frozenset[int] = frozenset()
    bounds: tuple[tuple[Number, Number], ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class NativeAxis:
    """low, high: ends of the axis, None where the program may choose. format: as a spreadsheet writes it («#,##0.0»); the
    reader's own program puts in its separators. title: "" for none (the unit stands in the caption). years: of an axis of
    time, the years between its lines, which lying bars have although words stand at them; 0 for another axis. cells: the
    format of the numbers in the workbook, where it is another than the axis'.
    """

    format: str = "General"
    low: float | None = None
    high: float | None = None
    title: str = ""
    years: int = 0
    cells: str = ""

    @property
    def is_written(self) -> bool:
        return self.format != UNWRITTEN

    @property
    def cell_format(self) -> str:
        return self.cells or self.format


@dataclass(frozen=True, slots=True)
class NativeChart:
    """One chart. title: of one among several small ones, else "". categories: () for a scatter. every: a category is named
    at each so many. value: the axis of the values; across: of `xs`. gap: between bars, per cent of a bar's breadth.
    alt: the text alternative; the medium uses the figure's own for a chart that is alone. whole: one of several that is no
    small one: on a slide of its own, and as broad as one that is alone.
    """

    shape: Shape
    series: tuple[NativeSeries, ...]
    categories: tuple[str, ...] = ()
    title: str = ""
    value: NativeAxis = NativeAxis()
    across: NativeAxis = NativeAxis()
    stacked: bool = False
    every: int = 1
    gap: int = 80
    alt: str = ""
    whole: bool = False
