"""The measures that the ledger makes, worked out row by row: a second, plain implementation to hold the demo against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from hsf_kpi.ingest.demo.ledger_generate import DemoLedger
from hsf_kpi.ingest.demo.table import tidy
from hsf_kpi.model.account_plan import Side
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month

Cell = tuple[str, int]
Amounts = Mapping[Cell, int]
"""(unit, month index) → whole kronor."""


class Books:
    """Plain sums of the ledger's rows, uppdragsprojekt left out."""

    def __init__(self, catalogue: Catalogue, made: DemoLedger) -> None:
        accounts = {account.id: account for account in catalogue.ledger_accounts}
        self.organisation = catalogue.organisation
        self.actual: dict[Cell, int] = defaultdict(int)
        self.budget: dict[Cell, int] = defaultdict(int)
        self.bare_budget: dict[Cell, int] = defaultdict(int)
        """Without the provision."""
        self.gross: dict[Cell, int] = defaultdict(int)
        self.account: dict[str, dict[Cell, int]] = defaultdict(lambda: defaultdict(int))
        self.with_revenue: set[Cell] = set()
        names = ("unit", "month", "account", "kind", "amount", "counterpart", "project")
        for unit, month, on, kind, amount, counterpart, project in zip(
            *(made.entries[name].tolist() for name in names), strict=True
        ):
            if project:
                continue
            account, cell = accounts[on], (unit, month)
            signed = 0 if account.side is Side.INVESTMENT else amount
            signed = -signed if account.side is Side.COST else signed
            if kind == "budget":
                self.budget[cell] += signed
                self.bare_budget[cell] += 0 if account.budget_only else signed
                continue
            self.actual[cell] += signed
            self.account[account.id][cell] += amount
            if account.side is Side.REVENUE:
                self.with_revenue.add(cell)
            if account.side is Side.COST and not counterpart:
                self.gross[cell] += amount
        self.forecast: dict[Cell, int] = defaultdict(int)
        for one in made.forecasts.to_dict("records"):
            cell = one["unit"], one["made"].year * 12 + one["made"].month - 1
            self.forecast[cell] += accounts[one["account"]].side.sign * one["amount"]

    def year_budget(self, unit: str, year: int) -> int:
        return sum(self.budget.get((unit, year * 12 + n), 0) for n in range(12))


def last_year(amounts: Amounts, organisation: Organisation, unit: str, month: int) -> int | None:
    """The same month last year, of the unit and of those whose heir it is; None where one of them is not known."""
    found = 0
    for other in organisation.units.values():
        if other.exists_at(Month(month - 12)) and organisation.heir(other.id, Month(month)) == unit:
            amount = amounts.get((other.id, month - 12))
            if amount is None:
                return None
            found += amount
    return found


def derived_rows(books: Books, observed: pd.DataFrame) -> pd.DataFrame:
    """The derived measures in the demo table's columns."""
    hours = observed[(observed["measure"] == "arsarbetare") & (observed["sex"] == "all")]
    worked = dict(zip(zip(hours["unit"], hours["end"], strict=True), hours["numerator"], strict=True))
    rows = [*_results(books), *_costs(books, worked), *_investments(books)]
    return tidy(pd.DataFrame(rows))


def _row(key: str, cell: Cell, numerator: int, denominator: Any = pd.NA, window: str = "month") -> Any:
    return {
        "measure": key, "unit": cell[0], "window": window, "end": cell[1], "sex": "all",
        "numerator": numerator * FIXED, "denominator": denominator, "ready": pd.NA,
    }  # fmt: skip


def _results(books: Books) -> Iterator[Any]:
    actual = {cell: books.actual[cell] for cell in books.with_revenue}
    for cell, amount in actual.items():
        yield _row("periodresultat", cell, amount - books.budget[cell])
        before = last_year(actual, books.organisation, *cell) if cell[1] >= 2021 * 12 else None
        if before is not None:
            yield _row("resultat-mot-foregaende-ar", cell, amount - before)
    for (unit, month), amount in books.forecast.items():
        yield _row("helarsprognos", (unit, month), amount - books.year_budget(unit, month // 12))


def _costs(books: Books, hours: Mapping[Cell, int]) -> Iterator[Any]:
    staff, hired = books.account["egen-personal"], books.account["inhyrd-personal"]
    for cell, amount in books.gross.items():
        then = last_year(books.gross, books.organisation, *cell)
        if cell[1] >= 2021 * 12 and then is not None:
            yield _row("bruttokostnadsutveckling", cell, amount, then * FIXED)
    for cell, amount in staff.items():
        yield _row("hyrpersonal", cell, hired.get(cell, 0), amount * FIXED)
        if cell in hours:
            yield _row("kostnad-per-timme", cell, amount, hours[cell])


def _investments(books: Books) -> Iterator[Any]:
    spent = books.account["investeringar"]
    for unit in sorted({unit for unit, _ in spent}):
        for year in sorted({month // 12 for name, month in spent if name == unit}):
            for window, last in (("delar1", 4), ("delar2", 8), ("year", 12)):
                months = [year * 12 + n for n in range(last)]
                if (unit, months[-1]) in books.actual:
                    amount = sum(spent.get((unit, month), 0) for month in months)
                    yield _row("investeringar", (unit, months[-1]), amount, window=window)
