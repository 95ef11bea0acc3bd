"""A Block: all cells of one measure as arrays, and which units and periods it has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hsf_kpi.ingest.demo.apportion import Floats, Ints
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month, Period, Window

Flags = NDArray[np.bool_]
BY_SEX = (Sex.WOMEN, Sex.MEN)
NOT_BY_SEX = (Sex.ALL,)

_END_MONTH = {Window.TERTIAL_1: 4, Window.TERTIAL_2: 8, Window.YEAR: 12, Window.TWO_YEARS: 12}


@dataclass(frozen=True)
class Block:
    """Whole units (persons, hours, kronor), not yet in the stored scale.

    numerator, denominator: (units, periods, sexes), `denominator` None where the kind has none.
    present: (units, periods), True where the unit reports. Cells that are not present hold 0.
    """

    measure: Measure
    units: tuple[str, ...]
    periods: tuple[Period, ...]
    sexes: tuple[Sex, ...]
    numerator: Ints
    denominator: Ints | None
    present: Flags


def generator(seed: int, key: str) -> np.random.Generator:
    """A random stream of the measure's own: a new measure changes no other's numbers."""
    digest = hashlib.sha256(f"{seed}:{key}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:16], "big"))


def reporting_units(measure: Measure, organisation: Organisation) -> tuple[str, ...]:
    """The units that the measure is measured at, tags unfolded, in the organisation's order."""
    tags = {name[4:] for name in measure.measured_at if name.startswith("tag:")}
    return tuple(u.id for u in organisation.units.values() if u.id in measure.measured_at or u.tags & tags)


def periods_of(measure: Measure, first: Month, last: Month) -> tuple[Period, ...]:
    """The periods that the measure is measured for and that have ended by `last`."""
    if measure.monthly:
        return tuple(Period(Month(i), Window.MONTH) for i in range(first.index, last.index + 1))
    return tuple(
        period
        for year in range(first.year, last.year + 1)
        for window in sorted(measure.measured, key=lambda w: _END_MONTH[w])
        for period in _measured(window, year)
        if first <= period.end <= last
    )


def _measured(window: Window, year: int) -> Iterator[Period]:
    if window is not Window.TWO_YEARS or year % 2:
        yield Period(Month.of(year, _END_MONTH[window]), window)


def exists(organisation: Organisation, units: Sequence[str], periods: Sequence[Period]) -> Flags:
    """(units, periods): whether the unit exists in the period's last month."""
    return np.array([[organisation.units[u].exists_at(p.end) for p in periods] for u in units], dtype=bool)


def inherited(
    organisation: Organisation, units: Sequence[str], own: Sequence[float], months: Sequence[Month]
) -> Floats:
    """(units, months): each unit's weight with that of the predecessors that have ended; 0 where it
    does not exist."""
    row = {u: i for i, u in enumerate(units)}
    weights = np.zeros((len(units), len(months)))
    for t, month in enumerate(months):
        for unit, weight in zip(units, own, strict=True):
            heir = organisation.heir(unit, month)
            if heir in row and organisation.units[heir].exists_at(month):
                weights[row[heir], t] += weight
    return weights
