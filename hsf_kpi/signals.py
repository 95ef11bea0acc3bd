"""The questions about what changed: the process behind a measure, and the month's signals of a unit and all below it.

Beside the economy, on the workspace. Every question takes a scope and demands it. What is found at a unit is kept in
pieces, each under what of the scope matters there (the measures that may be seen at the unit, and through which month), so
that two people who may see the same of a unit share its piece, and nobody gets more than their own scope lets.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary, ref

from hsf_kpi.analysis.signals.pieces import Looked, Targets
from hsf_kpi.analysis.signals.types import MonthSignals
from hsf_kpi.analysis.signals.whole import month_signals
from hsf_kpi.analysis.spc.types import NoLimits, Process
from hsf_kpi.looking.series import look_at
from hsf_kpi.looking.targets import targets_at
from hsf_kpi.looking.what import Looking
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.workspace import Version, Workspace

CHUNK = 50
"""Units that are read at a time: what is read is many times larger than what is kept of it."""
PIECES = 16_384

Piece = TypeVar("Piece", Looked, Targets)
Reached = frozenset[tuple[Month | None, frozenset[str]]]
"""What may be seen at a unit: the measures, by the last month of them."""


class Signals:
    """One for a workspace. Safe to use from several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = ref(workspace)
        self._looked = _Kept[Looked](PIECES)
        self._targets = _Kept[Targets](PIECES)
        self._process = lru_cache(maxsize=1024)(self._make_process)
        self._month = lru_cache(maxsize=128)(self._make_month)

    @property
    def workspace(self) -> Workspace:
        found = self._workspace()
        assert found is not None, "the workspace is open as long as it is asked"
        return found

    def process(self, scope: Scope, selection: Selection, key: str) -> Process | NoLimits:
        """The measure's months at the chosen unit, judged, whatever the view; for the chosen sex where the measure is kept
        by sex, else for all.
        """
        measure = self.workspace.catalogue.measure(key)
        self.workspace.demand(scope, selection)
        scope.demand_measure(selection.unit, key)
        sex = selection.sex if measure.by_sex else Sex.ALL
        monthly = replace(selection, view=View.MONTH, sex=sex)
        return self._process(self.workspace.version(), scope, monthly, key)

    def processes(self, scope: Scope, selection: Selection) -> Mapping[str, Process | NoLimits]:
        """`process` of every measure that may be seen at the chosen unit."""
        self.workspace.demand(scope, selection)
        keys = self.workspace.catalogue.measures
        return {key: self.process(scope, selection, key) for key in keys if scope.allows(selection.unit, key)}

    def monthly(self, scope: Scope, selection: Selection) -> MonthSignals:
        """What happened in the chosen month at the chosen unit and at all below it that may be seen, ranked."""
        self.workspace.demand(scope, selection)
        return self._month(self.workspace.version(), scope, selection)

    # Computed once per data version

    def _make_process(
        self, _version: Version, scope: Scope, selection: Selection, key: str
    ) -> Process | NoLimits:
        looking = Looking(self.workspace, scope, selection)
        series = self.workspace.series(scope, selection)[key]
        return looking.judged(self.workspace.catalogue.measure(key), selection.unit, series)

    def _make_month(self, version: Version, scope: Scope, selection: Selection) -> MonthSignals:
        workspace, chosen = self.workspace, selection.unit
        organisation = workspace.catalogue.organisation
        tree = workspace.organisation_month(selection)
        units = tuple(unit for unit in organisation.below(chosen, tree) if scope.sees(unit))
        above: dict[str, tuple[str, ...]] = {}
        for unit in units:
            path = organisation.path(unit, tree)
            above[unit] = path[path.index(chosen) : -1]
        looking = Looking(workspace, scope, replace(selection, unit=organisation.root))
        whatever_view = Looking(workspace, scope, replace(looking.selection, view=View.MONTH))
        return month_signals(
            chosen,
            selection.month,
            self._pieces(version, whatever_view, units, self._looked, look_at),
            self._pieces(version, looking, units, self._targets, targets_at),
            above,
            workspace.catalogue.measures,
        )

    def _pieces(
        self,
        version: Version,
        looking: Looking,
        units: Sequence[str],
        kept: _Kept[Piece],
        make: Callable[[Looking, Sequence[str]], Iterator[Piece]],
    ) -> list[Piece]:
        """The units' pieces in their order: those that are kept, and the others made, some units at a time."""
        keys = {unit: (unit, _reached(looking, unit), _matters(looking.selection)) for unit in units}
        found = {unit: piece for unit, key in keys.items() if (piece := kept.get(version, key)) is not None}
        new = [unit for unit in units if unit not in found]
        for start in range(0, len(new), CHUNK):
            for piece in make(looking, new[start : start + CHUNK]):
                found[piece.unit] = piece
                kept.put(version, keys[piece.unit], piece)
        return [found[unit] for unit in units]


class _Kept(Generic[Piece]):
    """Pieces of one version of the data, those asked for last; another version's are forgotten."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._version: Version | None = None
        self._pieces: OrderedDict[Hashable, Piece] = OrderedDict()

    def get(self, version: Version, key: Hashable) -> Piece | None:
        with self._lock:
            if version != self._version or key not in self._pieces:
                return None
            self._pieces.move_to_end(key)
            return self._pieces[key]

    def put(self, version: Version, key: Hashable, piece: Piece) -> None:
        with self._lock:
            if version != self._version:
                self._pieces.clear()
                self._version = version
            self._pieces[key] = piece
            if len(self._pieces) > self._most:
                self._pieces.popitem(last=False)


def _reached(looking: Looking, unit: str) -> Reached:
    by_end: dict[Month | None, set[str]] = {}
    for key in looking.workspace.catalogue.measures:
        if looking.scope.allows(unit, key):
            by_end.setdefault(looking.scope.through(unit, key), set()).add(key)
    return frozenset((end, frozenset(keys)) for end, keys in by_end.items())


def _matters(selection: Selection) -> tuple[Month, View, Sex, OrgView]:
    return selection.month, selection.view, selection.sex, selection.org


_SIGNALS: WeakKeyDictionary[Workspace, Signals] = WeakKeyDictionary()


def signals_of(workspace: Workspace) -> Signals:
    """The one of a workspace."""
    found = _SIGNALS.get(workspace)
    if found is None:
        found = _SIGNALS.setdefault(workspace, Signals(workspace))
    return found


def warm(workspace: Workspace) -> None:
    """Makes the pieces of every unit in the latest month, as those see them who see everything."""
    latest = workspace.state().latest
    if latest is not None:
        organisation = workspace.catalogue.organisation
        everything = Scope.of(organisation.units)
        signals_of(workspace).monthly(everything, Selection(organisation.root, latest))
