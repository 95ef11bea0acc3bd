"""Which columns of a table hold numbers, told from the very texts that people read: the same on the screen and in files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hsf_kpi.swedish.numbers import COMMA, DASH, GROUP, MINUS, SPACE

_DIGITS = rf"\d[\d{GROUP}{SPACE}]*(?:{COMMA}\d+)?"
_CELL = re.compile(
    rf"(?:[▲▼↔■●◆○]\s*)?(?:delad )?[+{MINUS}]?{_DIGITS}(?:(?:–[{MINUS}]?|[ {SPACE}]av[ {SPACE}]|:){_DIGITS})?\*?"
    rf"(?:[{GROUP}{SPACE}](?:%|per[{GROUP}{SPACE}]{_DIGITS}|[^\W\d][^\s\d]*))?\*?\s*"
)
"""One number with its sign, shape, star and unit, an interval, a time or a part of a whole. A unit stands after a hard
space: the plan's own «85%» is words and stays as printed.
"""
_YEAR = re.compile(r"(?:19|20)\d\d(?:–(?:19|20)\d\d)?")
_MOST = 40
"""A cell without digits may say why there is no value, «gäller inte den här verksamheten», and nothing longer."""


def is_numbers(texts: Sequence[str]) -> bool:
    """Whether the column stands to the right, so that digits stand under digits.

    At least one cell is a number; every other is empty, a dash, or words for a value that is not there. Years are names.
    """
    found = [text for text in texts if text.strip() and text.strip() != DASH]
    numbers = [text for text in found if _CELL.fullmatch(text)]
    return (
        bool(numbers)
        and not all(_YEAR.fullmatch(text) for text in numbers)
        and all(_stands_for_nothing(text) for text in found if not _CELL.fullmatch(text))
    )


def _stands_for_nothing(text: str) -> bool:
    return len(text) <= _MOST and not any(char.isdecimal() for char in text)
