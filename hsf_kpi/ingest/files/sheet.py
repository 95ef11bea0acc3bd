"""The rows of one sheet, read as they come: cells as the workbook types them, and what stands there that is no value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Final

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from hsf_kpi.ingest.files.parts import TRUE, Book, unescape
from hsf_kpi.ingest.files.table import Cell
from hsf_kpi.ingest.files.xml import feed

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_INTEGER: Final = re.compile(r"-?[0-9]{1,18}")
_DECIMAL: Final = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384
_MOST_MERGED: Final = 10_000

FORMULA: Final = "formula"
ERROR: Final = "error"
DATE: Final = "date"
LONG: Final = "long"


@dataclass(slots=True)
class SheetRow:
    """cells: from column A on; None where nothing stands. wrong: (column, FORMULA …, the text that stands there)."""

    number: int
    cells: list[Cell] = field(default_factory=list)
    wrong: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class SheetParts:
    """What a sheet says besides its rows; whole when they have been read.

    merged: (first row, last row, first column, last column) of each, from 1. hidden_columns: (first, last), from 0.
    percents: columns with numbers that are shown as percent, from 0.
    """

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    percents: set[int] = field(default_factory=set)


def read_sheet(
    stream: IO[bytes], book: Book, texts: Sequence[str], longest: int, parts: SheetParts
) -> Iterator[SheetRow]:
    """Every row that the sheet holds, in order. longest: signs of a cell; more is cut and told as LONG.

    ValueError, IndexError or ExpatError for a sheet that is damaged.
    """
    done: list[SheetRow] = []
    reader = _Reader(book, texts, longest, parts, done)
    for _ in feed(stream, reader.start, reader.end, reader.text):
        yield from done
        done.clear()


class _Reader:
    """The state between one tag and the next."""

    def __init__(
        self, book: Book, texts: Sequence[str], longest: int, parts: SheetParts, done: list[SheetRow]
    ) -> None:
        self._dates, self._durations = book.styles.dates, book.styles.durations
        self._percents = book.styles.percents
        self._epoch = MAC_EPOCH if book.date1904 else WINDOWS_EPOCH
        self._texts, self._longest, self._parts, self._done = texts, longest, parts, done
        self._columns: dict[str, int] = {}
        self._row = SheetRow(0)
        self._column = -1
        self._kind = self._style = ""
        self._pieces: list[str] = []
        self._signs = 0
        self._reading = self._phonetic = self._formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._column = self._place(attributes.get("r"))
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._pieces.clear()
            self._signs = 0
            self._formula = False
        elif tag == "v" or tag == "t":
            self._reading = not self._phonetic
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "row":
            number = int(attributes.get("r", self._row.number + 1))
            if not self._row.number < number <= _LAST_ROW:
                raise ValueError("rows out of order")
            self._row, self._column = SheetRow(number), -1
        elif tag == "mergeCell":
            if len(self._parts.merged) < _MOST_MERGED:
                self._parts.merged.append(_span(attributes["ref"]))
        elif tag == "col" and attributes.get("hidden") in TRUE:
            self._parts.hidden_columns.append((int(attributes["min"]) - 1, int(attributes["max"]) - 1))

    def text(self, data: str) -> None:
        if self._reading and self._signs <= self._longest:
            self._signs += len(data)
            self._pieces.append(data)

    def end(self, tag: str) -> None:
        if tag == "v" or tag == "t":
            self._reading = False
        elif tag == "c":
            self._finish()
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "row":
            self._done.append(self._row)

    def _place(self, reference: str | None) -> int:
        """The column of a cell, from 0."""
        if reference is None:
            column = self._column + 1
        else:
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters, -1)
            if column < 0:
                column = self._columns[letters] = column_index(letters)
        if not self._column < column < _LAST_COLUMN:
            raise ValueError("cells out of order")
        return column

    def _finish(self) -> None:
        text = "".join(self._pieces)
        if self._formula:
            self._wrong(FORMULA, text)
            return
        if not text:
            return
        if self._signs > self._longest:
            self._wrong(LONG, text[:40])
            return
        value = self._value(text)
        if value is None:
            return
        cells = self._row.cells
        if len(cells) < self._column:
            cells.extend([None] * (self._column - len(cells)))
        cells.append(value)

    def _value(self, text: str) -> Cell:
        kind = self._kind
        if kind == "s":
            stripped = self._texts[_index(text)].strip()
            if len(stripped) > self._longest:
                self._wrong(LONG, stripped[:40])
                return None
            return stripped or None
        if kind == "n":
            return self._number(text.strip())
        if kind == "inlineStr" or kind == "str":
            return unescape(text).strip() or None
        if kind == "b":
            return text.strip() in TRUE
        if kind == "d":
            return self._iso_day(text.strip())
        if kind == "e":
            self._wrong(ERROR, text)
            return None
        raise ValueError("an unknown kind of cell")

    def _number(self, text: str) -> Cell:
        value: int | float
        if _INTEGER.fullmatch(text):
            value = int(text)
        elif _DECIMAL.fullmatch(text):
            value = float(text)
        else:
            raise ValueError("no number")
        if self._style in self._percents:
            self._parts.percents.add(self._column)
        if self._style not in self._dates and self._style not in self._durations:
            return value
        try:
            return _moment(from_excel(value, self._epoch, timedelta=self._style in self._durations))
        except (OverflowError, ValueError):
            self._wrong(DATE, text)
            return None

    def _iso_day(self, text: str) -> Cell:
        try:
            return _moment(dt.datetime.fromisoformat(text).replace(tzinfo=None))
        except ValueError:
            self._wrong(DATE, text)
            return None

    def _wrong(self, what: str, text: str) -> None:
        self._row.wrong.append((self._column, what, text))


def _index(text: str) -> int:
    index = int(text)
    if index < 0:
        raise ValueError("no such text")
    return index


def column_index(letters: str) -> int:
    """«A» → 0. ValueError for what names no column."""
    number = 0
    if not letters.isascii() or not letters.isalpha() or not letters.isupper() or len(letters) > 3:
        raise ValueError("no column")
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _span(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    corners = [_REFERENCE.fullmatch(corner) for corner in (first, last or first)]
    if None in corners:
        raise ValueError("no cells")
    (top, left), (bottom, right) = (
        (int(corner[2]), column_index(corner[1]) + 1) for corner in corners if corner is not None
    )
    return top, bottom, left, right


def _moment(value: object) -> Cell:
    """A day, or a day and a time; a time alone, and a duration, as text: «0:18:31»."""
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value
    if isinstance(value, dt.date):
        return value
    if isinstance(value, dt.time):
        return f"{value.hour}:{value.minute:02d}:{value.second:02d}"
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
        return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    raise ValueError("no moment")
