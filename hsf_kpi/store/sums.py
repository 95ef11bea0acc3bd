"""Sums over units and over months, as arrays. Nothing here knows the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.period import Window
from hsf_kpi.store.ancestry import Ancestry, Bools, Ints, Pairs
from hsf_kpi.store.codes import ORIGIN
from hsf_kpi.store.grid import Grid

_PAIRS_AT_ONCE = 20_000
"""Bounds the memory of a gather: so many unit × month rows are copied at a time."""
NO_SOURCE = -(2**31)
"""Lower than any source's number, also with its sign turned."""


@dataclass(frozen=True)
class Sums:
    """Arrays ancestor × month for one window. `exists` says where there is a sum at all.

    months, months_expected: months with a value, and months where any unit should have one. reported,
    expected: units that are complete, and units that should be. missing, unknown, total: last year's size of
    what is missing, the number of missing values without one, and last year's size of all that is expected.
    first_source, last_source: the lowest and highest number of the sources of its parts (one, when they agree).
    """

    exists: Bools
    numerator: Ints
    denominator: Ints
    months: Ints
    months_expected: Ints
    reported: Ints
    expected: Ints
    missing: Ints
    unknown: Ints
    total: Ints
    origin: Ints
    first_source: Ints
    last_source: Ints


def ytd(x: Ints) -> Ints:
    """Running sums from each January; the columns are whole years."""
    running: Ints = x.reshape(len(x), x.shape[1] // 12, 12).cumsum(axis=2).reshape(x.shape)
    return running


def r12(x: Ints) -> Ints:
    """Sums of twelve columns ending in each; before the first column there is nothing."""
    total = np.zeros((x.shape[0], x.shape[1] + 1), dtype=np.int64)
    np.cumsum(x, axis=1, out=total[:, 1:])
    start = np.maximum(np.arange(x.shape[1]) - 11, 0)
    rolled: Ints = total[:, 1:] - total[:, start]
    return rolled


_OVER = {Window.YTD: ytd, Window.R12: r12}


def highest(window: Window, x: Ints) -> Ints:
    """The highest of the columns that `ytd` or `r12` would add; no column is under `NO_SOURCE`."""
    if window is Window.YTD:
        by_year = x.reshape(len(x), x.shape[1] // 12, 12)
        running: Ints = np.maximum.accumulate(by_year, axis=2).reshape(x.shape)
        return running
    padded = np.pad(x, ((0, 0), (11, 0)), constant_values=NO_SOURCE)
    rolled: Ints = sliding_window_view(padded, 12, axis=1).max(axis=2)
    return rolled


class Gather:
    """Adds unit rows up to ancestor rows along the pairs of one view, each in the months where it holds."""

    def __init__(self, grid: Grid, pairs: Pairs, ancestry: Ancestry) -> None:
        row_of = np.full(len(ancestry.alive), -1, dtype=np.int64)
        row_of[grid.units] = np.arange(len(grid.units))
        used = row_of[pairs.leaf] >= 0
        ancestor, leaf = pairs.ancestor[used], row_of[pairs.leaf[used]]
        signature = pairs.signature[used]
        self.ancestors, place = np.unique(ancestor, return_inverse=True)
        self.shape = (len(self.ancestors), len(grid.months))
        segments = ancestry.segments(grid.months)
        self._runs: list[tuple[Ints, Ints, Bools]] = []
        for number in np.unique(signature):
            these = np.flatnonzero(signature == number)
            mask = pairs.signatures[number][segments]
            for chunk in np.array_split(these, len(these) // _PAIRS_AT_ONCE + 1):
                self._runs.append((place[chunk], leaf[chunk], mask))

    def sum(self, x: Ints | Bools) -> Ints:
        out = np.zeros(self.shape, dtype=np.int64)
        for place, leaf, mask in self._runs:
            heads, starts = np.unique(place, return_index=True)
            out[heads] += np.add.reduceat(np.where(mask, x[leaf], 0), starts, axis=0, dtype=np.int64)
        return out

    def max(self, x: Ints, nothing: int) -> Ints:
        out = np.full(self.shape, nothing, dtype=np.int64)
        for place, leaf, mask in self._runs:
            heads, starts = np.unique(place, return_index=True)
            found = np.maximum.reduceat(np.where(mask, x[leaf], nothing), starts, axis=0)
            out[heads] = np.maximum(out[heads], found)
        return out

    def complete(self, has: Bools, expected: Bools, window: Window) -> tuple[Ints, Ints]:
        """(reported, expected): units with all that a window expects of them, and units of which it expects
        anything.
        """
        over = _OVER[window]
        reported, wanted = np.zeros(self.shape, np.int64), np.zeros(self.shape, np.int64)
        for place, leaf, mask in self._runs:
            heads, starts = np.unique(place, return_index=True)
            due = expected[leaf] & mask
            is_due = over(due.astype(np.int64)) > 0
            is_whole = is_due & (over((due & ~has[leaf]).astype(np.int64)) == 0)
            wanted[heads] += np.add.reduceat(is_due, starts, axis=0, dtype=np.int64)
            reported[heads] += np.add.reduceat(is_whole, starts, axis=0, dtype=np.int64)
        return reported, wanted


def month_sums(kind: Aggregation, grid: Grid, gather: Gather) -> Sums:
    """One value per ancestor and month (or per measured window, named by its last month)."""
    has, lacking = grid.has, grid.expected & ~grid.has
    if kind.shared_denominator:
        denominator = gather.max(np.where(has, grid.denominator, 0), 0)
    else:
        denominator = gather.sum(grid.denominator)
    reported, expected = gather.sum(has), gather.sum(grid.expected)
    first_source, last_source = _sources(grid, gather, reported > 0)
    return Sums(
        exists=reported > 0,
        numerator=gather.sum(grid.numerator),
        denominator=denominator,
        months=(reported > 0).astype(np.int64),
        months_expected=(expected > 0).astype(np.int64),
        reported=reported,
        expected=expected,
        missing=gather.sum(np.where(lacking & grid.known, grid.weight, 0)),
        unknown=gather.sum(lacking & ~grid.known),
        total=gather.sum(np.where(grid.expected & grid.known, grid.weight, 0)),
        origin=gather.max(grid.origin, -1),
        first_source=first_source,
        last_source=last_source,
    )


def window_sums(kind: Aggregation, window: Window, month: Sums, grid: Grid, gather: Gather) -> Sums:
    """Year to date or rolling twelve, from the months. Kinds that take the latest repeat the month.

    A growth with a month that has nothing to be compared with, in the ancestor's own sum, has the denominator 0
    and so no value. An ancestor of a unit that is new has the others' months to be compared with, and a value.
    """
    over = _OVER[window]
    months_expected = over(month.months_expected)
    spans = grid.months <= grid.horizon if window is Window.YTD else months_expected == 12
    if kind.takes_latest and not (window is Window.R12 and kind is Aggregation.STOCK):
        latest = {name: getattr(month, name) for name in Sums.__dataclass_fields__}
        return Sums(**latest | {"exists": month.exists & spans})
    months = over(month.months)
    denominator = over(month.denominator)
    if kind is Aggregation.GROWTH:
        # A year that began in April is not held against a whole one: without its counterpart there is no value.
        alone = (month.months > 0) & (month.denominator == 0)
        denominator = np.where(over(alone.astype(np.int64)) > 0, 0, denominator)
    reported, expected = gather.complete(grid.has, grid.expected, window)
    return Sums(
        exists=(months > 0) & spans,
        numerator=over(month.numerator),
        denominator=denominator,
        months=months,
        months_expected=months_expected,
        reported=reported,
        expected=expected,
        missing=over(month.missing),
        unknown=over(month.unknown),
        total=over(month.total),
        origin=_weakest(month.origin, over),
        first_source=-highest(window, -month.first_source),
        last_source=highest(window, month.last_source),
    )


def _weakest(origin: Ints, over: Callable[[Ints], Ints]) -> Ints:
    """The highest origin code of the months with a value in each window."""
    found = np.full(origin.shape, -1, dtype=np.int64)
    for code in sorted(ORIGIN.values()):
        found[over((origin == code).astype(np.int64)) > 0] = code
    return found


def _sources(grid: Grid, gather: Gather, exists: Bools) -> tuple[Ints, Ints]:
    """The lowest and the highest number of the sources behind each sum; where there is none, far above and below."""
    numbers = np.unique(grid.source[grid.has])
    if len(numbers) == 1:
        return np.where(exists, numbers[0], -NO_SOURCE), np.where(exists, numbers[0], NO_SOURCE)
    highest_of = np.where(grid.has, grid.source, NO_SOURCE)
    lowest_of = np.where(grid.has, -grid.source, NO_SOURCE)
    return -gather.max(lowest_of, NO_SOURCE), gather.max(highest_of, NO_SOURCE)
