"""A comparison of two databases of the tests' own: every table, column by column, read by other means than the backup's."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from typing import Any

import psycopg
from sqlalchemy import make_url

Table = tuple[tuple[str, ...], list[tuple[Any, ...]]]


def everything(url: str) -> dict[str, Table]:
    """For every table its columns and its rows, sorted, in a form that both kinds of database share."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            cursor = connection.cursor()
            names = [n for (n,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: _read(cursor, name) for name in names}
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connected, connected.cursor() as reading:
        reading.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        return {name: _read(reading, name) for (name,) in reading.fetchall()}


def _read(cursor: Any, name: str) -> Table:
    cursor.execute(f'SELECT * FROM "{name}"')
    columns = [one[0] for one in cursor.description]
    order = sorted(range(len(columns)), key=lambda i: columns[i])
    found = [tuple(plain(row[i]) for i in order) for row in cursor.fetchall()]
    return tuple(columns[i] for i in order), sorted(found, key=repr)


def plain(value: Any) -> Any:
    """SQLite keeps times as texts in UTC and truths as numbers."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    return bytes(value) if isinstance(value, memoryview) else value


def unequal(one: dict[str, Table], other: dict[str, Table], besides: Iterable[str] = ()) -> list[str]:
    """The tables that are not the same."""
    names = (set(one) | set(other)) - set(besides)
    return sorted(name for name in names if one.get(name) != other.get(name))
