"""What every comparison of a file with the database keeps of it: whom it concerns, and the unit above them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from sqlalchemy import Connection, Table

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.period import Month
from hsf_kpi.model.preview import Change
from hsf_kpi.model.problems import NotPermitted, Problem
from hsf_kpi.model.scope import Scope
from hsf_kpi.store.ancestry import Bools, Ints
from hsf_kpi.store.refresh import ids_of

LARGEST_CHANGES: Final = 20
AGO: Final = (1, 2, 3)
"""Months before the newest that a unit has reported in, to be missed in it."""


@dataclass
class Counted:
    """What of a file is new, what is changed, what stays as it is, and what goes away.

    months: those of the file (index); touched: those of them where something would be another. changes: the largest.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    months: set[int] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)
    changes: list[Change] = field(default_factory=list)

    def count(self, known: bool, differs: bool, month: int) -> None:
        """One row. known: something is live in its place."""
        self.count_many(np.array([known]), np.array([known and differs]), np.array([month]))

    def count_many(self, known: Bools, differs: Bools, month: Ints) -> None:
        self.new += int((~known).sum())
        self.changed += int(differs.sum())
        self.same += int((known & ~differs).sum())
        self.months.update(np.unique(month).tolist())
        self.touched.update(np.unique(month[differs | ~known]).tolist())

    def remember(self, changes: Iterable[Change]) -> None:
        """Keeps the largest of these and of those before."""
        ordered = sorted((*self.changes, *changes), key=lambda one: -one.weight)
        self.changes = ordered[:LARGEST_CHANGES]


class Places:
    """Numbers of the units (and of whatever else is named) by their place in the definitions, from their stored ones."""

    def __init__(self, connection: Connection, table: Table, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self.at = {name: place for place, name in enumerate(self.names)}
        self.stored: Mapping[str, int] = ids_of(connection, table)
        self._places = np.full(max(self.stored.values(), default=0) + 2, -1, dtype=np.int64)
        for name, number in self.stored.items():
            self._places[number] = self.at.get(name, -1)

    def of(self, stored: Ints) -> Ints:
        """−1 for what is no longer defined."""
        return self._places[stored]

    def place(self, stored: int) -> int:
        """The same of one."""
        return int(self._places[stored])

    def numbers(self, places: Iterable[int]) -> list[int]:
        """The stored numbers of those that have one."""
        named = (self.names[place] for place in places)
        return [self.stored[name] for name in named if name in self.stored]


class Concerned:
    """The units and months of a file, demanded of the scope as they are met."""

    def __init__(self, scope: Scope, catalogue: Catalogue) -> None:
        self._scope, self._organisation = scope, catalogue.organisation
        self._path: tuple[str, ...] | None = None
        self._met: set[tuple[str, int]] = set()

    @property
    def above(self) -> str:
        """The lowest unit above all of them, each in its own month; "" before any is met."""
        return self._path[-1] if self._path else ""

    def meet(self, unit: str, month: int) -> None:
        if (unit, month) in self._met:
            return
        self._met.add((unit, month))
        path = self._organisation.path(unit, Month(month))
        if self._path is None:
            self._path = path
        else:
            same = (one for one, other in zip(self._path, path, strict=False) if one == other)
            self._path = tuple(same)

    def demand(self, unit: str, measure: str, last: int) -> None:
        """NotPermitted where the measure may not be seen at the unit, or not as late as in the month."""
        self._scope.demand_measure(unit, measure)
        if not self._scope.reaches_month(unit, measure, Month(last)):
            raise NotPermitted(
                Problem(
                    f"Månaden {Month(last).iso} ingår inte i din behörighet för verksamheten ”{unit}”.",
                    "månad",
                    "Be någon som ser alla månader att läsa in filen.",
                )
            )

    def may_tell(self, unit: str, measure: str, month: int) -> bool:
        return self._scope.reaches_month(unit, measure, Month(month))

    def stands_below(self, unit: str, month: int) -> bool:
        """Whether the unit exists in the month, below `above` or as it."""
        at = Month(month)
        return self._organisation.units[unit].exists_at(at) and self.above in self._organisation.path(
            unit, at
        )


def no_longer(live: Ints, here: Ints, newest: int, ago: Iterable[int], year: int) -> list[tuple[int, int]]:
    """(unit, the latest month with a value) of those that used to report with the units of the file and are not in it.

    live: columns unit, month and load, of the newest month and of those before. here: the units in the file for the newest
    month. A unit is missed that reported in each of the months `ago` back, or `year` months back; only where it has come
    with the same load as one of `here`: what comes in a file of its own is not missed in another.
    """
    unit, month, load = live.T
    with_ours = np.unique(load[np.isin(unit, here) & (month < newest)])
    present = np.union1d(here, unit[month == newest])
    usual = [newest - back for back in ago]
    found = []
    for one in np.setdiff1d(unit, present).tolist():
        its = unit == one
        months = set(month[its].tolist())
        if not np.isin(load[its], with_ours).any():
            continue
        if (usual and months.issuperset(usual)) or newest - year in months:
            found.append((one, max(months)))
    return found
