"""A comparison of two databases of the tests' own: every table, column by column, read by other means than the backup's."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from typing import Any

import psycopg
from sqlalchemy import make_url

Table = tuple[tuple[str, ...], list[tuple[Any, ...]]]
SERVERS_OWN = (dt.date, bool, memoryview)
"""Kinds of values that SQLite has not."""


def everything(url: str) -> dict[str, Table]:
    """For every table its columns and its rows, in any order, in a form that both kinds of database share."""
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
    cursor.execute(f'SELECT * FROM "{name}" LIMIT 0')
    columns = tuple(sorted(one[0] for one in cursor.description))
    quoted = [f'"{column}"' for column in columns]
    cursor.execute(f'SELECT {", ".join(quoted)} FROM "{name}"')
    found = cursor.fetchall()
    # A server tells of times, truths and bytes as kinds of its own.
    if any(isinstance(value, SERVERS_OWN) for row in found for value in row):
        found = [tuple(map(plain, row)) for row in found]
    return columns, found


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
    return sorted(name for name in names if not _same(one.get(name), other.get(name)))


def _same(one: Table | None, other: Table | None) -> bool:
    """The same columns, and the same rows as many times, in whatever order."""
    if one is None or other is None:
        return one is other
    return one[0] == other[0] and (one[1] == other[1] or Counter(one[1]) == Counter(other[1]))
