"""The sheet that tells what the workbook holds: a name and a text on each row."""

from __future__ import annotations

from collections.abc import Iterable

from hsf_kpi.render.excel.book import ROW, Book
from hsf_kpi.render.excel.leaf import HIGHEST, Leaf, line_count
from hsf_kpi.render.excel.texts import cell_text, paragraphs

_WIDTHS = (150, 800)


def write_about(book: Book, name: str, heading: str, lines: Iterable[tuple[str, str]]) -> None:
    """Adds the sheet `name`. A text that is too long for a cell goes on under it."""
    leaf = Leaf(book, name, _WIDTHS)
    leaf.sheet.hide_gridlines(2)
    leaf.text(heading, "title")
    for key, text in lines:
        for part in paragraphs(text):
            leaf.sheet.write_string(leaf.row, 0, cell_text(key), book.format("strong"))
            leaf.sheet.write_string(leaf.row, 1, part, book.format("text", wrap=True))
            if (high := line_count(part, _WIDTHS[1])) > 1:
                leaf.sheet.set_row_pixels(leaf.row, min(high * ROW, HIGHEST))
            leaf.skip()
