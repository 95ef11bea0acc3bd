"""Every row out of a database and into another one, whatever kind the two are: the tables as the database itself tells of
them, so that an older version's are copied too.

The same way for SQLite and PostgreSQL: one read transaction sees one state, a running server is not disturbed, and what was
kept in the one can be stood up in the other.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    func,
    inspect,
    select,
    text,
)

from hsf_kpi.model.problems import Problem, StoreError
from hsf_kpi.store import schema, tables
from hsf_kpi.store.bulk import insert_rows
from hsf_kpi.store.engine import is_sqlite
from hsf_kpi.store.state import read_meta, write_meta

STAMP: Final = "alembic_version"
LEFT_OUT: Final = ("session", "ticket")
"""A sign-in must not come back to life with a copy."""
Row = Sequence[Any]
_ROWS: Final = 5_000


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table of a copy. columns: name and kind (plain, moment, date, bytes, bool), in the order of its rows."""

    name: str
    columns: tuple[tuple[str, str], ...]


def names_in(connection: Connection) -> list[str]:
    return inspect(connection).get_table_names()


def shapes(connection: Connection) -> list[TableShape]:
    """The tables that are copied, each after those that it points at."""
    return [_shape(table) for table in _reflected(connection)]


def rows(connection: Connection, shape: TableShape) -> Iterator[list[Any]]:
    """The table's rows in the order of its key: texts, whole numbers, floats, true or false and None only."""
    table = Table(shape.name, MetaData(), autoload_with=connection)
    out = [_OUT.get(kind) for _, kind in shape.columns]
    query = select(*(table.c[name] for name, _ in shape.columns)).order_by(*table.primary_key.columns)
    for row in connection.execution_options(yield_per=_ROWS).execute(query):
        yield [
            value if make is None or value is None else make(value)
            for value, make in zip(row, out, strict=True)
        ]


def fill(
    connection: Connection, version: str, content: Iterable[tuple[TableShape, Callable[[], Iterable[Row]]]]
) -> None:
    """Makes the tables of `version` in an empty database, writes the rows, and brings it to the newest version; inside the
    connection's transaction. StoreError when the tables are not those of that version.
    """
    if version == schema.VERSIONS[-1]:
        schema.migrate(connection)
    else:
        schema.migrate(connection, version)
    if is_sqlite(connection):
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # loads point at later ones
    known = {table.name: table for table in _reflected(connection)}
    given = list(content)
    for shape, _ in given:
        if shape.name not in known or sorted(_shape(known[shape.name]).columns) != sorted(shape.columns):
            raise StoreError(
                Problem(
                    f"Tabellen ”{shape.name}” i säkerhetskopian är inte den som version {version} har.",
                    "säkerhetskopia",
                    "Kopian är inte gjord av det här programmet. Ingenting är ändrat.",
                )
            )
    order = list(known)
    for shape, read in sorted(given, key=lambda one: order.index(one[0].name)):
        table = known[shape.name]
        # A migration may have put rows there.
        connection.execute(table.delete())
        kinds = _SQLITE if is_sqlite(connection) else _POSTGRES
        into = [kinds.get(kind) for _, kind in shape.columns]
        insert_rows(
            connection,
            table,
            [name for name, _ in shape.columns],
            (
                [
                    value if make is None or value is None else make(value)
                    for value, make in zip(row, into, strict=True)
                ]
                for row in read()
            ),
        )
        _count_on(connection, table)
    if version != schema.VERSIONS[-1]:
        schema.migrate(connection)


def later_than(connection: Connection, before: int | None) -> None:
    """What a running server keeps is kept by data version: what has come in another's place gets one of its own."""
    if before is not None and int(read_meta(connection)["data_version"]) <= before:
        write_meta(connection, {"data_version": str(before + 1)})


def drop_ours(connection: Connection) -> None:
    """Empties the database of our tables, inside the connection's transaction. StoreError when there are others."""
    ours = {STAMP, *tables.metadata.tables}
    others = sorted(set(names_in(connection)) - ours)
    if others:
        raise StoreError(
            Problem(
                f"Databasen har också andra tabeller: {', '.join(others[:5])}.",
                "databas",
                "Återställ till en egen databas.",
            )
        )
    found = MetaData()
    found.reflect(connection)
    found.drop_all(connection)


def _reflected(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name != STAMP and name not in LEFT_OUT)
    return [table for table in found.sorted_tables if table.name not in LEFT_OUT]


def _shape(table: Table) -> TableShape:
    return TableShape(table.name, tuple((column.name, _kind(column.type)) for column in table.columns))


def _kind(found: Any) -> str:
    for kind, name in (
        (DateTime, "moment"),
        (Date, "date"),
        (LargeBinary, "bytes"),
        (Boolean, "bool"),
    ):
        if isinstance(found, kind):
            return name
    return "plain"


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers new rows from a counter beside the table."""
    if is_sqlite(connection):
        return
    for column in table.primary_key.columns:
        if not isinstance(column.type, Integer):
            continue
        named = {"t": connection.dialect.identifier_preparer.quote(table.name), "c": column.name}
        counter = connection.execute(text("SELECT pg_get_serial_sequence(:t, :c)"), named).scalar()
        latest = connection.execute(select(func.max(column))).scalar()
        if counter and latest is not None:
            connection.execute(text("SELECT setval(:s, :n)"), {"s": counter, "n": latest})


def _moment_out(value: dt.datetime) -> str:
    """SQLite keeps no time zone: what it gives back is UTC."""
    aware = value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)
    return aware.isoformat()


def _sqlite_moment(value: str) -> str:
    return dt.datetime.fromisoformat(value).astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


_OUT: Final[Mapping[str, Callable[[Any], Any]]] = {
    "moment": _moment_out,
    "date": dt.date.isoformat,
    "bytes": lambda value: base64.b64encode(value).decode("ascii"),
}
_SQLITE: Final[Mapping[str, Callable[[Any], Any]]] = {
    "moment": _sqlite_moment,
    "bytes": base64.b64decode,
    "bool": int,
}
_POSTGRES: Final[Mapping[str, Callable[[Any], Any]]] = {
    "moment": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "bytes": base64.b64decode,
}
