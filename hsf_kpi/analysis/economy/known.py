"""Which amounts of a ledger are known, and their sums: an account that is not booked in a month that is, is 0."""

from __future__ import annotations

from collections.abc import Sequence

from hsf_kpi.model.account_plan import LedgerAccount, Side
from hsf_kpi.model.ledger import AmountKind, UnitLedger, months_of
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.swedish.dates import period_text


def has_result(ledger: UnitLedger, year: int) -> bool:
    """Whether the year's outcome makes a result. One with costs alone, no revenue and no budget, does not (2019)."""
    revenue = [account.id for account in ledger.accounts if account.side is Side.REVENUE]
    return any(
        ledger.has(AmountKind.BUDGET, month)
        or any(ledger.amount(AmountKind.ACTUAL, account, month, eliminated=False) for account in revenue)
        for month in months_of(year)
    )


def result_in(ledger: UnitLedger, kind: AmountKind, month: Month, *, provision: bool = True) -> int | None:
    """The month's result in kronor. None where nothing is booked, or the year has no result."""
    if kind is AmountKind.ACTUAL and not has_result(ledger, month.year):
        return None
    return ledger.result(kind, month, provision=provision)


def amount_in(
    ledger: UnitLedger, kind: AmountKind, account: LedgerAccount, month: Month, *, eliminated: bool = True
) -> int | None:
    """The account's amount of a month: 0 where other accounts are booked in it. None where it is not known, as the revenue
    is of a year that has costs alone, and the outcome of what only a budget has.
    """
    if not ledger.has(kind, month):
        return None
    if kind is AmountKind.ACTUAL:
        if account.budget_only:
            return None
        if account.side is Side.REVENUE and not has_result(ledger, month.year):
            return None
    return ledger.amount(kind, account.id, month, eliminated=eliminated) or 0


def existing(ledger: UnitLedger, months: Sequence[Month]) -> tuple[Month, ...]:
    """The months without those before the unit was formed within a year: no budget and no outcome, none expected, and both
    later in the year. A month that merely isn't booked has a budget, or an outcome is expected, and stays.
    """
    return tuple(month for month in months if not _before_it_was_formed(ledger, month))


def budget_months(ledger: UnitLedger, year: int) -> tuple[Month, ...]:
    """The months that make the year's budget: all of them, of a unit formed within it those from then on. Empty unless
    each has one.
    """
    months = existing(ledger, tuple(months_of(year)))
    return months if all(ledger.has(AmountKind.BUDGET, month) for month in months) else ()


def _before_it_was_formed(ledger: UnitLedger, month: Month) -> bool:
    if not ledger.expected or not ledger.months or not ledger.months[0] <= month <= ledger.months[-1]:
        return False
    if ledger.expected[month.index - ledger.months[0].index]:
        return False
    later = [one for one in months_of(month.year) if one > month]
    return not any(ledger.has(kind, month) for kind in AmountKind) and all(
        any(ledger.has(kind, one) for one in later) for kind in AmountKind
    )


def known_sum(found: Sequence[int | None]) -> int | None:
    """The sum of what is known; None where nothing is."""
    known = [amount for amount in found if amount is not None]
    return sum(known) if known else None


def whole_sum(found: Sequence[int | None]) -> int | None:
    """The sum where everything is known, else None."""
    return sum(amount or 0 for amount in found) if found and None not in found else None


def booked(ledger: UnitLedger, months: Sequence[Month]) -> bool:
    """Whether all units that should have booked an outcome in these months have done so."""
    return bool(months) and all(ledger.complete(month) for month in months)


def complete(ledger: UnitLedger, months: Sequence[Month]) -> bool:
    """Whether the result of every month is known, with nothing missing in it."""
    return booked(ledger, months) and all(has_result(ledger, year) for year in {m.year for m in months})


def a_year_before(months: Sequence[Month]) -> tuple[Month, ...]:
    return tuple(month - 12 for month in months)


def months_text(months: Sequence[Month]) -> str:
    """«oktober 2023», «jan–okt 2023», «nov 2022–okt 2023», «2023»: months that follow on each other, one at least."""
    first, last = months[0], months[-1]
    if len(months) == 1:
        return period_text(Period(last, Window.MONTH))
    if len(months) == 12:
        return period_text(Period(last, Window.YEAR if first.number == 1 else Window.R12))
    return period_text(Period(last, Window.YTD))
