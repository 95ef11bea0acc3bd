"""Small ledgers and forecasts for the tests of the economy, shaped as the store's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsf_kpi.model.account_plan import AccountGroup, LedgerAccount, Side
from hsf_kpi.model.ledger import AmountKind, Line, Submitted, UnitLedger, months_of
from hsf_kpi.model.period import Month

B, A = AmountKind.BUDGET, AmountKind.ACTUAL
OCTOBER = Month.of(2023, 10)

RAM = AccountGroup("ersattning", "Ersättningar och bidrag", Side.REVENUE)
INCOME = AccountGroup("intakter", "Övriga intäkter", Side.REVENUE)
STAFF = AccountGroup("personal", "Personalkostnader", Side.COST)
CARE = AccountGroup("vard-och-material", "Köpt vård, läkemedel och material", Side.COST)
TRAVEL = AccountGroup("resor-och-moten", "Resor, övernattning och externa möten", Side.COST)
OTHER = AccountGroup("ovrigt", "Lokaler, utrustning och övriga kostnader", Side.COST)
INVESTMENTS = AccountGroup("investeringar", "Investeringar", Side.INVESTMENT)

ACCOUNTS: tuple[LedgerAccount, ...] = (
    LedgerAccount("regionersattning", "Regionersättning", RAM),
    LedgerAccount("statsbidrag", "Statsbidrag", RAM),
    LedgerAccount("forsaljning", "Försäljning av tjänster", INCOME, may_be_internal=True),
    LedgerAccount("ovriga-intakter", "Övriga intäkter", INCOME),
    LedgerAccount("egen-personal", "Egen personal", STAFF),
    LedgerAccount("inhyrd-personal", "Inhyrd personal", STAFF),
    LedgerAccount("underskottspost", "Underskottspost", STAFF, budget_only=True),
    LedgerAccount("lakemedel", "Läkemedel", CARE),
    LedgerAccount("kopta-tjanster", "Köpta tjänster", CARE, may_be_internal=True),
    LedgerAccount("resor", "Resor", TRAVEL, restriktivitet=True),
    LedgerAccount("overnattning", "Övernattning", TRAVEL, restriktivitet=True),
    LedgerAccount("lokaler", "Lokaler", OTHER),
    LedgerAccount("ovriga-kostnader", "Övriga kostnader", OTHER, may_be_internal=True),
    LedgerAccount("investeringar", "Investeringar", INVESTMENTS),
)
BY_ID: Mapping[str, LedgerAccount] = {account.id: account for account in ACCOUNTS}

Amounts = int | Sequence[int | None]
"""The months of an account in kronor from the ledger's first; a single number stands for every month."""


def ledger(
    actual: Mapping[str, Amounts] | None = None,
    budget: Mapping[str, Amounts] | None = None,
    *,
    unit: str = "hsf",
    first: str = "2023-01",
    last: str | None = None,
    through: str | None = None,
    internal: Mapping[str, Amounts] | None = None,
    internal_budget: Mapping[str, Amounts] | None = None,
    projects: Mapping[str, Amounts] | None = None,
    reported: Sequence[int] = (),
    expected: Sequence[int] = (),
) -> UnitLedger:
    """A ledger from `first` to `last` (the December of the first year when not given).

    actual, internal and projects reach to `through` (all months when not given). A list that is shorter than the
    ledger leaves the rest unbooked. In a month in which a kind has something, its other accounts are 0, as in the
    store; in one where all are None, all are.
    """
    start = Month.parse(first)
    end = Month.parse(last) if last else Month.of(start.year, 12)
    months = tuple(Month(index) for index in range(start.index, end.index + 1))
    booked = months if through is None else tuple(m for m in months if m <= Month.parse(through))
    gross = {
        **_lines(A, actual or {}, len(booked), len(months)),
        **_lines(B, budget or {}, len(months), len(months)),
    }
    inside = {
        **_lines(A, internal or {}, len(booked), len(months), whole=False),
        **_lines(B, internal_budget or {}, len(months), len(months), whole=False),
    }
    apart = _lines(A, projects or {}, len(booked), len(months), whole=False)
    return UnitLedger(unit, months, ACCOUNTS, gross, inside, apart, tuple(reported), tuple(expected))


def submitted(
    amounts: Mapping[str, int],
    month: Month = OCTOBER,
    *,
    unit: str = "hsf",
    budget: int | None = None,
    author: str = "Verksamhetschef",
) -> Submitted:
    """A forecast of the whole year by account, submitted on the 20th of `month`. budget: the year's result by
    budget with the provision, which the deviation is told against."""
    result = sum(BY_ID[account].side.sign * amount for account, amount in amounts.items())
    made = month.first_day.replace(day=20)
    deviation = None if budget is None else result - budget
    return Submitted(unit, made, month, month.year, author, result, deviation, dict(amounts))


def year_sum(unit_ledger: UnitLedger, kind: AmountKind, year: int, *, provision: bool = True) -> int | None:
    """The year's result of a kind, month by month; None where a month has none."""
    found = unit_ledger.results(kind, months_of(year), provision=provision)
    known = [amount for amount in found if amount is not None]
    return sum(known) if len(known) == 12 else None


def _lines(
    kind: AmountKind, given: Mapping[str, Amounts], booked: int, length: int, *, whole: bool = True
) -> dict[tuple[AmountKind, str], Line]:
    for account in given:
        assert account in BY_ID, f"no such account: {account}"
    raw = {account: _spread(amounts, booked, length) for account, amounts in given.items()}
    if whole:
        known = [any(line[at] is not None for line in raw.values()) for at in range(length)]
        ids = list(BY_ID) if given else []
        raw = {account: raw.get(account, (None,) * length) for account in ids}
    else:
        known = [True] * booked + [False] * (length - booked)
    return {
        (kind, account): tuple((line[at] or 0) if known[at] else None for at in range(length))
        for account, line in raw.items()
    }


def _spread(amounts: Amounts, booked: int, length: int) -> Line:
    line = (amounts,) * booked if isinstance(amounts, int) else tuple(amounts)[:booked]
    return line + (None,) * (length - len(line))
