"""A sheet that is written from the top down: lines of text, charts, a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from hsf_kpi.render.excel.book import COLUMN, ROW, SIZE, STYLES, Book
from hsf_kpi.render.excel.texts import paragraphs

WIDE = 960
"""Pixels of a line of text, and of a chart that is alone."""
_LETTER = 0.62
"""Pixels of a letter for each point of its size, about: texts are given room, not measured."""
_ONE_PAGE, _SMALLEST = 1600, 62
"""Pixels of what can be read on one page across, and the per cent that a broader sheet is printed in, over several."""
HIGHEST = 545
"""Pixels of a row."""


class Leaf:
    """`row`: the next one that is free, counted from 0. widths: pixels of the first columns."""

    def __init__(self, book: Book, name: str, widths: Sequence[int] = ()) -> None:
        self.book, self.name = book, name
        self.sheet: Any = book.sheet(name)
        self.row = 0
        for index, width in enumerate(widths):
            self.sheet.set_column_pixels(index, index, width)
        self._last, self._wide = _spanned(widths)
        if sum(widths) > _ONE_PAGE:
            self.sheet.set_print_scale(_SMALLEST)
            self.sheet.print_across()

    def text(self, text: str, style: str = "text") -> None:
        """The text whole over the sheet's breadth, wrapped; a very long one takes several rows. Nothing for ""."""
        if not text:
            return
        size = int(STYLES[style].get("font_size", SIZE))
        for part in paragraphs(text):
            lines = line_count(part, self._wide, size)
            if lines > 1 and self._last:
                form = self.book.format(style, wrap=True)
                self.sheet.merge_range(self.row, 0, self.row, self._last, "", form)
            else:
                form = self.book.format(style, wrap=lines > 1)
            self.sheet.write_string(self.row, 0, part, form)
            height = math.ceil(lines * size * 1.7) + (4 if size > SIZE else 1)
            if height > ROW:
                self.sheet.set_row_pixels(self.row, min(height, HIGHEST))
            self.row += 1

    def link(self, text: str, sheet: str) -> None:
        """A line that leads to another sheet."""
        self.sheet.write_url(self.row, 0, internal(sheet), self.book.format("link"), text)
        self.row += 1

    def skip(self, rows: int = 1) -> None:
        self.row += rows

    def room(self, height: int, lines: int) -> int:
        """Leaves room for so many lines of charts, and says the row where they begin."""
        start = self.row
        self.row += lines * _rows(height)
        return start

    def pictures(
        self, row: int, charts: Sequence[tuple[Any, str]], size: tuple[int, int], across: int
    ) -> None:
        """Charts of one size with their text alternatives from `row` on, so many beside each other."""
        width, height = size
        for i, (chart, alternative) in enumerate(charts):
            line, place = divmod(i, across)
            options = {
                "x_offset": place * (width + 6),
                "y_offset": 2,
                "object_position": 2,
                "description": alternative,
            }
            at = row + line * _rows(height)
            self.sheet.insert_chart(at, 0, self.book.embed(chart), options)


def _rows(height: int) -> int:
    """Of a chart, with air under it."""
    return math.ceil((height + 10) / ROW)


def internal(sheet: str) -> str:
    """The address of a sheet's first cell."""
    quoted = sheet.replace("'", "''")
    return f"internal:'{quoted}'!A1"


def line_count(text: str, wide: float, size: int = SIZE) -> int:
    """Lines that a text takes in so many pixels, rather one too many."""
    letters = max(wide / (size * _LETTER), 1.0)
    return sum(max(1, math.ceil(len(line) / letters)) for line in text.split("\n"))


def _spanned(widths: Sequence[int]) -> tuple[int, int]:
    """(last column, pixels) of what a line of text spans."""
    total, index = 0, 0
    while True:
        total += widths[index] if index < len(widths) else COLUMN
        if total >= WIDE - COLUMN // 2:
            return index, total
        index += 1
