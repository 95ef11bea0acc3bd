"""Restriktivitet, the first assignment: what travel, overnight stays and external meetings cost, against last year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hsf_kpi.analysis.economy.known import booked, existing
from hsf_kpi.model.account_plan import LedgerAccount
from hsf_kpi.model.ledger import AmountKind, UnitLedger
from hsf_kpi.model.period import Month


@dataclass(frozen=True, slots=True)
class CostChange:
    """A cost in kronor, and that of the same months last year. None where a month in it is not fully booked."""

    now: int | None
    last_year: int | None

    @property
    def change(self) -> int | None:
        """now − last year in kronor: minus is lower cost, and so better."""
        if self.now is None or self.last_year is None:
            return None
        return self.now - self.last_year

    @property
    def percent(self) -> Fraction | None:
        """The change in percent of last year's cost; None without one, or where that was zero or a reversal."""
        if self.change is None or self.last_year is None or self.last_year <= 0:
            return None
        return Fraction(self.change * 100, self.last_year)

    @property
    def fell(self) -> bool | None:
        """Whether the cost is lower than last year; None where that is not known."""
        return None if self.change is None else self.change < 0


@dataclass(frozen=True, slots=True)
class RestriktivitetLine:
    """One account, or all of them (`account` None). monthly: each of the months; month: the last of them."""

    account: LedgerAccount | None
    title: str
    month: CostChange
    to_date: CostChange
    monthly: tuple[CostChange, ...]


@dataclass(frozen=True)
class Restriktivitet:
    """A line for each restriktivitet account in the account plan's order, and the sum of them in `whole`.

    missing: months without a complete outcome, this year's or last year's, for which no sum is compared.
    """

    unit: str
    months: tuple[Month, ...]
    lines: tuple[RestriktivitetLine, ...]
    whole: RestriktivitetLine
    missing: tuple[Month, ...] = ()


def restriktivitet(ledger: UnitLedger, months: Sequence[Month]) -> Restriktivitet:
    """What the first assignment is followed by, over `months` (January to the chosen one). ValueError without a month."""
    if not months:
        raise ValueError("restriktivitet needs a month")
    accounts = [account for account in ledger.accounts if account.restriktivitet]
    lines = tuple(_line(ledger, months, (account,), account, account.title) for account in accounts)
    both = [month - 12 for month in months] + list(months)
    return Restriktivitet(
        ledger.unit,
        tuple(months),
        lines,
        _line(ledger, months, accounts, None, "Restriktivitet totalt"),
        tuple(month for month in existing(ledger, both) if not ledger.complete(month)),
    )


def _line(
    ledger: UnitLedger,
    months: Sequence[Month],
    accounts: Sequence[LedgerAccount],
    account: LedgerAccount | None,
    title: str,
) -> RestriktivitetLine:
    def cost(wanted: Sequence[Month]) -> int | None:
        if not booked(ledger, wanted):
            return None
        return sum(
            ledger.amount(AmountKind.ACTUAL, one.id, month) or 0 for one in accounts for month in wanted
        )

    def compared(wanted: Sequence[Month]) -> CostChange:
        # A unit formed within the year costs nothing before, and has no such months last year to be held against.
        return CostChange(cost(existing(ledger, wanted)), cost([month - 12 for month in wanted]))

    monthly = tuple(compared((month,)) for month in months)
    return RestriktivitetLine(account, title, monthly[-1], compared(months), monthly)
