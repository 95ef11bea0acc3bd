"""Which observations may move against the base: months beside the window, units beside the node, the other sex."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hsf_kpi.access.suppression_base import Needs, window_start
from hsf_kpi.access.suppression_cost import Running, runs
from hsf_kpi.access.suppression_system import ALL, Bools, Ints, System

_NEVER = 2**62


@dataclass(frozen=True)
class Reach:
    """How far partners are sought: months on either side, and units per level of the organisation."""

    months: int
    units: tuple[int, ...]


NEAR = Reach(1, (2, 1, 1))
FAR = Reach(6, (8, 8, 8))


def partner_months(system: System, needs: Needs, reach: Reach) -> Ints:
    """(need, option): −1 for none, then months just after and before the window, nearest first; −2 for outside."""
    options = [np.full(len(needs), -1, dtype=np.int64)]
    if len(set(system.spans)) > 1:
        starts = needs.month.copy()
        for number, span in enumerate(system.spans):
            starts = np.where(needs.window == number, window_start(span, needs.month), starts)
        for step in range(1, reach.months + 1):
            options += [needs.month + step, starts - step]
    months = np.stack(options, axis=1)
    outside = (months >= system.months) | (months < 0)
    outside[:, 0] = False
    return np.where(outside, -2, months)


def partner_units(system: System, needs: Needs, running: Running, reach: Reach) -> Ints:
    """(need, option): −1 for none, then units that are not in the node: the cheapest ones of its parent, then of the
    levels above it; −2 where there are no more.
    """
    width = 1 + sum(reach.units)
    out = np.full((len(needs), width), -2, dtype=np.int64)
    out[:, 0] = -1
    levels = _levels(system, needs, len(reach.units))
    price = _price(system, running)
    place = 1
    for level, count in enumerate(reach.units):
        # A node of one unit keeps out that unit only: all its siblings share one ranking.
        sole = system.sole[needs.node] >= 0
        key = levels[:, level] * (system.nodes + 1) + np.where(sole, system.nodes, needs.node)
        order = np.argsort(key, kind="stable")
        for rows in np.split(order, np.flatnonzero(np.diff(key[order])) + 1):
            above = int(levels[rows[0], level])
            if above < 0:
                continue
            below = -1 if sole[rows[0]] else int(needs.node[rows[0]])
            best = _cheapest(system, price, above, below, count + 1)
            found = best[needs.component[rows], needs.atom[rows], :, needs.base_month[rows]]
            out[rows, place : place + count] = _without(found, needs.unit[rows], count)
        place += count
    return out


def _levels(system: System, needs: Needs, count: int) -> Ints:
    """(need, level): the nodes over the base's unit that are wider than the need's, narrowest first; −1 for none."""
    path = system.paths[system.path[needs.unit, needs.base_month]]
    width = np.where(path >= 0, system.width[path], 0)
    wider = width > system.width[needs.node][:, None]
    order = np.argsort(np.where(wider, width, _NEVER), axis=1, kind="stable")[:, :count]
    nodes = np.where(np.take_along_axis(wider, order, 1), np.take_along_axis(path, order, 1), -1)
    lacking = max(count - nodes.shape[1], 0)
    return np.pad(nodes, ((0, 0), (0, lacking)), constant_values=-1)


def _price(system: System, running: Running) -> Ints:
    """(component, atom, unit, month): what hiding the unit's own sums would cost, small units first; −1 where the
    atom is not reported.
    """
    month = np.broadcast_to(np.arange(system.months), (system.units, system.months))
    first, end = runs(system.spans, system.months, month, np.full_like(month, -1))
    own = np.broadcast_to(system.own[:, None, None], (*month.shape, 1))
    cost = [running.over(sex, own, first, end) for sex in range(3)]
    rank = np.empty(system.units, dtype=np.int64)
    rank[np.argsort(system.size, kind="stable")] = np.arange(system.units)
    by_atom = np.stack([cost[ALL], cost[1] + cost[ALL], cost[2] + cost[ALL]])
    price = (by_atom * 2 + ~system.room) * system.units + rank[:, None]
    return np.where(system.atom, price, -1)


def _cheapest(system: System, price: Ints, above: int, below: int, count: int) -> Ints:
    """(component, atom, count, month): the cheapest units of the node `above` that are not in `below`; −2 for none."""
    units = system.units_of(above)
    month = np.arange(system.months)[None, :]
    allowed = system.inside(np.array(above), units[:, None], month)
    if below >= 0:
        allowed = allowed & ~system.inside(np.array(below), units[:, None], month)
    there = price[:, :, units]
    ranked = np.where(allowed & (there >= 0), there, _NEVER)
    if len(units) > count:
        kept = np.argpartition(ranked, count - 1, axis=2)[:, :, :count]
    else:
        kept = np.broadcast_to(np.arange(len(units))[:, None], ranked.shape)
    cost = np.take_along_axis(ranked, kept, 2)
    order = np.argsort(cost, axis=2, kind="stable")
    chosen = np.where(
        np.take_along_axis(cost, order, 2) < _NEVER, units[np.take_along_axis(kept, order, 2)], -2
    )
    lacking = count - chosen.shape[2]
    return np.pad(chosen, ((0, 0), (0, 0), (0, max(lacking, 0)), (0, 0)), constant_values=-2)


def _without(units: Ints, unit: Ints, count: int) -> Ints:
    """The first `count` of each row that are not `unit`."""
    order = np.argsort(units == unit[:, None], axis=1, kind="stable")
    found: Ints = np.take_along_axis(np.where(units == unit[:, None], -2, units), order, 1)[:, :count]
    return found


def corners(
    system: System, needs: Needs, units: Ints, months: Ints, atoms: Ints
) -> list[tuple[Bools, int, tuple[Ints, Ints, Ints]]]:
    """The up to eight observations of every change: whether the corner is there (its partners are not «none»), how
    many partners it has, and its (atom, unit, month); all broadcast to (need, month, unit, sex options).
    """
    base = (needs.atom, needs.unit, needs.base_month)
    other = (atoms[:, None, None, :], units[:, None, :, None], months[:, :, None, None])
    found = []
    for flips in np.ndindex(2, 2, 2):
        used = np.ones((1, 1, 1, 1), dtype=np.bool_)
        place = []
        for flip, one, partner in zip(flips, base, other, strict=True):
            used = used & (partner >= 0) if flip else used
            place.append(np.maximum(partner, 0) if flip else one[:, None, None, None])
        found.append((used, sum(flips), (place[0], place[1], place[2])))
    return found
