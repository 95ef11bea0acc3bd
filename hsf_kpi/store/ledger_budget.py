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
        yield from _balance(these, budget, booked, catalogue)


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


def _balance(
    these: Coded, budget: Ints, booked: dict[tuple[int, int], set[int]], catalogue: Catalogue
) -> Iterator[Problem]:
    """The whole förvaltning's budget is 0 with the provision, in the years that have one."""
    organisation = catalogue.organisation
    places = {key: at for at, key in enumerate(organisation.units)}
    only = [at for at, account in enumerate(catalogue.ledger_accounts) if account.budget_only]
    provision = np.isin(these.account[budget], only) & (these.amount[budget] != 0)
    for year in np.unique(these.month[budget][provision] // 12).tolist():
        if not all((places[key], year) in booked for key in _leaves(catalogue, year)):
            continue
        rows = budget[these.month[budget] // 12 == year]
        result = int((these.sign[rows] * these.amount[rows]).sum())
        if result:
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
