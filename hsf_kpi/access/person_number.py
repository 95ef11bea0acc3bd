"""What looks like the number of a person: such a text is refused before it is stored."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_DASH: Final = "[-+\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]"
_BETWEEN: Final = rf"(?:\s{{0,3}}{_DASH}\s{{0,3}}|[^\S\n]{{1,3}})?"
_DAY: Final = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
"""Month and day; the day of a samordningsnummer is 60 more."""
_LIKE: Final = re.compile(
    # Personnummer and samordningsnummer, with or without century.
    rf"(?<!\d)(?:\d\d)?\d\d{_DAY}{_BETWEEN}\d{{4}}(?!\d)"
    rf"|(?<!\d)\d{{4}}{_DASH}\d\d{_DASH}\d\d ?{_DASH} ?\d{{4}}(?!\d)"
    rf"|(?<!\d)(?:19|20)\d\d (?:0[1-9]|1[0-2]) [0-3]\d[ -]\d{{4}}(?!\d)"
    # Reservnummer: twelve digits, or a date and four signs with a letter among them.
    rf"|(?<!\d)\d{{8}}{_DASH}?\d{{4}}(?!\d)"
    rf"|(?<![0-9A-Za-z])(?:\d\d)?\d{{6}}{_DASH}?(?=\d*[A-Z])[0-9A-Z]{{4}}(?![0-9A-Za-z])"
)


def like_person_number(text: str) -> bool:
    """Whether something in the text is written as a person-, samordnings- or reservnummer. The check digit is not
    asked for: a number with a slip of the pen still points at somebody.
    """
    return _LIKE.search("".join(map(_seen, unicodedata.normalize("NFKC", text)))) is not None


def _seen(sign: str) -> str:
    """As a reader sees it: any script's digit as its number, and nothing for what takes no room (a soft hyphen)."""
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    return "" if unicodedata.category(sign) == "Cf" else sign
