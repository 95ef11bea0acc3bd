"""Cells that are like a person's number, told apart from amounts, quickly: a large file has millions of cells."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.ingest.files.table import Cell, whole

maybe: Final = re.compile(r"[0-9]{6}|[0-9]{4}[-+][0-9]{2}[-+][0-9]{2}").search
"""In every ASCII text that is like a person's number; quick to look for."""
_AMOUNT: Final = re.compile(r"[-\N{MINUS SIGN}] ?[0-9]+(?:[.,][0-9]+)?|[0-9]+[.,][0-9]*[1-9][0-9]*")
"""A number below zero, or with decimals that are not zero, as a whole cell: nobody's number is written so."""

_GUID: Final = re.compile(
    r"(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])", re.IGNORECASE
)
"""A key that a machine made up, as workbooks are full of; by chance some have groups of digits only."""

SAID: Final = (
    "Cellen innehåller något som liknar ett personnummer, samordningsnummer eller reservnummer.",
    "Ta bort det. Filer med uppgifter om enskilda personer läses inte in. Är det ett belopp: skriv det med mellanrum "
    "mellan tusentalen.",
)
"""What is wrong, and what to do. The text itself is never told."""


def like_person(cell: Cell) -> bool:
    """Whether the cell is, or holds, something like a person-, samordnings- or reservnummer. Numbers of ten or twelve
    digits may be; dates, and numbers below zero or with decimals, are not.
    """
    if isinstance(cell, str):
        return not (cell.isascii() and (len(cell) < 10 or maybe(cell) is None)) and _like(cell)
    number = whole(cell)
    return number is not None and 10**9 <= number < 10**12 and _like(str(number))


@lru_cache(maxsize=8_192)
def _like(text: str) -> bool:
    return like_person_number(_GUID.sub(" ", text)) and not _AMOUNT.fullmatch(text.strip())
