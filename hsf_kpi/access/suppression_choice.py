"""The cheapest change for every need, all of them at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hsf_kpi.access.suppression_base import Needs
from hsf_kpi.access.suppression_cost import Change, Running, other_atom, runs, separating, sexes_moved
from hsf_kpi.access.suppression_partners import Reach, corners, partner_months, partner_units
from hsf_kpi.access.suppression_system import ALL, Bools, History, Ints, System

_IMPOSSIBLE = 2**60


def cheapest(
    system: System, needs: Needs, running: Running, seen: Running | None, reach: Reach, *, past: bool = False
) -> tuple[Change, Bools]:
    """One change per need, and whether it is allowed. Where none is, the change of the base alone.

    `running` weighs the sums that are shown; `seen` counts those that were shown before the load, if any were.
    `past`: the changes that were possible before the load; of these the part that moves what the load left alone
    (`mark_kept`) must be hidden now. Equal prices: fewer partners first, in a fixed order.
    """
    months = partner_months(system, needs, reach)
    units = partner_units(system, needs, running, reach)
    against = other_atom(system, needs.unit, needs.base_month, needs.atom)
    against = np.where((needs.sex == ALL) | (against < 0), -2, against)
    atoms = np.stack([np.full(len(needs), -1, dtype=np.int64), against], axis=1)
    price = _price(system, needs, running, months, units, atoms)
    there, roomy = _allowed(system, needs, months, units, atoms)
    allowed = there & roomy
    if seen is not None and system.history is not None:
        ways = _ways(system, needs, seen, months, units, atoms)
        allowed = there & ways.before if past else allowed & ways.both
        price = np.where(ways.free, 0, price) if past else price
    flat = np.where(allowed, price, _IMPOSSIBLE).reshape(len(needs), -1)
    best = flat.argmin(axis=1)
    row = np.arange(len(needs))
    proven = flat[row, best] < _IMPOSSIBLE
    month, unit, atom = np.unravel_index(best, price.shape[1:])
    change = Change(
        needs.component,
        needs.unit,
        needs.base_month,
        needs.atom,
        np.where(proven, units[row, unit], -1),
        np.where(proven, months[row, month], -1),
        np.where(proven, atoms[row, atom], -1),
    )
    return change, proven


def _price(
    system: System, needs: Needs, running: Running, months: Ints, units: Ints, atoms: Ints, *, alone: int = -1
) -> Ints:
    """(need, month, unit, sex options): the weight of the sums that the change alters. `alone`: only the part of
    it in the base's month (0) or in the partner's month (1).
    """
    base = np.broadcast_to(needs.base_month[:, None], months.shape)
    if alone == 1:
        base = np.where(months >= 0, months, base)
    first, end = runs(system.spans, system.months, base, months if alone < 0 else np.full_like(months, -1))
    path = system.path[needs.unit, needs.base_month]
    other = np.where(units >= 0, system.path[np.maximum(units, 0), needs.base_month[:, None]], -1)
    nodes = separating(system, path[:, None], other)[:, None]
    first, end = first[..., None], end[..., None]
    by_sex = np.stack([running.over(sex, nodes, first, end) for sex in range(3)])
    moved = sexes_moved(system, needs.unit[:, None], needs.base_month[:, None], needs.atom[:, None], atoms)
    price: Ints = (by_sex[..., None] * moved[:, :, None, None, :]).sum(axis=0)
    return price


def _allowed(system: System, needs: Needs, months: Ints, units: Ints, atoms: Ints) -> tuple[Bools, Bools]:
    """Whether every corner is there and moves the same sums in both months; and whether one direction lowers only
    what is above zero.
    """
    shape = (len(needs), months.shape[1], units.shape[1], atoms.shape[1])
    outside = (
        (months == -2)[:, :, None, None] | (units == -2)[:, None, :, None] | (atoms == -2)[:, None, None, :]
    )
    there = np.broadcast_to(~outside, shape)
    lowered = [np.ones(shape, dtype=np.bool_), np.ones(shape, dtype=np.bool_)]
    total = system.reported[ALL][needs.unit, needs.base_month][:, None, None, None]
    component = needs.component[:, None, None, None]
    for used, partners, (atom, unit, month) in corners(system, needs, units, months, atoms):
        here = system.atom[atom, unit, month] & (system.reported[ALL][unit, month] == total)
        here = here & (system.path[unit, month] == system.path[unit, needs.base_month[:, None, None, None]])
        there = there & (here | ~used)
        lowered[partners % 2] &= system.room[component, atom, unit, month] | ~used
    return there, lowered[0] | lowered[1]


@dataclass(frozen=True)
class _Ways:
    """How a change stands to what people saw before the load; (need, month, unit, sex options) each.

    The observations that the load left alone are the same unknowns before and after. before: it was possible before
    the load, and altered nothing that was shown. free: it moves only what the load brought or changed. both: it is
    possible after the load together with a change before it.
    """

    before: Bools
    free: Bools
    both: Bools


def _ways(system: System, needs: Needs, seen: Running, months: Ints, units: Ints, atoms: Ints) -> _Ways:
    history: History = system.history  # type: ignore[assignment]
    shape = (len(needs), months.shape[1], units.shape[1], atoms.shape[1])
    # Whether all corners in the base's month and in the partner's are free (new or changed), or kept as they were.
    free = [np.ones(shape, dtype=np.bool_), np.ones(shape, dtype=np.bool_)]
    kept = [np.ones(shape, dtype=np.bool_), np.ones(shape, dtype=np.bool_)]
    lowered = [np.ones(shape, dtype=np.bool_), np.ones(shape, dtype=np.bool_)]
    existed = np.ones(shape, dtype=np.bool_)
    component = needs.component[:, None, None, None]
    for used, partners, (atom, unit, month) in corners(system, needs, units, months, atoms):
        same = history.unchanged[component, atom, unit, month]
        side = np.broadcast_to(month == needs.base_month[:, None, None, None], shape)
        for number, here in ((0, side), (1, ~side)):
            free[number] &= ~same | ~used | ~here
            kept[number] &= same | ~used | ~here
        existed &= history.existed[atom, unit, month] | ~used
        lowered[partners % 2] &= history.room[component, atom, unit, month] | ~used
    before = existed & (_price(system, needs, seen, months, units, atoms) == 0) & (lowered[0] | lowered[1])
    both = (free[0] & free[1]) | before
    paired = np.broadcast_to((months >= 0)[:, :, None, None], shape)
    if np.any(paired):
        in_base = _price(system, needs, seen, months, units, atoms, alone=0) == 0
        in_other = _price(system, needs, seen, months, units, atoms, alone=1) == 0
        both = both | (paired & kept[0] & free[1] & in_base) | (paired & free[0] & kept[1] & in_other)
    return _Ways(before, free[0] & free[1], both)
