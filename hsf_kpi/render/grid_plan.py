"""How a grid takes the width that it has: room for names, notes and columns, and how its headings stand. Sizes in pixels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hsf_kpi.render.grid_cells import Laid
from hsf_kpi.render.page import text_width, wrap
from hsf_kpi.render.theme import NAME_SIZE, NOTE_SIZE

WIDTHS = (250, 310, 552, 740, 870, 1100)
"""The widths that are planned for; a chart is drawn by the widest that it has room for."""
NARROW = 552
"""Below it a long name stands over its cells."""
NOTED = 870
"""From here on notes stand between name and cells; a paper's page is narrower, and would be filled by them."""
GAP, PAD = 12, 8
"""Between names, notes and cells; inside a cell."""
SHORT_NAME, LONG_NAME, NOTED_NAME = 84, 240, 130
"""The widest name beside its cells on a narrow screen, on a wide one, and where notes follow."""
NOTE_ROOM = (200, 460)
"""The least and the most."""
MANY = 12
"""More columns are as narrow as their marks."""
WIDE_COLUMN, MARK_COLUMN, LEAST_COLUMN = 56, 26, 16
WIDEST_COLUMN = 320
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Plan:
    """left: before the cells. most: the widest that a column is drawn. step: what it is at this width.

    over: names stand over their cells. under: a cell's words stand under its row, since a word is wider than the cell.
    headings: the lines of each. stepped: every second a line lower. lettered: letters, told under the grid.
    """

    width: float
    name: float
    note: float
    left: float
    most: float
    over: bool
    under: bool
    headings: tuple[tuple[str, ...], ...]
    stepped: bool
    lettered: bool

    @property
    def step(self) -> float:
        return min(self.most, (self.width - self.left) / max(len(self.headings), 1))


def plan(grid: Laid, width: float) -> Plan:
    """For a chart that is at least so wide."""
    count = max(len(grid.columns), 1)
    name = longest(grid.rows, NAME_SIZE) + 1
    over = width < NARROW and name > SHORT_NAME
    noted = any(grid.notes) and width >= NOTED
    title = (
        longest((grid.row_title,)) if width >= NARROW else min(longest_word((grid.row_title,)), SHORT_NAME)
    )
    name = max(min(name, NOTED_NAME if noted else LONG_NAME), min(title + 1, LONG_NAME))
    left = 0.0 if over else name + GAP
    note = 0.0
    if noted:
        least, widest = NOTE_ROOM
        room = width - left - GAP - count * (LEAST_COLUMN if count > MANY else WIDE_COLUMN)
        note = min(widest, room, longest(grid.notes) + 1) if room >= least else 0.0
        left += note + GAP if note else 0.0
    most = _most(grid, count)
    step = min(most, (width - left) / count)
    under = bool(grid.lines) and longest_word(grid.lines) + 2 * PAD > step
    headings, stepped, lettered = _headings(grid, step)
    return Plan(width, width if over else name, note, left, most, over, under, headings, stepped, lettered)


def _most(grid: Laid, count: int) -> float:
    if grid.lines:
        return max(WIDE_COLUMN, min(longest([*grid.lines, *grid.columns]) + 3 * PAD, WIDEST_COLUMN))
    if count > MANY:
        return MARK_COLUMN
    return max(WIDE_COLUMN, min(longest(grid.columns) + 2 * PAD, WIDEST_COLUMN / 2))


def _headings(grid: Laid, step: float) -> tuple[tuple[tuple[str, ...], ...], bool, bool]:
    """(the lines of each, whether every second stands a line lower, whether they are letters)."""
    word = longest_word(grid.columns)
    if word + 2 <= step:
        return tuple(tuple(wrap(name, step - 2, NOTE_SIZE)) for name in grid.columns), False, False
    if word + 2 <= 2 * step and longest(grid.columns) == word:
        return tuple((name,) for name in grid.columns), True, False
    return tuple((letter(i),) for i in range(len(grid.columns))), step < NOTE_SIZE, True


def longest(texts: Iterable[str], size: float = NOTE_SIZE) -> float:
    """Pixels of the widest text; 0 without texts."""
    return max((text_width(text, size) for text in texts), default=0.0)


def longest_word(texts: Iterable[str]) -> float:
    return longest(word for text in texts for word in text.split(" "))


def letter(i: int) -> str:
    """a, b … z, aa, ab …"""
    first, last = divmod(i, len(LETTERS))
    return (letter(first - 1) if first else "") + LETTERS[last]
