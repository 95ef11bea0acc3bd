"""What must hold of any text that people type, and of its month. `where` names the field as its form does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import Problem
from hsf_kpi.swedish.numbers import number

_FIRST, _LAST = Month.of(1900, 1), Month.of(2200, 12)
_MAIL: Final = re.compile(r"\S@\S")

Found = Iterator[tuple[str, str, str]]
"""What is wrong, where, and what to do."""


def problems(found: Found) -> list[Problem]:
    return [Problem(what, where, todo) for what, where, todo in found]


def of_month(month: Month) -> Found:
    if not _FIRST <= month <= _LAST:
        yield "Månaden finns inte.", "månad", "Välj en månad i listan."


def of_text(text: str, most: int, where: str) -> Found:
    if len(text) > most:
        yield (
            f"Texten är {number(len(text), 0)} tecken lång, och får vara högst {number(most, 0)}.",
            where,
            "Korta texten.",
        )
    if like_person_number(text):
        # The number itself is not told again: problems are shown, and may be logged.
        yield (
            "Texten innehåller något som liknar ett personnummer.",
            where,
            "Ta bort det. Här skrivs inget om enskilda personer.",
        )


def of_function(text: str, where: str) -> Found:
    """Of who is responsible."""
    if _MAIL.search(text):
        yield "Ansvarig ska vara en funktion, inte en e-postadress.", where, "Ange funktionen."
