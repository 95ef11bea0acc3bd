"""Many rows at once, the fastest way that each database has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, exc

from hsf_kpi.store.engine import is_sqlite


def insert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Inserts `rows` (values in the order of `columns`) inside the connection's transaction."""
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(column) for column in columns)
    # The driver's cursor: a layer less per value, which is most of the time at millions of rows.
    cursor: Any = connection.connection.cursor()
    driver: Any = connection.dialect.loaded_dbapi
    try:
        if is_sqlite(connection):
            marks = ", ".join("?" * len(columns))
            cursor.executemany(f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})", rows)
        else:
            with cursor.copy(f"COPY {quote(table.name)} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
    except driver.OperationalError as error:
        # Past SQLAlchemy, and so not told as its other faults are: a full disk, a server that has gone.
        raise exc.OperationalError(f"INSERT INTO {table.name}", None, error) from error
    finally:
        cursor.close()
