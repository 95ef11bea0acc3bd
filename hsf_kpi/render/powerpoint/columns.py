"""How wide each column of a native table is: the rows as low as can be in the room there is. Sizes in points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from hsf_kpi.render.numeric import is_numbers
from hsf_kpi.render.powerpoint.text import width

SIDE = 5.0
"""Points left and right of a cell's text."""
SLACK = 1.0
"""Points that a text may be wider than it was measured."""
BROKEN = 1.06
"""Of a text's length: what is lost where its lines are broken, about."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of the figure that is shown."""

    key: str
    heading: str
    cells: tuple[str, ...]

    @property
    def is_numbers(self) -> bool:
        return is_numbers(self.cells)

    def longest(self, size: float) -> float:
        """Points that its longest text takes on one line, with what is around it."""
        return max(self.lengths(size)) + 2 * SIDE + SLACK

    def word(self, size: float) -> float:
        """The same of its longest word."""
        words = (word for text in (self.heading, *self.cells) for word in text.split(" "))
        return max(width(word, size, bold=True) for word in words) + 2 * SIDE + SLACK

    def enough(self, size: float, comfort: float) -> float:
        """What it can be read in: its longest word, and some words beside each other."""
        return min(self.longest(size), max(self.word(size), comfort))

    def lengths(self, size: float) -> list[float]:
        """Points of each text on one line, the heading first."""
        return [width(text, size, bold=True) for text in (self.heading, *self.cells)]


def column_widths(columns: Sequence[Shown], size: float, room: float) -> tuple[float, ...]:
    """Points for each column: what its texts need on one line, together never more than `room`. Where they need more, none
    is narrower than its longest word while that fits, and the rest is shared so that the rows are lowest.
    """
    wanted = [column.longest(size) for column in columns]
    if sum(wanted) <= room:
        return tuple(wanted)
    words = [column.word(size) for column in columns]
    if sum(words) > room:
        return _widest_first(wanted, [0.0] * len(words), room)
    lengths = [column.lengths(size) for column in columns]
    totals = [sum(each) for each in lengths]
    shared = [
        _widest_first(wanted, words, room),
        _by_need(wanted, words, [sqrt(total) for total in totals], room),
        _by_need(wanted, words, totals, room),
    ]
    return min(shared, key=lambda widths: _lines(lengths, widths))


def _widest_first(wanted: Sequence[float], least: Sequence[float], room: float) -> tuple[float, ...]:
    """No column is wider than some width, if it needs not be."""
    return _largest(
        lambda most: tuple(max(min(w, most), low) for w, low in zip(wanted, least, strict=True)),
        max(wanted),
        room,
    )


def _by_need(
    wanted: Sequence[float], least: Sequence[float], need: Sequence[float], room: float
) -> tuple[float, ...]:
    """Each column as much wider than its least as it has need."""
    whole = max((w - low) / each for w, low, each in zip(wanted, least, need, strict=True) if each)
    return _largest(
        lambda share: tuple(
            min(w, low + share * each) for w, low, each in zip(wanted, least, need, strict=True)
        ),
        whole,
        room,
    )


def _largest(widths: Callable[[float], tuple[float, ...]], most: float, room: float) -> tuple[float, ...]:
    """The widths for the largest value up to `most` for which they fit."""
    low, high = 0.0, most
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(widths(middle)) <= room else (low, middle)
    return widths(low)


def _lines(lengths: Sequence[Sequence[float]], widths: Sequence[float]) -> int:
    """How many lines the rows have together, about."""
    counts = (
        [
            ceil(length * BROKEN / (wide - 2 * SIDE)) if length > wide - 2 * SIDE - SLACK else 1
            for length in each
        ]
        for each, wide in zip(lengths, widths, strict=True)
    )
    return sum(max(row) for row in zip(*counts, strict=True))
