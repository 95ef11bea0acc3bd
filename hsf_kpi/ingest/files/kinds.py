"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hsf_kpi.ingest.files.findings import Findings
from hsf_kpi.ingest.files.limits import Limits, size_text
from hsf_kpi.ingest.files.signs import CONTROLS

HEAD: Final = 65_536
_CHUNK: Final = 1 << 20
_AS_TABLE: Final = "Spara tabellen som CSV (UTF-8) eller som Excel-arbetsbok (.xlsx) och försök igen."
_PICTURE: Final = "Filen är en bild, ingen tabell."
_PACKED: Final = "Filen är ett komprimerat arkiv."
_UNPACK: Final = "Packa upp arkivet och läs in filerna en och en."
_MAGIC: Final = (
    (b"\x89PNG", _PICTURE, _AS_TABLE),
    (b"\xff\xd8\xff", _PICTURE, _AS_TABLE),
    (b"GIF8", _PICTURE, _AS_TABLE),
    (b"II*\0", _PICTURE, _AS_TABLE),
    (b"MM\0*", _PICTURE, _AS_TABLE),
    (b"BM", _PICTURE, _AS_TABLE),
    (b"RIFF", "Filen är en bild eller ett ljud, ingen tabell.", _AS_TABLE),
    (b"%PDF", "Filen är ett PDF-dokument.", _AS_TABLE),
    (b"{\\rtf", "Filen är ett textdokument (RTF).", _AS_TABLE),
    (b"\x1f\x8b", _PACKED, _UNPACK),
    (b"7z\xbc\xaf", _PACKED, _UNPACK),
    (b"Rar!", _PACKED, _UNPACK),
    (b"BZh", _PACKED, _UNPACK),
    (b"\xfd7zXZ", _PACKED, _UNPACK),
    (b"PAR1", "Filen är en Parquet-fil.", _AS_TABLE),
    (b"SQLite format 3", "Filen är en databas.", _AS_TABLE),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MARKUP: Final = re.compile(rb"\s*<(?:!--.*?-->\s*|[?!/]?[a-z])", re.IGNORECASE | re.DOTALL)
_HTML: Final = re.compile(rb"<(?:!doctype html|html|head|body|table|meta|style|div)\b", re.IGNORECASE)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def kind_of(path: Path, size: int, limits: Limits, found: Findings) -> str:
    """csv or xlsx; "" where it is neither, and why is told in `found`. OSError as from the file."""
    if size > limits.bytes:
        found.add(
            f"Filen är {size_text(size)}.",
            f"En fil får vara högst {limits.bytes_text}. Dela upp den, till exempel på år.",
        )
        return ""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.removeprefix(b"\xef\xbb\xbf").strip():
        found.add("Filen är tom.", "Kontrollera att exporten blev klar, och välj filen igen.")
        return ""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "xlsx"
    told = _told(path, head)
    if told is None:
        return "csv"
    found.add(*told)
    return ""


def _told(path: Path, head: bytes) -> tuple[str, str] | None:
    """What the file is where it is no text with a table in it."""
    if head.startswith(_OLE):
        if any(_ENCRYPTED in part for part in _parts(path)):
            return "Arbetsboken är skyddad med lösenord.", "Ta bort lösenordet i Excel och spara filen igen."
        return "Filen är i Excels gamla format (.xls).", "Öppna den i Excel och spara den som .xlsx."
    for magic, what, todo in _MAGIC:
        # Two letters may begin a text as well: a picture has other bytes than text close behind.
        if head.startswith(magic) and (len(magic) > 2 or b"\0" in head[:64]):
            return what, todo
    if head[4:8] == b"ftyp":
        return _PICTURE, _AS_TABLE
    if head.startswith(_UTF16) or _every_other_zero(head):
        return (
            "Filen är sparad som UTF-16 (i Excel ”Unicode-text”).",
            "Spara den som ”CSV UTF-8” och försök igen.",
        )
    if b"\0" in head or _controls(head) * 100 > len(head):
        return "Filen är ingen textfil: den innehåller annat än text.", _AS_TABLE
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(text):
        if b"<svg" in text[:1024].lower():
            return _PICTURE, _AS_TABLE
        if _HTML.search(text[:4096]):
            return "Filen är en webbsida (HTML), hur den än heter.", _AS_TABLE
        return "Filen är en XML-fil.", _AS_TABLE
    return None


def _every_other_zero(head: bytes) -> bool:
    sample = head[:1024]
    half = len(sample) // 2
    return half >= 4 and max(sample[0::2].count(0), sample[1::2].count(0)) > half * 0.7 > min(
        sample[0::2].count(0), sample[1::2].count(0)
    )


def _controls(head: bytes) -> int:
    return len(head) - len(head.translate(None, CONTROLS))


def _parts(path: Path) -> Iterator[bytes]:
    """The file some at a time, each with the end of the one before."""
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield tail + chunk
            tail = chunk[-len(_ENCRYPTED) :]
