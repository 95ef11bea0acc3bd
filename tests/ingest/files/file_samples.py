"""Small files to read, and what is told of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from hsf_kpi.ingest.files import FileTable, Line, check_lines, open_table
from hsf_kpi.model.incoming import Fault, FileRefused

HEADER = ("Verksamhet", "Period", "Täljare", "Nämnare")
ROWS = (("kirurgkliniken", "2023-10", "12", "30"), ("Närvård Öst", "2023-11", "7,5", "18"))
TEXTS = "xl/sharedStrings.xml"
A_PERSON = "900101-1234"
"""Like a person's number; the check digit is wrong, so that it is nobody's."""


def csv_bytes(
    rows: Iterable[Sequence[str]], delimiter: str = ";", end: str = "\r\n", encoding: str = "utf-8"
) -> bytes:
    return "".join(delimiter.join(row) + end for row in rows).encode(encoding)


GOOD_CSV = csv_bytes((HEADER, *ROWS))


def workbook(fill: Callable[[Any], None] | None = None) -> bytes:
    """The same rows as a workbook, as Excel writes it; `fill` changes it before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    for row in (HEADER, *ROWS):
        sheet.append(row)
    if fill:
        fill(book)
    out = io.BytesIO()
    book.save(out)
    return shared(out.getvalue())


def shared(data: bytes) -> bytes:
    """A workbook whose cells point at one list of texts, as Excel's do; openpyxl writes each text in its cell."""
    texts: list[bytes] = []
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = b'<Relationship Id="rId99" Type="' + kind + b'" Target="sharedStrings.xml"/></Relationships>'

    def pointed(found: re.Match[bytes]) -> bytes:
        texts.append(found[1])
        return b't="s"><v>%d</v>' % (len(texts) - 1)

    def change(name: str, content: bytes) -> bytes:
        if name.startswith("xl/worksheets/"):
            return re.sub(rb't="inlineStr"><is>(.*?)</is>', pointed, content, flags=re.DOTALL)
        return content.replace(b"</Relationships>", relation) if name.startswith("xl/_rels/") else content

    data = repacked(data, change)
    items = b"".join(b"<si>" + text + b"</si>" for text in texts)
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return repacked(
        data, lambda _, content: content, {TEXTS: b'<sst xmlns="' + space + b'">' + items + b"</sst>"}
    )


def repacked(
    data: bytes, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None
) -> bytes:
    """A workbook with its parts changed (None: left out), and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            changed = change(name, old.read(name))
            if changed is not None:
                new.writestr(name, changed)
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def opened(folder: Path, data: bytes, name: str = "fil.csv", **how: Any) -> FileTable:
    path = folder / "fil"
    path.write_bytes(data)
    return open_table(path, name, **how)


def faults_of(folder: Path, data: bytes, name: str = "fil.csv", **how: Any) -> list[Fault]:
    """All that is told of the file, whether when it is opened or when it is read."""
    try:
        return check_lines(opened(folder, data, name, **how))
    except FileRefused as refused:
        return list(refused.faults)


def the_fault(folder: Path, data: bytes, name: str = "fil.csv", **how: Any) -> Fault:
    """The only one."""
    (fault,) = faults_of(folder, data, name, **how)
    assert fault.what.endswith(".")
    assert fault.expected.endswith(".")
    return fault


def cells(table: FileTable) -> list[tuple[Any, ...]]:
    return [line.cells for line in table.lines()]


def lines_of(folder: Path, data: bytes, **how: Any) -> list[Line]:
    return list(opened(folder, data, **how).lines())
