"""Undoing a load: a load of its own that takes back what the other brought, and restores what that one had replaced.

Nothing is removed: what was undone stays, marked, and what holds again is written anew with the load that it came with. So
what was known on any day can be told afterwards too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, and_, exists, func, insert, literal, select, update

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.load import Load, LoadKind
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store import tables
from hsf_kpi.store.delivery import Delivery
from hsf_kpi.store.extent import live_extent
from hsf_kpi.store.observations import KEY
from hsf_kpi.store.refresh import ids_of
from hsf_kpi.store.state import demand_seen, read_meta, write_meta

_KEYS: Final[dict[Table, tuple[str, ...]]] = {
    tables.observation: KEY,
    tables.ledger_entry: ("unit", "kind", "account", "month", "project", "counterpart", "cost_centre"),
    tables.forecast_entry: ("unit", "year", "made", "account"),
    tables.staff_move: ("id", "unit"),
    tables.external_value: ("register", "series", "region_id", "year"),
}
"""The tables of what loads bring, with the key that one load holds once."""


def undo(connection: Connection, catalogue: Catalogue, number: int, by: str, seen: int | None = None) -> int:
    """The new data version. NotFound and DataError as `LoadStore.undo`."""
    # Loads know how to undo, and undoing is a load: read here.
    from hsf_kpi.store.load import Written, derive_of, settle
    from hsf_kpi.store.loads import load_of, register

    before = read_meta(connection, lock=True)
    load = load_of(connection, number)
    _demand(connection, catalogue, load)
    demand_seen(before, seen, f"inläsning {number}")
    version = int(before["data_version"]) + 1
    delivery = Delivery(
        f"Ångrad inläsning {number}: {load.source}", load.origin, (), by=by, unit=load.unit,
        first=load.first, last=load.last, profile=load.profile,
    )  # fmt: skip
    undoing = register(connection, delivery, load.rows, version, LoadKind.UNDO)
    log = tables.load.c
    connection.execute(update(tables.load).where(log.id == undoing).values(undoes=number))
    connection.execute(
        update(tables.load)
        .where(log.id == number)
        .values(undone_by=undoing, undone_at=dt.datetime.now(dt.UTC))
    )
    measures, books = _changed(connection, number)
    for table in _KEYS:
        _take_back(connection, table, number, undoing)
    improvement = tables.improvement
    connection.execute(
        update(improvement)
        .where(improvement.c.load_id == number, improvement.c.version == 1)
        .values(withdrawn_by=undoing)
    )
    write_meta(connection, {"data_version": str(version)})
    measures |= derive_of(connection, catalogue, load.origin, version, undoing)
    write_meta(connection, live_extent(connection).written())
    settle(connection, catalogue, before, [Written(version, undoing, measures, books)])
    return version


def _demand(connection: Connection, catalogue: Catalogue, load: Load) -> None:
    """DataError where it can't be undone."""
    where = f"inläsning {load.number}"
    if load.kind is not LoadKind.DATA:
        raise DataError(
            Problem("Bara en inläsning av data kan ångras.", where, "Läs in filen på nytt om den ska gälla.")
        )
    if load.undone_by is not None:
        raise DataError(
            Problem("Inläsningen är redan ångrad.", where, "Läs in filen på nytt om den ska gälla.")
        )
    later = sorted(_later(connection, load.number, _derived(connection, catalogue)))
    if later:
        named = ", ".join(str(number) for number in later)
        raise DataError(
            Problem(
                f"Senare inläsningar har ersatt delar av den: {named}.",
                where,
                "Ångra dem först, den senaste först, eller läs in en rättelse.",
            )
        )


def _derived(connection: Connection, catalogue: Catalogue) -> list[int]:
    """The numbers of the measures that the ledger makes: they follow it, and stand in nobody's way."""
    numbers = ids_of(connection, tables.measure)
    return [numbers[m.key] for m in catalogue.measures.values() if m.derived is not None and m.key in numbers]


def _came_with(table: Table) -> ColumnElement[int]:
    found: ColumnElement[int] = func.coalesce(table.c.given_by, table.c.load_id)
    return found


def _later(connection: Connection, number: int, derived: Collection[int]) -> Iterator[int]:
    """The loads, not undone, that have replaced something that the load brought."""
    found: set[int] = set()
    for table in _KEYS:
        which = [_came_with(table) == number, table.c.superseded_by.is_not(None)]
        if table is tables.observation:
            which.append(table.c.measure.not_in(derived))
        ended = select(table.c.superseded_by).where(*which).distinct()
        log = tables.load.c
        held = select(log.id).where(
            log.id.in_(ended), log.undone_by.is_(None), log.kind != LoadKind.UNDO.value
        )
        found.update(connection.execute(held).scalars())
    yield from found


def _changed(connection: Connection, number: int) -> tuple[frozenset[str], bool]:
    """The measures that the load brought or replaced something of, and whether it touched the ledger."""
    o, m = tables.observation.c, tables.measure.c
    touched = select(o.measure).where(
        (_came_with(tables.observation) == number) | (o.superseded_by == number)
    )
    measures = connection.execute(select(m.key).where(m.id.in_(touched.distinct()))).scalars()
    books = any(
        connection.execute(select(exists().where(_came_with(table) == number))).scalar()
        for table in (tables.ledger_entry, tables.forecast_entry)
    )
    return frozenset(measures), books


def _take_back(connection: Connection, table: Table, number: int, undoing: int) -> None:
    """Ends what holds of the load, then writes again, under the undoing's number, what it had replaced and nothing else has
    taken the place of. What the ledger makes of itself is put right afterwards.
    """
    ended = (_came_with(table) == number, table.c.superseded_by.is_(None))
    connection.execute(update(table).where(*ended).values(superseded_by=undoing))
    live = table.alias("live")
    same = and_(*(live.c[name] == table.c[name] for name in _KEYS[table]), live.c.superseded_by.is_(None))
    columns = [column.name for column in table.columns if column.name != "superseded_by"]
    anew: dict[str, Any] = {"load_id": literal(undoing), "given_by": _came_with(table)}
    if "known_from" in columns:
        anew["known_from"] = literal(dt.datetime.now(dt.UTC).date())
    query = select(*(anew.get(name, table.c[name]) for name in columns)).where(
        table.c.superseded_by == number, ~exists(select(1).select_from(live).where(same))
    )
    connection.execute(insert(table).from_select(columns, query))
