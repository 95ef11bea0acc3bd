"""A file with one table in it: what was decided about it, and its lines, read anew each time."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from hsf_kpi.ingest.files.findings import Findings
from hsf_kpi.model.incoming import Fault

Cell = str | int | float | Decimal | dt.datetime | dt.date | bool | None
"""CSV: str, stripped; None for nothing. XLSX: as the workbook types it; a time of day or a duration is text, «0:18:31»."""


def whole(cell: Cell) -> int | None:
    """The number in a cell where it is a whole one; None for all else, texts too."""
    if isinstance(cell, bool | str | dt.date) or cell is None:
        return None
    finite = cell.is_finite() if isinstance(cell, Decimal) else isinstance(cell, int) or math.isfinite(cell)
    return int(cell) if finite and cell == int(cell) else None


@dataclass(frozen=True, slots=True)
class Line:
    """number: as a spreadsheet counts, 1 for the first row of the file. cells: one for each heading."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class FileTable:
    """kind: csv or xlsx. encoding, delimiter: "" for a workbook. sheet, sheets: "" and () for CSV. header: the headings, ""
    for a column without one. notes: what was decided about the file, in Swedish.
    """

    name: str
    path: Path
    kind: str
    sha256: str
    size: int
    header: tuple[str, ...]
    header_row: int
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    read: Callable[[Findings], Iterator[Line]] = field(repr=False, compare=False, default=lambda _: iter(()))

    def lines(self, found: Findings | None = None) -> Iterator[Line]:
        """The rows below the heading, read from the file again at each call; empty ones are left out.

        What is wrong with a row, or seen at the end, is put in `found`, and such a row is left out. FileRefused at the
        first fault where `found` is not given, and always when the file can't be read on.
        """
        return self.read(Findings(self.name, stop=True) if found is None else found)


def check_lines(table: FileTable) -> list[Fault]:
    """Reads the whole file: all that is wrong with it as a file, whatever it means. FileRefused when it can't be read on."""
    found = Findings(table.name)
    for _ in table.lines(found):
        pass
    return list(found.faults())
