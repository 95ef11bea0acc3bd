"""Secondary suppression: which sums to hide so that no hidden sum can be computed from what is shown.

The unknowns are the observations of the lowest reporting units: unit × month × women, men, or what a total has
besides them. Every sum adds some of them, over the units of a node, the months of a window and one or both sexes.
For each sum p that must be protected (few persons in a component), a *change* d of the unknowns is chosen: the
product of one unit, or one against another (+1, −1), one month, or one against another, and one sex, or one against
another, so that p itself alters. Then every sum that d alters is hidden.

Why that is safe. Let S be the sums that are shown in the end, x the true observations.

1. d alters no sum in S, since all that it alters are hidden, and nothing hidden is shown again.
2. A direction of d is chosen in which every observation that it lowers is above zero. So for a small step ε, both x
   and x + ε·d are possible observations: no component negative, and the same sums in S.
3. So whoever knows S, all definitions and that persons are not negative cannot tell x from x + ε·d, and every sum
   that d alters (p, and those hidden for its sake) has at least two possible values.

Each d stands on its own, so the changes of different sums need not agree, and one sum may be hidden for many.
In a share the numerator moves with the complement fixed, or the other way round, so neither becomes negative.

Over versions (`History`): what was hidden stays hidden. An observation that a load left alone is the same unknown
before and after; a change is chosen so that its part in those alters nothing that was shown before either. A sum that is
of other units now (today's organisation has become another) is two: one that was shown before, and one that is shown now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from hsf_kpi.access.suppression_base import Needs, with_bases
from hsf_kpi.access.suppression_choice import cheapest
from hsf_kpi.access.suppression_cost import Change, Running, mark_kept
from hsf_kpi.access.suppression_partners import FAR, NEAR
from hsf_kpi.access.suppression_system import ALL, Bools, History, Ints, Span, System

_AT_ONCE = 10_000
"""Bounds the memory: so many needs are looked at together."""


@dataclass(frozen=True)
class Suppressed:
    """`hidden`: (sex, window, node, month). `unproven`: sums for which no change was found that is possible before and
    after a load; they are hidden, but what was shown before may tell them. Always 0 without a history.
    """

    hidden: Bools
    unproven: int


def suppress(system: System) -> Suppressed:
    """All that must be hidden: what has few persons, what was hidden before, and what would tell them."""
    work = _Work(system)
    if not work.hidden.any() and (system.history is None or not system.history.few.any()):
        return Suppressed(work.hidden, 0)
    few = system.few & system.exists
    if system.history is None:
        unproven = work.protect(few)
        return Suppressed(work.hidden, unproven)
    kept = system.history.hidden & system.exists
    changed = _changed(system, system.history)
    gone = _changed(system.then, system.history) | ~system.exists
    unproven = work.protect_past(system.history.few & gone)
    unproven += work.protect(few & (changed | ~kept))
    # What is as it was has been protected. Hiding all that it is part of would mostly hide what is known already.
    unproven += work.protect(few, at_any_price=False)
    for component in range(len(few)):
        left = np.zeros_like(few)
        left[component] = kept & ~work.covered.any(axis=0)
        work.protect(left, at_any_price=False)
    return Suppressed(work.hidden, unproven)


class _Work:
    """`hidden`: (sex, window, node, month), so far. `covered`: (component, …), what a change alters, so far."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.hidden: Bools = np.any(system.few & system.exists, axis=0, keepdims=True)[0]
        self.covered = np.zeros_like(system.few)
        self._seen: Running | None = None
        self._weight = _weight(system)
        if system.history is not None:
            self.hidden = self.hidden | (system.history.hidden & system.exists)
            self._seen = Running(system.history.shown.astype(np.int64))

    def protect(self, need: Bools, *, at_any_price: bool = True) -> int:
        """Hides more until every sum of `need` (component, sex, window, node, month) is covered, and returns how many
        have no change that is proven; `at_any_price`: for those all is hidden that the base alone alters.
        """
        unproven = 0
        for window, nodes, sexes in _rounds(self.system):
            needs = _needs(self.system, need & ~self.covered, window, nodes, sexes)
            running = self._running()
            for some in _parts(needs):
                unproven += self._protect(some, running, at_any_price=at_any_price)
        return unproven

    def protect_past(self, need: Bools) -> int:
        """The same for what the sums of `need` were before the load, which has changed them or taken them away."""
        # What the load has changed is tried first: a change of that hides less. It may have no room to be one.
        then = self.system.then
        covered = np.zeros_like(need)
        for system in (then, replace(then, history=None)):
            unproven = 0
            for window, nodes, sexes in _rounds(self.system):
                needs = _needs(system, need & ~covered, window, nodes, sexes)
                running = self._running()
                for some in _parts(needs):
                    change, left = self._past(some, running)
                    covered |= change.mark(then)
                    unproven += len(left)
        return unproven

    def _past(self, needs: Needs, running: Running) -> tuple[Change, Ints]:
        """Keeps possible what was possible before the load: the changes, and which needs have none."""
        change, proven = cheapest(self.system.then, needs, running, self._seen, FAR, past=True)
        change = change.take(np.flatnonzero(proven))
        if self.system.history is not None:
            self._hide(mark_kept(self.system, self.system.history, change))
        return change, np.flatnonzero(~proven)

    def _running(self) -> Running:
        return Running(np.where(self.system.exists & ~self.hidden, self._weight, 0))

    def _protect(self, needs: Needs, running: Running, *, at_any_price: bool) -> int:
        for reach in (NEAR, FAR):
            change, proven = cheapest(self.system, needs, running, self._seen, reach)
            self._hide(change.take(np.flatnonzero(proven)).mark(self.system))
            needs = needs.take(np.flatnonzero(~proven))
            if not len(needs):
                return 0
        _, left = self._past(needs, running)
        if at_any_price and len(left):
            lone, _ = cheapest(self.system, needs.take(left), running, self._seen, FAR)
            self._hide(lone.mark(self.system))
        return len(left)

    def _hide(self, altered: Bools) -> None:
        self.covered |= altered
        self.hidden = self.hidden | np.any(altered, axis=0, keepdims=True)[0]


def _needs(system: System, need: Bools, window: int, nodes: Ints, sexes: Ints) -> Needs:
    component, sex, node, month = np.nonzero(need[:, sexes, window][:, :, nodes])
    return with_bases(system, window, (component, sexes[sex], nodes[node], month))


def _parts(needs: Needs) -> Iterator[Needs]:
    for start in range(0, len(needs), _AT_ONCE):
        yield needs.take(np.arange(start, min(start + _AT_ONCE, len(needs))))


def _changed(system: System, history: History) -> Bools:
    """(component, sex, window, node, month): the sums that hold an observation that the load brought, changed or took."""
    component, atom, unit, month = np.nonzero(system.atom & ~history.unchanged)
    none = np.full(len(atom), -1, dtype=np.int64)
    return Change(component, unit, month, atom, none, none, none).mark(system)


def _rounds(system: System) -> Iterator[tuple[int, Ints, Ints]]:
    """(window, nodes, sexes) in the order that lets later sums be protected by what earlier ones have hidden."""
    single = system.sole >= 0
    for window in range(len(system.spans)):
        for nodes in (np.flatnonzero(single), np.flatnonzero(~single)):
            for sexes in (np.array([ALL]), np.array([1, 2])):
                yield window, nodes, sexes


def _weight(system: System) -> Ints:
    """(sex, window, node, month): what hiding a sum costs. Sums of many units, totals, and whole years cost more."""
    node = np.where(system.width > 1, 3 * system.width, 1)
    sex = np.array([2, 1, 1])
    month = np.ones((len(system.spans), system.months), dtype=np.int64)
    for number, span in enumerate(system.spans):
        if span is Span.YEAR:
            month[number, 11::12] = 3
    weight: Ints = sex[:, None, None, None] * month[None, :, None, :] * node[None, None, :, None]
    return weight
