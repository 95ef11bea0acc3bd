"""Texts as a workbook may hold them: no formula, nothing that XML can't hold, no cell or sheet name that is too long."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hsf_kpi.render.alt import readable
from hsf_kpi.render.characters import no_formula, plain
from hsf_kpi.render.csv import safe

CELL = 3000
"""Signs in a cell at the most: a row is never higher than 409 points, and no more is seen in one."""
LONGEST = 16_000
"""Signs of a cell in a table, which can't go on in another: half of what a cell holds, since emoji count double."""
SHEET_NAME = 31
HEADING = 255
MARK = 80
"""Signs of one text in a header or footer, which hold 255 together."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_HYPHEN = "\N{HYPHEN}"
"""Only a text that has one is read otherwise than it is written."""
_SPACES = re.compile(r"[ \t\n]+")
_LOOSE = re.compile(r"( (?:av|bland|för|i|med|mot|och|om|per|som|till|utifrån))+$")
"""Words that a name can't end with."""
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Before the number of a sign, which a program would read as that sign."""
_JOINER = "\N{WORD JOINER}"
"""Keeps two signs apart, unseen."""
_AMPERSAND = "\N{FULLWIDTH AMPERSAND}"
"""A plain one begins a code in a header or footer."""


def cell_text(text: str) -> str:
    """One line that no program runs as a formula, also after the sheet has been saved as CSV; cut at `LONGEST`."""
    text = plain(text)
    line = safe(readable(text) if _HYPHEN in text else text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def paragraphs(text: str) -> list[str]:
    """The text whole, in pieces of at most `CELL` signs cut between words, with its own line breaks. None is a formula."""
    return [no_formula(part) for part in pieces(readable(plain(text)))]


def pieces(text: str, most: int = CELL) -> list[str]:
    """Parts of at most `most` signs, cut after a line break or a space where there is one. Joined they are the text."""
    found = []
    while len(text) > most:
        cut = max(text.rfind("\n", 0, most), text.rfind(" ", 0, most)) + 1 or most
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text]


def chart_title(text: str) -> str:
    """A title of a chart or an axis, which the library would take for a cell's address where it holds a «!»."""
    return plain(text).replace("!", f"!{_JOINER}")


def sheet_name(number: int, text: str) -> str:
    """«3 Hyrpersonal»: unlike any other's by its number, cut at a word, without the signs that a sheet name can't have."""
    words = " ".join(_FORBIDDEN.sub(" ", plain(text)).split())
    name = f"{number} {words}".strip("' ")
    cut = _cut(name, SHEET_NAME)
    if cut != name and (shorter := _LOOSE.sub("", cut)) != str(number):
        cut = shorter
    return cut.rstrip("',.;:– ") or str(number)


def mark(text: str) -> str:
    """A text in a header or footer, cut at a word and without codes."""
    line = _SPACES.sub(" ", plain(text)).replace("&", _AMPERSAND)
    cut = _cut(line, MARK)
    return cut if cut == line else f"{cut}…"


def headings(names: Iterable[str]) -> list[str]:
    """Headings of a table's columns: none empty, none too long, and none twice, in whatever case."""
    seen: set[str] = set()
    answer = []
    for name in names:
        heading = (_ESCAPE.sub(f"_{_JOINER}", _SPACES.sub(" ", cell_text(name))).strip() or "–")[
            : HEADING - 6
        ]
        candidate, number = heading, 1
        while candidate.casefold() in seen:
            number += 1
            candidate = f"{heading} ({number})"
        seen.add(candidate.casefold())
        answer.append(candidate)
    return answer


def _cut(text: str, most: int) -> str:
    """At most `most` units of UTF-16, as office programs count, cut at a word where there is one to cut at."""
    if _units(text) <= most:
        return text
    kept = text
    while _units(kept) > most:
        kept = kept[:-1]
    head, _, _ = kept.rpartition(" ")
    return kept if text[len(kept)] == " " or len(head) <= most // 2 else head


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
