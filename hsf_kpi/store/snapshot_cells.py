"""The sums of one measure as two versions of the data have them, and the groups that they are made of: what was stored for a
unit and month, of all sexes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from hsf_kpi.access.masking import components
from hsf_kpi.access.suppression_system import room
from hsf_kpi.model.measure import Measure
from hsf_kpi.store.ancestry import Ancestry, Bools, Ints
from hsf_kpi.store.codes import ORIGIN
from hsf_kpi.store.grid import Leaves
from hsf_kpi.store.rollup import Rows
from hsf_kpi.store.suppressed import amount_of


@dataclass(frozen=True)
class Cells:
    """Rows of the rollup of one measure as parallel arrays; `is_ready`: a finished value."""

    unit: Ints
    org: Ints
    window: Ints
    sex: Ints
    month: Ints
    numerator: Ints
    denominator: Ints
    months: Ints
    is_ready: Bools
    masked: Bools

    @classmethod
    def of(cls, rows: Rows) -> Self:
        return cls(*(getattr(rows, name) for name in cls.__dataclass_fields__))

    def where(self, which: Bools) -> Self:
        return type(self)(*(getattr(self, name)[which] for name in self.__dataclass_fields__))

    def __len__(self) -> int:
        return len(self.unit)


@dataclass(frozen=True)
class Version:
    """Sums with the observations that they are made of, and the organisation that they were made in."""

    cells: Cells
    leaves: Leaves
    paths: Ancestry


@dataclass(frozen=True)
class Groups:
    """reported: (sex, unit, month). numerator, denominator: of the same shape, 0 where not reported."""

    reported: Bools
    numerator: Ints
    denominator: Ints

    @cached_property
    def there(self) -> Bools:
        """(unit, month)"""
        found: Bools = np.logical_or.reduce(self.reported, axis=0)
        return found

    def room(self, measure: Measure) -> Bools:
        """(component, atom, unit, month): what can be lowered without becoming negative."""
        names = components(measure)
        amounts = [amount_of(measure, name, self.numerator, self.denominator) for name in names]
        return room(self.reported, np.stack(amounts))

    @classmethod
    def of(cls, leaves: Leaves, units: Ints, first: int, months: int) -> Self:
        """leaves: parts of one window. units: sorted, every one of the leaves. first: the month of the first place."""
        shape = (3, len(units), months)
        found = cls(np.zeros(shape, np.bool_), np.zeros(shape, np.int64), np.zeros(shape, np.int64))
        for code in sorted(ORIGIN.values(), reverse=True):
            # The strongest origin is written last and so stands.
            these = leaves.where(leaves.origin == code)
            at = these.sex, np.searchsorted(units, these.unit), these.month - first
            found.reported[at] = True
            found.numerator[at], found.denominator[at] = these.numerator, these.denominator
        return found
