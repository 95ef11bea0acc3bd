"""Which version of the tables a database has, and bringing it to the newest."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, column, func, inspect, select, table

from hsf_kpi.store.engine import is_sqlite

VERSIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
"""Every version that this code knows, oldest first (a test holds it equal to the migrations)."""

MIGRATIONS: Final = Path(__file__).parent / "migrations"


_LOCK: Final = 4_873_001
"""Ours among a PostgreSQL database's advisory locks."""


def alone(connection: Connection) -> None:
    """Waits until nobody else makes or changes the tables, and keeps others waiting until the transaction ends: several
    servers may start at once. (SQLite's writers are alone anyway.)
    """
    if not is_sqlite(connection):
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def version(connection: Connection) -> str | None:
    """The version of the database's tables; None when it has none of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    stamp = table("alembic_version", column("version_num"))
    found: str | None = connection.execute(select(stamp.c.version_num)).scalar()
    return found


def migrate(connection: Connection, to: str = "head") -> None:
    """Brings the tables to the newest version, or up to `to`, inside the connection's transaction: what is left to do when
    nobody else is at it.
    """
    # Read here: nothing but this needs it, and it takes a tenth of a second to import.
    from alembic import command
    from alembic.config import Config

    alone(connection)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
