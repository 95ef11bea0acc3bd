"""What a text may hold on its way into a file: signs that documents can hold, as text whatever they say. One place.

A font's missing signs are `pdf.signs`'s, the plan's printed hyphens `alt.readable`'s.
"""

from __future__ import annotations

from hsf_kpi.figures.dialogue.words import harmless

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A text cell that starts so would be run as a formula by a spreadsheet."""


def printable(text: str) -> str:
    """The text without the characters that no document can hold (control characters, halves of a pair).

    The image library ends the whole process when it meets one, and XML can't hold them.
    """
    if text.isprintable():
        return text
    return "".join(char for char in text if char in "\t\n" or _allowed(ord(char)))


def plain(text: str) -> str:
    """The same without signs that would turn what stands after them; every kind of line break is «\\n», none at the ends."""
    return text.strip() if text.isprintable() else printable(harmless("\n".join(text.splitlines())))


def no_formula(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run, also after the sheet has been saved as CSV."""
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


def _allowed(code: int) -> bool:
    return 0x20 <= code <= 0x7E or 0xA0 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
