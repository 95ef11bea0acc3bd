"""Amounts as people type them: mnkr with a decimal comma, kronor inside."""

from __future__ import annotations

from fractions import Fraction

from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.problems import Problem
from hsf_kpi.swedish.numbers import number
from hsf_kpi.swedish.parse import parse_number


def kronor(text: str, field: str, problems: list[Problem]) -> int | None:
    """mnkr as typed → kronor, to the nearest krona. None, and a problem more, for what is no number."""
    found = parse_number(text)
    if found is None:
        what = "Fältet är tomt." if not text.strip() else f"”{text.strip()[:40]}” är inget tal."
        problems.append(Problem(what, field, "Skriv ett belopp i mnkr, till exempel 0,25."))
        return None
    return round(found * MNKR)


def typed_mnkr(amount: int) -> str:
    """Kronor as mnkr, with the decimals that it has: «0,25»."""
    text = number(Fraction(amount, MNKR), 6)
    return text.rstrip("0").rstrip(",") if "," in text else text
