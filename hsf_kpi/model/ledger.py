"""The ledger (huvudboken): budget, outcome and forecasts by unit, month and account, in whole kronor.

An amount is written without the sign of its side: revenue and cost are both positive, a reversal is negative. What it does
to the result is the side's sign times the amount.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hsf_kpi.model.account_plan import LedgerAccount
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.period import Month

MNKR = 1_000_000


class AmountKind(StrEnum):
    BUDGET = "budget"
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One amount as it enters the store.

    `counterpart`: the unit of the förvaltning that it was bought from or sold to, for an internal amount. Both sides
    book it, so what one sells the others buy. `project`: belongs to uppdragsprojekt, which stand apart. `cost_centre`: below
    the unit; "" where the source has none.
    """

    unit: str
    month: Month
    account: str
    kind: AmountKind
    amount: int
    counterpart: str | None = None
    project: bool = False
    cost_centre: str = ""


@dataclass(frozen=True, slots=True)
class ForecastEntry:
    """What somebody expects of one account for the whole `year`, as submitted on `made`.

    `author`: whose forecast it is, a function («Verksamhetschef»), never a name.
    """

    unit: str
    made: dt.date
    year: int
    account: str
    amount: int
    author: str


Line = tuple[int | None, ...]
"""An amount for each month of a ledger in kronor; None where nothing is booked or known."""


@dataclass(frozen=True)
class UnitLedger:
    """What is booked at a unit and below it. Every line has one place for each of `months`, which follow on each other.

    amounts: (kind, account) → the gross line, internal amounts included. internal: that part of it which meets its
    counterpart at or below this unit, and is eliminated on gross lines. projects: uppdragsprojekt, in neither of the two.
    A month in which nothing at all of a kind is booked is None on every line of the kind; otherwise an account without
    entries is 0. reported, expected: units that have booked an outcome in each month, and that should have.
    """

    unit: str
    months: tuple[Month, ...]
    accounts: tuple[LedgerAccount, ...]
    amounts: Mapping[tuple[AmountKind, str], Line]
    internal: Mapping[tuple[AmountKind, str], Line] = field(default_factory=dict)
    projects: Mapping[tuple[AmountKind, str], Line] = field(default_factory=dict)
    reported: tuple[int, ...] = ()
    expected: tuple[int, ...] = ()
    origins: frozenset[Origin] = frozenset()
    sources: tuple[str, ...] = ()

    def amount(self, kind: AmountKind, account: str, month: Month, *, eliminated: bool = True) -> int | None:
        """One account in one month, internal amounts taken out unless `eliminated` is False. None where unknown."""
        gross = self._at(self.amounts, kind, account, month)
        if gross is None or not eliminated:
            return gross
        return gross - (self._at(self.internal, kind, account, month) or 0)

    def project(self, kind: AmountKind, account: str, month: Month) -> int | None:
        return self._at(self.projects, kind, account, month)

    def result(self, kind: AmountKind, month: Month, *, provision: bool = True) -> int | None:
        """Revenue − cost of a month, uppdragsprojekt apart. `provision`: with the accounts that only a budget has."""
        found = [
            account.side.sign * amount
            for account in self.accounts
            if (provision or not account.budget_only)
            and (amount := self._at(self.amounts, kind, account.id, month)) is not None
        ]
        return sum(found) if found else None

    def total(
        self, kind: AmountKind, account: str, months: Iterable[Month], *, eliminated: bool = True
    ) -> int | None:
        """The account over the months that are known; None where none is."""
        found = [self.amount(kind, account, month, eliminated=eliminated) for month in months]
        known = [amount for amount in found if amount is not None]
        return sum(known) if known else None

    def results(
        self, kind: AmountKind, months: Iterable[Month], *, provision: bool = True
    ) -> tuple[int | None, ...]:
        return tuple(self.result(kind, month, provision=provision) for month in months)

    def has(self, kind: AmountKind, month: Month) -> bool:
        """Whether anything of the kind is booked in the month."""
        return self.result(kind, month) is not None

    def has_budget(self, year: int) -> bool:
        """Whether every month of the year has a budget."""
        return all(self.has(AmountKind.BUDGET, month) for month in months_of(year))

    def has_provision(self, year: int) -> bool:
        """Whether the year's budget holds a deficit provision here."""
        only = [account.id for account in self.accounts if account.budget_only]
        return any(
            self.amount(AmountKind.BUDGET, account, month) for account in only for month in months_of(year)
        )

    def complete(self, month: Month) -> bool:
        """Whether all units that should have booked an outcome in the month have done so."""
        at = self._index(month)
        if at is None or not self.has(AmountKind.ACTUAL, month):
            return False
        return not self.expected or self.reported[at] >= self.expected[at]

    def until(self, last: Month | None) -> UnitLedger:
        """The same with no outcome after `last` (None: all); the budget is a plan, and stays whole."""
        if last is None or not self.months or self.months[-1] <= last:
            return self
        kept = sum(month <= last for month in self.months)

        def cut(lines: Mapping[tuple[AmountKind, str], Line]) -> Mapping[tuple[AmountKind, str], Line]:
            return {
                key: line[:kept] + (None,) * (len(line) - kept) if key[0] is AmountKind.ACTUAL else line
                for key, line in lines.items()
            }

        return UnitLedger(
            self.unit, self.months, self.accounts, cut(self.amounts), cut(self.internal), cut(self.projects),
            self.reported[:kept] + (0,) * (len(self.reported) - kept), self.expected, self.origins, self.sources,
        )  # fmt: skip

    def _index(self, month: Month) -> int | None:
        if not self.months or not self.months[0] <= month <= self.months[-1]:
            return None
        return month.index - self.months[0].index

    def _at(
        self, lines: Mapping[tuple[AmountKind, str], Line], kind: AmountKind, account: str, month: Month
    ) -> int | None:
        at = self._index(month)
        line = lines.get((kind, account))
        return None if at is None or line is None else line[at]


@dataclass(frozen=True, slots=True)
class Submitted:
    """A forecast as submitted: the whole year, by account. Of a unit with others below it, the sum of theirs.

    made: the latest day of those in it. result: revenue − cost of the year. deviation: against the year's budget with
    the provision (the plan's «helårsprognos jämfört med budget»); None without a budget. units, expected: how many of the
    units below have submitted, and should have. month: the month in which it was submitted.
    """

    unit: str
    made: dt.date
    month: Month
    year: int
    author: str
    result: int
    deviation: int | None
    amounts: Mapping[str, int]
    units: int = 1
    expected: int = 1


@dataclass(frozen=True, slots=True)
class CostCentreLine:
    """A kostnadsställe of one unit over some months: kronor by account, outcome and budget (None without one)."""

    cost_centre: str
    account: str
    actual: int | None
    budget: int | None


def months_of(year: int) -> Iterator[Month]:
    """January–December."""
    return (Month.of(year, number) for number in range(1, 13))
