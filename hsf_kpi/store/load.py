"""Writing a delivery: one transaction that checks, supersedes, inserts, and makes the sums anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection, and_, delete, exists, func, insert, select, update

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.dialogue import HandIn
from hsf_kpi.model.ledger import ForecastEntry, LedgerEntry
from hsf_kpi.model.observation import ExternalValue, Observation
from hsf_kpi.model.period import Month, Window
from hsf_kpi.model.problems import DataError, Problem, StoreError
from hsf_kpi.model.register import Improvement, Move
from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import Ints
from hsf_kpi.store.batch import NUMBERS, Batch, batch
from hsf_kpi.store.bulk import insert_rows
from hsf_kpi.store.checks import external_problems, problems_of
from hsf_kpi.store.codes import ORIGIN, WINDOW, Form
from hsf_kpi.store.derive_load import (
    by_hand,
    ledger_origins,
    newly_derived,
    takes_hours,
    together,
    withdraw,
)
from hsf_kpi.store.handin_load import take_handins
from hsf_kpi.store.ledger_load import LedgerBatch, ledger_batch, write_ledger
from hsf_kpi.store.ledger_sums import recompute_ledger
from hsf_kpi.store.refresh import add_keys, define, ids_of, recompute, same_organisation
from hsf_kpi.store.registers import take_registers
from hsf_kpi.store.state import read_meta, state_of, write_meta

_KEY = ("measure", "window", "sex", "unit", "month", "origin", "form")
_COLUMNS = (*_KEY, "load_id", *NUMBERS, "source", "known_from")
_ROWS_AT_ONCE = 50_000
_DERIVED = "Beräknat ur huvudboken"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one load brings. `sha256`: of the file, when there was one. `by`: who loads, for the log."""

    source: str
    origin: Origin
    observations: Iterable[Observation] | pd.DataFrame
    external: Sequence[ExternalValue] = ()
    sha256: str | None = None
    by: str = "system"
    as_of: dt.date | None = None
    ledger: Sequence[LedgerEntry] | pd.DataFrame = ()
    forecasts: Sequence[ForecastEntry] | pd.DataFrame = ()
    moves: Sequence[Move] = ()
    improvements: Sequence[Improvement] = ()
    handins: Sequence[HandIn] = ()


def load(connection: Connection, catalogue: Catalogue, delivery: Delivery) -> int:
    """Returns the new data version. DataError with every problem, StoreError when the database is of the
    wrong kind.
    """
    meta = read_meta(connection, lock=True)
    if delivery.origin is Origin.DEMO and meta["kind"] != "demo":
        raise StoreError(
            Problem(
                "Demodata kan inte läsas in i en skarp databas.",
                delivery.source,
                "Skapa en demodatabas för att prova med demodata.",
            )
        )
    found, books = batch(delivery.observations, delivery.origin), ledger_batch(delivery)
    origins = ledger_origins(connection)
    problems = [
        *problems_of(found, catalogue, delivery.origin),
        *external_problems(delivery.external),
        *by_hand(found, catalogue, has_ledger=len(books) > 0 or delivery.origin in origins),
        *books.problems(catalogue),
    ]
    redefined = meta["fingerprint"] != catalogue.fingerprint
    if redefined:
        define(connection, catalogue)
    version = int(meta["data_version"]) + 1
    number = _register(connection, delivery, len(found) + len(books), version)
    for take in (take_registers, take_handins):
        try:
            take(connection, catalogue, delivery, number)
        except DataError as error:
            problems.extend(error.problems)
    if problems:
        raise DataError(problems)
    if len(books):
        write_ledger(connection, catalogue, books, number)
    changes = len(books) > 0 or takes_hours(found, catalogue)
    ours = delivery.origin in origins or len(books) > 0
    anew = (
        newly_derived(connection, catalogue, delivery.origin, found)
        if ours and (changes or redefined)
        else None
    )
    if anew is not None:
        found = together(found, anew.fresh)
        withdraw(connection, anew, number)
    if len(found):
        _write(connection, found, delivery.source, number)
    # What another origin's figures are made of may be this one's, where it is the stronger.
    others = {one for one in origins if one is not delivery.origin}
    touched = {one for one in others if redefined or (changes and ORIGIN[one] > ORIGIN[delivery.origin])}
    also = _derive_again(connection, catalogue, version, touched)
    if delivery.external:
        _external(connection, delivery.external, number)
    changed = {"data_version": str(version)} | _extent(found, books, meta)
    if delivery.as_of:
        changed["as_of"] = delivery.as_of.isoformat()
    write_meta(connection, changed)
    after = read_meta(connection)
    moved = not same_organisation(catalogue.organisation, state_of(meta).today, state_of(after).today)
    everything = redefined or moved
    changed_measures = None
    if not everything:
        changed_measures = frozenset(found.frame["measure"]) | also | (anew.measures if anew else frozenset())
    all_anew = recompute(connection, catalogue, after, changed_measures, number)
    if len(books) or (all_anew and origins):
        recompute_ledger(connection, catalogue, state_of(after).today)
    return version


def refresh(connection: Connection, catalogue: Catalogue) -> None:
    """Makes everything that is computed anew by the definitions: derived observations, then every sum."""
    meta = read_meta(connection)
    origins = ledger_origins(connection)
    _derive_again(connection, catalogue, int(meta["data_version"]), origins)
    recompute(connection, catalogue, meta, None)
    if origins:
        recompute_ledger(connection, catalogue, state_of(meta).today)


def _derive_again(
    connection: Connection, catalogue: Catalogue, version: int, origins: Iterable[Origin]
) -> frozenset[str]:
    """Stores the derived observations that changed definitions, or another origin's ledger, have made others: a load of its
    own for each origin. The measures that have changed.
    """
    changed: frozenset[str] = frozenset()
    for origin in sorted(origins):
        anew = newly_derived(connection, catalogue, origin)
        if anew is not None:
            number = _register(connection, Delivery(_DERIVED, origin, ()), len(anew.fresh), version)
            withdraw(connection, anew, number)
            _write(connection, anew.fresh, _DERIVED, number)
            changed |= anew.measures
    return changed


def _register(connection: Connection, delivery: Delivery, rows: int, version: int) -> int:
    number = (connection.execute(select(func.max(tables.load.c.id))).scalar() or 0) + 1
    connection.execute(
        insert(tables.load).values(
            id=number,
            source=delivery.source,
            origin=ORIGIN[delivery.origin],
            sha256=delivery.sha256,
            rows=rows,
            created_at=dt.datetime.now(dt.UTC),
            created_by=delivery.by,
            data_version=version,
        )
    )
    return number


def _write(connection: Connection, found: Batch, source: str, number: int) -> None:
    _insert(connection, found, source, number, dt.datetime.now(dt.UTC).date())
    _supersede(connection, found, number)


def _insert(connection: Connection, found: Batch, source: str, number: int, day: dt.date) -> None:
    frame = found.frame
    units, measures = ids_of(connection, tables.unit), ids_of(connection, tables.measure)
    texts = frame["source"].where(frame["source"].astype(bool), source)
    sources = add_keys(connection, tables.source, "text", pd.unique(texts))
    columns = {
        "measure": frame["measure"].map(measures),
        "window": frame["window"],
        "sex": frame["sex"],
        "unit": frame["unit"].map(units),
        "month": frame["month"],
        "origin": frame["origin"],
        "form": frame["ready"].notna().astype(np.int64) * int(Form.READY),
    }
    # In the order of the key: rows are then appended to the table instead of scattered over it.
    order = np.lexsort([columns[name].to_numpy(dtype=np.int64) for name in reversed(_KEY)])
    shared = {"load_id": number, "known_from": day.isoformat()}
    table = pd.DataFrame(columns).assign(source=texts.map(sources), **{name: frame[name] for name in NUMBERS})
    insert_rows(connection, tables.observation, _COLUMNS, _tuples(table, order, shared))


def _tuples(table: pd.DataFrame, order: Ints, shared: Mapping[str, object]) -> Iterator[tuple[object, ...]]:
    """Rows in the order of `_COLUMNS`, made a part at a time: as Python objects they take ten times the
    memory.
    """
    for start in range(0, len(order), _ROWS_AT_ONCE):
        some = table.iloc[order[start : start + _ROWS_AT_ONCE]]
        yield from zip(
            *(
                [shared[name]] * len(some)
                if name in shared
                else some[name].to_numpy(dtype=object, na_value=None).tolist()
                for name in _COLUMNS
            ),
            strict=True,
        )


def _supersede(connection: Connection, found: Batch, number: int) -> None:
    """Earlier values of the same key stay, marked with the load that took their place."""
    old, new = tables.observation, tables.observation.alias("new")
    measures = ids_of(connection, tables.measure)
    wanted = [measures[key] for key in pd.unique(found.frame["measure"])]
    same = and_(*(new.c[name] == old.c[name] for name in _KEY), new.c.load_id == number)
    connection.execute(
        update(old)
        .where(
            old.c.measure.in_(wanted),
            old.c.superseded_by.is_(None),
            old.c.load_id < number,
            exists(select(1).select_from(new).where(same)),
        )
        .values(superseded_by=number)
    )


def _external(connection: Connection, values: Sequence[ExternalValue], number: int) -> None:
    """A newer value of a public series replaces the older: the register itself keeps the history."""
    table = tables.external_value
    kept = {
        (row.register, row.series, row.region_id, row.year): row for row in connection.execute(select(table))
    }
    again = [key for v in values if (key := (v.register, v.series, v.region_id, v.year)) in kept]
    for register, series, region_id, year in again:
        c = table.c
        connection.execute(
            delete(table).where(
                c.register == register, c.series == series, c.region_id == region_id, c.year == year
            )
        )
    rows = ((v.register, v.series, v.region_id, v.year, v.region, v.value, number) for v in values)
    insert_rows(
        connection,
        table,
        ("register", "series", "region_id", "year", "region", "value", "load_id"),
        rows,
    )


def _extent(found: Batch, books: LedgerBatch, meta: dict[str, str]) -> dict[str, str]:
    """The months that the database reaches over after the load, and the first and last of the monthly values. An outcome
    in the ledger is one; a budget only reaches.
    """
    months = found.frame["month"]
    monthly = months[found.frame["window"] == WINDOW[Window.MONTH]]
    reach, known = [*_ends(months), *(books.span() or ())], [*_ends(monthly), *(books.extent() or ())]
    extent: dict[str, str] = {}
    # ISO months sort as text.
    for months_of, first, last in ((reach, "first_month", "last_month"), (known, "earliest", "latest")):
        if months_of:
            low, high = Month(min(months_of)).iso, Month(max(months_of)).iso
            extent |= {first: min(low, meta.get(first, low)), last: max(high, meta.get(last, high))}
    return extent


def _ends(months: pd.Series) -> tuple[int, ...]:
    return (int(months.min()), int(months.max())) if len(months) else ()
