"""A small ledger by seed, as the derived measures are made from it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert

from hsf_kpi.model.account_plan import AccountGroup, LedgerAccount, Side
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.measure import Derivation
from hsf_kpi.model.period import Month, Window
from hsf_kpi.store import tables
from hsf_kpi.store.codes import AMOUNT_KIND
from hsf_kpi.store.refresh import add_keys, ids_of
from tests.store.builders import catalogue, m, measure, organisation, unit

A = Aggregation
REVENUE, COST, INVESTED = (AccountGroup(s.value, s.value, s) for s in Side)
ACCOUNTS = (
    LedgerAccount("ersattning", "Ersättning", REVENUE),
    LedgerAccount("salt", "Sålt", REVENUE, may_be_internal=True),
    LedgerAccount("lon", "Lön", COST),
    LedgerAccount("hyr", "Hyr", COST),
    LedgerAccount("kopt", "Köpt", COST, may_be_internal=True),
    LedgerAccount("post", "Underskottspost", COST, budget_only=True),
    LedgerAccount("inventarier", "Inventarier", INVESTED),
)
SIGN = {account.id: account.side.sign for account in ACCOUNTS}
COST_IDS = [account.id for account in ACCOUNTS if account.side is Side.COST]

ORGANISATION = organisation(
    unit("hsf", None),
    unit("halso", "hsf", None, "2022-12", "primar"),
    unit("primar", "hsf"),
    unit("slut", "hsf", None, "2022-06", "kirurgi"),
    unit("kirurgi", "hsf"),
    unit("ny", "hsf", "2023-01"),
)
LEAVES = ("halso", "primar", "slut", "kirurgi", "ny")
MONTHS = tuple(m("2021-12") + i for i in range(17))

DEMO, LATER, PUBLISHED = 11, 12, 13
"""Loads: two of the demo, one of published figures."""

FIRST = m("2023-02")
CAT = replace(
    catalogue(
        ORGANISATION,
        [
            measure("avvikelse", A.AMOUNT, derived=Derivation("result_deviation")),
            measure("andring", A.AMOUNT, derived=Derivation("result_change")),
            measure("prognos", A.LATEST_AMOUNT, derived=Derivation("forecast_deviation")),
            measure("okning", A.GROWTH, derived=Derivation("cost_growth", first=FIRST)),
            measure("hyrandel", A.RATIO, derived=Derivation("account_ratio", ("hyr",), ("lon",))),
            measure("per-timme", A.WEIGHTED_MEAN, derived=Derivation("cost_per_hour", ("lon", "hyr"), hours="timmar")),
            measure("timmar", A.AMOUNT),
            measure(
                "invest", A.AMOUNT, derived=Derivation("accumulated", ("inventarier",)),
                measured=(Window.TERTIAL_1, Window.TERTIAL_2, Window.YEAR),
            ),
        ],
    ),
    ledger_accounts=ACCOUNTS,
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    unit: str
    kind: AmountKind
    account: str
    month: Month
    amount: int
    project: bool = False
    counterpart: str = ""
    load: int = DEMO
    live: bool = True


@dataclass(frozen=True)
class Forecast:
    unit: str
    year: int
    made: dt.date
    account: str
    amount: int
    load: int = DEMO
    live: bool = True


Hole = tuple[str, AmountKind, Month]


def entries(seed: int, holes: Collection[Hole]) -> list[Entry]:
    """Everything booked but the holes, some of it internal, some of projects, some superseded or of another origin."""
    chance = random.Random(seed)
    found = []
    for key in LEAVES:
        for kind in AmountKind:
            for month in MONTHS:
                if (key, kind, month) in holes or not ORGANISATION.units[key].exists_at(month):
                    continue
                # A month may hold nothing but a reversal, or an investment.
                for account in chance.sample(ACCOUNTS, chance.randint(1, 4)):
                    if account.budget_only and kind is AmountKind.ACTUAL:
                        continue
                    plain = Entry(key, kind, account.id, month, chance.randint(-50, 900))
                    found.append(plain)
                    if account.may_be_internal and chance.random() < 0.5:
                        found.append(
                            replace(plain, amount=chance.randint(0, 99), counterpart=chance.choice(LEAVES))
                        )
                    if chance.random() < 0.1:
                        found.append(replace(plain, amount=7, project=True))
                        found.append(replace(plain, amount=11, load=LATER, live=False))
                        found.append(replace(plain, amount=13, load=PUBLISHED))
    return found


def forecasts(seed: int) -> list[Forecast]:
    chance = random.Random(seed + 1)
    found = []
    for key in ("halso", "primar", "kirurgi"):
        for made in (dt.date(2022, 3, 2), dt.date(2022, 3, 20), dt.date(2022, 12, 12), dt.date(2023, 1, 9)):
            for account in ("ersattning", "lon", "inventarier"):
                if chance.random() < 0.8:
                    found.append(Forecast(key, 2022, made, account, chance.randint(0, 9000)))
        found.append(Forecast(key, 2023, dt.date(2023, 1, 19), "lon", chance.randint(0, 9000)))
        found.append(Forecast(key, 2022, dt.date(2022, 5, 5), "lon", 1, live=False))
        found.append(Forecast(key, 2022, dt.date(2022, 6, 5), "lon", 1, load=PUBLISHED))
    return found


def write(connection: Connection, booked: list[Entry], forecast: list[Forecast]) -> None:
    """What is not live has been superseded by a later load."""
    units = ids_of(connection, tables.unit)
    accounts = add_keys(connection, tables.ledger_account, "key", [account.id for account in ACCOUNTS])
    now = dt.datetime(2023, 6, 1, tzinfo=dt.UTC)
    shared = {"source": "a", "rows": 1, "created_at": now, "created_by": "b", "data_version": 1}
    loads = ((DEMO, 2), (LATER, 2), (PUBLISHED, 1))
    connection.execute(insert(tables.load), [{"id": i, "origin": origin, **shared} for i, origin in loads])
    rows: list[dict[str, object]] = [
        {
            "unit": units[e.unit],
            "kind": AMOUNT_KIND[e.kind],
            "account": accounts[e.account],
            "month": e.month.index,
            "project": int(e.project),
            "counterpart": units.get(e.counterpart, 0),
            "cost_centre": "",
            "load_id": e.load,
            "amount": e.amount,
            "superseded_by": None if e.live else LATER,
        }
        for e in booked
    ]
    made: list[dict[str, object]] = [
        {
            "unit": units[f.unit],
            "year": f.year,
            "made": f.made,
            "account": accounts[f.account],
            "load_id": f.load,
            "author": "Verksamhetschef",
            "amount": f.amount,
            "superseded_by": None if f.live else LATER,
        }
        for f in forecast
    ]
    for table, given in ((tables.ledger_entry, rows), (tables.forecast_entry, made)):
        if given:
            connection.execute(insert(table), given)
