"""The rows of a database as it was known after an earlier load, copied into an empty one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, and_, insert, or_, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.month_step import Step
from hsf_kpi.model.period import Month
from hsf_kpi.store import tables
from hsf_kpi.store.bulk import insert_rows
from hsf_kpi.store.extent import live_extent
from hsf_kpi.store.moment import SWEDEN
from hsf_kpi.store.refresh import define
from hsf_kpi.store.state import read_meta, write_meta
from hsf_kpi.store.tables_dialogue import HANDED_IN
from hsf_kpi.store.tables_follow_up import FOLLOWED_UP
from hsf_kpi.store.tables_loading import definition_file, month_step

_AT_ONCE = 20_000
_WHOLE: Final = (tables.unit, tables.measure, tables.source, tables.ledger_account)
_FACTS: Final = (
    tables.observation,
    tables.ledger_entry,
    tables.forecast_entry,
    tables.staff_move,
    tables.external_value,
    definition_file,
)
"""What loads bring. A row is live from its load until the one that superseded it."""


def copy_rows(
    source: Connection, target: Connection, catalogue: Catalogue, load: int, at: dt.datetime
) -> None:
    """load: the number of the last load that is known; at: until when people's own writing is. Everything but the sums."""
    for table in _WHOLE:
        _copy(source, target, table)
    _copy(source, target, tables.load, tables.load.c.id <= load, forget=(tables.load.c.undone_by, load))
    for table in _FACTS:
        _copy_facts(source, target, table, load)
    for table in (*HANDED_IN, *FOLLOWED_UP):
        _copy(source, target, table, table.c.at <= at)
    _copy(source, target, month_step, month_step.c.at <= at)
    _improvements(source, target, load, at)
    _meta(source, target, catalogue, at)


def known(table: Table, load: int) -> ColumnElement[bool]:
    """The rows that held after the load."""
    c = table.c
    return and_(c.load_id <= load, or_(c.superseded_by.is_(None), c.superseded_by > load))


def _copy(
    source: Connection,
    target: Connection,
    table: Table,
    which: ColumnElement[bool] | None = None,
    *,
    forget: tuple[Any, int] | None = None,
) -> None:
    """forget: a column that names a load, which is left empty where that one came later, with what belongs to it."""
    query = select(table).order_by(*table.primary_key.columns)
    if which is not None:
        query = query.where(which)
    for rows in source.execute(query.execution_options(yield_per=_AT_ONCE)).mappings().partitions():
        values = [dict(row) for row in rows]
        if forget is not None:
            column, load = forget
            for row in values:
                if row[column.name] is not None and row[column.name] > load:
                    row |= {name: None for name in (column.name, "undone_at") if name in row}
        target.execute(insert(table), values)


def _copy_facts(source: Connection, target: Connection, table: Table, load: int) -> None:
    names = [column.name for column in table.columns if column.name != "superseded_by"]
    query = select(*(table.c[name] for name in names)).where(known(table, load))
    rows = source.execute(query.execution_options(yield_per=_AT_ONCE))
    insert_rows(target, table, names, _plain(rows.partitions()))


def _plain(parts: Any) -> Iterator[tuple[Any, ...]]:
    """Days as SQLite keeps them."""
    for rows in parts:
        for row in rows:
            yield tuple(value.isoformat() if isinstance(value, dt.date) else value for value in row)


def _improvements(source: Connection, target: Connection, load: int, at: dt.datetime) -> None:
    """Of the register only what stands now is kept: an activity that was there then is shown as it has become."""
    i, effect = tables.improvement.c, tables.improvement_effect.c
    came = or_(i.load_id.is_(None), i.load_id <= load)
    there = and_(came, or_(i.version > 1, i.changed <= at, i.load_id <= load))
    _copy(source, target, tables.improvement, there, forget=(i.withdrawn_by, load))
    month = Month.of((day := at.astimezone(SWEDEN)).year, day.month).index
    numbers = select(i.id).where(there)
    which = and_(effect.improvement_id.in_(numbers), effect.month <= month)
    _copy(source, target, tables.improvement_effect, which)


def _meta(source: Connection, target: Connection, catalogue: Catalogue, at: dt.datetime) -> None:
    meta = read_meta(source)
    day = min(at.astimezone(SWEDEN).date(), dt.date.fromisoformat(meta["as_of"]))
    as_of = day if meta["kind"] == "demo" else at.astimezone(SWEDEN).date()
    extent = live_extent(target).written()
    write_meta(
        target,
        {
            **meta,
            "as_of": as_of.isoformat(),
            **extent,
            "released": _released(source, meta.get("released", ""), extent["latest"], at),
        },
    )
    define(target, catalogue)


def _released(source: Connection, now: str, latest: str, at: dt.datetime) -> str:
    """The last month that was final then, as ISO; "" for none. A database that has no log of it: what is final now."""
    c = month_step.c
    steps = source.execute(
        select(c.month, c.step, c.at).where(c.step.in_((Step.RELEASED, Step.REOPENED))).order_by(c.id)
    ).all()
    if not steps:
        return min(now, latest)
    horizon: int | None = None
    for month, step, when in steps:
        if when > at:
            continue
        if step == Step.RELEASED:
            horizon = month if horizon is None else max(horizon, month)
        elif horizon is not None:
            horizon = min(horizon, month - 1)
    return "" if horizon is None else Month(horizon).iso
