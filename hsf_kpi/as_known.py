"""«Uppgifter per [dag]»: the workspace as it was known on an earlier day, before later corrections.

Made when it is asked for, of a copy of the database as it then was, and kept while it is used. It can be looked at and
downloaded from, and nothing else: who may see what is judged today, and months that were final then and are so now.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import threading
import time
from collections import OrderedDict
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary, ref

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights, Rule
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.event import Event
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store.moment import SWEDEN, day_start
from hsf_kpi.store.snapshot import snapshot
from hsf_kpi.store.state import StoreState
from hsf_kpi.store.store import Store
from hsf_kpi.swedish.dates import day_words
from hsf_kpi.workspace import Version, Workspace

KEPT: Final = 4
"""So many earlier days are kept at a time, in files of their own."""
GRACE: Final = 120.0
"""Seconds that a day which is no longer kept stays open, for pages that are being drawn."""


class WorkspaceThen(Workspace):
    """`as_known_day`: the day. Asked as any workspace; its state and definitions stand still."""

    def __init__(self, home: Workspace, catalogue: Catalogue, store: Store, day: dt.date) -> None:
        super().__init__(catalogue, store, open_figures=home.open_figures)
        self.data_dir = home.data_dir
        self.as_known_day = day
        self._home = ref(home)
        self._fixed = store.state()

    @property
    def home(self) -> Workspace:
        found = self._home()
        assert found is not None, "the workspace of today is open as long as an earlier day of it is asked"
        return found

    def as_known(self, day: dt.date) -> Workspace:
        return self.home.as_known(day)

    def state(self) -> StoreState:
        return self._fixed

    def as_of(self) -> dt.date:
        return self._fixed.as_of

    def log(self, identity: Identity, what: Event, detail: str = "") -> None:
        self.home.log(identity, what, detail)

    def rights_of(self, identity: Identity) -> Rights:
        """What the identity may see today, of months that were final then too where only final ones are seen; and nothing
        but looking.
        """
        state = self.home.state()
        return self._rights(identity, state.today, self._released(), dt.date.today(), state.fingerprint)

    def rule(self) -> Rule:
        state = self.home.state()
        return self._rule(state.today, self._released(), state.fingerprint)

    def _released(self) -> Month | None:
        now, then = self.home.state().released, self._fixed.released
        return None if now is None or then is None else min(now, then)

    def _make_rights(
        self, identity: Identity, today: Month, released: Month | None, day: dt.date, fingerprint: str
    ) -> Rights:
        return super()._make_rights(identity, today, released, day, fingerprint).only_looking()

    def _make_rule(self, today: Month, released: Month | None, _fingerprint: str) -> Rule:
        catalogue = self.home.catalogue
        return Rule(
            catalogue.roles, catalogue.organisation, catalogue.measures, today, released, self.open_figures
        )


def as_known(workspace: Workspace, day: dt.date) -> Workspace:
    """The workspace as it was known when the day ended; itself from today on. The same object as long as nothing is loaded.

    DataError, in words, for a day before the first load. StoreError when the copy can't be made.
    """
    if day >= dt.date.today():
        return workspace
    return _days_of(workspace).on(day)


def load_days(workspace: Workspace) -> tuple[dt.date, ...]:
    """The days before today on which something was loaded, newest first."""
    return _days_of(workspace.home).loads()


class _Days:
    """The earlier days of one workspace. Safe to use from several threads; one is made at a time."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = ref(workspace)
        self._kept: OrderedDict[tuple[Version, dt.date], WorkspaceThen] = OrderedDict()
        self._leaving: list[tuple[float, WorkspaceThen]] = []
        self._making, self._guard = threading.Lock(), threading.Lock()
        self._loads: tuple[Version, tuple[dt.date, ...]] | None = None

    @property
    def workspace(self) -> Workspace:
        found = self._workspace()
        assert found is not None, "the workspace is open as long as it is asked"
        return found

    def on(self, day: dt.date) -> WorkspaceThen:
        # What is masked now decides what is masked then: another version now makes another one then.
        key = self.workspace.version(), day
        found = self._find(key)
        if found is None:
            with self._making:
                found = self._find(key) or self._keep(key, self._make(day))
        return found

    def loads(self) -> tuple[dt.date, ...]:
        version, known = self.workspace.version(), self._loads
        if known is None or known[0] != version:
            days = {load.at.astimezone(SWEDEN).date() for load in self.workspace.store.loads.all()}
            known = self._loads = (version, tuple(sorted(days, reverse=True)))
        today = dt.date.today()
        return tuple(day for day in known[1] if day < today)

    def _find(self, key: tuple[Version, dt.date]) -> WorkspaceThen | None:
        with self._guard:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _make(self, day: dt.date) -> WorkspaceThen:
        workspace, end = self.workspace, day_start(day + dt.timedelta(days=1)) - dt.timedelta(microseconds=1)
        load = workspace.store.loads.latest(end)
        if not load:
            raise DataError(
                Problem(
                    f"Den {day_words(day)} fanns inga uppgifter inlästa.",
                    "uppgifter per",
                    "Välj en senare dag.",
                )
            )
        now, catalogue = workspace.catalogue, self._catalogue(load)
        store = snapshot(workspace.store, catalogue, load, end, Path(tempfile.gettempdir()), now=now)
        return WorkspaceThen(workspace, catalogue, store, day)

    def _catalogue(self, load: int) -> Catalogue:
        """The folder's definitions, with those that had been loaded then."""
        workspace = self.workspace
        definitions = workspace.store.definitions
        overlay = definitions.overlay_as_of(load)
        if overlay == definitions.overlay():
            return workspace.catalogue
        return read_catalogue(workspace.data_dir, overlay)

    def _keep(self, key: tuple[Version, dt.date], made: WorkspaceThen) -> WorkspaceThen:
        now = time.monotonic()
        with self._guard:
            self._kept[key] = made
            old = [other for other in self._kept if other[0] != key[0]]
            old += list(self._kept)[: max(len(self._kept) - len(old) - KEPT, 0)]
            self._leaving += [(now, self._kept.pop(other)) for other in dict.fromkeys(old)]
            gone = [one for since, one in self._leaving if now - since > GRACE]
            self._leaving = [(since, one) for since, one in self._leaving if now - since <= GRACE]
        for one in gone:
            one.store.close()
        return made


_DAYS: WeakKeyDictionary[Workspace, _Days] = WeakKeyDictionary()


def _days_of(workspace: Workspace) -> _Days:
    found = _DAYS.get(workspace)
    if found is None:
        found = _DAYS.setdefault(workspace, _Days(workspace))
    return found
