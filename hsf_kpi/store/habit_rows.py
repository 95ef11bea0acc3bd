"""The rows of what people keep for themselves, inside a transaction that the caller has begun."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from hsf_kpi.model.habit import VISITOR, SavedView, Visited
from hsf_kpi.store.engine import is_sqlite
from hsf_kpi.store.register_rows import MOST_NUMBER
from hsf_kpi.store.tables_habits import OWNED, habit_owner, habit_recent, habit_view

_AT_A_TIME = 1000
"""Owners that one statement names: a database takes no statement with any number of them."""
_O, _R, _V = habit_owner.c, habit_recent.c, habit_view.c


def hold(connection: Connection, owner: str) -> None:
    """Notes that the owner writes, and keeps the owner's rows to this transaction."""
    values = {"owner": owner, "at": dt.datetime.now(dt.UTC)}
    insert = (sqlite if is_sqlite(connection) else postgresql).insert(habit_owner).values(values)
    connection.execute(insert.on_conflict_do_update(index_elements=["owner"], set_={"at": values["at"]}))


def next_place(connection: Connection, table: Table, owner: str) -> int:
    query = select(func.max(table.c.place)).where(table.c.owner == owner)
    return (connection.execute(query).scalar() or 0) + 1


def count_of(connection: Connection, table: Table, owner: str) -> int:
    query = select(func.count()).select_from(table).where(table.c.owner == owner)
    return connection.execute(query).scalar_one()


def forget_strangers(connection: Connection, before: dt.datetime) -> int:
    """Erases all of those whom nobody has signed in as and who wrote last before the time; says how many they were. Never
    waits for one who is just writing: that one is not gone.
    """
    gone = select(_O.owner).where(_O.owner.startswith(VISITOR, autoescape=True), _O.at < before)
    owners = list(connection.execute(gone.with_for_update(skip_locked=True)).scalars())
    for start in range(0, len(owners), _AT_A_TIME):
        some = owners[start : start + _AT_A_TIME]
        for table in (*OWNED, habit_owner):
            connection.execute(delete(table).where(table.c.owner.in_(some)))
    return len(owners)


def visited_of(row: Row[Any]) -> Visited:
    return Visited(row.page, row.unit, row.measure)


def own_views(owner: str) -> Select[Any]:
    return select(habit_view).where(_V.owner == owner)


def view_row(connection: Connection, owner: str, number: int) -> Row[Any] | None:
    """None for a number that the owner has no view of."""
    if not 0 < number <= MOST_NUMBER:
        return None
    return connection.execute(own_views(owner).where(_V.number == number)).one_or_none()


def view_of(row: Row[Any]) -> SavedView:
    params = tuple((name, value) for name, value in json.loads(row.params))
    return SavedView(
        title=row.title,
        page=row.page,
        params=params,
        latest=row.latest,
        shared=row.shared,
        number=row.number,
        owner=row.owner,
        name=row.name,
        at=row.at,
    )
