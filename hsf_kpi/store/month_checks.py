"""What must hold before a step of a month is written. Every problem at once, in Swedish."""

from __future__ import annotations

from typing import Final

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.month_step import LONGEST_NOTE, SHORTEST_NOTE, Reconciliation
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store.state import StoreState
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import number
from hsf_kpi.swedish.words import sentence_start

MOST_KRONOR: Final = 1_000_000 * MNKR


def month_problems(month: Month, state: StoreState) -> list[Problem]:
    """Whether there is anything of the month to reconcile or release."""
    if state.first is not None and state.latest is not None and state.first <= month <= state.latest:
        return []
    span = (
        f"Månaderna som finns: {month_text(state.first)} till {month_text(state.latest)}."
        if state.first is not None and state.latest is not None
        else "Läs in en månad först."
    )
    return [Problem(f"Det finns inga månadsvärden för {month_text(month)}.", "månad", span)]


def books_problems(books: Reconciliation) -> list[Problem]:
    """What is wrong with the ledger's own amounts as they were given."""
    theirs = books.theirs
    found = []
    if any(abs(amount) > MOST_KRONOR for amount in (theirs.revenue, theirs.cost, theirs.result)):
        found.append(
            Problem(
                "Ett belopp är över tusen miljarder kronor.", "avstämning", "Skriv beloppen i hela kronor."
            )
        )
    elif not theirs.adds_up:
        found.append(
            Problem(
                f"Intäkter minus kostnader är {number(theirs.revenue - theirs.cost, 0)} kronor,"
                f" men resultatet är {number(theirs.result, 0)}.",
                "resultat",
                "Rätta något av beloppen. Kostnader skrivs utan minustecken, ett underskott med.",
            )
        )
    return found


def note_problems(note: str, where: str, *, why_needed: str = "", todo: str = "") -> list[Problem]:
    """What is wrong with a reason. why_needed: what is told where there must be one and is none."""
    if not note:
        return [Problem(why_needed, where, todo)] if why_needed else []
    found = []
    if len(note) < SHORTEST_NOTE:
        found.append(
            Problem(
                f"Texten är {len(note)} tecken lång, och ska vara minst {SHORTEST_NOTE}.",
                where,
                "Skriv så att den som läser om ett år förstår.",
            )
        )
    if len(note) > LONGEST_NOTE:
        found.append(
            Problem(
                f"Texten är {number(len(note), 0)} tecken lång, och får vara högst {number(LONGEST_NOTE, 0)}.",
                where,
                "Korta texten.",
            )
        )
    if like_person_number(note):
        found.append(
            Problem(
                "Texten innehåller något som liknar ett personnummer.",
                where,
                "Ta bort det. Här skrivs inget om enskilda personer.",
            )
        )
    return found


def already_reconciled(month: Month, name: str) -> DataError:
    return DataError(
        Problem(
            f"{sentence_start(month_text(month))} har stämts av av {name} sedan du öppnade sidan.",
            "avstämning",
            "Läs den avstämningen, och stäm av på nytt om den ska ändras.",
        )
    )


def changed_meanwhile() -> DataError:
    return DataError(
        Problem(
            "Någon annan har stämt av, frisläppt eller öppnat en månad sedan du öppnade sidan.",
            "månad",
            "Läs vad som gäller nu, och gör om det om det fortfarande behövs.",
        )
    )


def loaded_meanwhile() -> DataError:
    return DataError(
        Problem(
            "Data har lästs in sedan du öppnade sidan.",
            "månad",
            "Kontrollera att avstämningen fortfarande gäller, och gör sedan om det.",
        )
    )
