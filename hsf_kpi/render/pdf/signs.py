"""The signs that the report's font has, and what stands for those that it lacks: nothing is lost unsaid.

A tagged document may hold no sign without a shape, so that the compiler refuses a text with one (an emoji in a comment).
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from hsf_kpi.render.characters import printable
from hsf_kpi.render.page import FONTS

INSTEAD = "□"
_BREAKS = {
    "\r\n": "\n",
    "\r": "\n",
    "\v": "\n",
    "\f": "\n",
    "\x85": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\t": " ",
}
_UNSEEN = ("Cf", "Cc")
_MARKS = ("Mn", "Mc", "Me")
"""Accents that no letter has of its own: the compiler finds no sign for them in a chart."""
_SOFT = "\N{SOFT HYPHEN}"
_VARIANTS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Signs that only choose how the one before is drawn."""
_BREAK = "\N{ZERO WIDTH SPACE}"
_ENDLESS, _EVERY = re.compile(r"[^\s-]{41,}"), re.compile(r".{1,12}")


@dataclass
class Signs:
    """Writes texts with the signs that there are; `missing` holds the others in the order first met."""

    missing: dict[str, None] = field(default_factory=dict)

    def shown(self, text: str) -> str:
        """The text with «□» for each sign that the font lacks. Line breaks are «\\n»; what is never seen is gone."""
        plain = shapes()
        if plain.issuperset(text) and unicodedata.is_normalized("NFC", text):
            return text
        for found, instead in _BREAKS.items():
            text = text.replace(found, instead)
        composed = unicodedata.normalize("NFC", printable(text))
        return "".join(char if char in plain else self._instead(char) for char in composed)

    def _instead(self, char: str) -> str:
        kind = unicodedata.category(char)
        if kind in _UNSEEN or any(ord(char) in span for span in _VARIANTS):
            return ""
        if kind == "Zs":
            return " "
        self.missing.setdefault(char)
        return INSTEAD

    def codes(self) -> list[str]:
        """«U+1F600» for each sign that is missing."""
        return [f"U+{ord(char):04X}" for char in self.missing]


def breakable(text: str) -> str:
    """The text with places to break in words that no line could hold, unseen and without a hyphen."""
    return _ENDLESS.sub(lambda found: _BREAK.join(_EVERY.findall(found[0])), text)


@cache
def shapes() -> frozenset[str]:
    """The signs that every cut of the font has, and the line break."""
    cuts = [frozenset(_code_points(path.read_bytes())) for path in sorted(FONTS.glob("*.ttf"))]
    seen = (chr(code) for code in frozenset.intersection(*cuts))
    return frozenset(
        {
            "\n",
            *(char for char in seen if unicodedata.category(char) not in _UNSEEN + _MARKS or char == _SOFT),
        }
    )


def _code_points(font: bytes) -> Iterator[int]:
    """Read from the font's character map (OpenType «cmap», segments as format 4)."""
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for k in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 4 + 8 * k + 4)
        (kind,) = struct.unpack_from(">H", font, start + offset)
        if kind == 4:
            yield from _segments(font, start + offset)


def _table(font: bytes, name: bytes) -> int:
    """Where a table of the font begins. KeyError for one that it has not."""
    (count,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * k) for k in range(count))
    return int({tag: offset for tag, _sum, offset, _length in entries}[name])


def _segments(font: bytes, at: int) -> Iterator[int]:
    (double,) = struct.unpack_from(">H", font, at + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + double)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 2 * double)
    ranges = at + 16 + 3 * double
    offsets = struct.unpack_from(f">{count}H", font, ranges)
    for k, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offsets[k]:
                (glyph,) = struct.unpack_from(">H", font, ranges + 2 * k + offsets[k] + 2 * (code - first))
                if not glyph:
                    continue
            if (glyph + deltas[k]) % 0x10000:
                yield code
