"""Brings definitions and sums of a database up to date, inside a transaction that the caller has begun."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Column, Connection, Table, delete, insert, select, update

from hsf_kpi.access.masking import components
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.incoming import Progress
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import Problem, StoreError
from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import Ancestry, ancestry
from hsf_kpi.store.bulk import insert_rows
from hsf_kpi.store.rollup import TUPLE_COLUMNS, rollup, tuples
from hsf_kpi.store.seen import current_leaves, remember_rule, seen_before
from hsf_kpi.store.seen_gone import with_gone
from hsf_kpi.store.state import extent_of, state_of, write_meta


def ids_of(connection: Connection, table: Table) -> dict[str, int]:
    """key → number, for the tables `unit`, `measure` and `ledger_account`."""
    return dict(connection.execute(select(table.c.key, table.c.id)).all())


def define(connection: Connection, catalogue: Catalogue) -> None:
    """Gives numbers to the units, measures and ledger accounts that have none. Numbers once given stay.

    StoreError when a unit or an account that has values is no longer defined: they would silently leave every sum.
    """
    accounts = [account.id for account in catalogue.ledger_accounts]
    add_keys(connection, tables.unit, "key", catalogue.organisation.units)
    add_keys(connection, tables.measure, "key", catalogue.measures)
    add_keys(connection, tables.ledger_account, "key", accounts)
    observation, entry, forecast = tables.observation.c, tables.ledger_entry.c, tables.forecast_entry.c
    problems = [
        Problem(
            f"Verksamheten ”{key}” har värden i databasen men saknas i definitionerna.",
            "organisation",
            "Lägg tillbaka verksamheten, med slutdatum och efterträdare om den har upphört.",
        )
        for key in _used(connection, tables.unit, observation.unit, entry.unit, forecast.unit)
        if key not in catalogue.organisation.units
    ] + [
        Problem(
            f"Kontot ”{key}” har belopp i databasen men saknas i definitionerna.",
            "kontoplan",
            "Lägg tillbaka kontot.",
        )
        for key in _used(connection, tables.ledger_account, entry.account, forecast.account)
        if key not in accounts
    ]
    if problems:
        raise StoreError(problems)
    write_meta(connection, {"fingerprint": catalogue.fingerprint})


def _used(connection: Connection, table: Table, *columns: Column[int]) -> list[str]:
    """The keys that stand in one of the columns, in a row that is not superseded."""
    found: set[str] = set()
    for column in columns:
        live = select(column).where(column.table.c.superseded_by.is_(None)).distinct()
        found.update(connection.execute(select(table.c.key).where(table.c.id.in_(live))).scalars())
    return sorted(found)


def add_keys(connection: Connection, table: Table, column: str, keys: Iterable[str]) -> dict[str, int]:
    """Adds the keys that the table lacks and returns key → number for all that it has."""
    known = dict(connection.execute(select(table.c[column], table.c.id)).all())
    top = max(known.values(), default=0)
    new = [key for key in dict.fromkeys(keys) if key not in known]
    if new:
        rows = [{"id": top + i, column: key} for i, key in enumerate(new, start=1)]
        connection.execute(insert(table), rows)
        known.update({key: top + i for i, key in enumerate(new, start=1)})
    return known


def same_organisation(organisation: Organisation, one: Month, other: Month) -> bool:
    """Whether every unit's history counts in the same units with the one or the other month as today."""
    return one == other or all(
        organisation.ancestors(unit, one, OrgView.TODAY, one)
        == organisation.ancestors(unit, other, OrgView.TODAY, other)
        for unit in organisation.units
    )


def recompute(
    connection: Connection,
    catalogue: Catalogue,
    meta: dict[str, str],
    measures: Collection[str] | None,
    load: int | None = None,
    *,
    before: dict[str, str] | None = None,
    tell: Progress = lambda _what, _share: None,
) -> bool:
    """Makes the sums of `measures` anew (None: of all), one measure at a time. `load`: the number of the (first) load
    that they are made anew for, and `before`: `meta` as it was until then (None: as now), so that what has changed is told
    from what people have seen.

    All of them also when the units that need sums of their own in today's organisation are others than
    before. Whether all of them were made anew.
    """
    units = ids_of(connection, tables.unit)
    numbers = ids_of(connection, tables.measure)
    paths = _paths(catalogue, units, meta)
    if paths is None:
        connection.execute(delete(tables.rollup))
        return measures is None
    touched = frozenset(connection.execute(select(tables.unit.c.id).where(tables.unit.c.touched)).scalars())
    if touched != paths.touched:
        connection.execute(update(tables.unit).values(touched=tables.unit.c.id.in_(sorted(paths.touched))))
        measures = None
    old_paths = _paths(catalogue, units, meta if before is None else before) or paths
    r = tables.rollup.c
    if measures is None:
        chosen = list(catalogue.measures)
        counted = [numbers[key] for key in chosen if components(catalogue.measures[key])]
        # Those that count persons are deleted one at a time, when it is known what was hidden in them.
        connection.execute(delete(tables.rollup).where(r.measure.not_in(counted)))
    else:
        chosen = [key for key in catalogue.measures if key in measures]
        plain = [numbers[key] for key in chosen if not components(catalogue.measures[key])]
        connection.execute(delete(tables.rollup).where(r.measure.in_(plain)))
    for place, key in enumerate(chosen):
        tell("Räknar summorna", place / len(chosen))
        measure, number = catalogue.measures[key], numbers[key]
        seen = seen_before(connection, measure, number, load, old_paths)
        if components(measure):
            connection.execute(delete(tables.rollup).where(r.measure == number))
            remember_rule(connection, measure, number)
        leaves = current_leaves(connection, number)
        if leaves is not None:
            if load is not None and components(measure):
                seen = with_gone(connection, measure, number, load, seen, leaves, old_paths)
            rows = tuples(measure, number, rollup(measure, leaves, paths, seen))
            insert_rows(connection, tables.rollup, TUPLE_COLUMNS, rows)
    return measures is None


def _paths(catalogue: Catalogue, units: dict[str, int], meta: dict[str, str]) -> Ancestry | None:
    """The organisation at the time of `meta`; None where there was nothing."""
    extent = extent_of(meta)
    if extent is None:
        return None
    return ancestry(catalogue.organisation, units, state_of(meta).today, extent.first, extent.last)
