"""What must be masked in the sums as they were known earlier, beside those that are shown now: the one must not tell what
the other hides.

What was stored for a unit and month (of all sexes) is a *group*. Between then and now it has either stayed or changed, and
what changed falls into three kinds:

- fixed: it is shown by itself now, or is not there now. Whoever looks knows it already.
- parallel: it was there then too, in the same sexes, and what of it could be lowered now could be lowered then.
- free: all others.

Masked of a sum then are: what had few persons, what is masked now, and what holds a free group. A sum that had few persons
then but not now makes the groups that changed in it free.

Why that is safe, also for several earlier days looked at together. What is shown now leaves a direction d in which the
observations behind a hidden sum can move (see `access.suppression`). Let every earlier version of a parallel group move
as d moves that group; fixed groups stand still under d, and free ones are in no sum that is shown of then. Then every
sum shown of then moves as the same sum of now does, which is not at all, since it is shown now. So whoever knows all of
them can tell a hidden sum of now no better than before, nor one of then that few persons stand behind: it moves with its
sum of now, or holds a free group, about which nothing is known. One thing is left: the sum of several groups that had few
persons on one day, but has not now, can be told by another day on which the groups that changed in it stood as then and
were shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from hsf_kpi.access.masking import components, few_by_component
from hsf_kpi.access.suppression_system import Span
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Window
from hsf_kpi.store.ancestry import Ancestry, Bools, Ints, Pairs
from hsf_kpi.store.codes import ORG, SEX_OF, WINDOW, WINDOW_OF
from hsf_kpi.store.grid import Leaves, parts
from hsf_kpi.store.snapshot_cells import Cells, Groups, Version
from hsf_kpi.store.suppressed import span_of

_MONTHLY = (Window.MONTH, Window.YTD, Window.R12)
_KEY = ("unit", "org", "window", "sex", "month")


def masked_then(measure: Measure, then: Version, now: Version) -> Bools:
    """Which of the sums of `then` are masked, beside `now`. Finished values keep the mask that they have, and get that of
    now.
    """
    hidden = then.cells.masked.copy()
    at = _places(then.cells, now)
    if len(now.cells):
        hidden |= (at >= 0) & now.cells.masked[at]
    for base in np.unique(then.leaves.window) if components(measure) else ():
        windows = _MONTHLY if WINDOW_OF[int(base)] is Window.MONTH else (WINDOW_OF[int(base)],)
        own = np.isin(then.cells.window, [WINDOW[window] for window in windows]) & ~then.cells.is_ready
        hidden[own] |= _Base(measure, int(base), then, now, own, at[own]).hidden()
    return hidden


def _places(cells: Cells, now: Version) -> Ints:
    """For each cell the same one of now; −1 for none. Where today's organisation is not stored it is that of then."""
    touched = np.isin(cells.unit, list(now.paths.touched))
    org = np.where(touched, cells.org, ORG[OrgView.AS_WAS])
    ours = [getattr(cells, name) if name != "org" else org for name in _KEY]
    theirs = [getattr(now.cells, name) for name in _KEY]
    if not len(now.cells) or not len(cells):
        return np.full(len(cells), -1, dtype=np.int64)
    sizes = [int(max(one.max(), other.max())) + 1 for one, other in zip(ours, theirs, strict=True)]
    wanted, known = (np.ravel_multi_index(tuple(key), sizes) for key in (ours, theirs))
    order = np.argsort(known, kind="stable")
    found = order[np.minimum(np.searchsorted(known, wanted, sorter=order), len(order) - 1)]
    same = (known[found] == wanted) & ~now.cells.is_ready[found] & ~cells.is_ready
    ready = (known[found] == wanted) & now.cells.is_ready[found] & cells.is_ready
    return np.where(same | ready, found, -1)


class _Base:
    """The sums of one measured window (with those that months are summed to), on axes of units and months."""

    def __init__(
        self, measure: Measure, base: int, then: Version, now: Version, own: Bools, at: Ints
    ) -> None:
        self._measure, self._base, self._then, self._now, self._at = measure, base, then, now, at
        self._cells = then.cells.where(own)
        old = _of_base(then.leaves, base)
        new = _of_base(now.leaves, base)
        self._units = np.unique(np.concatenate([old.unit, new.unit]))
        months = np.concatenate([old.month, new.month]) if len(self._units) else np.zeros(1, np.int64)
        self._first = int(months.min()) // 12 * 12
        self._count = int(months.max()) // 12 * 12 + 12 - self._first
        self._old, self._new = (Groups.of(one, self._units, self._first, self._count) for one in (old, new))

    def hidden(self) -> Bools:
        """One per sum."""
        cells, few = self._cells, self._few(self._cells)
        some: Bools = np.logical_or.reduce([*few.values()], axis=0)
        now, known = self._now.cells, self._at >= 0
        if not (some.any() or now.masked.any()):
            return some
        few_now = self._few(now)
        unkept = np.zeros(len(cells), np.bool_)
        for name, flags in few.items():
            kept = np.zeros(len(cells), np.bool_)
            kept[known] = (few_now[name] & now.masked)[self._at[known]]
            unkept |= flags & ~kept
        free = self._free() | (self._changed & self._inside(cells, unkept))
        hidden = some | self._holds(cells, free)
        # What is no sum now tells of what is hidden now, unless all in it is known.
        hidden |= ~known & self._holds(cells, self._new.there & ~self._fixed)
        return hidden | self._otherwise(cells)

    # The groups

    @cached_property
    def _changed(self) -> Bools:
        """(unit, month)"""
        old, new = self._old, self._new
        differs = (old.reported != new.reported) | (old.numerator != new.numerator)
        found: Bools = (differs | (old.denominator != new.denominator)).any(axis=0)
        return found

    @cached_property
    def _fixed(self) -> Bools:
        """(unit, month): shown by itself now, in every sex that it is reported in; or not there now."""
        cells, window = self._now.cells, self._base
        shown = np.zeros_like(self._new.reported)
        own = (cells.window == window) & (cells.org == ORG[OrgView.AS_WAS]) & ~cells.masked & ~cells.is_ready
        own &= np.isin(cells.unit, self._units)
        own &= (cells.month >= self._first) & (cells.month < self._first + self._count)
        these = cells.where(own)
        shown[these.sex, np.searchsorted(self._units, these.unit), these.month - self._first] = True
        alone = self._alone(self._now.paths)
        found: Bools = ~self._new.there | (alone & (shown | ~self._new.reported).all(axis=0))
        return found

    def _alone(self, paths: Ancestry) -> Bools:
        """(unit, month): whether the unit's own sum holds nothing but what is reported for the unit itself."""
        inside = np.zeros(self._new.there.shape, dtype=np.int64)
        for ancestor, leaf, holds in self._pairs(paths.as_was, paths):
            row = np.searchsorted(self._units, ancestor)
            known = (row < len(self._units)) & (
                self._units[np.minimum(row, len(self._units) - 1)] == ancestor
            )
            np.add.at(inside, row[known], (holds & self._new.there[leaf])[known])
        found: Bools = inside == 1
        return found

    def _free(self) -> Bools:
        """(unit, month)"""
        old, new = self._old, self._new
        same_sexes = (old.reported == new.reported).all(axis=0) & new.there
        lowers = (~new.room(self._measure) | old.room(self._measure)).all(axis=(0, 1))
        found: Bools = self._changed & ~self._fixed & ~(same_sexes & lowers)
        return found

    # From groups to sums and back

    def _pairs(self, pairs: Pairs, paths: Ancestry) -> Iterator[tuple[Ints, Ints, Bools]]:
        """(ancestor, row of the unit, whether it holds: pair × month) of the units that report."""
        row = np.minimum(np.searchsorted(self._units, pairs.leaf), max(len(self._units) - 1, 0))
        mine = self._units[row] == pairs.leaf if len(self._units) else np.zeros(len(row), np.bool_)
        if not mine.any():
            return
        segment = paths.segments(np.arange(self._count) + self._first)
        holds = np.stack(pairs.signatures)[pairs.signature[mine]][:, segment]
        yield pairs.ancestor[mine], row[mine], holds

    def _by_view(self, paths: Ancestry) -> Iterator[tuple[int, Ints, Ints, Bools]]:
        for org, pairs in ((OrgView.AS_WAS, paths.as_was), (OrgView.TODAY, paths.today)):
            for ancestor, leaf, holds in self._pairs(pairs, paths):
                yield ORG[org], ancestor, leaf, holds

    def _holds(self, cells: Cells, groups: Bools) -> Bools:
        """Whether each sum holds one of the groups (unit × month)."""
        found = np.zeros(len(cells), np.bool_)
        if not groups.any():
            return found
        for org, ancestor, leaf, holds in self._by_view(self._then.paths):
            nodes, place = np.unique(ancestor, return_inverse=True)
            marked = np.zeros((len(nodes), self._count), dtype=np.int64)
            np.add.at(marked, place, (holds & groups[leaf]).astype(np.int64))
            found |= self._over(cells, org, nodes, marked > 0)
        return found

    def _over(self, cells: Cells, org: int, nodes: Ints, marked: Bools) -> Bools:
        """Whether each sum of the view holds a marked month of its node."""
        found = np.zeros(len(cells), np.bool_)
        before = np.zeros((len(nodes), self._count + 1), dtype=np.int64)
        np.cumsum(marked, axis=1, out=before[:, 1:])
        node = np.minimum(np.searchsorted(nodes, cells.unit), len(nodes) - 1)
        here = (cells.org == org) & (nodes[node] == cells.unit)
        start, end = self._reach(cells)
        found[here] = before[node[here], end[here] + 1] > before[node[here], start[here]]
        return found

    def _reach(self, cells: Cells) -> tuple[Ints, Ints]:
        """The first and last month of each sum, on the axis."""
        end = cells.month - self._first
        start = end.copy()
        for code in np.unique(cells.window):
            span = span_of(self._measure.aggregation, WINDOW_OF[int(code)])
            these = cells.window == code
            if span is Span.YEAR:
                start[these] = end[these] // 12 * 12
            elif span is Span.TWELVE:
                start[these] = np.maximum(end[these] - 11, 0)
        return start, end

    def _inside(self, cells: Cells, which: Bools) -> Bools:
        """(unit, month): the groups that one of the sums holds."""
        found = np.zeros(self._old.there.shape, np.bool_)
        if not which.any():
            return found
        these = cells.where(which)
        start, end = self._reach(these)
        for org, ancestor, leaf, holds in self._by_view(self._then.paths):
            nodes = np.unique(ancestor)
            node = np.minimum(np.searchsorted(nodes, these.unit), len(nodes) - 1)
            here = (these.org == org) & (nodes[node] == these.unit)
            steps = np.zeros((len(nodes), self._count + 1), dtype=np.int64)
            np.add.at(steps, (node[here], start[here]), 1)
            np.add.at(steps, (node[here], end[here] + 1), -1)
            marked = np.cumsum(steps, axis=1)[:, :-1] > 0
            counted = np.zeros(found.shape, dtype=np.int64)
            np.add.at(counted, leaf, (holds & marked[np.searchsorted(nodes, ancestor)]).astype(np.int64))
            found |= counted > 0
        return found

    def _otherwise(self, cells: Cells) -> Bools:
        """The sums that are of other units than those of the same name now: the organisation has changed."""
        found = np.zeros(len(cells), np.bool_)
        before, after = self._then.paths, self._now.paths
        was = _held(self._by_view(before))
        now = _held(self._by_view(after))
        none = np.zeros(self._count, np.bool_)
        today, as_was = ORG[OrgView.TODAY], ORG[OrgView.AS_WAS]

        def stored(node: int) -> int:
            """Today's organisation is not stored where it is that of then."""
            return today if node in after.touched else as_was

        asked = {*was, *((as_was, node, leaf) for org, node, leaf in now if org == as_was)}
        asked |= {(today, node, leaf) for org, node, leaf in now if org == stored(node)}
        differs: dict[tuple[int, int], Bools] = {}
        for org, node, leaf in asked:
            if org == today and node not in before.touched:
                continue
            other = as_was if org == as_was else stored(node)
            unlike = was.get((org, node, leaf), none) ^ now.get((other, node, leaf), none)
            if unlike.any():
                differs[org, node] = differs.get((org, node), none) | unlike
        for (org, node), months in differs.items():
            found |= self._over(cells, org, np.array([node]), months[None, :])
        return found

    def _few(self, cells: Cells) -> dict[str, Bools]:
        """Component → which of the sums have few persons in it."""
        found = {name.value: np.zeros(len(cells), np.bool_) for name in components(self._measure)}
        below = cells.denominator if self._measure.aggregation.has_denominator else None
        for code, sex in SEX_OF.items():
            these = (cells.sex == code) & ~cells.is_ready
            rest = None if below is None else below[these]
            flags = few_by_component(self._measure, cells.numerator[these], rest, cells.months[these], sex)
            for name, few in flags.items():
                found[name.value][these] = few
        return found


def _held(pairs: Iterator[tuple[int, Ints, Ints, Bools]]) -> dict[tuple[int, int, int], Bools]:
    """(view, node, row of the unit) → the months in which it counts there."""
    return {
        (org, int(node), int(row)): months
        for org, ancestor, leaf, holds in pairs
        for node, row, months in zip(ancestor, leaf, holds, strict=True)
    }


def _of_base(leaves: Leaves, base: int) -> Leaves:
    summed = parts(leaves)
    return summed.where(summed.window == base)
