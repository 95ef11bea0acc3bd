"""What is read as one stands on one line: a number with its unit, a month with its year, an interval.

For text on its way to the screen only: not for files, keys or addresses.
"""

from __future__ import annotations

import re

from hsf_kpi.swedish.dates import MONTH_NAMES
from hsf_kpi.swedish.numbers import DASH, MINUS, SPACE

JOINER = "\N{WORD JOINER}"
"""Takes no room and breaks no line."""

_MONTH = "(?i:" + "|".join(sorted(MONTH_NAMES, key=len, reverse=True)) + ")"
_UNIT = "(?:%|‰|mnkr|mkr|tkr|kr|år|mån|dagar|dygn|min|st)"
_SPACED = re.compile(
    rf"(\d) (?=(?:{_UNIT}|{_MONTH}|\d{{3}})(?!\w))"  # 5 %, 31 okt, 4 999
    rf"|\b({_MONTH}) (?=\d{{4}}(?!\d))"  # okt 2023
    r"|\b([Dd]elår|[Vv]ecka) (?=\d)"
    r"|([≤≥<>±§]) (?=\d)"
)
_INTERVAL = re.compile(
    rf"(?<![^\W\d]){DASH}(?=[\d{MINUS}])|\b({_MONTH}){DASH}(?={_MONTH}\b)"  # 2023–2025, jan–okt
)


def together(text: str) -> str:
    """The text with no-break spaces in what is one, and a word joiner after the dash of an interval.

    A browser breaks a line after an en dash, whatever surrounds it. It breaks no lone number («−246,5»), which so has no
    joiner, and is a number still where somebody pastes it. From one year into another («nov 2022–okt 2023») is long, and
    may break at its dash.
    """
    return _INTERVAL.sub(rf"\g<0>{JOINER}", _SPACED.sub(lambda found: found[0][:-1] + SPACE, text))
