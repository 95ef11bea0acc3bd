"""The what-if levers (economy/levers.toml): their bounds, and assumptions whose sentences say the numbers used."""

from __future__ import annotations

import string
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hsf_kpi.ingest.definitions.plan_tables_shapes import AccountPlanShape, LeverShape, LeversShape
from hsf_kpi.ingest.definitions.words import told_twice
from hsf_kpi.model.account_plan import Side
from hsf_kpi.model.lever import Lever, LeverKind
from hsf_kpi.model.problems import Problem
from hsf_kpi.swedish.numbers import SPACE, number, places

_HUNDRED = Decimal(100)
_RANGE: dict[LeverKind, tuple[Decimal | None, Decimal]] = {
    LeverKind.HIRED_SHARE: (Decimal(0), _HUNDRED),
    LeverKind.FTE: (None, Decimal(0)),
    LeverKind.ACCOUNTS: (-_HUNDRED, Decimal(0)),
}
"""What a lever of that kind can be at all: the least and the most."""


def build_levers(shape: LeversShape) -> tuple[Lever, ...]:
    """In the order of the file. Whether they hold together: see `check_levers`."""
    return tuple(
        Lever(
            id=lever.id,
            title=lever.title,
            kind=lever.kind,
            unit=lever.unit,
            least=Fraction(lever.least),
            most=Fraction(lever.most),
            suggested=tuple(Fraction(value) for value in lever.suggested),
            share=Fraction(lever.share),
            months=lever.months,
            assumption=lever.assumption.format(**_numbers(lever)),
            source=lever.source,
            accounts=tuple(lever.accounts),
        )
        for lever in shape.lever
    )


def check_levers(shape: LeversShape, file: str, *, accounts: AccountPlanShape | None) -> list[Problem]:
    """Everything that is wrong with them. accounts: None where there is no account plan, or an unreadable one."""
    problems = [*told_twice(file, "lever", [lever.id for lever in shape.lever])]
    for lever in shape.lever:
        where = f"{file}: lever[{lever.id}]"
        problems += _check_bounds(lever, where)
        problems += _check_assumption(lever, where)
        problems += _check_accounts(lever, accounts, where)
    return problems


def _numbers(lever: LeverShape) -> dict[str, str]:
    """What stands for the placeholders of an assumption: «40 %», «6»."""
    share = lever.share * 100
    # 40, not 40.00: the decimals of a percentage are those that say something.
    shown = number(share, places(share.normalize()))
    return {"share": f"{shown}{SPACE}%", "months": str(lever.months)}


def _check_bounds(lever: LeverShape, where: str) -> Iterator[Problem]:
    low, high = _RANGE[lever.kind]
    if lever.least >= lever.most:
        yield Problem(
            "Den nedre gränsen är inte lägre än den övre.", f"{where}.least", "Rätta least eller most."
        )
    for field, value in (("least", lever.least), ("most", lever.most)):
        if (low is not None and value < low) or value > high:
            span = f"högst {high}" if low is None else f"mellan {low} och {high}"
            yield Problem(
                f"Gränsen {value} är omöjlig för ”{lever.kind.value}”.", f"{where}.{field}", f"Ange {span}."
            )
    for value in lever.suggested:
        if not lever.least <= value <= lever.most:
            yield Problem(
                f"Förslaget {value} är utanför {lever.least} till {lever.most}.",
                f"{where}.suggested",
                "Rätta förslaget eller gränserna.",
            )
    if not 0 <= lever.share <= 1:
        yield Problem(f"Andelen {lever.share} är inte mellan 0 och 1.", f"{where}.share", "Rätta andelen.")


def _check_assumption(lever: LeverShape, where: str) -> Iterator[Problem]:
    """What is assumed must be said, with the number that is used."""
    where, todo = f"{where}.assumption", "Skriv bara {share} och {months} inom klamrar."
    try:
        parts = [part for part in string.Formatter().parse(lever.assumption) if part[1] is not None]
    except ValueError:
        yield Problem("Klamrarna i meningen går inte ihop.", where, todo)
        return
    named = {
        f"{name}{f'!{change}' if change else ''}{f':{form}' if form else ''}"
        for _, name, form, change in parts
    }
    for name in sorted(named - {"share", "months"}):
        yield Problem(f"”{{{name}}}” är okänt i meningen.", where, todo)
    for name, used in (("share", lever.share != 1), ("months", lever.months > 0)):
        if used and name not in named:
            yield Problem(
                f"Antagandet {name} används men sägs inte i meningen.", where, f"Skriv in {{{name}}}."
            )


def _check_accounts(lever: LeverShape, plan: AccountPlanShape | None, where: str) -> Iterator[Problem]:
    where = f"{where}.accounts"
    wanted = lever.kind is LeverKind.ACCOUNTS
    if wanted != bool(lever.accounts):
        yield Problem(
            f"”{lever.kind.value}” {'behöver' if wanted else 'har inga'} konton.",
            where,
            "Lägg till minst ett konto." if wanted else "Ta bort fältet.",
        )
    if len(set(lever.accounts)) < len(lever.accounts):
        yield Problem("Samma konto står flera gånger.", where, "Ta bort dubbletten.")
    if plan is None:
        return
    sides = {group.id: group.side for group in plan.group}
    known = {account.id: account for account in plan.account}
    for name in lever.accounts:
        account = known.get(name)
        if account is None:
            yield Problem(
                f"Kontot ”{name}” finns inte.", where, "Ange id för ett konto i economy/accounts.toml."
            )
        elif sides.get(account.group) is not Side.COST or account.budget_only:
            yield Problem(
                f"Kontot ”{name}” är ingen kostnad som kan minskas.", where, "Välj ett kostnadskonto."
            )
