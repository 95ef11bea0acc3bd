"""A small account plan, and entries and forecasts made in code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hsf_kpi.model.account_plan import AccountGroup, LedgerAccount, Side
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.ledger import AmountKind, ForecastEntry, LedgerEntry, months_of
from hsf_kpi.model.measure import Derivation
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month
from hsf_kpi.store.load import Delivery
from tests.store.builders import SMALL, catalogue, m, measure

_IN = AccountGroup("in", "Intäkter", Side.REVENUE)
_OUT = AccountGroup("ut", "Kostnader", Side.COST)
_LONG = AccountGroup("inv", "Investeringar", Side.INVESTMENT)
ACCOUNTS = (
    LedgerAccount("ersattning", "Ersättning", _IN),
    LedgerAccount("salt", "Försäljning", _IN, may_be_internal=True),
    LedgerAccount("personal", "Personal", _OUT),
    LedgerAccount("kopt", "Köpta tjänster", _OUT, may_be_internal=True),
    LedgerAccount("underskott", "Underskottspost", _OUT, budget_only=True),
    LedgerAccount("investering", "Investering", _LONG),
)
SEEN = "resultat"
BUDGET, ACTUAL = AmountKind.BUDGET, AmountKind.ACTUAL
_MEASURES = (
    measure(SEEN, Aggregation.AMOUNT, derived=Derivation("result_deviation")),
    measure("belopp", Aggregation.AMOUNT),
)


def with_accounts(org: Organisation = SMALL, fingerprint: str = "f1") -> Catalogue:
    return replace(catalogue(org, _MEASURES, fingerprint), ledger_accounts=ACCOUNTS, ledger_seen_with=SEEN)


def entry(
    unit: str, month: str | Month, account: str, amount: int, kind: AmountKind = ACTUAL, **rest: Any
) -> LedgerEntry:
    return LedgerEntry(unit, m(month) if isinstance(month, str) else month, account, kind, amount, **rest)


def trade(
    seller: str, buyer: str, month: str | Month, amount: int, kind: AmountKind = ACTUAL
) -> list[LedgerEntry]:
    """Both sides of an internal purchase."""
    return [
        entry(seller, month, "salt", amount, kind, counterpart=buyer),
        entry(buyer, month, "kopt", amount, kind, counterpart=seller),
    ]


def year_budget(unit: str, year: int, amount: int, account: str = "personal") -> list[LedgerEntry]:
    """The same amount in each month of the year."""
    return [entry(unit, month, account, amount, BUDGET) for month in months_of(year)]


def forecast(
    unit: str,
    made: str,
    amount: int,
    account: str = "personal",
    author: str = "Verksamhetschef",
    year: int = 0,
) -> ForecastEntry:
    day = dt.date.fromisoformat(made)
    return ForecastEntry(unit, day, year or day.year, account, amount, author)


def delivery(
    ledger: Iterable[LedgerEntry] = (),
    forecasts: Iterable[ForecastEntry] = (),
    origin: Origin = Origin.DEMO,
    source: str = "huvudbok.csv",
    **rest: Any,
) -> Delivery:
    observations = rest.pop("observations", ())
    return Delivery(source, origin, observations, ledger=tuple(ledger), forecasts=tuple(forecasts), **rest)
