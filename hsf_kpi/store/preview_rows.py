"""Rows of a file held against the rows that are live, some at a time: matched by a key packed into one number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select

from hsf_kpi.store.ancestry import Ints

HELD = 200_000
"""Rows of the file that are held against the database at a time."""
FETCHED = 50_000
"""Live rows that are in memory at a time."""
STREAMED = {"yield_per": FETCHED}
FEW_UNITS = 500
"""Units that are named in a question; of more the months alone are."""


def packed(columns: Sequence[tuple[Ints, int]]) -> Ints:
    """One number of each row, from columns of (values, bits), none negative or too wide. At most 63 bits in all."""
    key = np.zeros(len(columns[0][0]), dtype=np.int64)
    for values, bits in columns:
        key = (key << bits) | values
    return key


class Sorted:
    """Keys that are looked up many times."""

    def __init__(self, keys: Ints) -> None:
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    def find(self, wanted: Ints) -> tuple[Ints, Ints]:
        """(positions in `wanted`, positions among the keys) of those that are there; of equal keys the first."""
        if not len(self._keys):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        hit = np.flatnonzero(self._keys[at] == wanted)
        return hit, self._order[at[hit]]


def fetched(connection: Connection, query: Select[Any], width: int) -> Iterator[Ints]:
    """The rows of whole numbers as arrays with a column each, no more than `FETCHED` rows at a time."""
    result = connection.execute(query, execution_options=STREAMED)
    for part in result.partitions(FETCHED):
        yield np.fromiter(chain.from_iterable(part), dtype=np.int64, count=len(part) * width).reshape(
            -1, width
        )


def ends(values: Ints) -> tuple[int, int]:
    return int(values.min()), int(values.max())


def table(connection: Connection, query: Select[Any], width: int) -> Ints:
    """All of the rows, which are few."""
    return np.concatenate([np.zeros((0, width), dtype=np.int64), *fetched(connection, query, width)])
