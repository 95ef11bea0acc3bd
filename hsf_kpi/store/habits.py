"""What people keep for themselves: favourites, where they have been, what they have closed, saved views.

Nothing here is a figure or says what may be seen: whoever shows a measure or a view asks first whether it may be.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, insert, select, update

from hsf_kpi.model.habit import MOST_FAVOURITES, MOST_RECENT, MOST_VIEWS, Closed, SavedView, Visited
from hsf_kpi.model.problems import DataError, NotFound, Problem
from hsf_kpi.store import habit_rows as rows
from hsf_kpi.store.engine import reading, writing
from hsf_kpi.store.habit_checks import clean_view, same_title, view_problems
from hsf_kpi.store.handin_text import line
from hsf_kpi.store.tables_habits import habit_closed, habit_favourite, habit_recent, habit_view
from hsf_kpi.swedish.sorting import swedish_key

_F, _R, _C, _V = habit_favourite.c, habit_recent.c, habit_closed.c, habit_view.c
_KEPT = 200
"""As the column of the name holds it."""


class HabitStore:
    """owner: a login, or of a browser that nobody has signed in to `model.habit.VISITOR` and what it is known by; at most
    200 signs. One who has kept nothing has nothing. Only the owner changes what is the owner's.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # Favourites

    def favourites(self, owner: str) -> tuple[str, ...]:
        """The keys of measures in the order added, also of such as are no longer there."""
        query = select(_F.measure).where(_F.owner == owner).order_by(_F.place)
        with reading(self._engine) as connection:
            return tuple(connection.execute(query).scalars())

    def set_favourite(self, owner: str, key: str, on: bool) -> None:
        """DataError for one more than `MOST_FAVOURITES`. Nothing happens to what is so already."""
        this = (_F.owner == owner, _F.measure == key)
        with writing(self._engine) as connection:
            rows.hold(connection, owner)
            if not on:
                connection.execute(delete(habit_favourite).where(*this))
            elif connection.execute(select(_F.place).where(*this)).first() is None:
                if rows.count_of(connection, habit_favourite, owner) >= MOST_FAVOURITES:
                    what = f"Du har redan {MOST_FAVOURITES} favoriter."
                    raise DataError(Problem(what, "favoriter", "Ta bort en av dem först."))
                place = rows.next_place(connection, habit_favourite, owner)
                connection.execute(insert(habit_favourite).values(owner=owner, measure=key, place=place))

    # Where they have been

    def recent(self, owner: str) -> tuple[Visited, ...]:
        """The latest `MOST_RECENT`, newest first, each once."""
        query = select(habit_recent).where(_R.owner == owner).order_by(_R.place.desc()).limit(MOST_RECENT)
        with reading(self._engine) as connection:
            return tuple(map(rows.visited_of, connection.execute(query)))

    def visited(self, owner: str, *ones: Visited) -> None:
        """Puts them first, the last of them foremost, and forgets what is too old to be told."""
        with writing(self._engine) as connection:
            rows.hold(connection, owner)
            query = select(habit_recent).where(_R.owner == owner).order_by(_R.place.desc())
            known = map(rows.visited_of, connection.execute(query))
            kept = list(dict.fromkeys((*reversed(ones), *known)))[:MOST_RECENT]
            connection.execute(delete(habit_recent).where(_R.owner == owner))
            connection.execute(
                insert(habit_recent),
                [
                    {
                        "owner": owner,
                        "page": one.page,
                        "unit": one.unit,
                        "measure": one.measure,
                        "place": place,
                    }
                    for place, one in enumerate(reversed(kept), 1)
                ],
            )

    def forget_recent(self, owner: str) -> None:
        with writing(self._engine) as connection:
            rows.hold(connection, owner)
            connection.execute(delete(habit_recent).where(_R.owner == owner))

    # What they have closed for good

    def closed(self, owner: str) -> frozenset[Closed]:
        query = select(_C.what).where(_C.owner == owner)
        known = {one.value: one for one in Closed}
        with reading(self._engine) as connection:
            return frozenset(known[what] for what in connection.execute(query).scalars() if what in known)

    def close(self, owner: str, what: Closed) -> None:
        with writing(self._engine) as connection:
            rows.hold(connection, owner)
            _reopen(connection, owner, what)
            connection.execute(insert(habit_closed).values(owner=owner, what=what.value))

    def reopen(self, owner: str, what: Closed) -> None:
        with writing(self._engine) as connection:
            rows.hold(connection, owner)
            _reopen(connection, owner, what)

    # Views under names of their own

    def views(self, owner: str) -> tuple[SavedView, ...]:
        """As Swedish sorts their titles."""
        with reading(self._engine) as connection:
            return _sorted(connection, rows.own_views(owner))

    def shared_views(self, but: str) -> tuple[SavedView, ...]:
        """Those that others than the owner `but` share, as Swedish sorts their titles."""
        with reading(self._engine) as connection:
            return _sorted(connection, select(habit_view).where(_V.shared, _V.owner != but))

    def save_view(self, owner: str, name: str, view: SavedView) -> SavedView:
        """A new view (without number), or another content of the owner's own. The view as it then stands. name: the owner's,
        as it is shown now.

        DataError with every problem, for a title that the owner has already, and for one more than `MOST_VIEWS`; NotFound
        for a number that is not the owner's. Saving what stands already adds nothing.
        """
        view = replace(clean_view(view), owner=owner, name=line(name)[:_KEPT], at=dt.datetime.now(dt.UTC))
        if found := view_problems(view):
            raise DataError(found)
        with writing(self._engine) as connection:
            rows.hold(connection, owner)
            if view.number is not None and rows.view_row(connection, owner, view.number) is None:
                raise _unknown()
            stands = _titled(connection, owner, view.title)
            if stands is not None and view.number is None and _says_the_same(stands, view):
                return stands
            if stands is not None and stands.number != view.number:
                what = f"Du har redan en vy som heter ”{stands.title}”."
                raise DataError(Problem(what, "namn", "Välj ett annat namn."))
            return _write(connection, view)

    def share_view(self, owner: str, number: int, on: bool) -> SavedView:
        """Others may open it too, or no longer. The view as it then stands. NotFound as for `save_view`."""
        with writing(self._engine) as connection:
            rows.hold(connection, owner)
            if (row := rows.view_row(connection, owner, number)) is None:
                raise _unknown()
            connection.execute(update(habit_view).where(_V.number == number).values(shared=on))
            return replace(rows.view_of(row), shared=on)

    def remove_view(self, owner: str, number: int) -> None:
        """NotFound as for `save_view`."""
        with writing(self._engine) as connection:
            rows.hold(connection, owner)
            if rows.view_row(connection, owner, number) is None:
                raise _unknown()
            connection.execute(delete(habit_view).where(_V.number == number))

    # What is gone by itself

    def prune(self, before: dt.datetime) -> int:
        """Erases all that those have kept whom nobody has signed in as, and who wrote last before the time. Says how many
        they were.
        """
        with writing(self._engine) as connection:
            return rows.forget_strangers(connection, before)


def _reopen(connection: Connection, owner: str, what: Closed) -> None:
    connection.execute(delete(habit_closed).where(_C.owner == owner, _C.what == what.value))


def _sorted(connection: Connection, query: Select[Any]) -> tuple[SavedView, ...]:
    found = map(rows.view_of, connection.execute(query))
    return tuple(sorted(found, key=lambda one: (swedish_key(one.title), one.number)))


def _titled(connection: Connection, owner: str, title: str) -> SavedView | None:
    row = connection.execute(rows.own_views(owner).where(_V.same == same_title(title))).one_or_none()
    return None if row is None else rows.view_of(row)


def _says_the_same(stands: SavedView, view: SavedView) -> bool:
    return replace(stands, number=None, name="", at=None) == replace(view, name="", at=None)


def _write(connection: Connection, view: SavedView) -> SavedView:
    values = {
        "owner": view.owner,
        "name": view.name,
        "title": view.title,
        "same": same_title(view.title),
        "page": view.page,
        "params": json.dumps(view.params, ensure_ascii=False),
        "latest": view.latest,
        "shared": view.shared,
        "at": view.at,
    }
    if view.number is not None:
        connection.execute(update(habit_view).where(_V.number == view.number).values(values))
        return view
    if rows.count_of(connection, habit_view, view.owner) >= MOST_VIEWS:
        what = f"Du har redan {MOST_VIEWS} sparade vyer."
        raise DataError(Problem(what, "vy", "Ta bort en som du inte använder."))
    made = connection.execute(insert(habit_view).values(values).returning(_V.number))
    return replace(view, number=made.scalar_one())


def _unknown() -> NotFound:
    return NotFound(Problem("Vyn finns inte, eller är inte din.", "vy", "Ladda om sidan."))
