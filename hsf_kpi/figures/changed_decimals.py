"""Two numbers that read alike, written so that they can be told apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from hsf_kpi.swedish.numbers import MOST_DECIMALS, number

MOST: Final = 9
"""Decimals that tell apart what counts as different (`changed_cells.TOLERANCE`)."""
_SCALES: Final = (1, 1_000, 1_000_000)
"""A column of kronor may be read in tkr or mnkr."""

Write = Callable[[int], str]


def told_apart(then: Write, now: Write, decimals: int) -> tuple[str, str]:
    """Both in so many decimals, or in as many more as it takes to tell them apart."""
    texts = then(decimals), now(decimals)
    while texts[0] == texts[1] and decimals < MOST:
        decimals += 1
        texts = then(decimals), now(decimals)
    return texts


def apart_in_text(text: str, then: float, now: float, decimals: int) -> tuple[str, str]:
    """«6,6 %*» of 6.601 and 6.622 → «6,60 %*», «6,62 %*»; the bare numbers where the text does not tell them."""
    if (then < 0) == (now < 0):
        for scale in _SCALES:
            found = [_found(text, abs(value) / scale) for value in (then, now)]
            if found[0] is not None and found[0] == found[1]:
                start, end, told = found[0]

                def write(value: float, scale: int = scale, start: int = start, end: int = end) -> Write:
                    return lambda many: f"{text[:start]}{number(abs(value) / scale, many)}{text[end:]}"

                return told_apart(write(then), write(now), told)
    return told_apart(lambda many: number(then, many), lambda many: number(now, many), decimals)


def _found(text: str, value: float) -> tuple[int, int, int] | None:
    """Where the number stands in the text, from and to, and with how many decimals."""
    for decimals in range(MOST_DECIMALS + 1):
        match = re.search(rf"(?<![\d,]){re.escape(number(value, decimals))}(?![\d,])", text)
        if match:
            return match.start(), match.end(), decimals
    return None
