"""Numbers as people type them in Swedish."""

from __future__ import annotations

import re
from fractions import Fraction

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_SPACES = ("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}", " ")


def parse_number(text: str) -> Fraction | None:
    """«1 035,5», «−2», «0.25» → exact; None where it is no number. At most fifteen digits."""
    plain = text.strip().replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")
    for space in _SPACES:
        plain = plain.replace(space, "")
    plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain) or sum(char.isdigit() for char in plain) > 15:
        return None
    return Fraction(plain)
