"""The archive that a workbook is: whether it is whole, harmless and small enough, told before any of it is understood."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException

from hsf_kpi.ingest.files.findings import Findings
from hsf_kpi.ingest.files.limits import MEGABYTE, Limits, size_text
from hsf_kpi.model.incoming import FileRefused
from hsf_kpi.swedish.numbers import number

CHUNK: Final = 1 << 18
SMALL: Final = 10 * MEGABYTE
"""A part that is no larger may be packed as hard as it wants."""
_CONTENT_TYPES: Final = "[Content_Types].xml"
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ExpatError,
    EOFError,
    OSError,
    RuntimeError,  # NotImplementedError as well: a way of packing that is not known
    ArithmeticError,
    LookupError,
    ValueError,
)
"""What the libraries raise for an archive or a part that is damaged."""
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0D\0O\0C\0T|\0<\0!\0D\0O\0C\0T", re.IGNORECASE)
_MACRO: Final = re.compile(r"vbaproject|/macrosheets/|/activex/|vbadata", re.IGNORECASE)
_MACRO_TYPE: Final = re.compile(rb"macroEnabled|vbaProject|macrosheet", re.IGNORECASE)
_NESTED: Final = re.compile(
    r"/embeddings/|^xl/model/|\.(?:zip|xls[xmb]?|doc[xm]?|7z|rar|gz|exe|bin|js|dll)$", re.IGNORECASE
)
_HARMLESS: Final = re.compile(r"(?:printerSettings|customProperty)\d*\.bin$", re.IGNORECASE)
HIDDEN_ROW: Final = re.compile(rb"<(?:\w+:)?row\b[^>]*?\bhidden=[\"'](?:1|true)[\"']")

_DAMAGED: Final = (
    "Arbetsboken är avbruten eller skadad.",
    "Ladda upp den på nytt, eller öppna den i Excel och spara den igen.",
)


@contextmanager
def damage_told(name: str, found: Findings) -> Iterator[None]:
    """What the libraries say of a damaged workbook, and of entities in it, becomes FileRefused."""
    try:
        yield
    except FileRefused:
        raise
    except DefusedXmlException as error:
        tell_doctype(found)
        raise FileRefused(name, found.faults()) from error
    except _BROKEN as error:
        found.add(*_DAMAGED)
        raise FileRefused(name, found.faults()) from error


def tell_doctype(found: Findings) -> None:
    found.add(
        "Arbetsboken innehåller en dokumenttyp (DTD) eller hänvisningar till annat, som kan vara skadliga.",
        "Öppna den i Excel och spara den som .xlsx på nytt.",
    )


def check_package(archive: zipfile.ZipFile, limits: Limits, found: Findings) -> frozenset[str]:
    """Reads every part once, to its end, and tells what may not be there. Returns the parts with hidden rows.

    Nothing is read where the sizes that the archive states of itself are too large already.
    """
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > limits.parts:
        found.add(
            f"Arbetsboken består av {number(len(parts), 0)} delar.",
            f"Den får ha högst {number(limits.parts, 0)}. Spara bara bladet med tabellen.",
        )
        return frozenset()
    if _CONTENT_TYPES not in names or not any(name.startswith("xl/") for name in names):
        found.add(*_other_archive(names))
        return frozenset()
    if "xl/workbook.bin" in names:
        found.add("Filen är i Excels binära format (.xlsb).", "Öppna den i Excel och spara den som .xlsx.")
        return frozenset()
    if len(set(names)) < len(names):
        found.add("Arbetsboken har två delar med samma namn.", "Öppna den i Excel och spara den igen.")
    if any(part.flag_bits & 1 for part in parts):
        found.add("Arbetsboken är skyddad med lösenord.", "Ta bort lösenordet i Excel och spara filen igen.")
    _tell_names(names, found)
    _tell_sizes(parts, limits, found)
    if len(found):
        return frozenset()
    return _read_all(archive, limits, found)


def _other_archive(names: list[str]) -> tuple[str, str]:
    if "mimetype" in names or "content.xml" in names:
        return "Filen är ett OpenDocument.", "Spara den som Excel-arbetsbok (.xlsx) eller som CSV (UTF-8)."
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "Filen är ett Word- eller PowerPoint-dokument.", "Spara tabellen som .xlsx eller CSV (UTF-8)."
    if not names:
        return "Filen är tom.", "Kontrollera att exporten blev klar, och välj filen igen."
    return "Filen är ett komprimerat arkiv (zip).", "Packa upp arkivet och läs in filerna en och en."


def _tell_names(names: list[str], found: Findings) -> None:
    if any(_MACRO.search(name) for name in names):
        _tell_macros(found)
    if any("/externallinks/" in f"/{name.lower()}" for name in names):
        found.add(
            "Arbetsboken har länkar till andra arbetsböcker.",
            "Klistra in som värden i en ny arbetsbok, eller spara bladet som CSV (UTF-8).",
        )
    if any(_NESTED.search(name) and not _HARMLESS.search(name) and not _MACRO.search(name) for name in names):
        found.add(
            "Arbetsboken har andra filer inbäddade i sig.",
            "Ta bort dem, eller spara bladet som CSV (UTF-8).",
        )


def _tell_macros(found: Findings) -> None:
    found.add("Arbetsboken innehåller makron.", "Spara den som .xlsx, utan makron.")


def _tell_sizes(parts: list[zipfile.ZipInfo], limits: Limits, found: Findings) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    hard = any(_too_hard(part.file_size, part.compress_size, limits) for part in parts)
    if unpacked > limits.unpacked or hard or _too_hard(unpacked, packed, limits):
        _tell_bomb(found, unpacked, limits)


def _too_hard(unpacked: int, packed: int, limits: Limits) -> bool:
    return unpacked > SMALL and unpacked > limits.ratio * max(packed, 1)


def _tell_bomb(found: Findings, unpacked: int, limits: Limits) -> None:
    found.add(
        f"Arbetsboken blir {size_text(unpacked)} när den packas upp, mycket mer än dess storlek.",
        f"Uppackad får den vara högst {size_text(limits.unpacked)}, och högst {limits.ratio} gånger så stor. "
        "Spara bara bladet med tabellen, eller som CSV (UTF-8).",
    )


def _read_all(archive: zipfile.ZipFile, limits: Limits, found: Findings) -> frozenset[str]:
    """The sizes as they really are, the check sums, and what stands in the parts that nobody asks for."""
    unpacked = 0
    hidden: set[str] = set()
    for part in archive.infolist():
        tail, sheet = b"", part.filename.startswith("xl/worksheets/")
        xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
        of_part = 0
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                if xml and not of_part and _DOCTYPE.search(chunk):
                    tell_doctype(found)
                if part.filename == _CONTENT_TYPES and _MACRO_TYPE.search(chunk):
                    _tell_macros(found)
                of_part += len(chunk)
                unpacked += len(chunk)
                if unpacked > limits.unpacked or _too_hard(of_part, part.compress_size, limits):
                    _tell_bomb(found, unpacked, limits)
                    return frozenset()
                if sheet:
                    around = tail + chunk
                    if HIDDEN_ROW.search(around):
                        hidden.add(part.filename)
                    cut = around.rfind(b"<")
                    tail = around[cut:] if cut >= 0 and len(around) - cut < CHUNK else b""
    return frozenset(hidden)
