"""What native charts of bars and comparisons share: inks of a side, lines that values are held against, room for words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hsf_kpi.figures.compare.words import BETTER, NEITHER, WORSE
from hsf_kpi.figures.figure import Figure, Mark, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render.alt import readable
from hsf_kpi.render.layout import LINES, nice_step, value_range
from hsf_kpi.render.native.types import Dash, Ink, Symbol
from hsf_kpi.render.page import text_width
from hsf_kpi.render.points import Record, number

SIDE_INK: Mapping[str, Ink] = {BETTER: Ink.BETTER, WORSE: Ink.WORSE, NEITHER: Ink.DATA}
SIDE_SYMBOL: Mapping[str, Symbol] = {
    BETTER: Symbol.CIRCLE,
    WORSE: Symbol.SQUARE,
    NEITHER: Symbol.DIAMOND,
}
WORDS = "Etikett"
"""Name of a series that is seen by its labels alone."""
LABEL_SIZE = 12
"""Points of a label, as the office files write it, about."""
PLOT_WIDTH = 560.0
"""Points of the plot of a chart that is alone, about."""
AIR = 14.0
"""Points around a label."""
OWN_UNIT = "Egen verksamhet"
OWN_DOT = 14
"""Points across the own dot, larger than any other."""
_NAMES = {Role.MEDIAN: "Median", Role.MEAN: "Alla"}
_TARGET = "Mål"


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that the others are held against. name: of its series. group: of its mark, whose label the last bound has."""

    name: str
    group: str
    label: str
    at: float
    ink: Ink
    dash: Dash


def valued(figure: Figure, *keys: str) -> list[Record]:
    """The rows that have a number in each of these columns: a unit without a value is no dot at zero."""
    return [record for record in records(figure) if all(number(record[key]) is not None for key in keys)]


def references(figure: Figure) -> Iterator[Reference]:
    """Median, mean and target; a target with two bounds gives two, «Mål, lägst» and «Mål, högst»."""
    for mark in figure.marks:
        if mark.role is Role.TEXT or mark.low is None or mark.high is None:
            continue
        yield from _bounds(mark, mark.low, mark.high)


def _bounds(mark: Mark, low: float, high: float) -> Iterator[Reference]:
    name = _NAMES.get(mark.role, _TARGET)
    ink, dash = (Ink.TEXT, Dash.SOLID) if mark.role in _NAMES else (Ink.DECIDED, Dash.DASH)
    label = readable(mark.label)
    if low == high:
        yield Reference(name, name, label, low, ink, dash)
        return
    yield Reference(f"{name}, lägst", name, "", low, ink, dash)
    yield Reference(f"{name}, högst", name, label, high, ink, dash)


def value_ends(
    figure: Figure, values: Iterable[float], *, zero: bool, air: float = 0.0
) -> tuple[float, float]:
    """The ends of the value axis around `values` and the figure's marks, as on the screen."""
    bounds = [bound for mark in figure.marks for bound in (mark.low, mark.high) if bound is not None]
    ceiling = 100.0 if figure.unit is UnitOfMeasure.PERCENT else None
    return value_range([*values, *bounds], zero=zero, ceiling=ceiling, air=air)


def room(labels: Iterable[str], span: float, *, width: float = PLOT_WIDTH) -> float:
    """What an axis of `span` must be longer by for the labels to stand beyond its end; `width`: points of the plot."""
    widest = max((text_width(label, LABEL_SIZE) for label in labels), default=0.0)
    share = min((widest + AIR) / width, 0.5) if widest else 0.0
    return span * share / (1 - share)


def on_step(low: float, span: float) -> float:
    """`low` moved out to a whole step of an axis: an office program counts its lines from the axis' low end."""
    step = nice_step(span / LINES)
    return math.floor(low / step + 1e-9) * step


def until(form: str, last: float) -> str:
    """The number format with nothing written above `last`, where the axis goes on for the sake of a label."""
    return f'[<={last:.10g}]{form};""'
