"""The log of loads: what came in, when and by whom, and what has been undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, insert, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.event import Event
from hsf_kpi.model.load import Load, LoadKind
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotFound, Problem
from hsf_kpi.store import tables
from hsf_kpi.store.audit import log
from hsf_kpi.store.codes import ORIGIN, ORIGIN_OF
from hsf_kpi.store.delivery import Delivery
from hsf_kpi.store.engine import LOADS_WAIT, reading, writing
from hsf_kpi.store.files import file_parts
from hsf_kpi.store.refresh import ids_of
from hsf_kpi.store.undo import undo

_L = tables.load.c
_MOST_NUMBER = 2**31 - 1


class LoadStore:
    """Says what was loaded, never what is in it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> list[Load]:
        """Newest first."""
        with reading(self._engine) as connection:
            return [_load(row) for row in connection.execute(_query().order_by(_L.id.desc()))]

    def get(self, number: int) -> Load:
        """NotFound where there is none of that number."""
        with reading(self._engine) as connection:
            return load_of(connection, number)

    def by_file(self, sha256: str, profile: str) -> Load | None:
        """The latest load of the file by that profile that has not been undone."""
        query = _query().where(_L.sha256 == sha256, _L.profile == profile, _L.undone_by.is_(None))
        with reading(self._engine) as connection:
            row = connection.execute(query.order_by(_L.id.desc()).limit(1)).one_or_none()
        return None if row is None else _load(row)

    def latest(self, at: dt.datetime | None = None) -> int:
        """The number of the last load at or before `at` (None: of all); 0 when there was none."""
        query = select(func.coalesce(func.max(_L.id), 0))
        if at is not None:
            query = query.where(_L.created_at <= at)
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def undo(self, catalogue: Catalogue, number: int, by: str = "system", *, seen: int | None = None) -> int:
        """Takes the load back and makes the sums anew: what it replaced holds again. The new data version. seen: as of
        `Delivery`.

        NotFound where there is none; DataError in words where it can't be undone: it is no load of data, has been undone,
        or later loads have replaced some of what it brought.
        """
        with writing(self._engine, wait=LOADS_WAIT) as connection:
            version = undo(connection, catalogue, number, by, seen)
            log(connection, by, Event.UNDONE, f"inläsning {number}, dataversion {version}")
        return version

    def file_parts(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a kept file."""
        return file_parts(self._engine, sha256)


def register(
    connection: Connection, delivery: Delivery, rows: int, version: int, kind: LoadKind = LoadKind.DATA
) -> int:
    """Writes the delivery into the log of loads, and gives it its number."""
    number = (connection.execute(select(func.max(_L.id))).scalar() or 0) + 1
    file = delivery.file
    connection.execute(
        insert(tables.load).values(
            id=number,
            source=delivery.source,
            origin=ORIGIN[delivery.origin],
            sha256=file.sha256 if file else delivery.sha256,
            rows=rows,
            created_at=delivery.at or dt.datetime.now(dt.UTC),
            created_by=delivery.by,
            data_version=version,
            kind=kind.value,
            profile=delivery.profile,
            file_name=file.name[:255] if file else None,
            unit=ids_of(connection, tables.unit).get(delivery.unit) if delivery.unit else None,
            first_month=delivery.first.index if delivery.first else None,
            last_month=delivery.last.index if delivery.last else None,
        )
    )
    return number


def load_of(connection: Connection, number: int) -> Load:
    """NotFound where there is none of that number."""
    row = None
    if 0 < number <= _MOST_NUMBER:
        row = connection.execute(_query().where(_L.id == number)).one_or_none()
    if row is None:
        raise NotFound(Problem(f"Inläsning {number} finns inte.", "inläsning", "Välj en i loggen."))
    return _load(row)


def _query() -> Select[Any]:
    return select(tables.load, tables.unit.c.key).join_from(
        tables.load, tables.unit, tables.unit.c.id == _L.unit, isouter=True
    )


def _load(row: Any) -> Load:
    return Load(
        number=row.id,
        kind=LoadKind(row.kind),
        source=row.source,
        origin=ORIGIN_OF[row.origin],
        rows=row.rows,
        at=row.created_at,
        by=row.created_by,
        sha256=row.sha256,
        file_name=row.file_name,
        profile=row.profile,
        unit=row.key,
        first=None if row.first_month is None else Month(row.first_month),
        last=None if row.last_month is None else Month(row.last_month),
        undoes=row.undoes,
        undone_by=row.undone_by,
        undone_at=row.undone_at,
    )
