"""What the demo's ledger is laid out on: units × months, and ways to share kronor out so that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from hsf_kpi.ingest.demo.apportion import Floats, Ints
from hsf_kpi.ingest.demo.block import Block, Flags
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month

MNKR = 1_000_000


@dataclass(frozen=True)
class Frame:
    """units × months, the months to the end of the last year. present: (units, months), where the unit exists.

    known: (months,), those with an outcome. booked: (months,), those with a result and so with revenue and budget.
    """

    organisation: Organisation
    units: tuple[str, ...]
    months: tuple[Month, ...]
    present: Flags
    known: Flags
    booked: Flags

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.units), len(self.months)

    @property
    def actual(self) -> Flags:
        """(units, months): where there is a whole outcome, revenue too."""
        return self.present & (self.known & self.booked)[None, :]

    @property
    def budget(self) -> Flags:
        return self.present & self.booked[None, :]

    def year(self, year: int) -> Flags:
        """(months,): those of the year."""
        return np.array([month.year == year for month in self.months])

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({month.year for month in self.months}))

    @cached_property
    def heirs(self) -> Ints:
        """(all units that have ever been, months): the row of the unit that carries each on; −1 where none does yet."""
        rows = {unit: row for row, unit in enumerate(self.units)}
        carried = np.array(
            [
                [rows.get(self.organisation.heir(unit, month), -1) for month in self.months]
                for unit in self.organisation.units
            ],
            dtype=np.int64,
        )
        there = self.present[carried, np.arange(len(self.months))]
        return np.where((carried >= 0) & there, carried, -1)

    def weights(self, own: Mapping[str, float]) -> Floats:
        """(units, months): each unit's weight with that of predecessors that have ended; 0 where it is not named."""
        weights = np.zeros(self.shape)
        for unit, heirs in zip(self.organisation.units, self.heirs, strict=True):
            on = np.flatnonzero(heirs >= 0)
            weights[heirs[on], on] += own.get(unit, 0.0)
        return weights

    def lay(self, block: Block | None) -> Ints:
        """(units, months): the block's numerators, both sexes together; 0 where it has none."""
        laid = np.zeros(self.shape, dtype=np.int64)
        if block is None:
            return laid
        columns = {month: t for t, month in enumerate(self.months)}
        for i, unit in enumerate(block.units):
            if unit in self.units:
                row = self.units.index(unit)
                for j, period in enumerate(block.periods):
                    if period.end in columns:
                        laid[row, columns[period.end]] = block.numerator[i, j].sum()
        return laid


def share(total: Ints, weights: Floats) -> Ints:
    """Whole parts along the last axis that sum to `total` exactly, in proportion to `weights` (≥ 0).

    total: any shape, of either sign; weights: that shape and one axis more. Where all weights are 0 the first part
    takes all. What rounding leaves over goes to the largest part.
    """
    whole = weights.sum(axis=-1, keepdims=True)
    first = np.zeros(weights.shape)
    first[..., 0] = 1.0
    shares = np.divide(weights, whole, out=first, where=whole > 0)
    parts = np.floor(shares * total[..., None]).astype(np.int64)
    left = total - parts.sum(axis=-1)
    largest = shares.argmax(axis=-1)[..., None]
    np.put_along_axis(parts, largest, np.take_along_axis(parts, largest, -1) + left[..., None], -1)
    found: Ints = parts
    return found


def twelfth(year: int, month: Month) -> int:
    """One month's part of a year's amount in kronor; the twelve make it exactly."""
    return round(Fraction(year * month.number, 12)) - round(Fraction(year * (month.number - 1), 12))


def of_year(amounts: Mapping[int, int], year: int) -> int:
    """The year's amount, else that of the nearest earlier year, else of the first. 0 of none."""
    earlier = [y for y in amounts if y <= year]
    return amounts[max(earlier) if earlier else min(amounts)] if amounts else 0


def yearly(frame: Frame, monthly: Floats, on: Flags) -> Floats:
    """(units, months): the mean of the year's months that are `on`, in every month of the year; 0 without any."""
    means = np.zeros(frame.shape)
    for year in frame.years:
        columns = frame.year(year)
        here = on & columns[None, :]
        count = here.sum(axis=1)
        mean = np.divide(
            np.where(here, monthly, 0).sum(axis=1), count, out=np.zeros(len(frame.units)), where=count > 0
        )
        means[:, columns] = mean[:, None]
    return means
