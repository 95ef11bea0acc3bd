"""How a database is: asked by who watches the server, in one short question."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine, select

from hsf_kpi.model.load import LoadKind
from hsf_kpi.store import schema, tables
from hsf_kpi.store.engine import reading
from hsf_kpi.store.state import StoreState, read_meta, state_of

_L = tables.load.c


@dataclass(frozen=True, slots=True)
class LatestLoad:
    """The latest load that brought data or definitions, or took some back. rows: of its file."""

    number: int
    at: dt.datetime
    rows: int


@dataclass(frozen=True, slots=True)
class Pulse:
    """migrated: whether the tables are of the version that this program knows."""

    migrated: bool
    state: StoreState | None
    load: LatestLoad | None


def pulse(engine: Engine) -> Pulse:
    """StoreError when the database can't be reached. Of tables of another version nothing more is asked."""
    with reading(engine) as connection:
        if schema.version(connection) != schema.VERSIONS[-1]:
            return Pulse(False, None, None)
        query = select(_L.id, _L.created_at, _L.rows).where(_L.kind != LoadKind.DERIVED.value)
        row = connection.execute(query.order_by(_L.id.desc()).limit(1)).one_or_none()
        load = None if row is None else LatestLoad(row.id, row.created_at, row.rows)
        return Pulse(True, state_of(read_meta(connection)), load)
