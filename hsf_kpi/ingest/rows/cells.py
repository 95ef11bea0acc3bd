"""Cells some rows at a time, column by column, so that each distinct text is understood once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from hsf_kpi.ingest.files.table import Cell, Line

AT_ONCE: Final = 50_000
"""Rows of a slice at the most."""
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Objects = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Coded:
    """A column: `number` is an index into its distinct `cells` by row, −1 where the cell is empty."""

    number: Ints
    cells: tuple[Cell, ...]

    @property
    def given(self) -> Bools:
        return self.number >= 0

    def cell(self, row: int) -> Cell:
        number = int(self.number[row])
        return self.cells[number] if number >= 0 else None

    def texts(self, rows: Bools) -> Iterator[tuple[str, Bools]]:
        """Each distinct text on the rows, and where it stands; "" for empty cells."""
        for number in np.unique(self.number[rows]).tolist():
            yield text_of(self.cells[number]) if number >= 0 else "", rows & (self.number == number)


@dataclass(frozen=True)
class Chunk:
    """Some rows of a file. rows: their numbers in it. columns: the cells of each column."""

    rows: Ints
    columns: tuple[Sequence[Cell], ...]
    _coded: dict[int, Coded] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def coded(self, position: int) -> Coded:
        if position not in self._coded:
            self._coded[position] = coded(self.columns[position])
        return self._coded[position]

    def only(self, kept: Bools) -> Chunk:
        """The rows that are kept."""
        if kept.all():
            return self
        at = np.flatnonzero(kept).tolist()
        return Chunk(self.rows[kept], tuple([column[i] for i in at] for column in self.columns))


def chunks(lines: Iterable[Line], width: int, size: int = AT_ONCE) -> Iterator[Chunk]:
    """The lines, so many at a time."""
    waiting = iter(lines)
    while some := list(islice(waiting, size)):
        rows = np.fromiter((line.number for line in some), dtype=np.int64, count=len(some))
        columns = tuple(zip(*(line.cells for line in some), strict=True)) or ((),) * width
        yield Chunk(rows, columns)


def coded(column: Sequence[Cell]) -> Coded:
    # True is 1 to a dictionary: a truth value in a workbook must not be taken for the number.
    plain = [("SANT" if cell else "FALSKT") if isinstance(cell, bool) else cell for cell in column]
    number, cells = pd.factorize(np.fromiter(plain, dtype=object, count=len(plain)))
    return Coded(number.astype(np.int64), tuple(cells))


def constant(cell: Cell, rows: int) -> Coded:
    """The same cell on every row."""
    return Coded(np.zeros(rows, dtype=np.int64), (cell,))


def text_of(cell: Cell) -> str:
    """A cell as text: whole numbers without decimals, days as 2023-10-31."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "SANT" if cell else "FALSKT"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float | Decimal) and cell == cell.__trunc__():
        return str(int(cell))
    return str(cell)
