"""Which units an amount counts in, and at which of them it meets its counterpart. Pure: arrays in, arrays out."""

from __future__ import annotations

import numpy as np

from hsf_kpi.store.ancestry import Ancestry, Bools, Ints, Pairs
from hsf_kpi.store.ledger_arrays import matches


class Expansion:
    """One view of the organisation: `pairs` are those of `ancestry` for the view."""

    def __init__(self, pairs: Pairs, ancestry: Ancestry) -> None:
        self._pairs = pairs
        self._ancestry = ancestry
        self._holds = np.stack(pairs.signatures) if pairs.signatures else np.zeros((1, 1), dtype=np.bool_)
        self._size = len(ancestry.alive)
        key = pairs.ancestor * self._size + pairs.leaf
        self._order = np.argsort(key)
        self._key = key[self._order]

    def up(self, unit: Ints, month: Ints) -> tuple[Ints, Ints]:
        """(row, ancestor): every unit that each row counts in, in the row's own month."""
        row, pair = matches(unit, self._pairs.leaf)
        segment = self._ancestry.segments(month)[row]
        holds = self._holds[self._pairs.signature[pair], segment]
        return row[holds], self._pairs.ancestor[pair][holds]

    def below(self, ancestor: Ints, unit: Ints, month: Ints) -> Bools:
        """Whether each unit lies at or below its ancestor in its month."""
        wanted = ancestor * self._size + unit
        place = np.minimum(np.searchsorted(self._key, wanted), max(len(self._key) - 1, 0))
        if not len(self._key):
            return np.zeros(len(wanted), dtype=np.bool_)
        found = self._key[place] == wanted
        signature = self._pairs.signature[self._order[place]]
        held: Bools = found & self._holds[signature, self._ancestry.segments(month)]
        return held
