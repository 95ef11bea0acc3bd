"""A small ledger by seed, and what the derived measures should be of it: written as loops, to hold the store's against."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert

from hsf_kpi.model.account_plan import AccountGroup, LedgerAccount, Side
from hsf_kpi.model.aggregation import FIXED, Aggregation
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

FIRST = m("2022-02")
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


Row = tuple[str, str, str, Month, int, int | None]
"""measure, unit, window, month, numerator and denominator in the stored scale"""


class Naive:
    """Every derived value of the entries, one at a time."""

    def __init__(
        self, booked: list[Entry], forecast: list[Forecast], hours: dict[tuple[str, Month], int]
    ) -> None:
        self.booked: dict[Hole, list[Entry]] = {}
        for e in booked:
            if e.live and e.load == DEMO and not e.project:
                self.booked.setdefault((e.unit, e.kind, e.month), []).append(e)
        self.forecast = [f for f in forecast if f.live and f.load == DEMO]
        self.hours = hours

    def rows(self) -> Iterator[Row]:
        for key in LEAVES:
            for month in MONTHS:
                for name, (above, below) in self.values(key, month):
                    if name != "okning" or month >= FIRST:
                        scaled = None if below is None else below
                        yield name, key, "month", month, above * FIXED, scaled
                for window, length in (("delar1", 4), ("delar2", 8), ("year", 12)):
                    total = self.accumulated(key, month, length) if month.number == length else None
                    if total is not None:
                        yield "invest", key, window, month, total * FIXED, None

    def values(self, key: str, month: Month) -> Iterator[tuple[str, tuple[int, int | None]]]:
        actual, budget = (
            self.result(key, AmountKind.ACTUAL, month),
            self.result(key, AmountKind.BUDGET, month),
        )
        if actual is not None and budget is not None:
            yield "avvikelse", (actual - budget, None)
        before = self.then(key, month, lambda u, t: self.result(u, AmountKind.ACTUAL, t))
        if actual is not None and before is not None:
            yield "andring", (actual - before, None)
        cost, cost_then = self.cost(key, month), self.then(key, month, self.cost)
        if cost is not None and cost_then is not None:
            yield "okning", (cost, cost_then * FIXED)
        if actual is not None:
            own, hired = self.account(key, month, "lon"), self.account(key, month, "hyr")
            if own >= 0:
                yield "hyrandel", (hired, own * FIXED)
            if (key, month) in self.hours:
                yield "per-timme", (own + hired, self.hours[key, month])
        landing = self.landing(key, month)
        if landing is not None:
            yield "prognos", (landing, None)

    def of(self, key: str, kind: AmountKind, month: Month) -> list[Entry]:
        return self.booked.get((key, kind, month), [])

    def result(self, key: str, kind: AmountKind, month: Month) -> int | None:
        found = self.of(key, kind, month)
        return sum(SIGN[e.account] * e.amount for e in found) if found else None

    def cost(self, key: str, month: Month) -> int | None:
        found = self.of(key, AmountKind.ACTUAL, month)
        external = [e.amount for e in found if e.account in COST_IDS and not e.counterpart]
        return sum(external) if found else None

    def account(self, key: str, month: Month, account: str) -> int:
        return sum(e.amount for e in self.of(key, AmountKind.ACTUAL, month) if e.account == account)

    def then(self, key: str, month: Month, ask: Callable[[str, Month], int | None]) -> int | None:
        total = 0
        for other in LEAVES:
            if ORGANISATION.units[other].exists_at(month - 12) and ORGANISATION.heir(other, month) == key:
                amount = ask(other, month - 12)
                if amount is None:
                    return None
                total += amount
        return total

    def landing(self, key: str, month: Month) -> int | None:
        budget = [self.result(key, AmountKind.BUDGET, Month.of(month.year, n)) for n in range(1, 13)]
        after = dt.date(month.year + 1, 1, 31)
        made = [
            f.made
            for f in self.forecast
            if (f.unit, f.year) == (key, month.year)
            and ((f.made.year, f.made.month) == (month.year, month.number)
                 or (month.number == 12 and month.last_day < f.made <= after))
        ]  # fmt: skip
        if None in budget or not made:
            return None
        latest = [f for f in self.forecast if (f.unit, f.year, f.made) == (key, month.year, max(made))]
        return sum(SIGN[f.account] * f.amount for f in latest) - sum(b for b in budget if b is not None)

    def accumulated(self, key: str, end: Month, length: int) -> int | None:
        if not self.of(key, AmountKind.ACTUAL, end):
            return None
        total = 0
        for other in LEAVES:
            if ORGANISATION.heir(other, end) != key:
                continue
            for month in (end - back for back in range(length)):
                if ORGANISATION.units[other].exists_at(month):
                    if not self.of(other, AmountKind.ACTUAL, month):
                        return None
                    total += self.account(other, month, "inventarier")
        return total
