"""The outcome against a yardstick: of the result, and on every line of the budget table. Plus is better everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from hsf_kpi.analysis.economy.known import (
    a_year_before,
    amount_in,
    booked,
    budget_months,
    complete,
    existing,
    known_sum,
    result_in,
    whole_sum,
)
from hsf_kpi.analysis.economy.types import BudgetLine, Deviation, Yardstick
from hsf_kpi.model.account_plan import AccountGroup, LedgerAccount
from hsf_kpi.model.ledger import AmountKind, Submitted, UnitLedger, months_of
from hsf_kpi.model.period import Month, View

RESULT_TITLE = "Resultat"


def months_in(view: View, month: Month) -> tuple[Month, ...]:
    """The months that a view covers, up to and with `month`."""
    length = {View.MONTH: 1, View.YTD: month.number, View.R12: 12}[view]
    return tuple(month - back for back in range(length - 1, -1, -1))


def deviation(ledger: UnitLedger, months: Sequence[Month], yardstick: Yardstick) -> Deviation:
    """Of the result. `against` is None unless every month of the yardstick is known; an incomplete outcome is told
    (the sum of what is known) and not judged. Months before the unit was formed count for nothing.
    """
    lived = existing(ledger, months)
    actual = known_sum([result_in(ledger, AmountKind.ACTUAL, month) for month in lived])
    if yardstick is Yardstick.LAST_YEAR:
        against = last_year(ledger, months)
    else:
        provision = yardstick is Yardstick.BUDGET
        against = whole_sum(
            [result_in(ledger, AmountKind.BUDGET, month, provision=provision) for month in lived]
        )
    return _deviation(actual, against, complete(ledger, lived))


def account_deviation(
    ledger: UnitLedger, account: LedgerAccount, months: Sequence[Month], yardstick: Yardstick
) -> Deviation:
    """Of one account of revenue or cost, internal amounts taken out.

    What only a budget has (the provision) has no outcome, and is a deviation as a whole against BUDGET: the lines then sum
    to that of the result.
    """
    lived = existing(ledger, months)
    actual = known_sum([amount_in(ledger, AmountKind.ACTUAL, account, month) for month in lived])
    if yardstick is Yardstick.LAST_YEAR:
        against = _account_last_year(ledger, account, months)
    elif account.budget_only and yardstick is Yardstick.PROVISION:
        against = None
    else:
        against = whole_sum([amount_in(ledger, AmountKind.BUDGET, account, month) for month in lived])
    whole = booked(ledger, lived) and (actual is not None or account.budget_only)
    if account.budget_only:
        amount = account.side.sign * -against if whole and against is not None else None
        return Deviation(None, against, amount, whole)
    return _deviation(actual, against, whole, sign=account.side.sign)


def budget_lines(
    ledger: UnitLedger, months: Sequence[Month], yardstick: Yardstick, submitted: Submitted | None
) -> tuple[BudgetLine, ...]:
    """Each account followed by its group's sum, in the account plan's order, and the result last.

    Lines without an amount anywhere are left out, and so are investments, which are in no result. The provision is a line
    unless the yardstick is the budget without it. Forecasts are made gross: what they hold of internal amounts is
    taken to be as budgeted, and eliminated.
    """
    table = _Table(ledger, tuple(months), yardstick, submitted)
    lines: list[BudgetLine] = []
    shown = [
        a for a in ledger.accounts if a.side.sign and not (a.budget_only and yardstick is Yardstick.PROVISION)
    ]
    for group, accounts in groupby(shown, key=lambda account: account.group):
        found = [line for account in accounts if _says_anything(line := table.line(account))]
        if found:
            lines += [*found, table.group(group, found)]
    return (*lines, table.result())


def last_year(ledger: UnitLedger, months: Sequence[Month]) -> int | None:
    """The result of the same months a year before; None unless it is complete."""
    before = a_year_before(months)
    if not complete(ledger, before):
        return None
    return whole_sum([result_in(ledger, AmountKind.ACTUAL, month) for month in before])


def _account_last_year(ledger: UnitLedger, account: LedgerAccount, months: Sequence[Month]) -> int | None:
    before = a_year_before(months)
    if not booked(ledger, before):
        return None
    return whole_sum([amount_in(ledger, AmountKind.ACTUAL, account, month) for month in before])


def _deviation(actual: int | None, against: int | None, whole: bool, sign: int = 1) -> Deviation:
    """sign: 1 for a result and for revenue, −1 for a cost."""
    if not whole or actual is None or against is None:
        return Deviation(actual, against, None, whole)
    return Deviation(actual, against, sign * (actual - against), whole)


def _says_anything(line: BudgetLine) -> bool:
    """Whether the line has an amount that isn't 0."""
    amounts = (line.period.actual, line.period.against, line.year_budget, line.year_forecast, line.last_year)
    return any(amounts)


class _Table:
    """What every line of one table is made from."""

    def __init__(
        self,
        ledger: UnitLedger,
        months: tuple[Month, ...],
        yardstick: Yardstick,
        submitted: Submitted | None,
    ) -> None:
        self.ledger, self.months, self.yardstick = ledger, months, yardstick
        self.year = tuple(months_of(months[-1].year))
        self.budgeted = budget_months(ledger, months[-1].year)
        self.submitted = submitted if submitted is not None and submitted.year == months[-1].year else None

    def line(self, account: LedgerAccount) -> BudgetLine:
        return BudgetLine(
            account=account,
            group=account.group,
            title=account.title,
            period=account_deviation(self.ledger, account, self.months, self.yardstick),
            year_budget=whole_sum(
                [amount_in(self.ledger, AmountKind.BUDGET, account, month) for month in self.budgeted]
            ),
            year_forecast=self._forecast(account),
            last_year=_account_last_year(self.ledger, account, self.months),
            internal=self._internal(account, AmountKind.ACTUAL, self.months) or None,
        )  # fmt: skip

    def group(self, group: AccountGroup, lines: Sequence[BudgetLine]) -> BudgetLine:
        periods = [line.period for line in lines]
        real = [line for line in lines if line.account is not None and not line.account.budget_only]
        against = known_sum([period.against for period in periods])
        amounts = [period.amount for period in periods if period.against is not None]
        return BudgetLine(
            account=None,
            group=group,
            title=group.title,
            period=Deviation(
                known_sum([line.period.actual for line in real]),
                against,
                whole_sum(amounts),
                all(period.complete for period in periods),
            ),
            year_budget=known_sum([line.year_budget for line in lines]),
            year_forecast=known_sum([line.year_forecast for line in lines]),
            last_year=whole_sum([line.last_year for line in real]),
            internal=known_sum([line.internal for line in lines]),
        )

    def result(self) -> BudgetLine:
        provision = self.yardstick is not Yardstick.PROVISION
        year = self.ledger.results(AmountKind.BUDGET, self.budgeted, provision=provision)
        return BudgetLine(
            account=None,
            group=None,
            title=RESULT_TITLE,
            period=deviation(self.ledger, self.months, self.yardstick),
            year_budget=whole_sum(year),
            year_forecast=None if self.submitted is None else self.submitted.result,
            last_year=last_year(self.ledger, self.months),
        )

    def _forecast(self, account: LedgerAccount) -> int | None:
        amount = None if self.submitted is None else self.submitted.amounts.get(account.id)
        return None if amount is None else amount - self._internal(account, AmountKind.BUDGET, self.year)

    def _internal(self, account: LedgerAccount, kind: AmountKind, months: Sequence[Month]) -> int:
        gross = self.ledger.total(kind, account.id, months, eliminated=False)
        net = self.ledger.total(kind, account.id, months)
        return (gross or 0) - (net or 0)
