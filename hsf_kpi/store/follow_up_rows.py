"""The rows of what is followed up, read inside a transaction that the caller has begun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, func, select

from hsf_kpi.model.follow_up import STATES, Entry, EntryKind, FollowUp, Stage, Subject
from hsf_kpi.model.period import Month
from hsf_kpi.store.tables_follow_up import FOLLOWED_UP, follow_up, follow_up_entry
from hsf_kpi.store.versions import count_all, written_of

_F, _E = follow_up.c, follow_up_entry.c


def count_rows(connection: Connection) -> int:
    """Of both tables together."""
    return count_all(connection, FOLLOWED_UP)


def standing_follow_ups(connection: Connection, through: Month) -> list[FollowUp]:
    """Of each subject and key: the highest version of the latest month that is not after `through`."""
    key = (_F.subject, _F.key)
    rows = _first(connection, follow_up, key, (_F.month.desc(), _F.version.desc()), _F.month, through)
    return [follow_up_of(row) for row in rows]


def follow_up_versions(connection: Connection, subject: Subject, key: str, through: Month) -> list[FollowUp]:
    """Every one of the months that are not after `through`, newest first."""
    which = (_F.subject == subject.value, _F.key == key, _F.month <= through.index)
    query = select(follow_up).where(*which).order_by(_F.month.desc(), _F.version.desc())
    return [follow_up_of(row) for row in connection.execute(query)]


def standing_entries(connection: Connection, through: Month) -> list[Entry]:
    """Of each number the highest version told for a month that is not after `through`, also a removed one."""
    rows = _first(connection, follow_up_entry, (_E.number,), (_E.version.desc(),), _E.month, through)
    return [entry_of(row) for row in rows]


def entry_versions(connection: Connection, number: int, through: Month) -> list[Entry]:
    """Every one of the months that are not after `through`, newest first."""
    which = (_E.number == number, _E.month <= through.index)
    query = select(follow_up_entry).where(*which).order_by(_E.version.desc())
    return [entry_of(row) for row in connection.execute(query)]


def activity_versions(connection: Connection, activity: str, through: Month) -> list[Entry]:
    """Every one of all its lines, of the months that are not after `through`, newest first."""
    which = (_E.activity == activity, _E.month <= through.index)
    query = (
        select(follow_up_entry).where(*which).order_by(_E.month.desc(), _E.number.desc(), _E.version.desc())
    )
    return [entry_of(row) for row in connection.execute(query)]


def next_entry_number(connection: Connection) -> int:
    """Numbers of removed ones are not given again."""
    return (connection.execute(select(func.max(_E.number))).scalar() or 0) + 1


def _first(
    connection: Connection,
    table: Table,
    key: Sequence[ColumnElement[Any]],
    order: Sequence[ColumnElement[Any]],
    month: ColumnElement[int],
    through: Month,
) -> list[Row[Any]]:
    """The first row of each key in the order, of those of `through` and the months before."""
    place = func.row_number().over(partition_by=key, order_by=order).label("place")
    told = select(table, place).where(month <= through.index).subquery()
    return list(connection.execute(select(told).where(told.c.place == 1)))


def follow_up_of(row: Row[Any]) -> FollowUp:
    subject = Subject(row.subject)
    state = STATES[subject](row.state)
    return FollowUp(subject, row.key, Month(row.month), state, row.text, written_of(row))


def entry_of(row: Row[Any]) -> Entry:
    return Entry(
        activity=row.activity,
        kind=EntryKind(row.kind),
        month=Month(row.month),
        text=row.text,
        due=None if row.due is None else Month(row.due),
        state=None if row.state is None else Stage(row.state),
        other=row.other,
        likelihood=row.likelihood,
        consequence=row.consequence,
        number=row.number,
        removed=row.removed,
        written=written_of(row),
    )
