"""For every sum that must be protected: the observation in it that the protecting change begins with."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from hsf_kpi.access.suppression_system import ALL, REST, Ints, Span, System


@dataclass(frozen=True)
class Needs:
    """Sums to protect, as parallel arrays, and the observation that each change begins with (−1 before it is found).

    A need is met by changes that alter the sum in `component`.
    """

    component: Ints
    sex: Ints
    window: Ints
    node: Ints
    month: Ints
    unit: Ints
    base_month: Ints
    atom: Ints

    def __len__(self) -> int:
        return len(self.node)

    def take(self, index: Ints) -> Self:
        return type(self)(*(getattr(self, field.name)[index] for field in fields(self)))


def window_start(span: Span, month: Ints) -> Ints:
    """The first month of the sum that ends in `month`."""
    if span is Span.POINT:
        return month
    return month // 12 * 12 if span is Span.YEAR else month - 11


def with_bases(system: System, window: int, at: tuple[Ints, ...]) -> Needs:
    """Needs at the places `at` (component, sex, node, month) of one window, with the observations that they begin
    with: what a load has changed first, then what can be lowered; of those the latest month, and of several units
    the smallest. Where there is none (a sum of nothing) the need is left out.
    """
    component, sex, node, month = at
    chosen = np.full((3, len(node)), -1, dtype=np.int64)
    key = (node * 3 + sex) * len(system.room) + component
    order = np.argsort(key, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(key[order])) + 1) if len(order) else []
    starts = window_start(system.spans[window], month)
    for rows in groups:
        unit, atom = _best(system, int(component[rows[0]]), int(sex[rows[0]]), int(node[rows[0]]))
        found = np.full(len(rows), -1, dtype=np.int64)
        for level in range(len(unit)):
            latest = np.maximum.accumulate(np.where(unit[level] >= 0, np.arange(system.months), -1))
            last = latest[month[rows]]
            take = (found < 0) & (last >= starts[rows])
            found = np.where(take, last, found)
            chosen[0, rows] = np.where(take, unit[level][last], chosen[0, rows])
            chosen[2, rows] = np.where(take, atom[level][last], chosen[2, rows])
        chosen[1, rows] = found
    needs = Needs(component, sex, np.full(len(node), window), node, month, *chosen)
    return needs.take(np.flatnonzero(chosen[1] >= 0))


def _best(system: System, component: int, sex: int, node: int) -> tuple[Ints, Ints]:
    """(unit, atom), each (level, month): the smallest contribution of those that may be the base, the best level
    first; −1 where there is none.
    """
    units = system.units_of(node)
    atoms = np.array([1, 2, REST]) if sex == ALL else np.array([sex])
    month = np.arange(system.months)
    here = system.inside(np.array(node), units[:, None], month[None, :])
    there = system.atom[atoms][:, units] & here
    if sex == ALL:
        there = there & system.reported[ALL][units]
    amount = np.where(system.reported, system.amount, 0)[component][:, units]
    size = np.stack([amount[a] if a != REST else amount[0] - amount[1] - amount[2] for a in atoms])
    room = system.room[component][atoms][:, units]
    levels = [there & room, there]
    if system.history is not None:
        new = ~system.history.unchanged[component][atoms][:, units]
        levels = [there & new & room, there & new, *levels]
    found = []
    for allowed in levels:
        ranked = np.where(allowed, size, np.iinfo(np.int64).max).reshape(-1, system.months)
        best = ranked.argmin(axis=0)
        some = allowed.reshape(-1, system.months).any(axis=0)
        found.append(
            (np.where(some, units[best % len(units)], -1), np.where(some, atoms[best // len(units)], -1))
        )
    return np.stack([unit for unit, _ in found]), np.stack([atom for _, atom in found])
