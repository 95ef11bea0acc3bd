"""The observations of one measure, sex and kind of window as unit × month arrays, with what was expected of
each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.period import Window
from hsf_kpi.store.ancestry import Ancestry, Bools, Ints
from hsf_kpi.store.codes import ORIGIN, Form


@dataclass(frozen=True)
class Leaves:
    """One measure's observations that are not superseded: parallel arrays, codes of `codes`, stored scale, 0
    for none.
    """

    window: Ints
    sex: Ints
    unit: Ints
    month: Ints
    origin: Ints
    form: Ints
    numerator: Ints
    denominator: Ints
    ready: Ints
    source: Ints

    def where(self, rows: Bools) -> Leaves:
        return Leaves(*(getattr(self, name)[rows] for name in LEAF_COLUMNS))

    @classmethod
    def of(cls, table: Ints) -> Leaves:
        """From an array with a column per field, in the fields' order."""
        return cls(*(table[:, i] for i in range(len(LEAF_COLUMNS))))


LEAF_COLUMNS = tuple(Leaves.__dataclass_fields__)


@dataclass(frozen=True)
class Grid:
    """Arrays unit × month. `units`: stored number per row; `months`: index per column, whole years, January
    first.

    has: a value exists. expected: there should be one. origin: its code, −1 for none. source: its number, 0
    for none. weight: the unit's size
    in the window a year (two years) before, `known` where it had one. `horizon`: the last month that any unit
    has reported.
    """

    units: Ints
    months: Ints
    numerator: Ints
    denominator: Ints
    has: Bools
    expected: Bools
    origin: Ints
    source: Ints
    weight: Ints
    known: Bools
    horizon: int


def stride(window: Window) -> int:
    """Months between two values of a measured window."""
    if window is Window.MONTH:
        return 1
    return 24 if window is Window.TWO_YEARS else 12


def grid(kind: Aggregation, window: Window, horizon: int, leaves: Leaves, ancestry: Ancestry) -> Grid:
    """The grid of `leaves` (parts of one sex and window, at least one). `horizon` is the measure's, over all
    sexes.

    A unit is expected from its first value to its last, or to the horizon when it has been silent for a year
    at the most (two years where that is the cadence) and still exists then; never in a month where it does
    not exist.
    """
    units, rows = np.unique(leaves.unit, return_inverse=True)
    start = int(leaves.month.min()) // 12 * 12
    months = np.arange(start, horizon // 12 * 12 + 12, dtype=np.int64)
    columns = leaves.month - start
    shape = (len(units), len(months))
    numerator, denominator = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    origin, source = np.full(shape, -1, np.int64), np.zeros(shape, np.int64)
    for code in sorted(ORIGIN.values(), reverse=True):
        # The strongest origin is written last and so stands.
        these = leaves.origin == code
        at = rows[these], columns[these]
        numerator[at], denominator[at] = leaves.numerator[these], leaves.denominator[these]
        origin[at], source[at] = code, leaves.source[these]
    has = origin >= 0
    step = stride(window)
    expected = _expected(units, months, has, horizon, step, ancestry)
    size = denominator if kind.has_denominator and not kind.shared_denominator else numerator
    weight, known = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    weight[:, step_back(step) :] = np.abs(size[:, : -step_back(step)])
    known[:, step_back(step) :] = has[:, : -step_back(step)]
    return Grid(units, months, numerator, denominator, has, expected, origin, source, weight, known, horizon)


def step_back(step: int) -> int:
    """How far back «last year» lies, and how long a silence is mere lateness: twelve months, or a longer
    cadence.
    """
    return max(step, 12)


def _expected(units: Ints, months: Ints, has: Bools, horizon: int, step: int, ancestry: Ancestry) -> Bools:
    column = np.arange(len(months))
    first = has.argmax(axis=1)
    last = len(months) - 1 - has[:, ::-1].argmax(axis=1)
    end = horizon - int(months[0])
    lives = ancestry.alive[units]
    segments = ancestry.segments(months)
    goes_on = (end - last <= step_back(step)) & lives[:, segments[end]]
    until = np.where(goes_on, end, last)
    span = (column >= first[:, None]) & (column <= until[:, None])
    on_step = (column - first[:, None]) % step == 0
    expected: Bools = (span & on_step & lives[:, segments]) | has
    return expected


def parts(leaves: Leaves) -> Leaves:
    return leaves.where(leaves.form == Form.PARTS)
