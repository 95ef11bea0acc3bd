"""The sheet «Diagramdata»: the numbers that charts are drawn from and that stand in no table, a block for each chart."""

from __future__ import annotations

from collections.abc import Sequence

from hsf_kpi.render.excel.book import Book
from hsf_kpi.render.excel.charts import Grid
from hsf_kpi.render.excel.fields import Field
from hsf_kpi.render.excel.leaf import Leaf
from hsf_kpi.render.excel.tables import write_block

NAME = "Diagramdata"
_INTRO = "Siffror som diagrammen ritas av och som inte står i figurernas egna tabeller. Ändras en siffra ändras diagrammet."
_FIRST, _WIDTH = 230, 130
"""Pixels of the first column, of the others."""
_TOP = 3


class Blocks:
    """Gives every block its place before any is written, since a chart must know it."""

    def __init__(self) -> None:
        self._row = _TOP
        self._found: list[tuple[str, Grid]] = []

    def place(self, heading: str, columns: Sequence[Field]) -> Grid | None:
        """None for a block without columns. heading: whose the block is."""
        if not columns:
            return None
        grid = Grid(NAME, self._row + 1, 0, tuple(columns))
        self._found.append((heading, grid))
        self._row += 3 + max(len(column.cells) for column in columns)
        return grid

    def write(self, book: Book) -> None:
        """Adds the sheet, if there is anything to put on it."""
        if not self._found:
            return
        most = max(len(grid.columns) for _, grid in self._found)
        wide = [_FIRST, *[_WIDTH] * (most - 1)]
        leaf = Leaf(book, NAME, wide)
        leaf.text("Diagramdata", "title")
        leaf.text(_INTRO, "muted")
        for heading, grid in self._found:
            leaf.row = grid.top - 1
            leaf.sheet.write_string(leaf.row, 0, heading, book.format("strong"))
            write_block(leaf, grid.top, grid.columns, wide[: len(grid.columns)])
