"""A figure's table as the report sets it: how wide its columns are, how small its type, and on which way of the paper.

Nothing is cut: what is too wide for the page stands on a page laid on its side, and what is too wide for that in several
tables under each other, each with its row names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import ceil

from hsf_kpi.figures.economy.cells import SUM_END
from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.render.numeric import is_numbers
from hsf_kpi.render.page import text_width
from hsf_kpi.render.pdf.signs import Signs, breakable
from hsf_kpi.render.picture_table import GAP, SHAPE_COLOUR, column_widths
from hsf_kpi.render.table import shown_columns, text_columns
from hsf_kpi.render.theme import NOTE_SIZE, SEMIBOLD

UPRIGHT, ON_ITS_SIDE = 481.9, 728.5
"""Points between the margins of an A4 page."""
SIZES = (8.5, 7.5)
"""Points of a table's type, the larger where it fits."""
LONGEST = 230.0
"""Pixels: a longer word is broken by hyphens, not given a wider column."""
TOO_TALL = 620.0
"""Points: an upright table that is taller is laid on its side, where its texts need much fewer lines."""
LINE = 1.3
MANY_LINES = 3
"""Lines of a row on average: with more, an upright table is too narrow to read."""
SLACK = 1.5
"""Pixels on each side that a text may be wider than it was measured."""


@dataclass(frozen=True)
class Column:
    """One column's texts. right: numbers, digits under digits. strong: it names the rows."""

    heading: str
    texts: tuple[str, ...]
    right: bool
    strong: bool

    @cached_property
    def floor(self) -> float:
        """Pixels that its longest word needs, with the gap."""
        words = (word for text in (self.heading, *self.texts) for word in re.split(r"[ \u200b\n]", text))
        return min(max(_width(word) for word in words), LONGEST) + GAP


@dataclass(frozen=True)
class Grid:
    """A table as it is set. size: points. sideways: on a page that is laid on its side.

    pieces: the columns of each table; more than one where they can't stand beside each other.
    """

    pieces: tuple[tuple[Column, ...], ...]
    size: float
    sideways: bool

    def told(self) -> list[dict[str, object]]:
        """What the template is given of each table: widths in points, headings, rows of cells, which stand to the right."""
        return [self._piece(*piece) for piece in zip(self.pieces, self.widths, strict=True)]

    @cached_property
    def lines(self) -> list[int]:
        """How many lines of type each row needs, over all pieces."""
        pieces = zip(self.pieces, self.widths, strict=True)
        return [count for columns, widths in pieces for count in self._lines(columns, widths)]

    @property
    def height(self) -> float:
        """Points, about: the rows without the headings."""
        return sum(count * LINE * self.size + self.size for count in self.lines)

    @cached_property
    def widths(self) -> list[list[float]]:
        """Of each table's columns, in pixels of the measuring size."""
        room = _room(self.size, self.sideways)
        return [column_widths([c.heading for c in columns], _rows(columns), room) for columns in self.pieces]

    def _lines(self, columns: tuple[Column, ...], widths: list[float]) -> Iterator[int]:
        for row in _rows(columns):
            needed = (_width(text) / (width - GAP) for text, width in zip(row, widths, strict=True))
            yield max(1, ceil(max(needed)))

    def _piece(self, columns: tuple[Column, ...], widths: list[float]) -> dict[str, object]:
        return {
            "size": self.size,
            "inset": round((GAP / 2 - SLACK) * self.size / NOTE_SIZE, 2),
            "widths": [round(width * self.size / NOTE_SIZE, 2) for width in widths],
            "right": [c.right for c in columns],
            "head": [c.heading for c in columns],
            "rows": [
                [_cell(text, c.strong) for text, c in zip(row, columns, strict=True)]
                for row in _rows(columns)
            ],
        }


def grid(figure: Figure, signs: Signs, *, may_turn: bool) -> Grid:
    """The figure's shown columns without the empty ones. may_turn: whether it may be laid on its side."""
    columns = _columns(figure, signs)
    needed = sum(c.floor for c in columns)
    fitting = [
        Grid((columns,), size, sideways)
        for sideways in ((False, True) if may_turn else (False,))
        for size in SIZES
        if needed <= _room(size, sideways)
    ]
    if not fitting:
        return Grid(tuple(_pieces(columns, _room(SIZES[-1], may_turn))), SIZES[-1], may_turn)
    turned = [one for one in fitting if one.sideways]
    return turned[0] if turned and _cramped(fitting[0]) else fitting[0]


def _cramped(upright: Grid) -> bool:
    """Whether its texts need many lines, or make it taller than a page though it has few rows."""
    lines = upright.lines
    many = sum(lines) / max(len(lines), 1)
    return many > MANY_LINES or (many > 2 and upright.height > TOO_TALL)


def _rows(columns: tuple[Column, ...]) -> list[list[str]]:
    return [list(texts) for texts in zip(*(c.texts for c in columns), strict=True)]


def _columns(figure: Figure, signs: Signs) -> tuple[Column, ...]:
    found = []
    for column, (heading, cells) in zip(shown_columns(figure), text_columns(figure), strict=True):
        texts = tuple(breakable(signs.shown(text)) for text in cells)
        if any(texts) or not cells:
            strong = column.role is Role.LABEL
            found.append(Column(breakable(signs.shown(heading)), texts, is_numbers(texts), strong))
    return tuple(found)


def _pieces(columns: Sequence[Column], room: float) -> list[tuple[Column, ...]]:
    """The columns in as many tables as they need, the first of them (the row names) in each."""
    name, *rest = columns
    pieces: list[list[Column]] = [[]]
    for column in rest:
        held = name.floor + sum(c.floor for c in pieces[-1])
        if pieces[-1] and held + column.floor > room:
            pieces.append([])
        pieces[-1].append(column)
    least = -(-len(rest) // len(pieces))
    even = [rest[i : i + least] for i in range(0, len(rest), least)]
    fits = all(name.floor + sum(c.floor for c in piece) <= room for piece in even)
    return [(name, *piece) for piece in (even if fits else pieces)]


@lru_cache(maxsize=8192)
def _width(text: str) -> float:
    """Pixels of the measuring size, in the heavier cut."""
    return text_width(text, NOTE_SIZE, SEMIBOLD)


def _room(size: float, sideways: bool) -> float:
    """Pixels of the measuring size that fit beside each other."""
    return (ON_ITS_SIDE if sideways else UPRIGHT) * NOTE_SIZE / size


def _cell(text: str, strong: bool) -> object:
    """The text alone, or with its weight and colour."""
    colour = SHAPE_COLOUR.get(text[:1], "")
    bold = strong or text[-1:] == SUM_END
    return {"t": text.rstrip(SUM_END), "b": bold, "c": colour} if bold or colour else text
