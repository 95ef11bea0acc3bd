"""A figure's table on a sheet: an Excel table with typed cells, its headings fixed, the columns as wide as they need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from hsf_kpi.model.codes import Status
from hsf_kpi.render.characters import plain
from hsf_kpi.render.excel.book import ROW, Book
from hsf_kpi.render.excel.charts import Grid
from hsf_kpi.render.excel.fields import DAY, Field
from hsf_kpi.render.excel.leaf import HIGHEST, Leaf, line_count
from hsf_kpi.swedish.numbers import MOST_DECIMALS
from hsf_kpi.swedish.words import STATUS_SHAPE

NARROWEST, WIDEST = 70, 300
"""Pixels of a column."""
SIGN_WIDE, SIGN = 38, 2
"""Pixels of a column of single signs, as a crosstab has them; signs that are so few, under a heading as short."""
_LETTER, _AIR = 7.2, 24
"""Pixels of a letter in a cell, and beside the text for the button of the filter."""
_TINTS: Mapping[str, str] = {
    STATUS_SHAPE[Status.MET]: "met",
    STATUS_SHAPE[Status.MISSED]: "missed",
    STATUS_SHAPE[Status.NEAR]: "near",
}
_PADDING = 20
"""Pixels of a cell that no text stands in."""
_DAY_LETTERS = 10
_TITLE = 250
"""Signs of a table's text alternative."""
_STYLE = "Table Style Light 1"


def widths(columns: Sequence[Field]) -> list[int]:
    """Pixels of each column: its longest cell on one line as far as that is not too wide."""
    return [_width(column) for column in columns]


def write_table(
    leaf: Leaf,
    columns: Sequence[Field],
    wide: Sequence[int],
    title: str,
    *,
    drawn: Sequence[Field] | None = None,
) -> Grid:
    """Writes at the leaf's row and returns where. wide: the `widths`. drawn: the same columns as a chart reads them."""
    grid = Grid(leaf.name, leaf.row, 0, tuple(drawn or columns))
    rows = max((len(column.cells) for column in columns), default=0)
    write_columns(leaf, leaf.row + 1, columns)
    _heights(leaf, columns, wide)
    heads = [
        {"header": column.heading, "header_format": _head(leaf.book, index, column)}
        for index, column in enumerate(columns)
    ]
    options = {
        "name": leaf.book.next_table(),
        "style": _STYLE,
        "banded_rows": False,
        "columns": heads,
        "title": plain(title)[:_TITLE],
    }
    leaf.sheet.add_table(leaf.row, 0, leaf.row + rows, len(columns) - 1, options)
    leaf.row += rows + 1
    return grid


def write_block(leaf: Leaf, top: int, columns: Sequence[Field], wide: Sequence[int]) -> None:
    """Headings at row `top` and the cells under them, without a table. wide: pixels of each column."""
    leaf.sheet.set_row_pixels(top, _head_height(columns, wide))
    for index, column in enumerate(columns):
        leaf.sheet.write_string(top, index, column.heading, _head(leaf.book, index, column))
    write_columns(leaf, top + 1, columns)


def write_columns(leaf: Leaf, top: int, columns: Sequence[Field]) -> None:
    """Each cell of its own type; nothing in an empty one."""
    for index, column in enumerate(columns):
        _write_column(leaf.book, leaf, top, index, column)


def _head(book: Book, index: int, column: Field) -> Any:
    """Over numbers to the right, over texts where they begin."""
    if index and column.is_text:
        return book.format("head", wrap=True, indent=1, align="left")
    return book.format("head", wrap=True) if column.is_text else book.format("head", wrap=True, align="right")


def _write_column(book: Book, leaf: Leaf, top: int, index: int, column: Field) -> None:
    style = "muted" if column.drawn else "text"
    number = book.format(style, num_format=column.format) if column.format else book.format(style)
    room = {"wrap": True} if index == 0 else {"wrap": True, "indent": 1, "align": "left"}
    text = book.format(style, **room)
    for row, value in enumerate(column.cells, top):
        if value is None:
            continue
        if isinstance(value, str):
            tint = _TINTS.get(value[:1])
            leaf.sheet.write_string(row, index, value, book.format(tint, **room) if tint else text)
        elif isinstance(value, dt.date):
            leaf.sheet.write_datetime(row, index, value, book.format(style, num_format=DAY))
        else:
            leaf.sheet.write_number(row, index, value, number)


def _heights(leaf: Leaf, columns: Sequence[Field], wide: Sequence[int]) -> None:
    """Room for every line of the headings and of the texts that wrap: not every program sees to that itself."""
    leaf.sheet.set_row_pixels(leaf.row, _head_height(columns, wide))
    lines: dict[int, int] = {}
    for column, width in zip(columns, wide, strict=True):
        short = (width - _PADDING) / _LETTER
        for row, value in enumerate(column.cells, leaf.row + 1):
            if isinstance(value, str) and len(value) > short:
                lines[row] = max(lines.get(row, 1), line_count(value, width - _PADDING))
    for row, count in lines.items():
        if count > 1:
            leaf.sheet.set_row_pixels(row, min(count * ROW, HIGHEST))


def _head_height(columns: Sequence[Field], wide: Sequence[int]) -> int:
    heads = (
        -(-round(len(column.heading) * _LETTER) // max(width - _AIR, 1))
        for column, width in zip(columns, wide, strict=True)
    )
    return min(ROW * max(heads) + 4, HIGHEST)


def _width(column: Field) -> int:
    longest_word = max((len(word) for word in column.heading.split()), default=0)
    needed = max(_letters(column), longest_word, min(len(column.heading), 16)) * _LETTER + _AIR
    few = column.is_text and max(_letters(column), len(column.heading)) <= SIGN
    return round(min(max(needed, SIGN_WIDE if few else NARROWEST), WIDEST))


def _letters(column: Field) -> int:
    """Of the longest cell."""
    texts = max((len(value) for value in column.cells if isinstance(value, str)), default=0)
    numbers = [value for value in column.cells if isinstance(value, int | float)]
    if not numbers:
        return max(texts, _DAY_LETTERS if column.format == DAY else 0)
    decimals = min(len(column.format.partition(".")[2]), MOST_DECIMALS)
    return max(texts, *(len(f"{end:,.{decimals}f}") for end in (min(numbers), max(numbers))))
