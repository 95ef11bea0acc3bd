"""The tables of an empty database, made by the migrations once and written again from then on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, event, inspect

from hsf_kpi.store import schema
from hsf_kpi.store.engine import is_sqlite

ASKING = ("SELECT", "PRAGMA", "SHOW")
_migrate = schema.migrate
_made: dict[str, list[tuple[str, Any]]] = {}
"""What makes the newest tables in an empty database, by kind of database."""


def migrate(connection: Connection, to: str = "head") -> None:
    """As `schema.migrate`. The migrations take most of the time of making a small database, and every test of the store
    makes one.
    """
    kind = connection.dialect.name
    if to != "head" or inspect(connection).get_table_names():
        _migrate(connection, to)
    elif kind in _made:
        for statement, values in _made[kind]:
            connection.exec_driver_sql(statement, values or None)
    elif is_sqlite(connection):
        _migrate(connection)
        _made[kind] = _held(connection)
    else:
        _made[kind] = _together(_seen(connection))


def _held(connection: Connection) -> list[tuple[str, Any]]:
    """What SQLite itself says that the migrations have led to: its tables as it keeps them, and the rows in them."""
    kept = "FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    made = [(sql, ()) for (sql,) in connection.exec_driver_sql(f"SELECT sql {kept} ORDER BY rowid")]
    for (name,) in connection.exec_driver_sql(f"SELECT name {kept} AND type = 'table' ORDER BY rowid").all():
        for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
            made.append((f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(row))})', tuple(row)))
    return made


def _together(written: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """One message to the server instead of a hundred: it takes several statements at once when they have no values."""
    assert not any(values for _, values in written)
    return [(";\n".join(statement.strip().rstrip(";") for statement, _ in written), ())]


def _seen(connection: Connection) -> list[tuple[str, Any]]:
    """Runs the migrations; the statements that wrote, with their values."""
    written: list[tuple[str, Any]] = []

    def see(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: Any) -> None:
        if not statement.lstrip().upper().startswith(ASKING):
            written.append((statement, values))

    event.listen(connection, "before_cursor_execute", see)
    try:
        _migrate(connection)
    finally:
        event.remove(connection, "before_cursor_execute", see)
    return written
