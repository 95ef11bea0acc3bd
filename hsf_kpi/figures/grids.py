"""Rows against columns with a mark in some cells: sannolikhet × konsekvens, met year by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.model.codes import Origin

PLAIN, BETTER, WORSE, NEAR, NONE = "", "better", "worse", "near", "none"
TONES = (PLAIN, BETTER, WORSE, NEAR, NONE)
BETWEEN = "\x1f"
"""What stands between the names in an option: nobody types it, so that no name holds it."""
_NO_WORDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands where a row and a column meet. tone: one of `TONES`. text: "" draws the tone's shape alone. more: cells of
    the figure's further columns.
    """

    row: str
    column: str
    tone: str
    text: str = ""
    more: tuple[Value, ...] = ()


def grid_figure(
    *,
    slug: str,
    title: str,
    caption: str,
    context: Context,
    cells: Sequence[Cell],
    rows: Sequence[str],
    columns: Sequence[str],
    sentence: str,
    source: str,
    origins: Collection[Origin],
    row_notes: Sequence[str] = (),
    row_title: str = "",
    column_title: str = "",
    cell_title: str = "Innehåll",
    tones: Mapping[str, str] = _NO_WORDS,
    more_columns: Sequence[Column] = (),
    help: str = "",
    definition: str = "",
    empty: str = "",
) -> Figure:
    """rows, columns: all names in their order, those without a cell as well. row_notes: longer words for each row, or none.
    tones: what a tone means here, in a word («uppnått»), for those who read the rows. ValueError for a cell outside the rows
    and columns or met twice, a tone that is none, a name that is empty, met twice or holds `BETWEEN`, and notes that
    are not one a row.
    """
    _checked_names(rows)
    _checked_names(columns)
    if row_notes and len(row_notes) != len(rows):
        raise ValueError(f"{len(row_notes)} notes for {len(rows)} rows")
    if any(BETWEEN in note for note in row_notes):
        raise ValueError(f"a note holds {BETWEEN!r}")
    _checked_cells(cells, rows, columns, len(more_columns))
    words = [key for key, has in (("tone_text", tones), ("text", any(cell.text for cell in cells))) if has]
    file = ["row", "column", *words, *(c.key for c in more_columns)]
    options = {
        "rows": BETWEEN.join(rows),
        "columns": BETWEEN.join(columns),
        "row_notes": BETWEEN.join(row_notes),
        "row_title": row_title,
        "column_title": column_title,
        "shown": ",".join(file),
        "file": ",".join(file),
    }
    return Figure(
        kind=FigureKind.GRID,
        slug=slug,
        title=title,
        caption=caption,
        context=context,
        columns=(
            Column("row", row_title or "Rad", Role.LABEL),
            Column("column", column_title or "Kolumn", Role.SERIES),
            Column("tone", "Läge", Role.STATUS),
            Column("tone_text", "Bedömning", Role.TEXT),
            Column("text", cell_title, Role.NOTE),
            *more_columns,
        ),
        rows=tuple(
            (cell.row, cell.column, cell.tone, tones.get(cell.tone, ""), cell.text, *cell.more)
            for cell in cells
        ),
        sentence=sentence,
        source=source,
        origins=frozenset(origins),
        help=help,
        empty="" if rows and columns else empty or "Det finns inget att visa.",
        options={key: words for key, words in options.items() if words},
        definition=definition,
    )


def _checked_names(names: Sequence[str]) -> None:
    for name, count in Counter(names).items():
        if not name or BETWEEN in name or count > 1:
            raise ValueError(f"{name!r} is no name of a row or column, or is met {count} times")


def _checked_cells(cells: Sequence[Cell], rows: Sequence[str], columns: Sequence[str], more: int) -> None:
    for cell in cells:
        if cell.row not in rows or cell.column not in columns:
            raise ValueError(f"no row {cell.row!r} or no column {cell.column!r}")
        if cell.tone not in TONES:
            raise ValueError(f"no tone {cell.tone!r}: one of {', '.join(filter(None, TONES))} or none at all")
        if len(cell.more) != more:
            raise ValueError(f"{cell.row!r} × {cell.column!r} has {len(cell.more)} further cells, not {more}")
    for (row, column), count in Counter((cell.row, cell.column) for cell in cells).items():
        if count > 1:
            raise ValueError(f"{row!r} × {column!r} is met {count} times")
