"""XLSX: which sheet holds the table, and its rows read some at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from hsf_kpi.ingest.files.findings import Findings, shown
from hsf_kpi.ingest.files.heading import Row, check_headings, column_name, find_heading, headings
from hsf_kpi.ingest.files.limits import FIRST_ROWS, Limits
from hsf_kpi.ingest.files.package import check_package, damage_told
from hsf_kpi.ingest.files.parts import Book, Sheet, read_book
from hsf_kpi.ingest.files.persons import like_person
from hsf_kpi.ingest.files.sheet import SheetParts, read_sheet
from hsf_kpi.ingest.files.sheet_lines import SheetSource, texts_of
from hsf_kpi.ingest.files.table import FileTable
from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.model.incoming import LOOK

_LOOKED_AT: Final = 50
"""Rows with something in them that are looked at to find the headings."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A sheet as far as it has been looked at. rows: the first ones with anything in them."""

    sheet: Sheet
    rows: tuple[Row, ...]
    heading: Row | None
    parts: SheetParts

    @property
    def has_rows(self) -> bool:
        return self.heading is not None and any(row.number > self.heading.number for row in self.rows)


def open_workbook(
    path: Path,
    name: str,
    size: int,
    sheet: str,
    expected: Collection[str],
    header_row: int,
    limits: Limits,
    found: Findings,
) -> FileTable:
    """The table in a workbook. FileRefused where there is none, or the workbook may not be read."""
    with damage_told(name, found), ZipFile(path) as archive:
        hidden_rows = check_package(archive, limits, found)
        found.refuse()
        book = read_book(archive)
        texts = texts_of(archive, book, limits, found)
        _tell_names(book, found)
        looked = [_look(archive, book, each, texts, expected, header_row, limits) for each in book.sheets]
        chosen = _choose(looked, sheet, header_row, found)
        assert chosen.heading is not None
        header = headings(chosen.heading)
        check_headings(header, chosen.heading.number, limits, found)
        found.refuse()
    source = SheetSource(path, name, book, chosen.sheet, header, chosen.heading.number, limits)
    return FileTable(
        name=name,
        path=path,
        kind="xlsx",
        sha256=_sha256(path),
        size=size,
        header=header,
        header_row=chosen.heading.number,
        sheet=chosen.sheet.name,
        sheets=tuple(each.name for each in book.sheets),
        notes=tuple(_notes(chosen, looked, header, hidden_rows)),
        read=source,
    )


def _look(
    archive: ZipFile,
    book: Book,
    sheet: Sheet,
    texts: list[str],
    expected: Collection[str],
    header_row: int,
    limits: Limits,
) -> _Opened:
    parts = SheetParts()
    rows: list[Row] = []
    with archive.open(sheet.part) as stream:
        for row in read_sheet(stream, book, texts, limits.cell, parts):
            if row.cells or row.wrong:
                # A formula fills its cell: what stands there is told when the rows are read.
                cells = [
                    *row.cells,
                    *[None] * max((column + 1 - len(row.cells) for column, *_ in row.wrong), default=0),
                ]
                for column, _, text in row.wrong:
                    cells[column] = text or "="
                rows.append(Row(row.number, cells))
            last = rows[-1].number if rows else 0
            enough = len(rows) >= _LOOKED_AT or (len(rows) > 1 and last > FIRST_ROWS)
            if enough and last > header_row:
                break
    heading = find_heading(rows, expected, header_row)
    if heading is not None and len(headings(heading)) < 2:
        heading = None
    return _Opened(sheet, tuple(rows), heading, parts)


def _tell_names(book: Book, found: Findings) -> None:
    if any(like_person(sheet.name) for sheet in book.sheets):
        found.add("Ett blads namn innehåller något som liknar ett personnummer.", "Byt namn på bladet.")
        found.refuse()


def _choose(looked: list[_Opened], sheet: str, header_row: int, found: Findings) -> _Opened:
    """The sheet that is asked for, else the only one with rows."""
    names = ", ".join(f"”{shown(each.sheet.name)}”" for each in looked)
    if sheet:
        chosen = [each for each in looked if plain(each.sheet.name) == plain(sheet)]
        if not chosen:
            found.add(f"Bladet ”{shown(sheet)}” finns inte.", f"Välj ett blad som finns: {names}.")
    else:
        chosen = [each for each in looked if each.has_rows and not each.sheet.hidden]
        chosen = chosen or [each for each in looked if each.has_rows]
        if len(chosen) > 1:
            several = ", ".join(f"”{shown(each.sheet.name)}”" for each in chosen)
            found.add(f"Flera blad har rader: {several}.", "Välj blad.")
        elif not chosen:
            chosen = _nearest(looked)
            if not chosen:
                found.add("Arbetsboken är tom.", "Kontrollera exporten, och välj filen igen.")
    found.refuse()
    _tell_empty(chosen[0], header_row, found)
    found.refuse()
    return chosen[0]


def _nearest(looked: list[_Opened]) -> list[_Opened]:
    """Where no sheet has a table: the one to tell what is missing of; none where all are empty."""
    return [each for each in looked if each.heading is not None][:1] or [
        each for each in looked if each.rows
    ][:1]


def _tell_empty(chosen: _Opened, header_row: int, found: Findings) -> None:
    name = shown(chosen.sheet.name)
    if not chosen.rows:
        found.add(f"Bladet ”{name}” är tomt.", "Välj ett blad med rader.")
    elif chosen.heading is None and header_row:
        found.add(
            f"På rad {header_row} i bladet ”{name}” finns inga rubriker.",
            "Ange raden med rubrikerna i källprofilen.",
            header_row,
        )
    elif chosen.heading is None:
        found.add(
            f"Ingen rad med rubriker hittades bland de {FIRST_ROWS} första i bladet ”{name}”.",
            "Bladet ska ha en rubrik över varje kolumn.",
        )
    elif not chosen.has_rows:
        found.add(
            f"Bladet ”{name}” har rubriker men inga rader.",
            "Kontrollera urvalet i exporten, och välj filen igen.",
            chosen.heading.number,
        )


def _notes(
    chosen: _Opened, looked: list[_Opened], header: tuple[str, ...], hidden_rows: frozenset[str]
) -> Iterator[str]:
    assert chosen.heading is not None
    if len(looked) > 1:
        yield f"Bladet ”{shown(chosen.sheet.name)}” lästes."
    others = [shown(each.sheet.name) for each in looked if each is not chosen and each.rows]
    if others:
        yield f"Inte lästa blad: {', '.join(f'”{name}”' for name in others)}."
    if chosen.sheet.hidden:
        yield "Bladet är dolt i arbetsboken."
    if chosen.heading.number > 1:
        yield f"Rubrikerna står på rad {chosen.heading.number}. Raderna ovanför lästes inte."
    if chosen.sheet.part in hidden_rows:
        yield "Bladet har dolda rader. De lästes som de andra."
    hidden = [
        header[index] or column_name(index)
        for index in range(len(header))
        if any(first <= index <= last for first, last in chosen.parts.hidden_columns)
    ]
    if hidden:
        yield f"Dolda kolumner lästes som de andra: {', '.join(f'”{shown(text)}”' for text in hidden)}."
    percents = [
        header[index] or column_name(index) for index in sorted(chosen.parts.percents) if index < len(header)
    ]
    if percents:
        told = ", ".join(f"”{shown(text)}”" for text in percents)
        yield f"{LOOK} Visas som procent i Excel, men läses som talet som står där (12,5 % är 0,125): {told}."


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
