"""One person's habits, as far as they reach what the person may see now."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Collection
from typing import Final
from weakref import WeakKeyDictionary

from hsf_kpi.access.rights import Rights
from hsf_kpi.habits.later import Later
from hsf_kpi.model.event import Event
from hsf_kpi.model.habit import (
    MONTH,
    MOST_FAVOURITES,
    MOST_RECENT,
    MOST_SHARED,
    VISITOR,
    Closed,
    SavedView,
    Visited,
)
from hsf_kpi.model.problems import DataError, NotPermitted, Problem
from hsf_kpi.model.scope import Scope
from hsf_kpi.store.habits import HabitStore
from hsf_kpi.workspace import Workspace

STRANGERS_KEPT: Final = dt.timedelta(days=7)
"""What somebody has kept who has not signed in is erased so long after they were last there."""
_TIDIED: Final = 3600.0
_NAMES: Final = re.compile(r"[a-z0-9_-]{1,80}\n[a-z0-9-]{0,120}\n[a-z0-9.-]{0,120}")


class Habits:
    """One owner's, of a database. Which pages there are is told with each question: those that the person's menu shows.

    An administrator who looks as another role has none: NotPermitted, in words, but for `visited`, which then does nothing.
    On an earlier day's workspace they are those of today.
    """

    def __init__(self, workspace: Workspace, owner: str, later: Later) -> None:
        self.owner = owner
        self._workspace, self._later = workspace, later

    @staticmethod
    def may(rights: Rights) -> bool:
        """Whether there are any for who is looking."""
        return not rights.identity.seen_as

    # Favourites

    def favourites(self, rights: Rights, unit: str | None = None) -> tuple[str, ...]:
        """In the order added, the measures that may be seen at the unit; without one, those that may be seen at any."""
        there = self._workspace.catalogue.measures
        found = self._store(rights).favourites(self.owner)
        return tuple(key for key in found if key in there and _allows(rights.scope, unit, key))

    def set_favourite(self, rights: Rights, key: str, on: bool) -> None:
        """NotFound for a measure that is not there, NotPermitted for one that may be seen nowhere, DataError for one too
        many. Whatever is a favourite can be taken away.
        """
        store = self._store(rights)
        if on:
            self._workspace.catalogue.measure(key)
            if not _allows(rights.scope, None, key):
                what = f"Nyckeltalet ”{key}” ingår inte i din behörighet."
                raise NotPermitted(Problem(what, "nyckeltal", "Välj ett nyckeltal i listan."))
            self._leave_room(rights, key)
        store.set_favourite(self.owner, key, on)

    def _leave_room(self, rights: Rights, key: str) -> None:
        """Where there is none, one that the person can't see anywhere any more gives way: nobody could find it to do it."""
        store, there = self._store(rights), self._workspace.home.catalogue.measures
        found = store.favourites(self.owner)
        if key in found or len(found) < MOST_FAVOURITES:
            return
        unseen = (one for one in found if one not in there or not _allows(rights.scope, None, one))
        if (gone := next(unseen, None)) is not None:
            store.set_favourite(self.owner, gone, False)

    # Where they have been

    def recent(self, rights: Rights, pages: Collection[str]) -> tuple[Visited, ...]:
        """Newest first, also those that are not written yet, without those that can't be opened any more."""
        store = self._store(rights)
        # First what waits: what is written in between is found twice and told once, never missed.
        waiting = self._later.waiting(self.owner)
        found = list(dict.fromkeys((*waiting, *store.recent(self.owner))))[:MOST_RECENT]
        return tuple(
            one for one in found if self._opens(rights.scope, pages, one.page, one.unit, one.measure)
        )

    def visited(self, rights: Rights, one: Visited) -> None:
        """Written in the background: it never waits, and nothing is raised. What may not be seen is not written."""
        known = _NAMES.fullmatch("\n".join((one.page, one.unit, one.measure)))
        unit, scope = one.unit or None, rights.scope
        seen = unit is None or scope.sees(unit)
        if self.may(rights) and known and seen and (not one.measure or _allows(scope, unit, one.measure)):
            self._later.add(self.owner, one)

    def forget_recent(self, rights: Rights) -> None:
        store = self._store(rights)
        self._later.forget(self.owner)
        store.forget_recent(self.owner)

    def flush(self, timeout: float = 5.0) -> bool:
        """Waits until all that is written in the background is, whosever it is; whether it is."""
        return self._later.flush(timeout)

    # What they have closed for good

    def closed(self, rights: Rights) -> frozenset[Closed]:
        return self._store(rights).closed(self.owner)

    def close(self, rights: Rights, what: Closed) -> None:
        self._store(rights).close(self.owner, what)

    def reopen(self, rights: Rights, what: Closed) -> None:
        self._store(rights).reopen(self.owner, what)

    # Views under names of their own

    def views(self, rights: Rights, pages: Collection[str]) -> tuple[SavedView, ...]:
        """Their own that can be opened, as Swedish sorts them."""
        return tuple(one for one in self._store(rights).views(self.owner) if self._shows(rights, pages, one))

    def lost_views(self, rights: Rights, pages: Collection[str]) -> tuple[SavedView, ...]:
        """Their own that can't be opened any more: the page is gone, or the unit or measure is not theirs to see."""
        views = self._store(rights).views(self.owner)
        return tuple(one for one in views if not self._shows(rights, pages, one))

    def shared_views(self, rights: Rights, pages: Collection[str]) -> tuple[SavedView, ...]:
        """The `MOST_SHARED` latest of others' that they share and that can be opened, as Swedish sorts them."""
        views = self._store(rights).shared_views(self.owner)
        months = {"", *(month.iso for month in self._workspace.months(rights.scope))}
        seen = [
            one
            for one in views
            if (one.latest or one.param(MONTH) in months)
            and self._shows(rights, pages, one)
            and self._is_within(rights.scope, one)
        ]
        latest = set(sorted((one.number or 0 for one in seen), reverse=True)[:MOST_SHARED])
        return tuple(one for one in seen if one.number in latest)

    def save_view(self, rights: Rights, view: SavedView, pages: Collection[str]) -> SavedView:
        """A new one (without number), or another content of one of their own; the view as it then stands. NotPermitted for
        what they may not see themselves; DataError with every problem; NotFound for a number that is not theirs.
        """
        store = self._store(rights)
        if view.page not in pages:
            raise DataError(Problem("Sidan går inte att spara.", "vy", "Öppna en sida i menyn."))
        if view.unit:
            rights.scope.demand(view.unit)
            self._workspace.catalogue.organisation.get(view.unit)
        if view.measure:
            self._workspace.catalogue.measure(view.measure)
            if view.unit:
                rights.scope.demand_measure(view.unit, view.measure)
        shared = self._shared(store)
        saved = store.save_view(self.owner, rights.identity.name, view)
        if saved.shared and saved.number not in shared:
            self._log(rights, saved)
        return saved

    def share_view(self, rights: Rights, number: int, on: bool) -> SavedView:
        """Others may open it too, or no longer. NotFound for a number that is not theirs."""
        store = self._store(rights)
        already = number in self._shared(store)
        shared = store.share_view(self.owner, number, on)
        if on and not already:
            self._log(rights, shared)
        return shared

    def remove_view(self, rights: Rights, number: int) -> None:
        """NotFound for a number that is not theirs."""
        self._store(rights).remove_view(self.owner, number)

    # What is theirs, and what they may see

    def _store(self, rights: Rights) -> HabitStore:
        if not self.may(rights):
            raise NotPermitted(
                Problem(
                    "När du ser sidan som en annan roll finns inga favoriter, sparade vyer eller senast besökta.",
                    "",
                    "Välj ”Avsluta” överst på sidan.",
                )
            )
        return self._workspace.home.store.habits

    def _shows(self, rights: Rights, pages: Collection[str], view: SavedView) -> bool:
        return self._opens(rights.scope, pages, view.page, view.unit, view.measure)

    def _opens(self, scope: Scope, pages: Collection[str], page: str, unit: str, measure: str) -> bool:
        """unit, measure: "" where the place names none."""
        catalogue = self._workspace.catalogue
        if page not in pages or (unit and not (unit in catalogue.organisation.units and scope.sees(unit))):
            return False
        return not measure or (measure in catalogue.measures and _allows(scope, unit or None, measure))

    def _is_within(self, scope: Scope, view: SavedView) -> bool:
        """Whether the units and measures may be seen too that the page's own choices in the link point at."""
        catalogue, unit = self._workspace.catalogue, view.unit or None
        return all(
            (value not in catalogue.organisation.units or scope.sees(value))
            and (value not in catalogue.measures or _allows(scope, unit, value))
            for _, value in view.params
        )

    def _shared(self, store: HabitStore) -> frozenset[int | None]:
        """The numbers of their own that they share."""
        return frozenset(one.number for one in store.views(self.owner) if one.shared)

    def _log(self, rights: Rights, view: SavedView) -> None:
        """Who, and which page of which unit; never the title."""
        what = ", ".join(filter(None, (view.page, view.unit, view.measure)))
        self._workspace.log(rights.identity, Event.SHARED, f"nr {view.number}, {what}")


def _allows(scope: Scope, unit: str | None, key: str) -> bool:
    """unit: None for any."""
    if unit is not None:
        return scope.allows(unit, key)
    return any(reach.units and (reach.measures is None or key in reach.measures) for reach in scope.reaches)


_LATERS: WeakKeyDictionary[Workspace, Later] = WeakKeyDictionary()


def habits_of(workspace: Workspace, owner: str) -> Habits:
    """owner: the login, or of a browser that nobody has signed in to `model.habit.VISITOR` and what it is known by."""
    home = workspace.home
    later = _LATERS.get(home)
    if later is None:
        later = _LATERS.setdefault(home, Later(_Writer(home.store.habits)))
    return Habits(workspace, owner, later)


class _Writer:
    """Writes where people have been, and tidies up now and then after those who are gone."""

    def __init__(self, store: HabitStore) -> None:
        self._store = store
        self._tidied: float | None = None

    def __call__(self, owner: str, ones: tuple[Visited, ...]) -> None:
        self._store.visited(owner, *ones)
        now = time.monotonic()
        if owner.startswith(VISITOR) and (self._tidied is None or now - self._tidied > _TIDIED):
            self._tidied = now
            self._store.prune(dt.datetime.now(dt.UTC) - STRANGERS_KEPT)
