"""CSV: the table in a text file, and its rows read some at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from hsf_kpi.ingest.files.dialect import DELIMITERS, dialect
from hsf_kpi.ingest.files.encoding import WORDS, read_raw
from hsf_kpi.ingest.files.faults import tell_control, tell_long, tell_nameless, tell_rows
from hsf_kpi.ingest.files.findings import Findings
from hsf_kpi.ingest.files.heading import check_headings, headings, named
from hsf_kpi.ingest.files.limits import FIRST_ROWS, Limits
from hsf_kpi.ingest.files.persons import SAID, like_person, maybe
from hsf_kpi.ingest.files.signs import control_signs, has_control_signs
from hsf_kpi.ingest.files.table import Cell, FileTable, Line
from hsf_kpi.model.incoming import FileRefused
from hsf_kpi.swedish.numbers import number as number_text


@dataclass(frozen=True, slots=True)
class CsvSource:
    """What is needed to read the rows again."""

    path: Path
    name: str
    encoding: str
    delimiter: str
    ended: bool
    header: tuple[str, ...]
    header_row: int
    limits: Limits

    def __call__(self, found: Findings) -> Iterator[Line]:
        return read_lines(self, found)


def open_delimited(
    path: Path,
    name: str,
    size: int,
    expected: Collection[str],
    header_row: int,
    limits: Limits,
    found: Findings,
) -> FileTable:
    """The table in a text file. FileRefused where there is none, or its headings won't do."""
    raw = read_raw(path, found)
    found.refuse()
    best = dialect(path, raw.encoding, expected, header_row, limits)
    if best.heading is None or len(headings(best.heading)) < 2:
        _no_heading(found, header_row)
        found.refuse()
    assert best.heading is not None
    header = headings(best.heading)
    check_headings(header, best.heading.number, limits, found)
    found.refuse()
    source = CsvSource(
        path, name, raw.encoding, best.delimiter, raw.ended, header, best.heading.number, limits
    )
    _some_row(source, found)
    notes = [] if raw.plain else [f"Tecknen är {WORDS[raw.encoding]}."]
    notes.append(f"Kolumnerna skiljs åt med {DELIMITERS[best.delimiter]}.")
    if best.heading.number > 1:
        notes.append(f"Rubrikerna står på rad {best.heading.number}. Raderna ovanför lästes inte.")
    return FileTable(
        name=name,
        path=path,
        kind="csv",
        sha256=raw.sha256,
        size=size,
        header=header,
        header_row=best.heading.number,
        encoding=raw.encoding,
        delimiter=best.delimiter,
        notes=tuple(notes),
        read=source,
    )


def _no_heading(found: Findings, header_row: int) -> None:
    if header_row:
        found.add(
            f"På rad {header_row} finns inga rubriker.",
            "Ange raden med rubrikerna i källprofilen.",
            header_row,
        )
        return
    found.add(
        f"Ingen rad med rubriker hittades bland de {FIRST_ROWS} första.",
        "Filen ska ha en rubrik över varje kolumn, och semikolon, komma eller tabb mellan kolumnerna.",
    )


def _some_row(source: CsvSource, found: Findings) -> None:
    """Tells where there is nothing below the headings."""
    below = Findings(source.name)
    if next(read_lines(source, below), None) is None and not len(below):
        found.add(
            "Filen har rubriker men inga rader.",
            "Kontrollera urvalet i exporten, och välj filen igen.",
            source.header_row,
        )
        found.refuse()


def read_lines(source: CsvSource, found: Findings) -> Iterator[Line]:
    """The rows below the heading. FileRefused when the file is no longer what it was when it was opened."""
    try:
        with source.path.open(encoding=source.encoding, newline="") as file:
            yield from _checked(source, file, found)
    except (OSError, UnicodeError) as error:
        found.add(
            "Filen kunde inte läsas till slutet.", "Kontrollera att den inte ändras, och välj den igen."
        )
        raise FileRefused(source.name, found.faults()) from error


def _checked(source: CsvSource, file: io.TextIOBase, found: Findings) -> Iterator[Line]:
    header, limits = source.header, source.limits
    width = len(header)
    nameless = [index for index, text in enumerate(header) if not text]
    short: tuple[int, int] | None = None
    rows = 0
    for number, fields in _records(file, source.delimiter, found, limits):
        if short is not None:
            _tell_width(found, source, *short)
            short = None
        joined = "\n".join(fields)
        if not joined.strip():
            continue
        wrong = False
        if control_signs(joined) is not None:
            for index, text in enumerate(fields):
                if has_control_signs(text):
                    tell_control(found, number, named(header, index))
            wrong = True
        if not joined.isascii() or maybe(joined) is not None:
            for index, text in enumerate(fields):
                if like_person(text.strip()):
                    found.add(*SAID, number, named(header, index))
                    wrong = True
        if number <= source.header_row or wrong:
            continue
        if len(fields) < width:
            short = number, len(fields)
            continue
        if len(fields) > width and any(field.strip() for field in fields[width:]):
            _tell_width(found, source, number, len(fields))
            continue
        if len(joined) > limits.cell:
            for index, text in enumerate(fields):
                if len(text) > limits.cell:
                    tell_long(found, limits, number, named(header, index))
                    wrong = True
        cells: tuple[Cell, ...] = tuple([field.strip() or None for field in fields[:width]])
        for index in nameless:
            if cells[index] is not None:
                tell_nameless(found, number, index)
                wrong = True
        rows += 1
        if rows > limits.rows:
            tell_rows(found, limits)
            return
        if not wrong:
            yield Line(number, cells)
    if short is not None:
        _tell_width(found, source, *short, last=not source.ended)


def _records(
    file: io.TextIOBase, delimiter: str, found: Findings, limits: Limits
) -> Iterator[tuple[int, list[str]]]:
    """(number, fields) of each record; what can't be read as one is told and left out."""
    number = 0
    reader = csv.reader(_bounded(file, found, limits), delimiter=delimiter, strict=True)
    while True:
        try:
            for fields in reader:
                number += 1
                yield number, fields
            return
        except csv.Error as error:
            number += 1
            if "unexpected end" in str(error) or "limit" in str(error):
                found.add(
                    "Ett citattecken som börjar på raden stängs aldrig, eller så är ett fält mycket långt.",
                    'Filen kan vara avbruten: exportera den på nytt. Annars skriv citattecken i text dubbelt ("").',
                    number,
                )
            else:
                found.add(
                    "Ett citattecken står mitt i ett fält.",
                    'Skriv citattecken i text dubbelt ("") och fältet inom citattecken.',
                    number,
                )


def _bounded(file: io.TextIOBase, found: Findings, limits: Limits) -> Iterator[str]:
    """The file's lines; stops, as it is told, at one that is too long to be a row."""
    most = limits.line
    while line := file.readline(most):
        if len(line) == most and line[-1] not in "\r\n":
            found.add(
                f"En rad är längre än {number_text(most, 0)} tecken.",
                "Kontrollera att filen har radslut efter varje rad.",
            )
            return
        yield line


def _tell_width(found: Findings, source: CsvSource, number: int, fields: int, *, last: bool = False) -> None:
    width = len(source.header)
    what = f"Raden har {fields} fält, men det finns {width} rubriker."
    if last:
        found.add(
            f"Filen är avbruten: sista raden har {fields} fält av {width} och inget radslut.",
            "Exportera eller ladda upp filen på nytt.",
            number,
        )
    elif fields < width:
        found.add(what, "Fyll på raden, eller exportera filen på nytt.", number)
    elif source.delimiter == ",":
        found.add(
            what, "Tal med decimalkomma ska stå inom citattecken när kolumnerna skiljs åt med komma.", number
        )
    else:
        found.add(what, f"Text med {DELIMITERS[source.delimiter]} i ska stå inom citattecken.", number)
