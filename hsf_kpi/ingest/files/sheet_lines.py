"""The rows of the chosen sheet as lines of a table, with what is wrong in them; and what no sheet of it may hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from hsf_kpi.ingest.files.elsewhere import tell_elsewhere
from hsf_kpi.ingest.files.faults import tell_control, tell_long, tell_nameless, tell_rows
from hsf_kpi.ingest.files.findings import Findings
from hsf_kpi.ingest.files.heading import column_name, named
from hsf_kpi.ingest.files.limits import Limits
from hsf_kpi.ingest.files.package import damage_told
from hsf_kpi.ingest.files.parts import Book, Sheet, TooManyTexts, read_texts
from hsf_kpi.ingest.files.persons import SAID, like_person
from hsf_kpi.ingest.files.sheet import DATE, ERROR, FORMULA, LONG, SheetParts, SheetRow, read_sheet
from hsf_kpi.ingest.files.signs import has_control_signs
from hsf_kpi.ingest.files.table import Line

_TOLD: Final = {
    FORMULA: (
        "Cellen har en formel.",
        "Klistra in som värden (Kopiera, Klistra in special, Värden) och spara.",
    ),
    ERROR: ("Cellen har ett felvärde.", "Rätta det i Excel, eller låt cellen vara tom."),
    DATE: ("Cellen har datumformat, men talet är inget datum.", "Rätta cellens format eller värde."),
}


@dataclass(frozen=True, slots=True)
class SheetSource:
    """What is needed to read the rows again."""

    path: Path
    name: str
    book: Book
    sheet: Sheet
    header: tuple[str, ...]
    header_row: int
    limits: Limits

    def __call__(self, found: Findings) -> Iterator[Line]:
        with damage_told(self.name, found), ZipFile(self.path) as archive:
            texts = texts_of(archive, self.book, self.limits, found)
            yield from _lines(self, archive, texts, found)


def texts_of(archive: ZipFile, book: Book, limits: Limits, found: Findings) -> list[str]:
    """The shared texts; FileRefused where they are too many to hold in memory."""
    try:
        return read_texts(archive, book.texts_part, limits)
    except TooManyTexts:
        found.add(
            "Arbetsboken har för mycket text.",
            "Spara bladet med tabellen som CSV (UTF-8), eller dela upp den.",
        )
        found.refuse()
        raise


def _lines(source: SheetSource, archive: ZipFile, texts: Sequence[str], found: Findings) -> Iterator[Line]:
    parts = SheetParts()
    header, limits, width = source.header, source.limits, len(source.header)
    nameless = [index for index, text in enumerate(header) if not text]
    last = rows = 0
    with archive.open(source.sheet.part) as stream:
        for row in read_sheet(stream, source.book, texts, limits.cell, parts):
            if not row.cells and not row.wrong:
                continue
            wrong = _tell_texts(row, header, found)
            if row.number <= source.header_row:
                if row.number == source.header_row:
                    _tell_wrong(row, header, limits, found)
                continue
            last = row.number
            rows += 1
            if rows > limits.rows:
                tell_rows(found, limits)
                return
            if row.wrong:
                _tell_wrong(row, header, limits, found)
                wrong = True
            for index in (*nameless, *range(width, len(row.cells))):
                if index < len(row.cells) and row.cells[index] is not None:
                    tell_nameless(found, row.number, index)
                    wrong = True
            if not wrong:
                cells = row.cells[:width]
                yield Line(row.number, (*cells, *[None] * (width - len(cells))))
    _tell_merged(source, parts, last, found)
    tell_elsewhere(archive, source.book, source.sheet, texts, limits, found)


def _tell_texts(row: SheetRow, header: tuple[str, ...], found: Findings) -> bool:
    """Whether a cell holds what no file may hold: a person's number, or control characters."""
    wrong = False
    for index, cell in enumerate(row.cells):
        if like_person(cell):
            found.add(*SAID, row.number, named(header, index))
            wrong = True
        elif isinstance(cell, str) and has_control_signs(cell):
            tell_control(found, row.number, named(header, index))
            wrong = True
    return wrong


def _tell_wrong(row: SheetRow, header: tuple[str, ...], limits: Limits, found: Findings) -> None:
    for index, kind, text in row.wrong:
        if kind == LONG:
            tell_long(found, limits, row.number, named(header, index))
        else:
            what, expected = _TOLD[kind]
            # What a formula comes to says little, and differs from row to row.
            found.add(what, expected, row.number, named(header, index), None if kind == FORMULA else text)


def _tell_merged(source: SheetSource, parts: SheetParts, last: int, found: Findings) -> None:
    """Merged cells in the headings or among the rows; above them and beside them they do no harm."""
    for top, bottom, left, right in parts.merged:
        inside = bottom >= source.header_row and top <= last and left <= len(source.header)
        if inside and (top, left) != (bottom, right):
            cells = f"{column_name(left - 1)}{top}:{column_name(right - 1)}{bottom}"
            found.add(
                "Bladet har sammanslagna celler bland rubriker eller rader.",
                "Dela cellerna (Centrera över kolumner, Dela celler) och fyll i varje cell.",
                max(top, source.header_row),
                named(source.header, left - 1),
                cells,
            )
