"""Investments month by month, from what the measure says of delår and year, and the ram that they are held against."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from hsf_kpi.ingest.demo.apportion import Ints
from hsf_kpi.ingest.demo.block import Block
from hsf_kpi.ingest.demo.ledger_cost import INVESTMENTS
from hsf_kpi.ingest.demo.ledger_frame import MNKR, Frame, share, twelfth
from hsf_kpi.ingest.demo.ledger_settings import LedgerSettings
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month, Window

_ENDS = {Window.TERTIAL_1: 4, Window.TERTIAL_2: 8, Window.YEAR: 12}


def investments(
    frame: Frame, catalogue: Catalogue, settings: LedgerSettings, blocks: Mapping[str, Block]
) -> Mapping[AmountKind, Mapping[str, Ints]]:
    """Kind → account → (units, months) in kronor. Nothing without the measure, or without the account."""
    accounts = {account.id for account in catalogue.ledger_accounts}
    if settings.investments not in blocks or INVESTMENTS not in accounts:
        return {}
    actual = _actual(frame, blocks[settings.investments])
    budget = _budget(frame, catalogue, settings, actual)
    return {AmountKind.ACTUAL: {INVESTMENTS: actual}, AmountKind.BUDGET: {INVESTMENTS: budget}}


def _actual(frame: Frame, block: Block) -> Ints:
    """Each tertial's part by month; of a tertial that has not ended, half of the pace of the one before it."""
    made = np.zeros(frame.shape, dtype=np.int64)
    told = {(period.end.year, _ENDS[period.window]): t for t, period in enumerate(block.periods)}
    for u, unit in enumerate(frame.units):
        if unit in block.units:
            rows = block.numerator[block.units.index(unit)].sum(axis=1)
            for year in frame.years:
                made[u] += _year(
                    frame, u, year, {end: int(rows[t]) for (y, end), t in told.items() if y == year}
                )
    return made


def _year(frame: Frame, unit: int, year: int, told: Mapping[int, int]) -> Ints:
    """(months,): told: last month of what has been told → kronor since January."""
    made = np.zeros(len(frame.months), dtype=np.int64)
    before = 0
    for end in _ENDS.values():
        columns = [
            t for t, month in enumerate(frame.months)
            if month.year == year and end - 4 < month.number <= end and frame.present[unit, t] and frame.known[t]
        ]  # fmt: skip
        if end in told:
            part = told[end] - before
            before = told[end]
        else:
            part = before * len(columns) // 16
        if columns:
            made[columns] = share(np.array(part), np.array([1.0 + 0.2 * (t % 3) for t in columns]))
    return made


def _budget(frame: Frame, catalogue: Catalogue, settings: LedgerSettings, actual: Ints) -> Ints:
    """The printed ram of its year by twelfths, shared as the outcome."""
    made = np.zeros(frame.shape, dtype=np.int64)
    if not settings.investment_ram:
        return made
    table = catalogue.plan_table(settings.investment_ram)
    for column in table.columns:
        amount = table.rows[0].amounts.get(column.id)
        if column.year in frame.years and amount is not None:
            weights = actual[:, frame.year(column.year)].sum(axis=1).astype(float)
            for t in np.flatnonzero(frame.year(column.year) & frame.booked):
                month: Month = frame.months[int(t)]
                on = np.where(frame.present[:, t], np.maximum(weights, 0), 0.0)
                made[:, t] = share(np.array(twelfth(int(amount * MNKR), month)), on)
    return made
