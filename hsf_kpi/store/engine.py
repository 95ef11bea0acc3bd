"""Connections: SQLite by file or in memory, PostgreSQL by URL. Its errors become Swedish problems here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, exc, make_url
from sqlalchemy.engine import URL

from hsf_kpi.model.problems import Problem, StoreError
from hsf_kpi.operations.metrics import DATABASE_ERRORS

_WRITES = "hsf_writes"
LOADS_WAIT = 900.0
"""Seconds that a load waits for another one to be done."""
_PRAGMAS = (
    "busy_timeout = 10000",
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "cache_size = -65536",
    "temp_store = MEMORY",
)

_IN_TIME = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30000,
}
"""PostgreSQL: seconds (the last: milliseconds) after which a server that has gone without a word is given up, instead of the
hours that the system's own defaults give it.
"""


def parse_url(address: str | Path) -> URL:
    """A URL, or the path of an SQLite file. StoreError on any other kind of database."""
    text = str(address)
    if "://" not in text:
        return URL.create("sqlite", database=text)
    if text.startswith("postgres://"):
        text = text.replace("postgres://", "postgresql://", 1)
    try:
        url = make_url(text)
        backend = url.get_backend_name()
    except (exc.ArgumentError, ValueError):
        backend = ""
    if backend == "sqlite":
        return url.set(drivername="sqlite")
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise StoreError(
        Problem(
            "Databasens adress kan inte tolkas.",
            "databas",
            "Ange en sökväg till en SQLite-fil eller en adress som börjar med postgresql://.",
        )
    )


def shown(url: URL) -> str:
    """The address as it may be told to people: without the password."""
    return url.render_as_string(hide_password=True)


def in_memory(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def open_engine(url: URL) -> Engine:
    """An engine that has not connected yet. SQLite transactions are begun by us, so that tables and rows
    share one.
    """
    if url.get_backend_name() == "postgresql":
        return create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=_IN_TIME)
    if in_memory(url):
        engine = create_engine(
            url, poolclass=StaticPool, hide_parameters=True, connect_args={"check_same_thread": False}
        )
    else:
        engine = create_engine(url, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver's own habit of beginning late would leave CREATE TABLE outside the transaction.
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its lock at once: a reader that turns writer may be refused whatever the timeout is.
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection whose queries see one state of the database. StoreError when it cannot be reached."""
    with translated(engine.url), engine.connect() as connection:
        if not is_sqlite(connection):
            # By itself each statement would see what others have written since the one before.
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine, *, wait: float | None = None) -> Iterator[Connection]:
    """One transaction: all of it, or nothing when anything is raised inside.

    wait: for so many seconds for another writer to be done, then StoreError; None: ten seconds (SQLite only, PostgreSQL
    waits by itself).
    """
    with (
        translated(engine.url),
        engine.connect().execution_options(**{_WRITES: True}) as connection,
        _patience(connection, wait),
        connection.begin(),
    ):
        yield connection


@contextmanager
def _patience(connection: Connection, wait: float | None) -> Iterator[None]:
    if wait is None or not is_sqlite(connection):
        yield
        return
    # On the driver's connection: a statement of ours would begin the transaction, and wait.
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA {_PRAGMAS[0]}")


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Turns the driver's «cannot» into a Swedish problem. Anything else is a fault of ours and passes
    through.
    """
    try:
        yield
    except exc.DatabaseError as error:
        unreachable = isinstance(error, exc.OperationalError) or type(error) is exc.DatabaseError
        if not unreachable:
            raise
        if "locked" in str(error.orig):
            DATABASE_ERRORS.labels("locked").inc()
            problem = Problem(
                "Databasen är upptagen av en annan skrivning.", shown(url), "Försök igen om en stund."
            )
        elif "readonly" in str(error.orig):
            DATABASE_ERRORS.labels("readonly").inc()
            problem = Problem("Uppgifterna kan bara läsas.", "databas", "Gör ändringen i dagens uppgifter.")
        else:
            problem = _unreachable(url)
        raise StoreError(problem) from error
    except exc.InterfaceError as error:
        raise StoreError(_unreachable(url)) from error


def _unreachable(url: URL) -> Problem:
    DATABASE_ERRORS.labels("unreachable").inc()
    return Problem("Databasen kan inte nås.", shown(url), "Kontrollera adressen och att databasen är igång.")
