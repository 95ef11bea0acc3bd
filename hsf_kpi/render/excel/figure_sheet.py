"""A figure on its sheet: title, charts, what is said of it, where it comes from, and its table there or apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from hsf_kpi.figures.addresses import in_words
from hsf_kpi.figures.dialogue.comments import byline
from hsf_kpi.figures.figure import Comment, Figure
from hsf_kpi.model.codes import Origin
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.characters import plain
from hsf_kpi.render.crosstab import as_read
from hsf_kpi.render.excel.blocks import Blocks
from hsf_kpi.render.excel.book import Book
from hsf_kpi.render.excel.charts import Grid, drawn
from hsf_kpi.render.excel.fields import Field, fields
from hsf_kpi.render.excel.leaf import WIDE, Leaf
from hsf_kpi.render.excel.standing import Standing, standing
from hsf_kpi.render.excel.tables import widths, write_table
from hsf_kpi.render.excel.texts import cell_text
from hsf_kpi.render.native import native
from hsf_kpi.render.native.reading import retold
from hsf_kpi.render.native.types import NativeChart, Shape
from hsf_kpi.render.stamp import filter_line
from hsf_kpi.swedish.words import ORIGIN_WORD

_HEIGHT = 430
_BAR, _AROUND = 27, 80
"""Pixels of a bar with its gap, and of what is around the bars."""
_LOWEST, _HIGHEST = 280, 1100
_SMALL, _ACROSS = (316, 230), 3
_FIXED = 9
"""Rows that may stand still above a table; with more, too little is left to read in."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a report puts around a figure. intro: of its section. back: the sheet that it is found from."""

    section: str = ""
    intro: tuple[str, ...] = ()
    back: str = ""


def write_figure(
    book: Book,
    blocks: Blocks,
    figure: Figure,
    name: str,
    taken: dt.date,
    *,
    data: str = "",
    around: Around | None = None,
) -> None:
    """Adds the sheet `name`. data: the sheet that the table is put on where the figure has charts; "" for the same one."""
    charts = native(figure)
    figure = as_read(retold(figure))
    stands = standing(fields(figure), charts, figure.decimals)
    columns = stands.written()
    apart = bool(data and charts)
    wide = widths(columns)
    leaf = Leaf(book, name, [] if apart else wide)
    leaf.sheet.hide_gridlines(2)
    _head(leaf, figure, around or Around())
    size, across = _sizes(charts)
    start = leaf.room(size[1], -(-len(charts) // across)) if charts else leaf.row
    if charts:
        _words(leaf, figure, taken)
    if apart:
        table = Leaf(book, data, wide)
    else:
        table = leaf
        leaf.skip()
    grid = _table(table, figure, stands, columns, wide, fixed=not charts or apart)
    if not charts:
        leaf.skip()
        _words(leaf, figure, taken)
    made = [
        (
            drawn(chart, places, grid, blocks.place(_block_name(figure, name, chart, data), block), size),
            _alternative(figure, chart, len(charts)),
        )
        for chart, places, block in zip(charts, stands.places, stands.blocks, strict=True)
    ]
    leaf.pictures(start, made, size, across)


def _head(leaf: Leaf, figure: Figure, around: Around) -> None:
    leaf.text(figure.title, "title")
    leaf.text(figure.caption, "muted")
    if around.back:
        leaf.link(f"Till {around.back}", around.back)
    if Origin.DEMO in figure.origins:
        leaf.text(ORIGIN_WORD[Origin.DEMO], "demo")
    for i, sentence in enumerate(around.intro):
        if i == 0:
            leaf.text(around.section, "heading")
        leaf.text(sentence)
    leaf.text(figure.options.get("totals", ""), "strong")
    leaf.text(figure.empty, "heading")


def _words(leaf: Leaf, figure: Figure, taken: dt.date) -> None:
    """Reading help, definition, what has been said, source and filters."""
    leaf.text(figure.help)
    leaf.text(f"Definition: {figure.definition}" if figure.definition else "")
    for comment in figure.comments:
        _comment(leaf, comment)
    leaf.text(in_words(figure.source), "muted")
    leaf.text(filter_line(figure, taken), "muted")


def _comment(leaf: Leaf, comment: Comment) -> None:
    leaf.text(", ".join(part for part in (comment.kind, byline(comment)) if part), "strong")
    leaf.text(comment.text)


def _table(
    leaf: Leaf,
    figure: Figure,
    stands: Standing,
    columns: Sequence[Field],
    wide: Sequence[int],
    *,
    fixed: bool,
) -> Grid:
    """columns: those of the standing, as they are written. wide: their widths."""
    if not columns or not figure.rows:
        return Grid(leaf.name, leaf.row, 0, tuple(stands.table))
    grid = write_table(leaf, columns, wide, figure.title, drawn=stands.table)
    leaf.sheet.repeat_rows(grid.top)
    if fixed and grid.top < _FIXED:
        leaf.sheet.freeze_panes(grid.top + 1, 0)
    return grid


def _sizes(charts: Sequence[NativeChart]) -> tuple[tuple[int, int], int]:
    """((width, height) in pixels, how many beside each other)."""
    if len(charts) > 1 and not charts[0].whole:
        return _SMALL, _ACROSS
    if charts and charts[0].shape is Shape.BAR:
        needed = max(len(chart.categories) for chart in charts) * _BAR + _AROUND
        return (WIDE, min(max(needed, _LOWEST), _HIGHEST)), 1
    return (WIDE, _HEIGHT), 1


def _alternative(figure: Figure, chart: NativeChart, count: int) -> str:
    """The figure's own for a chart that is alone."""
    whole = alternative_text(figure)
    if count == 1:
        return plain(whole)
    return plain(chart.alt or f"{chart.title}. {whole}")


def _block_name(figure: Figure, name: str, chart: NativeChart, data: str) -> str:
    whose = figure.title if data else f"{name}: {figure.title}"
    return cell_text(f"{whose} – {chart.title}" if chart.title else whose)
