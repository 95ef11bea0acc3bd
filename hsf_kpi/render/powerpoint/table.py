"""A figure's table as a native one: which columns and rows stand on which slide, and how PowerPoint writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from hsf_kpi.figures.economy.cells import SUM_END
from hsf_kpi.figures.figure import Figure
from hsf_kpi.render.characters import plain
from hsf_kpi.render.native.types import Ink
from hsf_kpi.render.office import WORDS, Paint
from hsf_kpi.render.picture_table import LEFT_OUT
from hsf_kpi.render.powerpoint.chart import Room
from hsf_kpi.render.powerpoint.columns import SIDE, Shown, column_widths
from hsf_kpi.render.powerpoint.ink import AXIS, EMU, HAIRLINE, MUTED, NONE, TEXT, rule, solid
from hsf_kpi.render.powerpoint.text import LEADING, fitted, nothing, paragraph, run, wrapped
from hsf_kpi.render.table import shown_columns, text_columns

TRIED = ((14.0, 110.0), (12.0, 110.0), (11.0, 110.0), (11.0, 80.0))
"""(points of the text, points in which a column of words can be read): the first that lets all columns stand beside each
other, one that needs one slide alone before others.
"""
MANY = 12.0
"""Points of the text of a table that needs several slides, at the most."""
DIVIDED = (11.0, 110.0)
"""The same where the columns are divided."""
HEAD_LINES = 6
"""Of a heading, at the most."""
OVER = 3.5
"""Points above and below a cell's text."""
STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own «Inget format, inget rutnät»; the lines are the cells' own."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A part of the table that one slide holds. rows: without the headings. right: columns of numbers. Points."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: frozenset[int]
    size: float

    @property
    def width(self) -> float:
        return sum(self.widths)

    @property
    def heights(self) -> list[float]:
        """Of the headings, then of each row."""
        return [_height(cells, self.widths, self.size) for cells in (self.headings, *self.rows)]

    @property
    def height(self) -> float:
        return sum(self.heights)


def grids(figure: Figure, room: Room) -> list[Grid]:
    """The figure's shown columns, without the empty ones, in parts that each have room; all rows of the first columns come
    before the next columns, and each part repeats the first column and the headings.
    """
    found = [
        Shown(column.key, plain(heading), tuple(_cell(text) for text in texts))
        for column, (heading, texts) in zip(shown_columns(figure), text_columns(figure), strict=True)
        if any(texts) or not texts
    ]
    size, groups = _groups(found, room)
    return [part for group in groups for part in _divided(_grid(group, size, room.width), room.height)]


def table_xml(grid: Grid) -> str:
    """An `a:tbl` with a header row; the first column names the row."""
    columns = "".join(f'<a:gridCol w="{round(w * EMU)}"/>' for w in grid.widths)
    heights = grid.heights
    body = "".join(
        _row(cells, grid, high, head=k == 0)
        for k, (cells, high) in enumerate(zip((grid.headings, *grid.rows), heights, strict=True))
    )
    return (
        f'<a:tbl><a:tblPr firstRow="1" firstCol="1"><a:tableStyleId>{STYLE}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{columns}</a:tblGrid>{body}</a:tbl>"
    )


def _cell(text: str) -> str:
    """Without what a file can't hold; the mark of a sum stays."""
    return plain(text) + (SUM_END if text.endswith(SUM_END) else "")


def _groups(found: Sequence[Shown], room: Room) -> tuple[float, list[list[Shown]]]:
    """(size, the columns of each part). Where not all have room, those that a picture does without are left out first."""
    kept = [column for column in found if column.key not in LEFT_OUT] or found
    for columns in (found, kept):
        wide = [
            size for size, least in TRIED if sum(one.enough(size, least) for one in columns) <= room.width
        ]
        whole = [size for size in wide if _grid(columns, size, room.width).height <= room.height]
        if wide:
            return (whole or [size for size in wide if size <= MANY] or wide)[0], [list(columns)]
    size, comfort = DIVIDED
    first, *others = kept
    groups = [[first]]
    used = first.enough(size, comfort)
    for column in others:
        needed = column.enough(size, comfort)
        if used + needed > room.width and len(groups[-1]) > 1:
            groups.append([first])
            used = first.enough(size, comfort)
        groups[-1].append(column)
        used += needed
    return size, groups


def _grid(columns: Sequence[Shown], size: float, room: float) -> Grid:
    """The columns with all their rows."""
    widths = column_widths(columns, size, room)
    return Grid(
        tuple(_heading(column.heading, wide, size) for column, wide in zip(columns, widths, strict=True)),
        tuple(zip(*(column.cells for column in columns), strict=True)),
        widths,
        frozenset(i for i, column in enumerate(columns) if column.is_numbers),
        size,
    )


def _heading(text: str, wide: float, size: float) -> str:
    """Cut where it would leave the rows no room."""
    if len(_lines(text, wide, size)) <= HEAD_LINES:
        return text
    return fitted(text, max(wide - 2 * SIDE, size), HEAD_LINES * size * LEADING, (size,), bold=True)[0]


def _divided(grid: Grid, room: float) -> list[Grid]:
    """The rows in parts of at most `room` points, headings and all; about equally high."""
    most = room - _height(grid.headings, grid.widths, grid.size)
    rows = tuple(part for row in grid.rows for part in _split(row, grid, most))
    heights = [_height(row, grid.widths, grid.size) for row in rows]
    parts = _parts(heights, most)
    low, high = 0.0, most
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_parts(heights, middle)) == len(parts) else (middle, high)
    starts = _parts(heights, high)
    return [
        replace(grid, rows=rows[start:end])
        for start, end in zip(starts, [*starts[1:], len(rows)], strict=True)
    ]


def _parts(heights: Sequence[float], most: float) -> list[int]:
    """Where each part begins, when no part of several rows is higher than `most`; one part even without rows."""
    starts, used = [0], 0.0
    for i, high in enumerate(heights):
        if used + high > most and i > starts[-1]:
            starts.append(i)
            used = 0.0
        used += high
    return starts


def _split(row: tuple[str, ...], grid: Grid, most: float) -> Iterator[tuple[str, ...]]:
    """A row that no slide has room for goes on in a row of its own; nothing is lost."""
    lines = max(1, int((most - 2 * OVER) / (grid.size * LEADING)))
    cells = [_lines(text, w, grid.size) for text, w in zip(row, grid.widths, strict=True)]
    tall = max((len(found) for found in cells), default=1)
    if tall <= lines:
        yield row
        return
    for start in range(0, tall, lines):
        yield tuple(" ".join(found[start : start + lines]) for found in cells)


@lru_cache(maxsize=16_384)
def _lines(text: str, wide: float, size: float) -> tuple[str, ...]:
    """Asked when the size is chosen, when the rows are divided and when they are written."""
    return tuple(wrapped(text, max(wide - 2 * SIDE, size), size, bold=True))


def _height(cells: Sequence[str], widths: Sequence[float], size: float) -> float:
    tall = max((len(_lines(text, w, size)) for text, w in zip(cells, widths, strict=True)), default=1)
    return tall * size * LEADING + 2 * OVER


def _row(cells: Sequence[str], grid: Grid, high: float, *, head: bool) -> str:
    written = "".join(
        _written(text, grid.size, head=head, right=i in grid.right, strong=head or i == 0)
        for i, text in enumerate(cells)
    )
    return f'<a:tr h="{round(high * EMU)}">{written}</a:tr>'


_TINTS = {
    "●": (WORDS[Ink.BETTER].xml, Paint("accent1", light=10).xml),
    "◆": (MUTED, Paint("accent6", light=10).xml),
    "■": (WORDS[Ink.WORSE].xml, Paint("accent2", light=10).xml),
    "▲": (WORDS[Ink.WORSE].xml, Paint("accent2", light=10).xml),
    "↔": (WORDS[Ink.DECIDED].xml, ""),
}
"""(text, ground) of a cell that begins with a verdict's shape; shape and words alone are enough."""


def _written(text: str, size: float, *, head: bool, right: bool, strong: bool) -> str:
    ink, ground = (MUTED, "") if head else _TINTS.get(text[:1], (TEXT, ""))
    bold = strong or text.endswith(SUM_END)
    shown = text.rstrip(SUM_END)
    words = paragraph(
        run(shown, size=size, bold=bold, colour=ink) if shown else nothing(size), align="r" if right else ""
    )
    side, over = round(SIDE * EMU), round(OVER * EMU)
    line = rule(AXIS if head else HAIRLINE, 1.0 if head else 0.75)
    under = line.replace("<a:ln ", "<a:lnB ").replace("</a:ln>", "</a:lnB>")
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{words}</a:txBody>"
        f'<a:tcPr marL="{side}" marR="{side}" marT="{over}" marB="{over}" anchor="{"b" if head else "t"}">'
        f"{under}{solid(ground) if ground else NONE}</a:tcPr></a:tc>"
    )
