"""What is written in a report itself: held to what may be kept, before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.figures.dialogue.words import harmless
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.reporting.order import Said
from hsf_kpi.swedish.numbers import number

LONGEST = 10_000
"""Signs of one text."""


def said(texts: Mapping[str, Said]) -> tuple[tuple[str, Said], ...]:
    """The texts as they are kept, without those that are empty. DataError with every text that can't be: too long, or with
    something that looks like a person's number.
    """
    kept = {
        key: Said(harmless(one.analysis), harmless(one.action))
        for key, one in texts.items()
        if harmless(one.analysis) or harmless(one.action)
    }
    problems = [
        problem
        for key, one in kept.items()
        for kind, text in (("Analys", one.analysis), ("Åtgärd", one.action))
        for problem in _problems(key, kind, text)
    ]
    if problems:
        raise DataError(problems)
    return tuple(sorted(kept.items()))


def _problems(key: str, kind: str, text: str) -> list[Problem]:
    where = f"{kind}, {key}"
    found = []
    if len(text) > LONGEST:
        found.append(
            Problem(
                f"Texten har {number(len(text), 0)} tecken, och högst {number(LONGEST, 0)} får plats.",
                where,
                "Korta texten.",
            )
        )
    if like_person_number(text):
        found.append(Problem("Texten innehåller något som liknar ett personnummer.", where, "Ta bort det."))
    return found
