"""A database read whole for a copy, and a copy put in a database's place: in one transaction, or beside and then renamed."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL

from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import Problem, StoreError
from hsf_kpi.store import dump, schema
from hsf_kpi.store.audit import log
from hsf_kpi.store.dump import Row, TableShape
from hsf_kpi.store.engine import (
    disk_full,
    in_memory,
    is_full,
    open_engine,
    parse_url,
    reading,
    shown,
    writing,
)
from hsf_kpi.store.state import StoreState, read_meta, state_of

BY: Final = "kommandoraden"
_LOCKS: Final = "10s"
"""How long PostgreSQL waits for those who use the tables that are to be replaced."""
_OLD: Final = 3600.0
"""Seconds after which a file beside the database was left by a restoring that was killed."""
Content = Iterable[tuple[TableShape, Callable[[], Iterable[Row]]]]


@dataclass(frozen=True)
class Copy:
    """A database open for copying: what is read of it is one state, however long it takes."""

    connection: Connection
    migration: str
    state: StoreState
    shapes: Sequence[TableShape]

    def rows(self, shape: TableShape) -> Iterator[Row]:
        return dump.rows(self.connection, shape)


@contextmanager
def copied(address: str) -> Iterator[Copy]:
    """StoreError when there is no database of ours, or one of a version that this program does not know."""
    url = parse_url(address)
    if url.get_backend_name() == "sqlite" and (in_memory(url) or not Path(str(url.database)).is_file()):
        raise _empty(url)
    engine = open_engine(url, make=False)
    try:
        with reading(engine) as connection:
            migration = schema.version(connection)
            if migration is None or not (meta := read_meta(connection)):
                raise _empty(url)
            if migration not in schema.VERSIONS:
                raise _newer(url)
            yield Copy(connection, migration, state_of(meta), dump.shapes(connection))
    finally:
        engine.dispose()


def note_backup(address: str, detail: str) -> None:
    """Writes to the audit log that a copy has been made."""
    engine = open_engine(parse_url(address), make=False)
    try:
        with writing(engine) as connection:
            log(connection, BY, Event.BACKED_UP, detail)
    finally:
        engine.dispose()


def put_in_place(address: str, migration: str, content: Content, detail: str, *, replace: bool) -> None:
    """Stands the copy up at the address: killed anywhere, what was there is there, or all of the copy is.

    StoreError where something is there and it is not to be replaced, where it is used by others, or can't be understood.
    """
    url = parse_url(address)
    if url.get_backend_name() == "sqlite":
        _into_file(url, migration, content, detail, replace=replace)
    else:
        _into_server(url, migration, content, detail, replace=replace)


def _into_server(url: URL, migration: str, content: Content, detail: str, *, replace: bool) -> None:
    engine = open_engine(url)
    try:
        with writing(engine) as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = '{_LOCKS}'"))
            before = None
            if dump.names_in(connection):
                _demand_ours(schema.version(connection), url, replace=replace)
                before = int(read_meta(connection, lock=True)["data_version"])
                dump.drop_ours(connection)
            _fill(connection, migration, content, detail, before)
    finally:
        engine.dispose()


def _into_file(url: URL, migration: str, content: Content, detail: str, *, replace: bool) -> None:
    if in_memory(url):
        raise StoreError(
            Problem("En databas i minnet kan inte återställas.", shown(url), "Ange en fil eller PostgreSQL.")
        )
    path = Path(str(url.database))
    before = _held_alone(path, url, replace=replace) if path.exists() and path.stat().st_size else None
    _clear_left(path)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.kopia")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = open_engine(url.set(database=str(fresh)))
        try:
            with writing(engine) as connection:
                _fill(connection, migration, content, detail, before)
        finally:
            engine.dispose()
        # What lies beside a closed database has been taken into it; the file is on the disk before it gets its name.
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        if before is not None:
            _held_alone(path, url, replace=True)
        os.replace(fresh, path)
    except OSError as error:
        raise StoreError(
            Problem(
                f"Databasen kunde inte skrivas ({os.strerror(error.errno or 0)}).",
                shown(url),
                "Se till att mappen går att skriva i och att disken har plats. Ingenting är ändrat.",
            )
        ) from error
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            fresh.with_name(fresh.name + end).unlink(missing_ok=True)


def _fill(connection: Connection, migration: str, content: Content, detail: str, before: int | None) -> None:
    dump.fill(connection, migration, content)
    dump.later_than(connection, before)
    log(connection, BY, Event.RESTORED, detail)


def _held_alone(path: Path, url: URL, *, replace: bool) -> int:
    """The data version of the file that is to be replaced. Nobody else uses it, and nothing of it lies beside it any more:
    what does would be taken for the new one's.
    """
    unreadable = StoreError(
        Problem(
            "Filen där databasen ska ligga är ingen databas som går att läsa.",
            shown(url),
            f"Flytta undan {path.name} (och {path.name}-wal och {path.name}-shm, om de finns) och försök igen.",
        )
    )
    try:
        with closing(sqlite3.connect(path, timeout=2, isolation_level=None)) as connection:
            found = connection.execute("SELECT name FROM sqlite_master WHERE name = 'meta'").fetchone()
            if found is None:
                raise unreadable
            stamp = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            _demand_ours(str(stamp[0]) if stamp else None, url, replace=replace)
            version = connection.execute("SELECT value FROM meta WHERE key = 'data_version'").fetchone()
            if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
                raise sqlite3.OperationalError("database is locked")
            return int(version[0])
    except sqlite3.OperationalError as error:
        if is_full(str(error)):
            raise StoreError(disk_full(url)) from error
        if "locked" not in str(error):
            raise unreadable from error
        raise StoreError(
            Problem("Databasen används av en annan process.", shown(url), "Stoppa servern och försök igen.")
        ) from error
    except sqlite3.DatabaseError as error:
        raise unreadable from error


def _demand_ours(migration: str | None, url: URL, *, replace: bool) -> None:
    if not replace:
        raise StoreError(
            Problem(
                "Databasen är inte tom.",
                shown(url),
                "Återställ till en ny databas, eller skriv --replace om det som finns ska ersättas.",
            )
        )
    if migration is None:
        raise StoreError(
            Problem("Databasen är inte en av våra.", shown(url), "Återställ till en egen databas.")
        )
    if migration not in schema.VERSIONS:
        raise _newer(url)


def _clear_left(path: Path) -> None:
    for left in path.parent.glob(f"{path.name}.*.kopia*"):
        if time.time() - left.stat().st_mtime > _OLD:
            left.unlink(missing_ok=True)


def _newer(url: URL) -> StoreError:
    return StoreError(
        Problem(
            "Databasen är av en nyare version än programmet.",
            shown(url),
            "Uppdatera programmet, eller använd en annan databas.",
        )
    )


def _empty(url: URL) -> StoreError:
    return StoreError(
        Problem("Databasen är tom eller finns inte.", shown(url), "Kontrollera HSF_KPI_DATABASE_URL.")
    )
