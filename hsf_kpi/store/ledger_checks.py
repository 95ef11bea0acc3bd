"""What must hold of a delivered ledger before anything is written: all problems at once, each with its first rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import Problem
from hsf_kpi.store.ancestry import Bools, Ints
from hsf_kpi.store.checks import where
from hsf_kpi.store.codes import AMOUNT_KIND
from hsf_kpi.store.ledger_arrays import groups, summed
from hsf_kpi.store.ledger_batch import LedgerRows, Named
from hsf_kpi.store.ledger_budget import Coded, budget_problems, kind_word
from hsf_kpi.store.register_checks import NO_TEXT
from hsf_kpi.swedish.numbers import number

_SHOWN = 5
"""So many of one sort are told one by one; the rest are counted."""
_KINDS = {kind.value: code for kind, code in AMOUNT_KIND.items()}
YEARS = (2000, 2100)
"""The first, and the first after the last, that can be booked."""


def coded(rows: LedgerRows, catalogue: Catalogue) -> Coded:
    """The rows as positions in the catalogue; −1 for what it does not have, and for no counterpart."""
    units = {key: at for at, key in enumerate(catalogue.organisation.units)}
    accounts = {account.id: at for at, account in enumerate(catalogue.ledger_accounts)}
    signs = np.array([account.side.sign for account in catalogue.ledger_accounts] or [0], dtype=np.int64)
    account = rows.account.coded(lambda name: accounts.get(name, -1))
    return Coded(
        unit=rows.unit.coded(lambda name: units.get(name, -1)),
        account=account,
        kind=rows.kind.coded(lambda name: _KINDS.get(name, -1)),
        counterpart=rows.counterpart.coded(lambda name: units.get(name, -1)),
        month=rows.month,
        amount=rows.amount,
        project=rows.project,
        sign=signs[account],
    )


def ledger_problems(rows: LedgerRows, catalogue: Catalogue) -> list[Problem]:
    """Everything that is wrong with the entries. Empty when they can be loaded."""
    if not len(rows):
        return []
    these = coded(rows, catalogue)
    found = [*_names(rows, these), *_vocabulary(rows, these, catalogue), *_existence(these, catalogue)]
    # What is told of sums makes sense only where each row does.
    if not found:
        found.extend(_internal(rows, these, catalogue))
        found.extend(_twice(rows, these, catalogue))
        found.extend(budget_problems(these, catalogue))
    return found


def at(rows: Bools, what: str, todo: str, place: str = "huvudbok") -> Iterator[Problem]:
    if rows.any():
        yield Problem(what, f"{place}, {where(np.flatnonzero(rows).tolist())}", todo)


def unknown(column: Named, rows: Bools, word: str, todo: str, place: str = "huvudbok") -> Iterator[Problem]:
    """One problem for each name in the column that is unknown (`rows`)."""
    for numbered in np.unique(column.number[rows]):
        name = column.names[int(numbered)]
        what = f"{word} ”{name}” finns inte." if name else f"{word} saknas."
        yield from at(rows & (column.number == numbered), what, todo, place)


def _names(rows: LedgerRows, these: Coded) -> Iterator[Problem]:
    todo = "Rätta namnet, eller lägg till det i definitionerna."
    yield from unknown(rows.unit, these.unit < 0, "Verksamheten", todo)
    yield from unknown(rows.account, these.account < 0, "Kontot", todo)
    yield from unknown(rows.kind, these.kind < 0, "Slaget", "Ange budget eller actual (utfall).")
    given = rows.counterpart.holds(bool)
    yield from unknown(
        rows.counterpart, given & (these.counterpart < 0), "Motparten",
        "Ange en av förvaltningens verksamheter, eller lämna tomt när motparten är utomstående.",
    )  # fmt: skip


def _vocabulary(rows: LedgerRows, these: Coded, catalogue: Catalogue) -> Iterator[Problem]:
    yield from at(
        rows.wrong,
        "Beloppet är inte hela kronor, eller är för stort.",
        "Ange hela kronor, utan ören.",
    )
    year = these.month // 12
    yield from at((year < YEARS[0]) | (year >= YEARS[1]), "Månaden kan inte tolkas.", "Ange år och månad.")
    yield from at(
        rows.cost_centre.holds(lambda name: len(name) > 40 or NO_TEXT in name),
        "Kostnadsställets namn är längre än 40 tecken, eller kan inte sparas.",
        "Ange kod och ett kort namn.",
    )
    actual = these.kind == AMOUNT_KIND[AmountKind.ACTUAL]
    internal = rows.counterpart.holds(bool)
    for number_of, account in enumerate(catalogue.ledger_accounts):
        here = these.account == number_of
        if account.budget_only:
            yield from at(
                here & actual,
                f"Kontot ”{account.title}” finns bara i budgeten och har aldrig ett utfall.",
                "Ta bort raderna.",
            )
        if not account.may_be_internal:
            yield from at(
                here & internal,
                f"Kontot ”{account.title}” har ingen motpart inom förvaltningen.",
                "Lämna motparten tom, eller rätta kontot.",
            )
    yield from at(
        internal & (these.unit == these.counterpart) & (these.unit >= 0),
        "Verksamheten står som sin egen motpart.",
        "Ange den verksamhet som har köpt eller sålt.",
    )


def _existence(these: Coded, catalogue: Catalogue) -> Iterator[Problem]:
    units = list(catalogue.organisation.units.values())
    known = (these.unit >= 0) & (these.month >= YEARS[0] * 12) & (these.month < YEARS[1] * 12)
    (unit, month), _ = summed((these.unit[known], these.month[known]))
    gone: dict[int, list[int]] = {}
    for u, m in zip(unit.tolist(), month.tolist(), strict=True):
        if not units[u].exists_at(Month(m)):
            gone.setdefault(u, []).append(m)
    for u, months in gone.items():
        first, last = Month(months[0]).iso, Month(months[-1]).iso
        span = first if first == last else f"{first}–{last}"
        yield from at(
            (these.unit == u) & np.isin(these.month, months),
            f"Verksamheten ”{units[u].id}” fanns inte {span}.",
            "Rätta månaden, verksamheten eller verksamhetens giltighetstid.",
        )


def _internal(rows: LedgerRows, these: Coded, catalogue: Catalogue) -> Iterator[Problem]:
    internal = np.flatnonzero(these.counterpart >= 0)
    columns = (
        these.unit, these.counterpart, these.month, these.kind, these.project.astype(np.int64), these.sign,
        these.amount,
    )  # fmt: skip
    wrong = unmirrored(*(column[internal] for column in columns))
    yield from trade_problems(wrong, list(catalogue.organisation.units))


def trade_problems(
    wrong: Sequence[tuple[int, ...]], keys: Sequence[str] | Mapping[int, str]
) -> Iterator[Problem]:
    """What `unmirrored` has found, in words. keys: the unit of a number."""
    todo = "Läs in båda verksamheternas månad tillsammans, med samma belopp."
    for seller, buyer, month, kind, _project, sold, bought in wrong[:_SHOWN]:
        yield Problem(
            f"”{keys[seller]}” har bokfört {number(sold, 0)} kronor sålt till ”{keys[buyer]}” "
            f"i {Month(month).iso} ({kind_word(kind)}), men ”{keys[buyer]}” har bokfört {number(bought, 0)} kronor köpt.",
            "huvudbok",
            todo,
        )
    if len(wrong) > _SHOWN:
        rest = number(len(wrong) - _SHOWN, 0)
        yield Problem(f"Ytterligare {rest} interna köp stämmer inte med försäljningen.", "huvudbok", todo)


def unmirrored(
    unit: Ints, counterpart: Ints, month: Ints, kind: Ints, project: Ints, sign: Ints, amount: Ints
) -> list[tuple[int, ...]]:
    """(seller, buyer, month, kind, project, sold, bought) of the internal amounts whose two sides differ: what one sells,
    by pair, month and kind, is what the other has bought of it.
    """
    sells = sign > 0
    seller, buyer = np.where(sells, unit, counterpart), np.where(sells, counterpart, unit)
    by, (sold, bought) = summed(
        (seller, buyer, month, kind, project), np.where(sells, amount, 0), np.where(sells, 0, amount)
    )
    wrong = np.flatnonzero(sold != bought)
    return [tuple(int(x[i]) for x in (*by, sold, bought)) for i in wrong]


def _twice(rows: LedgerRows, these: Coded, catalogue: Catalogue) -> Iterator[Problem]:
    centres = {name: at for at, name in enumerate(rows.cost_centre.names)}
    columns = (
        these.unit, these.kind, these.month, these.account, these.counterpart + 1,
        these.project.astype(np.int64), rows.cost_centre.coded(lambda name: centres[name]),
    )  # fmt: skip
    order, starts = groups(columns)
    sizes = np.diff(np.r_[starts, len(order)])
    again = np.flatnonzero(sizes > 1)
    keys = list(catalogue.organisation.units)
    for group in again[:_SHOWN]:
        same = order[starts[group] : starts[group] + sizes[group]]
        row = int(same[0])
        yield Problem(
            f"Månaden är bokförd två gånger: ”{keys[these.unit[row]]}”, "
            f"”{catalogue.ledger_accounts[these.account[row]].title}”, {kind_word(int(these.kind[row]))} "
            f"{Month(int(these.month[row])).iso}.",
            f"huvudbok, {where(same.tolist())}",
            "Behåll en rad, eller lägg ihop dem.",
        )
    if len(again) > _SHOWN:
        yield Problem(
            f"Ytterligare {number(len(again) - _SHOWN, 0)} poster är bokförda två gånger.",
            "huvudbok",
            "Behåll en rad av varje, eller lägg ihop dem.",
        )
