"""What a workbook holds besides the sheet that is read. The file is kept whole, so nothing in it may be about a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from zipfile import ZipFile

from hsf_kpi.ingest.files.findings import Findings, shown
from hsf_kpi.ingest.files.limits import Limits
from hsf_kpi.ingest.files.parts import Book, Sheet
from hsf_kpi.ingest.files.persons import SAID, like_person
from hsf_kpi.ingest.files.sheet import SheetParts, read_sheet
from hsf_kpi.ingest.files.xml import feed

_PARTS: Final = {
    re.compile(r"xl/(?:comments|threadedComments/|comments/)"): "en kommentar",
    re.compile(r"xl/(?:drawings|charts)/"): "en textruta eller ett diagram",
    re.compile(r"xl/pivotCache/"): "en pivottabells underlag",
    re.compile(r"docProps/"): "dokumentets egenskaper",
}
_WITHIN: Final = ("t", "r", "rPr")
"""Tags that part a text without ending it."""


def tell_elsewhere(
    archive: ZipFile, book: Book, read: Sheet, texts: Sequence[str], limits: Limits, found: Findings
) -> None:
    """Tells of anything like a person's number in other sheets, comments, pivot tables and texts that are not seen."""
    told = [
        _tell_sheet(archive, book, sheet, texts, limits, found)
        for sheet in book.sheets
        if sheet.part != read.part
    ]
    if not any(told) and not found.has(SAID[0]) and any(map(like_person, texts)):
        _tell("text som inte syns i något blad", found)
    for name in archive.namelist():
        place = next((place for pattern, place in _PARTS.items() if pattern.match(name)), None)
        if place and name.endswith(".xml") and _holds(archive, name):
            _tell(place, found)


def _tell_sheet(
    archive: ZipFile, book: Book, sheet: Sheet, texts: Sequence[str], limits: Limits, found: Findings
) -> bool:
    with archive.open(sheet.part) as stream:
        for row in read_sheet(stream, book, texts, limits.cell, SheetParts()):
            if any(map(like_person, row.cells)) or any(like_person(text) for _, _, text in row.wrong):
                _tell(f"bladet ”{shown(sheet.name)}”, rad {row.number}", found)
                return True
    return False


def _tell(place: str, found: Findings) -> None:
    found.add(
        f"Arbetsboken innehåller något som liknar ett personnummer, i {place}.",
        f"Ta bort det: hela filen sparas. {SAID[1].split('. ')[1]}.",
    )


def _holds(archive: ZipFile, part: str) -> bool:
    """Whether a text in the part, or a value of a pivot table's, is like a person's number."""
    pieces: list[str] = []
    held = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal held
        held = held or (part.startswith("xl/pivotCache/") and like_person(attributes.get("v")))

    def end(tag: str) -> None:
        nonlocal held
        if tag not in _WITHIN:
            held = held or like_person("".join(pieces))
            pieces.clear()

    with archive.open(part) as stream:
        for _ in feed(stream, start, end, pieces.append):
            if held:
                return True
    return held
