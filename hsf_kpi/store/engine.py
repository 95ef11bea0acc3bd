"""Connections: SQLite by file or in memory, PostgreSQL by URL. Its errors become Swedish problems here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, exc, make_url
from sqlalchemy.engine import URL

from hsf_kpi.model.problems import Problem, StoreError
from hsf_kpi.operations.metrics import DATABASE_ERRORS

_WRITES, _FILE = "hsf_writes", "hsf_file"
_FULL: Final = ("disk is full", "disk i/o error", "no space left", "could not extend file")
"""How SQLite and PostgreSQL say it; SQLite calls a file that may not grow an I/O error."""
_DISK_FULL: Final = "53100"
FileIdentity = tuple[int, int]
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


def is_full(said: str) -> bool:
    return any(words in said.lower() for words in _FULL)


def disk_full(url: URL) -> Problem:
    return Problem(
        "Databasens disk är full. Inget är sparat.",
        shown(url),
        "Det som finns går att läsa. Be den som sköter tjänsten att frigöra plats, och försök igen.",
    )


def in_memory(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def open_engine(url: URL, *, make: bool = True) -> Engine:
    """An engine that has not connected yet. SQLite transactions are begun by us, so that tables and rows
    share one. make: whether an SQLite file that is not there is made; else it is unreachable, as a server would be.
    """
    if url.get_backend_name() == "postgresql":
        return create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=_IN_TIME)
    if in_memory(url):
        engine = create_engine(
            url, poolclass=StaticPool, hide_parameters=True, connect_args={"check_same_thread": False}
        )
    else:
        engine = create_engine(url, hide_parameters=True)
        _follow_file(engine, Path(str(url.database)), make=make)

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


def _follow_file(engine: Engine, path: Path, *, make: bool) -> None:
    """The engine is its first file's. A connection stays with a file that is moved away, and what lies at the address is
    then unreachable, as a server would be, until it is back. Another file in its place is another database: numbers and
    answers that are kept are not its (`Store.is_replaced`).
    """
    first: list[FileIdentity] = []

    @event.listens_for(engine, "do_connect")
    def demand(_dialect: Any, _record: Any, _args: Any, _params: Any) -> None:
        found = identity(path)
        # The driver would make an empty file.
        if (found is None and (first or not make)) or (first and found != first[0]):
            raise sqlite3.OperationalError("unable to open database file")

    @event.listens_for(engine, "connect")
    def remember(_connection: Any, record: Any) -> None:
        record.info[_FILE] = found = identity(path)
        if found is not None and not first:
            first.append(found)

    @event.listens_for(engine, "checkout")
    def compare(_connection: Any, record: Any, _proxy: Any) -> None:
        if record.info.get(_FILE) != identity(path):
            raise exc.DisconnectionError("another file lies there")


def identity(path: Path) -> FileIdentity | None:
    """What tells a file apart from another one that gets its name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


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
        said = str(error.orig).lower()
        if is_full(said) or getattr(error.orig, "sqlstate", None) == _DISK_FULL:
            DATABASE_ERRORS.labels("full").inc()
            problem = disk_full(url)
        elif "locked" in said or "lock timeout" in said:
            DATABASE_ERRORS.labels("locked").inc()
            problem = Problem(
                "Databasen är upptagen av en annan skrivning.", shown(url), "Försök igen om en stund."
            )
        elif "readonly" in said:
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
