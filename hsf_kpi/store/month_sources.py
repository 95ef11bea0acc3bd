"""Which loads a month's figures come from, and which units are missing that were there the month before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, literal, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.load import Load, LoadKind
from hsf_kpi.model.month_step import SourceIn
from hsf_kpi.model.period import Month, Window
from hsf_kpi.model.scope import Scope
from hsf_kpi.store import tables
from hsf_kpi.store.codes import AMOUNT_KIND, WINDOW
from hsf_kpi.store.refresh import ids_of

Counted = tuple[int, str, int, int, int]
"""Load, unit, measure (its number, 0 for the ledger), month (index), rows."""


def read_counts(connection: Connection, scope: Scope, month: Month) -> list[Counted]:
    """The live monthly rows and outcomes of the month and the one before, of units that may be seen, by the load that they
    came with.
    """
    keys = {number: key for key, number in ids_of(connection, tables.unit).items()}
    o, e = tables.observation, tables.ledger_entry
    found = [
        *_counted(connection, o, o.c.measure, month, o.c.window == WINDOW[Window.MONTH]),
        *_counted(connection, e, literal(0), month, e.c.kind == AMOUNT_KIND[AmountKind.ACTUAL]),
    ]
    return [(load, keys[unit], *rest) for load, unit, *rest in found if scope.sees(keys[unit])]


def sources_in(
    counts: Iterable[Counted], loads: Mapping[int, Load], catalogue: Catalogue, month: Month
) -> tuple[SourceIn, ...]:
    """One for each source of the month and the month before, the latest load first."""
    rows: dict[str, int] = defaultdict(int)
    latest: dict[int, dict[str, int]] = {month.index: {}, month.index - 1: {}}
    reported: dict[tuple[str, int], set[tuple[str, int]]] = defaultdict(set)
    for number, unit, measure, at, count in counts:
        load = loads[number]
        if load.kind is LoadKind.DERIVED:
            continue
        name = load.profile or load.source
        reported[name, at].add((unit, measure))
        if at == month.index:
            rows[name] += count
        latest[at][name] = max(latest[at].get(name, 0), number)
    every = catalogue.organisation.units
    # A source that has brought nothing of the month is told with its latest load of the one before.
    told = latest[month.index - 1] | latest[month.index]
    found = []
    for name, number in sorted(told.items(), key=lambda item: -item[1]):
        gone = {unit for unit, _ in reported[name, month.index - 1] - reported[name, month.index]}
        missing = tuple(unit for unit in every if unit in gone and every[unit].exists_at(month))
        found.append(SourceIn(loads[number], rows[name], missing))
    return tuple(found)


def _counted(
    connection: Connection,
    table: Table,
    measure: ColumnElement[int],
    month: Month,
    which: ColumnElement[bool],
) -> list[tuple[Any, ...]]:
    c = table.c
    load = func.coalesce(c.given_by, c.load_id).label("load")
    rows = (
        select(load, c.unit, measure.label("measure"), c.month)
        .where(which, c.month.in_((month.index - 1, month.index)), c.superseded_by.is_(None))
        .subquery()
    )
    query = select(*rows.c, func.count()).group_by(*rows.c)
    return [tuple(row) for row in connection.execute(query)]
