"""The parts of a workbook that tell how its sheets are read: which there are, the shared texts, the formats of dates."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from zipfile import ZipFile

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from hsf_kpi.ingest.files.limits import Limits
from hsf_kpi.ingest.files.xml import Start, attribute, feed

_WORKBOOK: Final = "xl/workbook.xml"
_BUILTIN_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
TRUE: Final = ("1", "true", "on")


class TooManyTexts(Exception):
    """The shared texts are more than can be held in memory."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """part: its file in the archive."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Styles:
    """By the number of a cell's style: which are dates or times of day, which durations, which shown as percent."""

    dates: frozenset[str] = frozenset()
    durations: frozenset[str] = frozenset()
    percents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Book:
    """date1904: days are counted from 1904, as on old Macs."""

    sheets: tuple[Sheet, ...]
    styles: Styles
    date1904: bool
    texts_part: str


def read_book(archive: ZipFile) -> Book:
    names = {name.lower(): name for name in archive.namelist()}
    root = _relations(archive, "_rels/.rels", "", names)
    part = next((target for kind, target in root.values() if kind == "officeDocument"), _WORKBOOK)
    folder = posixpath.dirname(part)
    relations = _relations(archive, f"{folder}/_rels/{posixpath.basename(part)}.rels", folder, names)
    sheets, date1904 = _sheets(archive, part, relations, names)
    targets = {kind: target for kind, target in relations.values() if target.lower() in names}
    styles = targets.get("styles")
    return Book(
        sheets,
        _styles(archive, styles) if styles else Styles(),
        date1904,
        targets.get("sharedStrings", ""),
    )


def _relations(
    archive: ZipFile, part: str, folder: str, names: Mapping[str, str]
) -> Mapping[str, tuple[str, str]]:
    """id → (last word of its type, file in the archive, whose name may be written in other cases)"""
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes["Target"]
            path = posixpath.normpath(
                target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            )
            found[attributes["Id"]] = attributes["Type"].rpartition("/")[2], names.get(path.lower(), path)

    if part.lower() in names:
        _read(archive, names[part.lower()], start)
    return found


def _sheets(
    archive: ZipFile, part: str, relations: Mapping[str, tuple[str, str]], names: Mapping[str, str]
) -> tuple[tuple[Sheet, ...], bool]:
    sheets: list[Sheet] = []
    date1904 = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal date1904
        if tag == "workbookPr":
            date1904 = attributes.get("date1904", "0") in TRUE
        elif tag == "sheet":
            kind, target = relations[attribute(attributes, "id")]
            if target in {sheet.part for sheet in sheets}:
                raise ValueError("two sheets are the same part")
            if kind == "worksheet" and target.lower() in names:
                hidden = attributes.get("state", "visible") != "visible"
                sheets.append(Sheet(attributes["name"], target, hidden))

    _read(archive, part, start)
    return tuple(sheets), date1904


def _styles(archive: ZipFile, part: str) -> Styles:
    formats: dict[int, str] = {}
    dates: set[str] = set()
    durations: set[str] = set()
    percents: set[str] = set()
    inside = False
    number = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside, number
        if tag == "numFmt":
            formats[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            key = int(attributes.get("numFmtId", "0"))
            code = formats.get(key, BUILTIN_FORMATS.get(key, ""))
            if (key in _BUILTIN_DATES and key not in formats) or is_date_format(code):
                dates.add(str(number))
            if is_timedelta_format(code):
                durations.add(str(number))
            if "%" in code:
                percents.add(str(number))
            number += 1

    def end(tag: str) -> None:
        nonlocal inside
        inside = inside and tag != "cellXfs"

    with archive.open(part) as stream:
        for _ in feed(stream, start, end, lambda _: None):
            pass
    return Styles(frozenset(dates), frozenset(durations), frozenset(percents))


def read_texts(archive: ZipFile, part: str, limits: Limits) -> list[str]:
    """The texts that cells point at by number. TooManyTexts where they would fill the memory."""
    texts: list[str] = []
    pieces: list[str] = []
    reading = phonetic = False
    signs = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal reading, phonetic
        if tag == "t":
            reading = not phonetic
        elif tag == "rPh":
            phonetic = True

    def end(tag: str) -> None:
        nonlocal reading, phonetic
        if tag == "si":
            texts.append(unescape("".join(pieces)))
            pieces.clear()
        elif tag == "t":
            reading = False
        elif tag == "rPh":
            phonetic = False

    def text(data: str) -> None:
        nonlocal signs
        if reading:
            signs += len(data)
            pieces.append(data)

    if part:
        with archive.open(part) as stream:
            for _ in feed(stream, start, end, text):
                # A text takes some fifty bytes besides its characters.
                if signs + 50 * len(texts) > limits.texts * 2 or signs > limits.texts:
                    raise TooManyTexts
    return texts


def unescape(text: str) -> str:
    """«_x000D_» stands for a sign that XML can't hold."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def _read(archive: ZipFile, part: str, start: Start) -> None:
    with archive.open(part) as stream:
        for _ in feed(stream, start, lambda _: None, lambda _: None):
            pass
