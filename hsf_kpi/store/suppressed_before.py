"""What was shown of a measure before its sums are made anew, and which sums of now are the same ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from typing import Final, Self

import numpy as np

from hsf_kpi.model.codes import OrgView
from hsf_kpi.store.ancestry import Ancestry, Bools, Ints, Pairs
from hsf_kpi.store.codes import ORG
from hsf_kpi.store.grid import Leaves, parts

THEN: Final = max(ORG.values()) + 1
"""In the place of a view's code: the organisation that was today's, for the sums that are of other units in today's."""


@dataclass(frozen=True)
class Before:
    """What was shown before a load: rows of the rollup that are sums, as parallel arrays, the observations then, and the
    organisation that the sums were made in.
    """

    unit: Ints
    org: Ints
    window: Ints
    sex: Ints
    month: Ints
    numerator: Ints
    denominator: Ints
    months: Ints
    masked: Bools
    leaves: Leaves
    paths: Ancestry

    def take(self, rows: Ints) -> Self:
        """Those sums, of the same observations."""
        names = [f.name for f in fields(self) if f.name not in ("leaves", "paths")]
        return replace(self, **{name: getattr(self, name)[rows] for name in names})

    def of_window(self, windows: list[int]) -> Self:
        return self.take(np.flatnonzero(np.isin(self.window, windows)))

    def of_base(self, window: int) -> Self:
        """With the observations of one window only, that are no finished values."""
        leaves = parts(self.leaves)
        return replace(self, leaves=leaves.where(leaves.window == window))


def node_of(ancestry: Ancestry, org: Ints, unit: Ints) -> Ints:
    """The number of a unit in a view of the organisation, other than in every other view."""
    found: Ints = unit + org * len(ancestry.alive)
    return found


def placed(before: Before, now: Ancestry) -> Before:
    """The sums in the views that tell which sums of `now` are of the same units, of those that reported then.

    Where today's organisation was not stored it was that of the time, and counts as both where it is so now too. A sum of
    today's organisation then that is of other units now has the view `THEN`.
    """
    units = np.unique(before.leaves.unit)
    was_today, today = _held(before.paths.today, units), _held(now.today, units)
    stored = before.org == ORG[OrgView.TODAY]
    differs = [
        u for u in np.unique(before.unit[stored]).tolist() if was_today.get(u, frozenset()) != today.get(u)
    ]
    org = np.where(stored & np.isin(before.unit, differs), THEN, before.org)
    same = _same(before, now, today, units) - set(before.unit[stored].tolist())
    rows = np.flatnonzero(np.isin(before.unit, sorted(same)))
    both = before.take(np.concatenate([np.arange(len(before.unit)), rows]))
    return replace(both, org=np.concatenate([org, np.full(len(rows), ORG[OrgView.TODAY])]))


def _held(pairs: Pairs, units: Ints) -> dict[int, frozenset[int]]:
    """Node → the units (of those that report) that count in it, in a view that is the same in every month."""
    found: dict[int, set[int]] = defaultdict(set)
    reports = np.isin(pairs.leaf, units)
    for node, unit, counts in zip(*(x.tolist() for x in (pairs.ancestor, pairs.leaf, reports)), strict=True):
        found[node].update([unit] if counts else [])
    return {node: frozenset(held) for node, held in found.items()}


def _same(before: Before, now: Ancestry, today: dict[int, frozenset[int]], units: Ints) -> set[int]:
    """The nodes of `today` that were of the same units, all the time, in the organisation as it was."""
    if not len(before.leaves.unit):
        return set()
    pairs = now.as_was
    months = np.array([before.leaves.month.min(), before.leaves.month.max()])
    first, last = now.segments(months).tolist()
    holds = np.stack(pairs.signatures)[pairs.signature, first : last + 1]
    other = set()
    always: dict[int, set[int]] = defaultdict(set)
    mine = np.isin(pairs.leaf, units) & np.isin(pairs.ancestor, list(today)) & holds.any(axis=1)
    columns = (pairs.ancestor[mine], pairs.leaf[mine], holds[mine].all(axis=1))
    for node, unit, every in zip(*(x.tolist() for x in columns), strict=True):
        always[node].add(unit)
        if not every:
            other.add(node)
    return {node for node, held in today.items() if held == always[node]} - other
