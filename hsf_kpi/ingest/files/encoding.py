"""How a text file's characters are written, told by all its bytes; and its fingerprint, on the same way."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hsf_kpi.ingest.files.findings import Findings

_CHUNK: Final = 1 << 20
_BOM: Final = codecs.BOM_UTF8
_UTF8_SIGNS: Final = re.compile(rb"\xc3[\x80-\xbf]|\xc2[\x80-\xbf]|\xe2\x80[\x80-\xbf]|\xe2\x88\x92")
"""Swedish letters, spaces, dashes and quotes as UTF-8. As Windows-1252 they would be «Ã¥», «Â », «â€“»: no Swedish text."""
_NOT_CP1252: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
WORDS: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows-1252",
}


@dataclass(frozen=True, slots=True)
class RawText:
    """encoding: as Python names it. plain: only ASCII. ended: whether the last row has a line end."""

    sha256: str
    encoding: str
    plain: bool
    ended: bool


def read_raw(path: Path, found: Findings) -> RawText:
    """Reads the whole file once. Mixed or unknown characters are told in `found`, with the row."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8, ascii_only, unknown, both = True, True, False, False
    tail = first = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            first = first or chunk[:3]
            digest.update(chunk)
            if ascii_only and not chunk.isascii():
                ascii_only = False
            if utf8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    utf8 = False
            if not ascii_only:
                around = tail + chunk
                unknown = unknown or _NOT_CP1252.search(chunk) is not None
                both = both or _UTF8_SIGNS.search(around) is not None
            tail = chunk[-2:]
    if utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            utf8 = False
    ended = tail.endswith((b"\n", b"\r"))
    if utf8:
        encoding = "utf-8-sig" if first.startswith(_BOM) else "utf-8"
        return RawText(digest.hexdigest(), encoding, ascii_only, ended)
    if first.startswith(_BOM) or unknown or both:
        _tell_mixed(path, found)
    return RawText(digest.hexdigest(), "cp1252", False, ended)


def _tell_mixed(path: Path, found: Findings) -> None:
    """The first row that is UTF-8, and the first that is not."""
    with_utf8 = without = number = 0
    rest = b""
    with path.open("rb") as file:
        while (chunk := file.read(_CHUNK)) and not (with_utf8 and without):
            lines = (rest + chunk).split(b"\n")
            rest = lines.pop()[-_CHUNK:]
            for line in lines:
                number += 1
                utf8 = _is_utf8(line)
                if not utf8 and not without:
                    without = number
                elif utf8 and not with_utf8 and _HIGH.search(line.removeprefix(_BOM)):
                    with_utf8 = number
    if rest and not (with_utf8 and without):
        number += 1
        if not _is_utf8(rest):
            without = without or number
        elif _HIGH.search(rest.removeprefix(_BOM)):
            with_utf8 = with_utf8 or number
    if with_utf8:
        what = f"Tecknen är skrivna på två sätt: som UTF-8 på rad {with_utf8}, men inte på rad {without}."
    else:
        what = f"Tecknen på rad {without} är varken UTF-8 eller Windows-1252."
    found.add(what, "Öppna filen i det program som den kommer från och spara den som ”CSV UTF-8”.", without)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
