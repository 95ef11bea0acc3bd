"""Where a table's headings stand, and whether they can be told apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hsf_kpi.ingest.files.findings import Findings, shown
from hsf_kpi.ingest.files.limits import FIRST_ROWS, Limits
from hsf_kpi.ingest.files.periods import parse_cell_day, parse_cell_period
from hsf_kpi.ingest.files.persons import like_person
from hsf_kpi.ingest.files.signs import has_control_signs
from hsf_kpi.ingest.files.table import Cell
from hsf_kpi.ingest.files.values import parse_cell_number
from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.model.profile import Decimals
from hsf_kpi.swedish.numbers import number


@dataclass(frozen=True, slots=True)
class Row:
    """number: as a spreadsheet counts. cells: None where nothing stands."""

    number: int
    cells: Sequence[Cell]

    @property
    def filled(self) -> int:
        return sum(cell is not None for cell in self.cells)


def find_heading(rows: Sequence[Row], expected: Collection[str], header_row: int) -> Row | None:
    """The row of the headings among the first ones: `header_row` where given; else the first that holds two of the
    `expected` headings; else the first with at least two texts and nothing else, and as wide as the rows below it where
    there is one so wide.
    """
    if header_row:
        return next((row for row in rows if row.number == header_row and row.filled), None)
    first = [row for row in rows if row.number <= FIRST_ROWS]
    known = {plain(text) for text in expected}
    for row in first:
        if len(known & {plain(cell) for cell in row.cells if isinstance(cell, str)}) >= 2:
            return row
    texts = [row for row in first if row.filled >= 2 and all(map(_heads, row.cells))]
    for row in texts:
        if row.filled >= max((below.filled for below in rows if below.number > row.number), default=0):
            return row
    return texts[0] if texts else None


def _heads(cell: Cell) -> bool:
    """Whether a cell can be a heading, where nothing is known of the file: a text that is no number and no day."""
    if cell is None:
        return True
    if not isinstance(cell, str):
        return False
    numeric = any(parse_cell_number(cell, way, percent=True) is not None for way in Decimals)
    return not numeric and parse_cell_period(cell) is None and parse_cell_day(cell) is None


def headings(row: Row) -> tuple[str, ...]:
    """The row's texts to its last filled cell, each on one line."""
    texts = ["" if cell is None else _text(cell) for cell in row.cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _text(cell: Cell) -> str:
    if isinstance(cell, dt.date):
        return cell.strftime("%Y-%m-%d") if cell.year >= 1000 else cell.isoformat()
    return " ".join(str(cell).split())


def check_headings(header: tuple[str, ...], row: int, limits: Limits, found: Findings) -> None:
    """Too many columns, the same heading twice, and texts that can't be headings."""
    if len(header) > limits.columns:
        found.add(
            f"Filen har {len(header)} kolumner.",
            f"En fil får ha högst {limits.columns} kolumner. Ta bort dem som inte behövs.",
            row,
        )
        return
    seen: dict[str, str] = {}
    for index, text in enumerate(header):
        if not text:
            continue
        first = seen.setdefault(plain(text), column_name(index))
        if first != column_name(index):
            found.add(
                f"Rubriken ”{shown(text)}” står i både kolumn {first} och {column_name(index)}.",
                "Ge varje kolumn en egen rubrik.",
                row,
            )
        if len(text) > limits.cell:
            found.add(
                f"Rubriken i kolumn {column_name(index)} är längre än {number(limits.cell, 0)} tecken.",
                "Skriv en kort rubrik.",
                row,
            )
        elif has_control_signs(text):
            found.add(
                f"Rubriken i kolumn {column_name(index)} innehåller styrtecken.", "Skriv om rubriken.", row
            )
        elif like_person(text):
            found.add(
                f"Rubriken i kolumn {column_name(index)} innehåller något som liknar ett personnummer.",
                "Ta bort det. Filer med uppgifter om enskilda personer läses inte in.",
                row,
            )


def column_name(index: int) -> str:
    """0 → «A», as a spreadsheet names its columns."""
    name, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def named(header: tuple[str, ...], index: int) -> str:
    """How a column is named to people: by its heading, else by its letter."""
    return header[index] if index < len(header) and header[index] else column_name(index)
