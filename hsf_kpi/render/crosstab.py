"""A grid as the table that people know it as: a line for each row, a column for each column."""

from __future__ import annotations

from dataclasses import replace

from hsf_kpi.figures.figure import Column, Figure, FigureKind, Role
from hsf_kpi.render.by_year import by_year
from hsf_kpi.render.grid_cells import SHAPE, Laid, Met, laid
from hsf_kpi.swedish.numbers import DASH

ROW, NOTE = "row", "row_note"
MARK = "•"
"""Of a plain cell without words; a larger circle would say that a target is met."""
ACROSS = 100
"""Signs that have room beside each other: words are told beside the shapes where all columns have room for the longest."""


def as_read(figure: Figure) -> Figure:
    """The figure as its table is read: a grid as its crosstab, lines by year, any other as it is."""
    if figure.kind is FigureKind.LINES:
        return by_year(figure)
    return crosstab(figure) if figure.kind is FigureKind.GRID else figure


def crosstab(figure: Figure) -> Figure:
    """The same as a table, rows and columns in the grid's order. A column without any cell says so («–»)."""
    grid = laid(figure)
    notes = (Column(NOTE, "Beskrivning", Role.TEXT),) if any(grid.notes) else ()
    columns = tuple(Column(f"column{i}", name, Role.TEXT) for i, name in enumerate(grid.columns))
    cells = [_down(grid, name) for name in grid.columns]
    rows = (
        (row, *((grid.notes[i],) if notes else ()), *(column[i] for column in cells))
        for i, row in enumerate(grid.rows)
    )
    options = {key: words for key, words in figure.options.items() if key in ("month", "totals")}
    return replace(
        figure,
        kind=FigureKind.TABLE,
        columns=(Column(ROW, grid.row_title or "Rad", Role.LABEL), *notes, *columns),
        rows=tuple(rows),
        options=options,
    )


def _down(grid: Laid, column: str) -> list[str]:
    texts = ["; ".join(_told(met, grid) for met in grid.at(row, column)) for row in grid.rows]
    return texts if any(texts) else [DASH] * len(texts)


def _told(met: Met, grid: Laid) -> str:
    """Its words; for a mark alone its shape, with what it means where there is room."""
    if met.lines:
        return "; ".join(met.lines)
    word = met.word if len(grid.columns) * (grid.longest_word + 2) <= ACROSS else ""
    return f"{SHAPE[met.tone]} {word}".strip() or MARK
