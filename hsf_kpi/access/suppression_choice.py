"""The cheapest change for every need, all of them at once."""

from __future__ import annotations

import numpy as np

from hsf_kpi.access.suppression_base import Needs
from hsf_kpi.access.suppression_cost import Change, Running, other_atom, runs, separating, sexes_moved
from hsf_kpi.access.suppression_partners import Reach, corners, partner_months, partner_units
from hsf_kpi.access.suppression_system import ALL, Bools, History, Ints, System

_IMPOSSIBLE = 2**60


def cheapest(
    system: System, needs: Needs, running: Running, seen: Running | None, reach: Reach
) -> tuple[Change, Bools]:
    """One change per need, and whether it is allowed. Where none is, the change of the base alone.

    `running` weighs the sums that are shown; `seen` counts those that were shown before the load, if any were.
    Equal prices: fewer partners first, in a fixed order.
    """
    months = partner_months(system, needs, reach)
    units = partner_units(system, needs, running, reach)
    against = other_atom(system, needs.unit, needs.base_month, needs.atom)
    against = np.where((needs.sex == ALL) | (against < 0), -2, against)
    atoms = np.stack([np.full(len(needs), -1, dtype=np.int64), against], axis=1)
    price = _price(system, needs, running, months, units, atoms)
    allowed = _allowed(system, needs, months, units, atoms)
    if seen is not None and system.history is not None:
        allowed &= _unseen(system, needs, seen, months, units, atoms)
    flat = np.where(allowed, price, _IMPOSSIBLE).reshape(len(needs), -1)
    best = flat.argmin(axis=1)
    proven = flat[np.arange(len(needs)), best] < _IMPOSSIBLE
    month, unit, atom = np.unravel_index(best, price.shape[1:])
    row = np.arange(len(needs))
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


def _allowed(system: System, needs: Needs, months: Ints, units: Ints, atoms: Ints) -> Bools:
    """Whether every corner is there, moves the same sums in both months, and one direction lowers only what is
    above zero.
    """
    shape = (len(needs), months.shape[1], units.shape[1], atoms.shape[1])
    allowed = (
        (months > -2)[:, :, None, None] & (units > -2)[:, None, :, None] & (atoms > -2)[:, None, None, :]
    )
    lowered = [np.ones(shape, dtype=np.bool_), np.ones(shape, dtype=np.bool_)]
    total = system.reported[ALL][needs.unit, needs.base_month][:, None, None, None]
    component = needs.component[:, None, None, None]
    for used, partners, (atom, unit, month) in corners(system, needs, units, months, atoms):
        there = system.atom[atom, unit, month] & (system.reported[ALL][unit, month] == total)
        there = there & (system.path[unit, month] == system.path[unit, needs.base_month[:, None, None, None]])
        allowed = allowed & (there | ~used)
        lowered[partners % 2] &= system.room[component, atom, unit, month] | ~used
    found: Bools = allowed & (lowered[0] | lowered[1])
    return found


def _unseen(system: System, needs: Needs, seen: Running, months: Ints, units: Ints, atoms: Ints) -> Bools:
    """Whether what people saw before the load leaves the change possible.

    The observations that the load left alone are the same unknowns before and after. So: all corners are new or
    changed; or all were there and alter nothing that was shown; or those of one month are new or changed, and those
    of the other month alone alter nothing that was shown.
    """
    history: History = system.history  # type: ignore[assignment]
    shape = (len(needs), months.shape[1], units.shape[1], atoms.shape[1])
    # A corner is kept where the load left it alone; by month: the base's and the partner's.
    free = [np.ones(shape, dtype=np.bool_), np.ones(shape, dtype=np.bool_)]
    kept = [np.ones(shape, dtype=np.bool_), np.ones(shape, dtype=np.bool_)]
    existed = np.ones(shape, dtype=np.bool_)
    for used, _partners, (atom, unit, month) in corners(system, needs, units, months, atoms):
        same = history.unchanged[needs.component[:, None, None, None], atom, unit, month]
        side = np.broadcast_to(month == needs.base_month[:, None, None, None], shape)
        for number, here in ((0, side), (1, ~side)):
            free[number] &= ~same | ~used | ~here
            kept[number] &= same | ~used | ~here
        existed &= history.existed[atom, unit, month] | ~used
    whole = _price(system, needs, seen, months, units, atoms) == 0
    ok = (free[0] & free[1]) | (existed & whole)
    paired = np.broadcast_to((months >= 0)[:, :, None, None], shape)
    if np.any(paired):
        in_base = _price(system, needs, seen, months, units, atoms, alone=0) == 0
        in_other = _price(system, needs, seen, months, units, atoms, alone=1) == 0
        ok = ok | (paired & kept[0] & free[1] & in_base) | (paired & free[0] & kept[1] & in_other)
    found: Bools = ok
    return found
