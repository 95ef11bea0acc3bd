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
    """Each tertial's part by month, so that the year's sum is what has been told; where nothing has been, half of the pace
    so far. What a unit's predecessors have invested in the year is its own.
    """
    made = np.zeros(frame.shape, dtype=np.int64)
    told = {
        (block.units[u], block.periods[t].end.year, _ENDS[block.periods[t].window]): int(
            block.numerator[u, t].sum()
        )
        for u, t in np.argwhere(block.present)
    }
    for year in frame.years:
        for end in _ENDS.values():
            if Month.of(year, end) < frame.months[0]:
                continue
            before = _so_far(frame, made, year, frame.months.index(Month.of(year, end))).tolist()
            for u, unit in enumerate(frame.units):
                columns = _tertial(frame, u, year, end)
                if columns:
                    pace = before[u] * len(columns) // 16
                    part = told[unit, year, end] - before[u] if (unit, year, end) in told else pace
                    made[u, columns] = share(np.array(part), np.array([1.0 + 0.2 * (t % 3) for t in columns]))
    return made


def _so_far(frame: Frame, made: Ints, year: int, last: int) -> Ints:
    """(units,): of the year, by each unit and those whose heir it is in the month of the column `last`."""
    so_far = np.zeros(len(frame.units), dtype=np.int64)
    for unit, heirs in zip(frame.organisation.units, frame.heirs, strict=True):
        if unit in frame.units and heirs[last] >= 0:
            so_far[heirs[last]] += made[frame.units.index(unit), frame.year(year)].sum()
    return so_far


def _tertial(frame: Frame, unit: int, year: int, end: int) -> list[int]:
    """The columns of the tertial's months with an outcome, in which the unit exists."""
    return [
        t
        for t, month in enumerate(frame.months)
        if month.year == year and end - 4 < month.number <= end and frame.present[unit, t] and frame.known[t]
    ]


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
