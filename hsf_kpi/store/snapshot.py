"""A database as it was known after an earlier load: made on demand in a file of its own, to be looked at only.

What was known after load L is the rows of the loads up to it that none of these has replaced. Every sum is made of them
anew, so that a page asks the copy the same questions. People, sign-ins and the log are not in it.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import weakref
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import URL

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.problems import Problem, StoreError
from hsf_kpi.store import tables
from hsf_kpi.store.engine import open_engine, reading, writing
from hsf_kpi.store.schema import VERSIONS
from hsf_kpi.store.snapshot_copy import copy_rows
from hsf_kpi.store.snapshot_sums import make_sums
from hsf_kpi.store.store import Store
from hsf_kpi.store.temporary import prefix

_SIDES = ("", "-wal", "-shm", "-journal")


class Snapshot(Store):
    """Asked as any store; whatever would change it is a StoreError. Its file is gone when it is closed or let go of."""

    def __init__(self, engine: Engine, path: Path) -> None:
        super().__init__(engine)
        self._gone = weakref.finalize(self, _remove, engine, path)

    def close(self) -> None:
        self._gone()


def snapshot(
    store: Store,
    catalogue: Catalogue,
    load: int,
    at: dt.datetime,
    folder: Path,
    *,
    now: Catalogue | None = None,
) -> Snapshot:
    """What was known after the load with that number, and of what people write (what managers hand in, what is followed up,
    the steps of the months, improvement activities) until `at`. catalogue: the definitions that its sums are made by; now:
    those of the sums that are shown now, where they are others. folder: where its file is put, readable by this process's
    user only.

    StoreError when the store can't be read or the folder not written, or when the definitions lack units that had values.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=prefix("per"), suffix=".sqlite3", dir=folder)
    except OSError as error:
        raise StoreError(
            Problem(
                "Tidigare uppgifter kan inte visas, eftersom mappen för tillfälliga filer inte går att skriva i.",
                str(folder),
                "Be den som sköter servern att ge plats där.",
            )
        ) from error
    os.close(handle)
    path = Path(name)
    try:
        _build(store, catalogue, now or catalogue, load, at, path)
    except BaseException:
        _remove(None, path)
        raise
    return Snapshot(_open(path, read_only=True), path)


def _build(
    store: Store, catalogue: Catalogue, now: Catalogue, load: int, at: dt.datetime, path: Path
) -> None:
    engine = _open(path, read_only=False)
    try:
        with reading(store._engine) as source, writing(engine) as target:
            tables.metadata.create_all(target)
            target.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            target.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (VERSIONS[-1],))
            copy_rows(source, target, catalogue, load, at)
            make_sums(source, target, catalogue, now)
    finally:
        engine.dispose()


def _open(path: Path, *, read_only: bool) -> Engine:
    engine = open_engine(URL.create("sqlite", database=str(path)))
    # Nobody waits for what is half made: when the process ends in the middle, the file is nothing.
    pragmas = (
        ("query_only = ON",)
        if read_only
        else ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF")
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _remove(engine: Engine | None, path: Path) -> None:
    if engine is not None:
        engine.dispose()
    for side in _SIDES:
        path.with_name(path.name + side).unlink(missing_ok=True)
