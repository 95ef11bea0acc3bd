"""The sums of one measure as a system of equations: what is asked, what the units reported, what is shown.

Four axes recur. sex: all, women, men (0, 1, 2). window: the kinds of `Span`. node: a unit in one view of the
organisation. month: whole years, January first. A sum is a place on the four.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

ALL, WOMEN, MEN = range(3)
REST = 0
"""Of the three atoms of an observation (women, men, and what the total has besides them) the last, at place 0."""


class Span(Enum):
    """Which months a sum that ends in a month covers."""

    POINT = "the month alone"
    YEAR = "from January to the month"
    TWELVE = "twelve months to the month"


def atoms(reported: Bools) -> Bools:
    rest = reported[ALL] & ~(reported[WOMEN] & reported[MEN])
    return np.stack([rest, reported[WOMEN], reported[MEN]])


def room(reported: Bools, amount: Ints) -> Bools:
    amount = np.where(reported, amount, 0)
    rest = amount[:, ALL] - amount[:, WOMEN] - amount[:, MEN]
    size = np.stack([rest, amount[:, WOMEN], amount[:, MEN]], axis=1)
    found: Bools = atoms(reported) & (size > 0)
    return found


@dataclass(frozen=True)
class History:
    """What people saw before a load. shown, hidden: (sex, window, node, month), sums that were there. few: (component,
    sex, window, node, month), of them those that had few persons then.

    existed: (sex, unit, month), observations that were there. unchanged, amount: (component, sex, unit, month), what
    the load left as it was, and what there was to lower (see `System`).
    """

    shown: Bools
    hidden: Bools
    few: Bools
    existed: Bools
    unchanged: Bools
    amount: Ints

    @cached_property
    def room(self) -> Bools:
        """As `System.room`, before the load."""
        return room(self.existed, self.amount)


@dataclass(frozen=True)
class System:
    """reported: (sex, unit, month). amount: (component, sex, unit, month), whole numbers that a change may lower.

    path: (unit, month), the row of `paths` that tells the nodes that the unit counts in, padded with −1.
    spans: one per window. exists: (sex, window, node, month). few: (component, sex, window, node, month), sums
    with a primary reason to be hidden. own: (unit,) the unit's own node.
    """

    reported: Bools
    amount: Ints
    path: Ints
    paths: Ints
    spans: tuple[Span, ...]
    exists: Bools
    few: Bools
    own: Ints
    history: History | None = None

    @property
    def nodes(self) -> int:
        return int(self.exists.shape[2])

    @property
    def months(self) -> int:
        return int(self.exists.shape[3])

    @property
    def units(self) -> int:
        return len(self.path)

    @cached_property
    def then(self) -> Self:
        """The same before the load: what was reported, and the sums that were there."""
        old = self.history
        if old is None:
            return self
        return replace(
            self, reported=old.existed, amount=old.amount, exists=old.shown | old.hidden, few=old.few
        )

    @cached_property
    def atom(self) -> Bools:
        """(atom, unit, month): women and men where reported; the rest where the total is not their sum."""
        return atoms(self.reported)

    @cached_property
    def room(self) -> Bools:
        """(component, atom, unit, month): whether the atom can be lowered without becoming negative."""
        now = room(self.reported, self.amount)
        if self.history is None:
            return now
        # What is changed both before and after a load must be possible both times.
        return now & (self.history.room | ~self.history.existed | self.history.unchanged)

    @cached_property
    def size(self) -> Ints:
        """(unit,) how much it has reported in all: small units are hidden before large ones."""
        total: Ints = np.where(self.reported, np.maximum(self.amount, 0), 0).max(axis=1).sum(axis=(0, 2))
        return total

    @cached_property
    def below(self) -> tuple[Ints, Ints]:
        """(starts, units): the units that ever count in node g are units[starts[g]:starts[g + 1]]."""
        unit = np.repeat(np.arange(self.units), self.months)
        row = self.path.ravel()
        pairs = np.unique(row * self.units + unit)
        nodes, unit = self.paths[pairs // self.units], pairs % self.units
        unit = np.repeat(unit, nodes.shape[1])[nodes.ravel() >= 0]
        both = np.unique(nodes.ravel()[nodes.ravel() >= 0] * self.units + unit)
        starts = np.searchsorted(both // self.units, np.arange(self.nodes + 1)).astype(np.int64)
        return starts, both % self.units

    def units_of(self, node: int) -> Ints:
        starts, units = self.below
        return units[starts[node] : starts[node + 1]]

    @cached_property
    def width(self) -> Ints:
        """(node,) the number of units that ever count in it."""
        return np.diff(self.below[0])

    @cached_property
    def sole(self) -> Ints:
        """(node,) the one unit that it is the sum of, in every month; −1 for any other node."""
        starts, units = self.below
        sole = np.full(self.nodes, -1, dtype=np.int64)
        alone = np.flatnonzero(self.width == 1)
        unit = units[starts[alone]]
        always = self.inside(alone[:, None], unit[:, None], np.arange(self.months)[None, :]).all(axis=1)
        sole[alone[always]] = unit[always]
        return sole

    def inside(self, node: Ints, unit: Ints, month: Ints) -> Bools:
        """Whether the unit counts in the node in the month; broadcasts."""
        found: Bools = (self.paths[self.path[unit, month]] == node[..., None]).any(axis=-1)
        return found
