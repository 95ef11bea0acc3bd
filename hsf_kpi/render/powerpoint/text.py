"""Text as DrawingML writes it, always as text and in Swedish; how wide it is, and where it is cut. Sizes in points."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from hsf_kpi.render.characters import plain
from hsf_kpi.render.office import LANGUAGE
from hsf_kpi.render.page import text_width
from hsf_kpi.render.powerpoint.ink import solid
from hsf_kpi.render.theme import REGULAR, SEMIBOLD
from hsf_kpi.swedish.numbers import SPACE

WIDER = 1.12
"""How much wider the deck's font is than the one that widths are measured with, at the most."""
LEADING = 1.2
"""Height of a line, of its size."""
CUT = "…"
_WIDTHS = {**dict.fromkeys("●◆■○◇▲▼►↔→", 1.0), **dict.fromkeys("=×+−", 0.525), SPACE: 0.25}
"""Before `WIDER`, of signs that it does not tell of: shapes, as wide as high in the fonts that have them instead, and what
holds together a text that is not to be broken, «3 × 4 = 12».
"""
_BREAKS = re.compile(r"[ \t\n]+")


def safe(text: str) -> str:
    """What somebody has written, without what XML can't hold or what would turn the text around it; markup as text."""
    return escape(plain(text), quote=False)


def attribute(text: str) -> str:
    """The same inside an XML attribute, on one line."""
    return escape(one_line(text))


def one_line(text: str) -> str:
    """The text as a file can hold it, every break one space; hard spaces stay."""
    return _BREAKS.sub(" ", plain(text))


def run(text: str, *, size: float | None = None, bold: bool = False, colour: str = "") -> str:
    """A run of one line; a line break in it is a space. colour: as `ink` writes it, "" for the surrounding text's."""
    look = "".join(
        part for part in (f' sz="{round(size * 100)}"' if size else "", ' b="1"' if bold else "") if part
    )
    inside = solid(colour) if colour else ""
    words = escape(one_line(text), quote=False)
    return f'<a:r><a:rPr lang="{LANGUAGE}"{look} dirty="0">{inside}</a:rPr><a:t>{words}</a:t></a:r>'


def space(count: int) -> str:
    """A run of spaces, which `run` leaves out at its ends."""
    return f'<a:r><a:rPr lang="{LANGUAGE}" dirty="0"/><a:t>{" " * count}</a:t></a:r>'


def nothing(size: float) -> str:
    """Stands for the text of an empty paragraph: it is no higher than one with text."""
    return f'<a:endParaRPr lang="{LANGUAGE}" sz="{round(size * 100)}"/>'


def paragraph(*runs: str, align: str = "", before: float = 0.0, plain: bool = False) -> str:
    """align: «r», «ctr» or "" for what is around it. before: points above it. plain: without the layout's bullet."""
    space = f'<a:spcBef><a:spcPts val="{round(before * 100)}"/></a:spcBef>' if before else ""
    bullet = "<a:buNone/>" if plain else ""
    attributes = (' marL="0" indent="0"' if plain else "") + (f' algn="{align}"' if align else "")
    properties = f"<a:pPr{attributes}>{space}{bullet}</a:pPr>" if attributes or space else ""
    return f"<a:p>{properties}{''.join(runs)}</a:p>"


def lines_of(text: str) -> list[str]:
    """What somebody has written, line by line; empty lines are left out."""
    return [line for line in plain(text).split("\n") if line.strip()]


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Points that the text takes on one line."""
    return _advance(text, bold) * size * WIDER


@lru_cache(maxsize=16_384)
def _advance(text: str, bold: bool) -> float:
    """At one point's size. The same words are measured again and again, in every size that is tried."""
    return sum(map(_bold if bold else _regular, text))


@lru_cache(maxsize=4096)
def _regular(char: str) -> float:
    return _WIDTHS[char] if char in _WIDTHS else text_width(char, 1.0, REGULAR)


@lru_cache(maxsize=4096)
def _bold(char: str) -> float:
    return _WIDTHS[char] if char in _WIDTHS else text_width(char, 1.0, SEMIBOLD)


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """The text's lines when it has `room` points, broken at spaces; a longer word is broken anywhere."""
    space = width(" ", size, bold=bold)
    lines: list[str] = []
    line: list[str] = []
    used = 0.0
    for word in text.split(" "):
        wide = width(word, size, bold=bold)
        if line and used + space + wide > room:
            lines.append(" ".join(line))
            line, used = [], 0.0
        while wide > room and len(word) > 1:
            cut = _cut(word, room, size, bold=bold)
            lines.append(word[:cut])
            word = word[cut:]
            wide = width(word, size, bold=bold)
        used += wide + (space if line else 0.0)
        line.append(word)
    return [*lines, " ".join(line)]


def _cut(word: str, room: float, size: float, *, bold: bool) -> int:
    """How many signs of a too long word have room; at least one."""
    used = 0.0
    for i, char in enumerate(word):
        used += width(char, size, bold=bold)
        if used > room:
            return max(1, i)
    return len(word)


def height(texts: Iterable[str], room: float, size: float) -> float:
    """Points that the texts take, each a paragraph."""
    return sum(len(wrapped(text, room, size)) for text in texts) * size * LEADING


def fitted(
    text: str, room: float, high: float, sizes: Iterable[float], *, bold: bool = False, tail: str = ""
) -> tuple[str, float]:
    """(the text on one line with its tail, its size): the largest size at which it fits; at the smallest the text is cut at
    a word, with «…» before the tail.
    """
    text = one_line(text)
    size, most = 0.0, 1
    for size in sizes:
        most = max(1, int(high / (size * LEADING) + 0.1))
        if len(wrapped(text + tail, room, size, bold=bold)) <= most:
            return text + tail, size
    kept = text
    for _ in range(len(text)):
        lines = wrapped(f"{kept}{CUT}{tail}", room, size, bold=bold)
        if len(lines) <= most:
            break
        over = sum(len(line) for line in lines[most:])
        kept = kept[: max(1, len(kept) - max(1, over - len(tail)))]
        kept = kept.rpartition(" ")[0] or kept
    return f"{kept.rstrip(' .,;:')}{CUT}{tail}", size
