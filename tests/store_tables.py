"""The tables of an empty database, made by the migrations once and written again from then on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, event, inspect

from hsf_kpi.store import schema

ASKING = ("SELECT", "PRAGMA", "SHOW")
_migrate = schema.migrate
_made: dict[str, list[tuple[str, Any]]] = {}
"""What the migrations write in an empty database, by kind of database."""


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
    else:
        _made[kind] = _seen(connection)


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
