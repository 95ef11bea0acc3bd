"""What a change would alter: the sums that it touches, counted and marked without walking through them.

A change is a product: one unit, or one against another; one month, or one against another; one sex, or one
against another. Over the months its sums lie in one or two runs per window, so that running sums answer.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from hsf_kpi.access.suppression_system import ALL, MEN, REST, WOMEN, Bools, History, Ints, Span, System


def runs(spans: tuple[Span, ...], months: int, month: Ints, other: Ints) -> tuple[Ints, Ints]:
    """(first, end), each (window, 2, *shape): the last months of the sums that hold exactly one of `month` and
    `other` (−1: that hold `month`), as half-open runs, empty ones at 0.
    """
    month, other = np.broadcast_arrays(month, other)
    alone = other < 0
    a, b = np.where(alone, month, np.minimum(month, other)), np.maximum(month, other)
    none = np.zeros_like(month)
    first, end = [], []
    for span in spans:
        if span is Span.POINT:
            one, two = (a, a + 1), (b, b + 1)
        elif span is Span.YEAR:
            after_a, after_b = (a // 12 + 1) * 12, (b // 12 + 1) * 12
            same = ~alone & (after_a == after_b)
            one = (a, np.where(same, b, after_a))
            two = (np.where(same, 0, b), np.where(same, 0, after_b))
        else:
            one = (a, np.where(alone, a + 12, np.minimum(b, a + 12)))
            two = (np.maximum(b, a + 12), b + 12)
        first.append(np.stack([one[0], np.where(alone, none, two[0])]))
        end.append(np.stack([one[1], np.where(alone, none, two[1])]))
    return np.minimum(np.stack(first), months), np.minimum(np.stack(end), months)


def separating(system: System, unit_path: Ints, other_path: Ints) -> Ints:
    """(*shape, nodes): the nodes that hold exactly one of two units, given the rows of their paths (−1: no other
    unit); the number of nodes stands for none.
    """
    a = np.broadcast_to(unit_path, other_path.shape)
    one = system.paths[a]
    other = np.where((other_path >= 0)[..., None], system.paths[other_path], -2)
    same = one[..., :, None] == other[..., None, :]
    found: Ints = np.concatenate(
        [np.where(same.any(axis=-1), -1, one), np.where(same.any(axis=-2), -1, other)], axis=-1
    )
    return np.where(found < 0, system.nodes, found)


class Running:
    """Running sums over the months of a weight per sum; the node after the last weighs nothing."""

    def __init__(self, weight: Ints) -> None:
        sexes, windows, nodes, months = weight.shape
        total = np.zeros((sexes, windows, nodes + 1, months + 1), dtype=np.int64)
        np.cumsum(weight, axis=-1, out=total[:, :, :-1, 1:])
        self._total = total.ravel()
        self._shape = total.shape

    def over(self, sex: int, nodes: Ints, first: Ints, end: Ints) -> Ints:
        """The weight of the sums of `sex` at `nodes` (*shape, any) in the runs (window, 2, *shape)."""
        _, windows, node_count, stop = self._shape
        out = np.zeros(np.broadcast_shapes(nodes.shape[:-1], first.shape[2:]), dtype=np.int64)
        for window in range(windows):
            base = ((sex * windows + window) * node_count + nodes) * stop
            for run in range(2):
                lo, hi = first[window, run], end[window, run]
                if np.any(hi > lo):
                    part = self._total.take(base + hi[..., None]) - self._total.take(base + lo[..., None])
                    out = out + part.sum(axis=-1)
        return out


def sexes_moved(system: System, unit: Ints, month: Ints, atom: Ints, other: Ints) -> Bools:
    """(sex, *shape): whose sums change when `atom` moves, against the atom `other` (−1: none) of the same total."""
    total = system.reported[ALL][unit, month] & (other < 0)
    return np.stack(
        [
            np.broadcast_to(total, np.broadcast_shapes(atom.shape, other.shape)),
            (atom == WOMEN) | (other == WOMEN),
            (atom == MEN) | (other == MEN),
        ]
    )


@dataclass(frozen=True)
class Change:
    """Chosen changes, parallel arrays: the base, and a partner or −1 in each direction. `component`: what moves."""

    component: Ints
    unit: Ints
    month: Ints
    atom: Ints
    other_unit: Ints
    other_month: Ints
    other_atom: Ints

    def take(self, index: Ints) -> Self:
        return type(self)(*(getattr(self, field.name)[index] for field in fields(self)))

    def mark(self, system: System) -> Bools:
        """(component, sex, window, node, month): the sums that at least one of the changes alters."""
        axes = (*system.few.shape[:3], system.nodes + 1, system.months + 1)
        steps = np.zeros(int(np.prod(axes)), dtype=np.int64)
        other_path = np.where(self.other_unit < 0, -1, system.path[self.other_unit, self.month])
        nodes = separating(system, system.path[self.unit, self.month], other_path)
        first, end = runs(system.spans, system.months, self.month, self.other_month)
        moved = sexes_moved(system, self.unit, self.month, self.atom, self.other_atom)
        for sex in range(3):
            these = np.flatnonzero(moved[sex])
            for window in range(len(system.spans)):
                row = (self.component[these] * axes[1] + sex) * axes[2] + window
                place = (row[:, None] * axes[3] + nodes[these]) * axes[4]
                for run in range(2):
                    np.add.at(steps, place + first[window, run, these][:, None], 1)
                    np.add.at(steps, place + end[window, run, these][:, None], -1)
        altered = np.cumsum(steps.reshape(axes), axis=-1)[:, :, :, :-1, :-1] > 0
        found: Bools = altered & system.exists
        return found


def mark_kept(system: System, history: History, change: Change) -> Bools:
    """As `Change.mark`, of the part of each change that moves what the load left alone. Slower: it need not be a
    product, so its observations are added up one by one.
    """
    altered = np.zeros_like(system.few)
    for i in range(len(change.unit)):
        places: list[Ints] = []
        signs: list[Ints] = []
        for flips in np.ndindex(2, 2, 2):
            unit, month, atom = (
                int((other if flip else base)[i])
                for flip, base, other in zip(
                    flips,
                    (change.unit, change.month, change.atom),
                    (change.other_unit, change.other_month, change.other_atom),
                    strict=True,
                )
            )
            if min(unit, month, atom) < 0 or not history.unchanged[change.component[i], atom, unit, month]:
                continue
            found = _holding(system, unit, month, atom)
            places.append(found)
            signs.append(np.full(len(found), -1 if sum(flips) % 2 else 1, dtype=np.int64))
        if places:
            at, inverse = np.unique(np.concatenate(places), return_inverse=True)
            total = np.bincount(inverse, weights=np.concatenate(signs))
            altered[change.component[i]].ravel()[at[np.abs(total) > 0.5]] = True
    return altered & system.exists


def _holding(system: System, unit: int, month: int, atom: int) -> Ints:
    """The numbers of the sums (in an array of them, laid flat) that one observation is part of."""
    nodes = system.paths[system.path[unit, month]]
    nodes = nodes[nodes >= 0]
    sexes = [atom] if atom != REST else []
    if system.reported[ALL][unit, month]:
        sexes.append(ALL)
    first, end = runs(system.spans, system.months, np.array(month), np.array(-1))
    found = [
        (((sex * len(system.spans) + window) * system.nodes + nodes)[:, None] * system.months + last).ravel()
        for sex in sexes
        for window in range(len(system.spans))
        for last in [np.arange(first[window, 0], end[window, 0])]
    ]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def other_atom(system: System, unit: Ints, month: Ints, atom: Ints) -> Ints:
    """The atom that can move against `atom` so that the total stands still; −1 where there is none."""
    has = system.atom[:, unit, month]
    if_women = np.where(has[MEN], MEN, np.where(has[REST], REST, -1))
    if_men = np.where(has[WOMEN], WOMEN, np.where(has[REST], REST, -1))
    if_rest = np.where(has[WOMEN], WOMEN, np.where(has[MEN], MEN, -1))
    return np.where(atom == WOMEN, if_women, np.where(atom == MEN, if_men, if_rest)).astype(np.int64)
