"""What must hold of a delivered budget: whole years, and a förvaltning that breaks even with its deficit provision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.ledger import AmountKind, months_of
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import Problem
from hsf_kpi.store.ancestry import Bools, Ints
from hsf_kpi.store.codes import AMOUNT_KIND, AMOUNT_KIND_OF
from hsf_kpi.store.ledger_arrays import summed
from hsf_kpi.swedish.numbers import number

_WORD = {AmountKind.BUDGET: "budget", AmountKind.ACTUAL: "utfall"}


@dataclass(frozen=True)
class Coded:
    """Entries as parallel arrays: positions in the catalogue's units and accounts, `sign` that of the account's side."""

    unit: Ints
    account: Ints
    kind: Ints
    counterpart: Ints
    month: Ints
    amount: Ints
    project: Bools
    sign: Ints


def kind_word(code: int) -> str:
    return _WORD[AMOUNT_KIND_OF[code]]


def budget_problems(these: Coded, catalogue: Catalogue) -> Iterator[Problem]:
    """Uppdragsprojekt apart, which may begin and end in any month."""
    budget = np.flatnonzero((these.kind == AMOUNT_KIND[AmountKind.BUDGET]) & ~these.project)
    unit, month = these.unit[budget], these.month[budget]
    (units, months), _ = summed((unit, month))
    booked: dict[tuple[int, int], set[int]] = {}
    for u, m in zip(units.tolist(), months.tolist(), strict=True):
        booked.setdefault((u, m // 12), set()).add(m)
    whole = list(_gaps(booked, catalogue))
    yield from whole
    if not whole:
        for year in sorted({year for _, year in booked}):
            yield from balance_problems(these, year, catalogue)


def _gaps(booked: dict[tuple[int, int], set[int]], catalogue: Catalogue) -> Iterator[Problem]:
    units = list(catalogue.organisation.units.values())
    for (u, year), months in booked.items():
        due = [month for month in months_of(year) if units[u].exists_at(month)]
        if lacking := [month.iso for month in due if month.index not in months]:
            yield Problem(
                f"Budgeten {year} för ”{units[u].id}” saknar {', '.join(lacking)}.",
                "huvudbok",
                "Läs in årets alla månader, eller ingen av dem.",
            )


def balance_problems(these: Coded, year: int, catalogue: Catalogue) -> Iterator[Problem]:
    """The whole förvaltning's budget is 0 with the provision, where the year has one and every unit a budget."""
    budget = (these.kind == AMOUNT_KIND[AmountKind.BUDGET]) & ~these.project & (these.month // 12 == year)
    only = [at for at, account in enumerate(catalogue.ledger_accounts) if account.budget_only]
    if not (budget & np.isin(these.account, only) & (these.amount != 0)).any():
        return
    places = {key: at for at, key in enumerate(catalogue.organisation.units)}
    booked = set(np.unique(these.unit[budget]).tolist())
    result = int((these.sign[budget] * these.amount[budget]).sum())
    if result and all(places[key] in booked for key in _leaves(catalogue, year)):
        yield Problem(
            f"Förvaltningens budget {year} ger resultatet {number(result, 0, sign=True)} kronor med "
            "underskottsposten, men ska ge 0.",
            "huvudbok",
            "Kontrollera underskottsposten och verksamheternas budgetar.",
        )


def _leaves(catalogue: Catalogue, year: int) -> set[str]:
    """Units that have no others below them, in any month of the year."""
    organisation = catalogue.organisation
    return {
        key
        for month in months_of(year)
        for key, unit in organisation.units.items()
        if unit.exists_at(month) and not organisation.children(key, Month(month.index))
    }
