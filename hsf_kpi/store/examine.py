"""What a database looks like from outside, for who examines it. Nothing is migrated or changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, Table, func, inspect, select, text

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.event import Event
from hsf_kpi.store import schema, tables
from hsf_kpi.store.administrators import administered
from hsf_kpi.store.engine import is_sqlite, open_engine, parse_url, reading, writing
from hsf_kpi.store.load import refresh
from hsf_kpi.store.state import StoreState, read_meta, state_of

SUMS: Final = (tables.rollup, tables.ledger_sum, tables.ledger_cover, tables.forecast_sum)
_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Looked:
    """version: of the tables; None when they are not ours. state: None when it has no content. faults: what the database
    itself finds wrong in its file. writable: whether its rows may be changed. The rest only where version is the newest.
    """

    kind: str
    version: str | None
    state: StoreState | None = None
    faults: tuple[str, ...] = ()
    writable: bool = True
    latest_entry: dt.datetime | None = None
    latest_backup: dt.datetime | None = None
    administered: bool = False
    users: int = 0


@contextmanager
def opened(address: str) -> Iterator[Engine]:
    engine = open_engine(parse_url(address), make=False)
    try:
        yield engine
    finally:
        engine.dispose()


def look(engine: Engine, today: dt.date) -> Looked:
    """StoreError when it can't be reached."""
    with reading(engine) as connection:
        kind, version = connection.dialect.name, schema.version(connection)
        faults = tuple(_faults(connection))
        meta = read_meta(connection) if version is not None else {}
        if not meta:
            return Looked(kind, version, faults=faults)
        state = state_of(meta)
        if version != schema.VERSIONS[-1]:
            return Looked(kind, version, state, faults)
        c = tables.audit_log.c
        backup = select(func.max(c.at)).where(c.what == Event.BACKED_UP.value)
        return Looked(
            kind,
            version,
            state,
            faults,
            _writable(connection, engine),
            connection.execute(select(c.at).order_by(c.at.desc()).limit(1)).scalar(),
            connection.execute(backup).scalar(),
            administered(connection, today),
            connection.execute(select(func.count()).select_from(tables.user_account)).scalar_one(),
        )


def sums_that_differ(engine: Engine, catalogue: Catalogue) -> list[str]:
    """The tables of sums that are not what the rows below them give: all are made anew beside, and thrown away. Other
    writers wait meanwhile.
    """
    with writing(engine) as connection:
        before = [_digest(connection, table) for table in SUMS]
        refresh(connection, catalogue)
        after = [_digest(connection, table) for table in SUMS]
        connection.get_transaction().rollback()  # type: ignore[union-attr]
    return [table.name for table, one, other in zip(SUMS, before, after, strict=True) if one != other]


def _digest(connection: Connection, table: Table) -> str:
    digest = hashlib.sha256()
    query = select(table).order_by(*table.primary_key.columns)
    # Of the question, not of the connection: PostgreSQL would then try to read what is written by pieces too.
    for row in connection.execute(query.execution_options(yield_per=5000)):
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def _faults(connection: Connection) -> Iterator[str]:
    """PostgreSQL holds its keys itself, and its pages by checksums of its own."""
    if not is_sqlite(connection):
        return
    for (said,) in connection.execute(text(f"PRAGMA integrity_check({_MOST})")):
        if said != "ok":
            yield str(said)
    for row in connection.execute(text("PRAGMA foreign_key_check")).fetchmany(_MOST):
        yield f"tabellen {row[0]} pekar på en rad som saknas i {row[2]}"


def _writable(connection: Connection, engine: Engine) -> bool:
    if is_sqlite(connection):
        path = Path(str(engine.url.database))
        return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    named = inspect(connection).get_table_names()
    allowed = (
        connection.execute(
            text("SELECT has_table_privilege(:t, 'INSERT, UPDATE')"), {"t": f'"{name}"'}
        ).scalar()
        for name in named
    )
    return all(allowed)
