"""What the economy stands on: units × months with weights, and last year's amounts across reorganisations."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hsf_kpi.ingest.demo.apportion import Floats, Ints
from hsf_kpi.ingest.demo.block import NOT_BY_SEX, Block, Flags, exists, inherited, periods_of, reporting_units
from hsf_kpi.ingest.demo.flow import own_weights
from hsf_kpi.ingest.demo.settings import DemoSettings
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month, Period

MNKR = 1_000_000


@dataclass(frozen=True)
class Ledger:
    """Units × months of one measure. weights: (units, months), sums to 1 in each month."""

    units: tuple[str, ...]
    periods: tuple[Period, ...]
    weights: Floats
    present: Flags

    def row(self, unit: str) -> int:
        return self.units.index(unit)

    def months(self, first: Month, last: Month) -> Ints:
        """The columns of first–last."""
        return np.array([t for t, p in enumerate(self.periods) if first <= p.end <= last], dtype=np.int64)


def ledger_of(measure: Measure, weight: str, organisation: Organisation, settings: DemoSettings) -> Ledger:
    """The measure's units and months from the first segment on, weighted by that column of units.toml."""
    units = reporting_units(measure, organisation)
    periods = periods_of(measure, settings.economy.segment[0].first, settings.general.last)
    own = own_weights(units, weight, settings)
    weights = inherited(organisation, units, own, [p.end for p in periods])
    total = weights.sum(axis=0)
    return Ledger(
        units, periods, weights / np.where(total > 0, total, 1), exists(organisation, units, periods)
    )


def block_of(measure: Measure, ledger: Ledger, amounts: Ints, present: Flags | None = None) -> Block:
    """A block of plain amounts, (units, months), in kronor."""
    present = ledger.present if present is None else present
    cells = np.where(present, amounts, 0)[:, :, None]
    return Block(measure, ledger.units, ledger.periods, NOT_BY_SEX, cells, None, present)


def last_year(ledger: Ledger, amounts: Ints, organisation: Organisation, column: int) -> Ints:
    """(units,): the same month last year, of the unit and of the predecessors that have ended since."""
    month, before = ledger.periods[column].end, amounts[:, column - 12]
    own = np.zeros(len(ledger.units), dtype=np.int64)
    for u, unit in enumerate(ledger.units):
        heir = organisation.heir(unit, month)
        if heir in ledger.units:
            own[ledger.row(heir)] += before[u]
    return own


def cut(block: Block, start: int, end: int | None = None) -> Block:
    """Only the periods start–end (end not included)."""
    return replace(
        block,
        periods=block.periods[start:end],
        numerator=block.numerator[:, start:end],
        denominator=None if block.denominator is None else block.denominator[:, start:end],
        present=block.present[:, start:end],
    )
