"""What the derived measures should be of a small ledger: written as loops, to hold the store's against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month
from tests.store.derive_cases import (
    COST_IDS,
    DEMO,
    FIRST,
    LEAVES,
    MONTHS,
    ORGANISATION,
    PUBLISHED,
    SIGN,
    Entry,
    Forecast,
    Hole,
)

Row = tuple[str, str, str, Month, int, int | None]
"""measure, unit, window, month, numerator and denominator in the stored scale"""


class Naive:
    """Every derived value of the entries, one at a time."""

    def __init__(
        self, booked: list[Entry], forecast: list[Forecast], hours: dict[tuple[str, Month], int]
    ) -> None:
        self.booked: dict[Hole, list[Entry]] = {}
        for load in (DEMO, PUBLISHED):
            for hole, those in _by_month(booked, load).items():
                self.booked[hole] = those
        stronger = {(f.unit, f.year, f.made.isoformat()[:7]) for f in forecast if f.load == PUBLISHED}
        self.forecast = [
            f
            for f in forecast
            if f.live and (f.load == PUBLISHED or (f.unit, f.year, f.made.isoformat()[:7]) not in stronger)
        ]
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


def _by_month(booked: list[Entry], load: int) -> dict[Hole, list[Entry]]:
    found: dict[Hole, list[Entry]] = {}
    for e in booked:
        if e.live and e.load == load and not e.project:
            found.setdefault((e.unit, e.kind, e.month), []).append(e)
    return found
