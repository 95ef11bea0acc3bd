"""Numbers as people type them in Swedish."""

from __future__ import annotations

import re
from fractions import Fraction

_NUMBER = re.compile(r"([+-]?) ?([0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,]([0-9]+))?")
_SPACES = ("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}")
_DASHES = ("\N{MINUS SIGN}", "\N{EN DASH}", "\N{HYPHEN}", "\N{NON-BREAKING HYPHEN}")
MOST_DIGITS = 15


def parse_number(text: str) -> Fraction | None:
    """«1 035,5», «−2», «0.25» → exact; None where it is no number. At most fifteen digits.

    A space parts thousands: «12 5» is no number, rather than 125.
    """
    plain = text.strip()
    for space in _SPACES:
        plain = plain.replace(space, " ")
    for dash in _DASHES:
        plain = plain.replace(dash, "-")
    found = _NUMBER.fullmatch(plain)
    if found is None:
        return None
    sign, whole, decimals = found[1], found[2].replace(" ", ""), found[3] or ""
    if len(whole + decimals) > MOST_DIGITS:
        return None
    return Fraction(f"{sign}{whole}.{decimals or 0}")
