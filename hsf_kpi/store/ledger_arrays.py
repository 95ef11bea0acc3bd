"""Sums of whole kronor by several keys at once, as arrays. Nothing here knows the database."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hsf_kpi.store.ancestry import Ints


def combined(columns: Sequence[Ints]) -> Ints:
    """One number by row, the same for rows that agree in every column, in the columns' order. The product of the
    columns' spans fits 63 bits.
    """
    key = np.zeros(len(columns[0]), dtype=np.int64)
    if len(key):
        for column in columns:
            low, high = int(column.min()), int(column.max())
            key = key * (high - low + 1) + (column - low)
    return key


def groups(columns: Sequence[Ints]) -> tuple[Ints, Ints]:
    """(order, starts): rows sorted by the columns, and where in that order each group of equal ones begins."""
    key = combined(columns)
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    starts = np.flatnonzero(np.r_[len(ordered) > 0, ordered[1:] != ordered[:-1]])
    return order, starts


def summed(columns: Sequence[Ints], *values: Ints) -> tuple[tuple[Ints, ...], tuple[Ints, ...]]:
    """(columns, values) with one row for each distinct combination of the columns, sorted by them, the values added."""
    order, starts = groups(columns)
    if not len(starts):
        return tuple(columns), values
    first = order[starts]
    return tuple(column[first] for column in columns), tuple(
        np.add.reduceat(value[order], starts, dtype=np.int64) for value in values
    )


def matches(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Rows of `left` and of `right` (positions) that hold the same number, every pair of them."""
    order = np.argsort(right, kind="stable")
    low = np.searchsorted(right[order], left, side="left")
    count = np.searchsorted(right[order], left, side="right") - low
    rows = np.repeat(np.arange(len(left)), count)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
    return rows, order[np.repeat(low, count) + within]
