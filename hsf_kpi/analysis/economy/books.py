"""The ledger's totals as a reconciliation holds them against its own report: revenue, cost and result, in whole kronor."""

from __future__ import annotations

from collections.abc import Sequence

from hsf_kpi.model.account_plan import Side
from hsf_kpi.model.ledger import AmountKind, UnitLedger
from hsf_kpi.model.month_step import Books, OurBooks
from hsf_kpi.model.period import Month, View


def our_books(ledger: UnitLedger, month: Month) -> OurBooks | None:
    """What is booked in the month and in the year so far; None where nothing is booked in the month."""
    if not ledger.has(AmountKind.ACTUAL, month):
        return None
    spans = {
        View.MONTH: (month,),
        View.YTD: tuple(Month.of(month.year, number) for number in range(1, month.number + 1)),
    }
    at = month.index - ledger.months[0].index
    counted = bool(ledger.expected)
    return OurBooks(
        month,
        {view: books_of(ledger, months) for view, months in spans.items()},
        {view: _internal(ledger, months) for view, months in spans.items()},
        {view: _projects(ledger, months) for view, months in spans.items()},
        ledger.reported[at] if counted else 0,
        ledger.expected[at] if counted else 0,
    )


def books_of(ledger: UnitLedger, months: Sequence[Month]) -> Books:
    """The outcome of the months, internal amounts taken out of revenue and cost; they are in no result."""
    return Books(
        _side(ledger, Side.REVENUE, months),
        _side(ledger, Side.COST, months),
        sum(result or 0 for result in ledger.results(AmountKind.ACTUAL, months, provision=False)),
    )


def _side(ledger: UnitLedger, side: Side, months: Sequence[Month], *, eliminated: bool = True) -> int:
    return sum(
        ledger.total(AmountKind.ACTUAL, account.id, months, eliminated=eliminated) or 0
        for account in ledger.accounts
        if account.side is side and not account.budget_only
    )


def _internal(ledger: UnitLedger, months: Sequence[Month]) -> int:
    """What was bought within; the same as what was sold, where both sides have booked it."""
    return _side(ledger, Side.COST, months, eliminated=False) - _side(ledger, Side.COST, months)


def _projects(ledger: UnitLedger, months: Sequence[Month]) -> Books:
    found = {
        side: sum(
            ledger.project(AmountKind.ACTUAL, account.id, month) or 0
            for account in ledger.accounts
            if account.side is side
            for month in months
        )
        for side in (Side.REVENUE, Side.COST)
    }
    revenue, cost = found[Side.REVENUE], found[Side.COST]
    return Books(revenue, cost, revenue - cost)
