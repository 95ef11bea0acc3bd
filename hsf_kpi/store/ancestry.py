"""Which units an observation counts in, for every unit, month and view of the organisation, as arrays.

The organisation stands still between two boundaries (the months where a placement begins or has ended), so
time falls into few segments. A pair (ancestor, leaf) holds in some of them: its signature. Most pairs hold in
all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Pairs:
    """Parallel arrays of stored unit numbers; `signature` is an index into `signatures` (by segment)."""

    ancestor: Ints
    leaf: Ints
    signature: Ints
    signatures: tuple[Bools, ...]


@dataclass(frozen=True)
class Ancestry:
    """bounds: the first month of every segment but the first. alive: unit number × segment. own_heir: whether
    a unit carries its own history today.

    touched: the units whose figures differ between the views; only they have pairs in `today`.
    """

    bounds: Ints
    as_was: Pairs
    today: Pairs
    alive: Bools
    own_heir: Bools
    touched: frozenset[int]

    def segments(self, months: Ints) -> Ints:
        """The segment of each month index."""
        return np.searchsorted(self.bounds, months, side="right").astype(np.int64)


def ancestry(
    organisation: Organisation, unit_ids: Mapping[str, int], today: Month, first: Month, last: Month
) -> Ancestry:
    """Built once per load. `first` and `last`: the months that the database has values for."""
    bounds = sorted(
        {
            month.index
            for unit in organisation.units.values()
            for placement in unit.placements
            for month in (placement.first, placement.last + 1 if placement.last else None)
            if month is not None
        }
    )
    # Any month inside a segment stands for it; before the first boundary, the month before it.
    samples = [Month(bounds[0] - 1), *map(Month, bounds)] if bounds else [today]
    size = max((unit_ids[key] for key in organisation.units), default=0) + 1
    alive = np.zeros((size, len(samples)), dtype=np.bool_)
    own_heir = np.zeros(size, dtype=np.bool_)
    was: dict[tuple[int, int], int] = {}
    now: set[tuple[int, int]] = set()
    for key, unit in organisation.units.items():
        leaf = unit_ids[key]
        own_heir[leaf] = organisation.heir(key, today) == key
        for ancestor in organisation.ancestors(key, today, OrgView.TODAY, today):
            now.add((unit_ids[ancestor], leaf))
        for segment, month in enumerate(samples):
            alive[leaf, segment] = unit.exists_at(month)
            for ancestor in organisation.ancestors(key, month, OrgView.AS_WAS, today):
                pair = (unit_ids[ancestor], leaf)
                was[pair] = was.get(pair, 0) | 1 << segment
    every = (1 << len(samples)) - 1
    low, high = np.searchsorted(np.array(bounds, dtype=np.int64), [first.index, last.index], side="right")
    within = sum(1 << segment for segment in range(int(low), int(high) + 1))
    differs = {
        pair[0] for pair in {*was, *now} if was.get(pair, 0) & within != (within if pair in now else 0)
    }
    # A unit that has been succeeded keeps its finished values in the earlier organisation only.
    succeeded = {unit_ids[key] for key in organisation.units if not own_heir[unit_ids[key]]}
    touched = frozenset(differs | succeeded)
    return Ancestry(
        np.array(bounds, dtype=np.int64),
        _pairs(was, len(samples)),
        _pairs({pair: every for pair in now if pair[0] in touched}, len(samples)),
        alive,
        own_heir,
        touched,
    )


def _pairs(holds: Mapping[tuple[int, int], int], segments: int) -> Pairs:
    """Sorted by signature, then ancestor, so that sums are cut out of runs."""
    numbers = {bits: number for number, bits in enumerate(sorted(set(holds.values()), reverse=True))}
    rows = sorted((numbers[bits], ancestor, leaf) for (ancestor, leaf), bits in holds.items())
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    signatures = tuple(np.array([bits >> s & 1 for s in range(segments)], dtype=np.bool_) for bits in numbers)
    return Pairs(table[:, 1], table[:, 2], table[:, 0], signatures)
