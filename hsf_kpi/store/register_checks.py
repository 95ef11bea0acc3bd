"""What must hold of a move and of an improvement activity before it is written. Every problem at once, in Swedish."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import Problem
from hsf_kpi.model.register import Improvement, Move, MovePart
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import number

MOST_WHAT: Final = 300
MOST_RESPONSIBLE: Final = 120
MOST_PERSONS: Final = 100_000
MOST_KRONOR: Final = 1000 * MNKR
_MOST_ID, _MOST_TEXT = 60, 200
NO_TEXT: Final = "\0"
"""PostgreSQL has no text with it."""
_MAIL = re.compile(r"\S@\S")


def move_problems(moves: Sequence[Move], catalogue: Catalogue) -> list[Problem]:
    """Everything that is wrong with the moves of one delivery."""
    found: list[Problem] = []
    seen: set[str] = set()
    for move in moves:
        where = f"omflyttning {move.id}".rstrip()
        if move.id in seen:
            found.append(
                Problem(f"Omflyttningen ”{move.id}” förekommer två gånger.", where, "Behåll den ena.")
            )
        seen.add(move.id)
        found.extend(Problem(what, where, todo) for what, todo in _of_move(move, catalogue))
    return found


def _of_move(move: Move, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    if not move.id.strip():
        yield "Omflyttningen saknar id.", "Ange ett eget id för varje omflyttning."
    if not move.reference.strip():
        yield "Omflyttningen saknar beslut.", "Ange beslutet, till exempel dess diarienummer."
    for text, most, name in (
        (move.id, _MOST_ID, "Omflyttningens id"),
        (move.reference, _MOST_TEXT, "Beslutet"),
        (move.financed, _MOST_TEXT, "Finansieringen"),
    ):
        if len(text) > most:
            yield f"{name} är längre än {most} tecken.", "Korta texten."
    if any(NO_TEXT in text for text in (move.id, move.reference, move.financed, move.note)):
        yield "Texten innehåller ett tecken som inte kan sparas.", "Skriv om texten."
    units = [part.unit for part in move.parts]
    for unit in dict.fromkeys(units):
        yield from _of_unit(unit, units.count(unit), move, catalogue)
    if any(part.persons == 0 for part in move.parts):
        yield "En del av omflyttningen gäller noll personer.", "Ange hur många, eller ta bort raden."
    if any(abs(part.persons) > MOST_PERSONS for part in move.parts):
        yield f"Omflyttningen gäller fler än {number(MOST_PERSONS, 0)} personer.", "Rätta antalet."
    if len(set(units)) < 2:
        yield "Omflyttningen rör färre än två verksamheter.", "Ange både den som lämnar och den som tar emot."
    elif move.net:
        yield (
            f"Omflyttningen går inte jämnt ut: {_added(move.parts)}.",
            "Det som en verksamhet får ska en annan lämna.",
        )


def _of_unit(unit: str, times: int, move: Move, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    known = catalogue.organisation.units.get(unit)
    if known is None:
        yield f"Verksamheten ”{unit}” finns inte.", "Rätta namnet, eller lägg till den i definitionerna."
    elif not any(known.exists_at(month) for month in (move.month, move.month - 1)):
        # The unit that a reorganisation ends is left in the month when the next begins.
        yield (
            f"Verksamheten ”{unit}” fanns inte i {month_text(move.month)}.",
            "Rätta månaden, verksamheten eller verksamhetens giltighetstid.",
        )
    if times > 1:
        yield f"Verksamheten ”{unit}” förekommer {times} gånger.", "Slå ihop raderna till en."


def _added(parts: Sequence[MovePart]) -> str:
    """«+6 och −5 blir +1»"""
    terms = [number(part.persons, 0, sign=True) for part in parts]
    return f"{_joined(terms)} blir {number(sum(part.persons for part in parts), 0, sign=True)}"


def improvement_problems(improvement: Improvement, catalogue: Catalogue) -> list[Problem]:
    """Everything that is wrong with the activity; `where` names the field as its form does."""
    return [Problem(what, where, todo) for what, where, todo in _of_improvement(improvement, catalogue)]


def _of_improvement(one: Improvement, catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    if one.unit not in catalogue.organisation.units:
        yield f"Verksamheten ”{one.unit}” finns inte.", "verksamhet", "Välj en verksamhet i listan."
    if not one.what.strip():
        yield "Det står inte vad som ska göras.", "vad som ska göras", "Skriv vad som ska göras."
    elif len(one.what) > MOST_WHAT:
        yield (
            f"Beskrivningen är {len(one.what)} tecken lång, och får vara högst {MOST_WHAT}.",
            "vad som ska göras",
            "Korta den.",
        )
    if NO_TEXT in one.what:
        yield "Beskrivningen innehåller ett tecken som inte kan sparas.", "vad som ska göras", "Skriv om den."
    for text, where in ((one.what, "vad som ska göras"), (one.responsible, "ansvarig funktion")):
        if like_person_number(text):
            yield (
                "Texten innehåller något som liknar ett personnummer.",
                where,
                "Ta bort det. Här skrivs inget om enskilda personer.",
            )
    if one.expected <= 0:
        yield (
            "Den väntade effekten är inte större än noll.",
            "väntad effekt",
            "Ange ett belopp per månad utan minustecken.",
        )
    elif one.expected > MOST_KRONOR:
        yield (
            "Den väntade effekten är över en miljard kronor i månaden.",
            "väntad effekt",
            "Kontrollera enheten.",
        )
    if one.end is not None and one.end < one.start:
        yield "Sista månaden är före den första.", "till och med", "Välj samma månad eller en senare."
    yield from _of_responsible(one.responsible)
    yield from _of_realised(one)


def _of_responsible(responsible: str) -> Iterator[tuple[str, str, str]]:
    if not responsible.strip():
        yield (
            "Ingen ansvarig är angiven.",
            "ansvarig funktion",
            "Ange en funktion, till exempel Verksamhetschef.",
        )
    elif _MAIL.search(responsible):
        yield "Ansvarig ska vara en funktion, inte en e-postadress.", "ansvarig funktion", "Ange funktionen."
    if NO_TEXT in responsible:
        yield "Ansvarig innehåller ett tecken som inte kan sparas.", "ansvarig funktion", "Skriv om texten."
    if len(responsible) > MOST_RESPONSIBLE:
        yield f"Ansvarig är längre än {MOST_RESPONSIBLE} tecken.", "ansvarig funktion", "Korta texten."


def _of_realised(one: Improvement) -> Iterator[tuple[str, str, str]]:
    early = sorted(month for month in one.realised if month < one.start)
    if early:
        yield (
            f"Effekt är angiven för {_months(early)}, innan åtgärden börjar i {month_text(one.start)}.",
            "uppnådd effekt",
            "Ta bort den, eller ändra när åtgärden börjar.",
        )
    large = sorted(month for month, amount in one.realised.items() if abs(amount) > MOST_KRONOR)
    if large:
        yield (
            f"Den uppnådda effekten är över en miljard kronor i {_months(large)}.",
            "uppnådd effekt",
            "Kontrollera enheten: kronor.",
        )


def _months(months: Sequence[Month]) -> str:
    return _joined([month_text(month) for month in months])


def _joined(words: Sequence[str]) -> str:
    """«a, b och c»"""
    *rest, last = words
    return f"{', '.join(rest)} och {last}" if rest else last
