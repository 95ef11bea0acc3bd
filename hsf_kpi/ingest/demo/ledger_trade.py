"""What the units of the förvaltning sell each other, and what the sellers sell outside: budget and outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from hsf_kpi.ingest.demo.apportion import Floats, Ints
from hsf_kpi.ingest.demo.ledger_frame import MNKR, Frame, share, twelfth, yearly
from hsf_kpi.ingest.demo.ledger_settings import LedgerSettings, Trade
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.plan_table import PlanTable


@dataclass(frozen=True)
class Sales:
    """Of one kind. internal: (sellers, units, months), what each unit buys; outside: (units, months). In kronor.

    A seller that has ended sells by the unit that carries it on: rows are by unit, so two sellers may be one.
    """

    sellers: Ints
    """(sellers, months): the row of the unit that sells."""
    internal: Ints
    outside: Ints

    @property
    def sold(self) -> Ints:
        """(units, months): internal sales by seller."""
        made = np.zeros(self.outside.shape, dtype=np.int64)
        for s, rows in enumerate(self.sellers):
            np.add.at(made, (rows, np.arange(len(rows))), self.internal[s].sum(axis=0))
        return made

    @property
    def bought(self) -> Ints:
        """(units, months): internal purchases by buyer."""
        found: Ints = self.internal.sum(axis=0)
        return found


def trade(
    frame: Frame, table: PlanTable | None, cost: Ints, settings: LedgerSettings, rng: np.random.Generator
) -> Mapping[AmountKind, Sales]:
    """Budget: the printed revenue of its year, other years by the printed change and `earlier`, by twelfths. The outcome
    follows the seller's own cost from month to month.
    """
    kinds = AmountKind.BUDGET, AmountKind.ACTUAL
    count = len(settings.trade), *frame.shape
    internal = {kind: np.zeros(count, dtype=np.int64) for kind in kinds}
    outside = {kind: np.zeros(frame.shape, dtype=np.int64) for kind in kinds}
    sellers = np.zeros((count[0], count[2]), dtype=np.int64)
    actual = frame.present & frame.known[None, :]
    mean = yearly(frame, cost.astype(float), actual)
    for s, one in enumerate(settings.trade):
        rows = frame.heirs[tuple(frame.organisation.units).index(one.seller)]
        sellers[s] = np.maximum(rows, 0)
        on = (rows >= 0) & frame.booked
        at = sellers[s], np.arange(count[2])
        budget = np.where(on, _months(frame, table, one, settings.trade_year), 0)
        pace = np.divide(cost[at], mean[at], out=np.ones(count[2]), where=mean[at] > 0)
        pace = pace * np.exp(rng.normal(0.0, 0.004, count[2]))
        if one.amounts:
            pace = np.ones(count[2])
        for kind, whole in (
            (AmountKind.BUDGET, budget),
            (AmountKind.ACTUAL, np.where(frame.known, np.rint(budget * pace), 0).astype(np.int64)),
        ):
            inner = np.rint(whole * one.internal).astype(np.int64)
            weights = _buyers(frame, one, sellers[s])
            inner = np.where(weights.sum(axis=0) > 0, inner, 0)
            internal[kind][s] = share(inner, weights.T).T
            np.add.at(outside[kind], at, whole - inner)
    return {kind: Sales(sellers, internal[kind], outside[kind]) for kind in kinds}


def _buyers(frame: Frame, one: Trade, seller: Ints) -> Floats:
    """(units, months): what each buys, by weight; nobody buys from itself."""
    weights = np.where(frame.present, frame.weights(one.buyers), 0.0)
    weights[seller, np.arange(len(seller))] = 0.0
    return weights


def _months(frame: Frame, table: PlanTable | None, one: Trade, year: int) -> Ints:
    """(months,): the budget in kronor, by twelfths of the year's."""
    if one.amounts or table is None:
        listed = {int(text): int(amount * MNKR) for text, amount in one.amounts.items()}
        return np.array([twelfth(listed.get(month.year, 0), month) for month in frame.months])
    amounts = next(row.amounts for row in table.rows if row.unit == one.seller)
    printed = amounts["intakt"] or Decimal(0)
    before = printed - (amounts["pris"] or 0) - (amounts["volym"] or 0)
    known = int(printed * MNKR), int(before * MNKR)
    return np.array([twelfth(_of(*known, month.year - year, one), month) for month in frame.months])


def _of(printed: int, before: int, years: int, one: Trade) -> int:
    """A year's sales: those of the printed year, of the year before it, further back and on by `earlier`."""
    if years == 0:
        return printed
    step = Fraction(str(one.earlier))
    return round(printed * step**years) if years > 0 else round(before * step ** (years + 1))
