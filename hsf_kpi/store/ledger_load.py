"""Writing a delivery's ledger and forecasts, inside the transaction of its load."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, select, update

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.ledger import AmountKind, ForecastEntry, LedgerEntry
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import Ints
from hsf_kpi.store.bulk import insert_rows
from hsf_kpi.store.codes import AMOUNT_KIND, ORIGIN
from hsf_kpi.store.ledger_arrays import summed
from hsf_kpi.store.ledger_batch import ForecastRows, LedgerRows, forecast_rows, ledger_rows
from hsf_kpi.store.ledger_checks import ledger_problems
from hsf_kpi.store.ledger_forecasts import forecast_problems
from hsf_kpi.store.ledger_live import left_alone, unbalanced
from hsf_kpi.store.refresh import ids_of

_ENTRY = (
    "unit",
    "kind",
    "account",
    "month",
    "project",
    "counterpart",
    "cost_centre",
    "load_id",
    "amount",
    "row",
)
_FORECAST = ("unit", "year", "made", "account", "load_id", "author", "amount", "row")


class LedgerDelivery(Protocol):
    """What of a delivery belongs to the ledger."""

    @property
    def origin(self) -> Origin: ...
    @property
    def ledger(self) -> Iterable[LedgerEntry] | pd.DataFrame: ...
    @property
    def forecasts(self) -> Iterable[ForecastEntry] | pd.DataFrame: ...


@dataclass(frozen=True)
class LedgerBatch:
    """Entries and forecasts of one delivery, as arrays."""

    origin: Origin
    entries: LedgerRows
    forecasts: ForecastRows

    def __len__(self) -> int:
        return len(self.entries) + len(self.forecasts)

    def problems(self, catalogue: Catalogue) -> list[Problem]:
        return [*ledger_problems(self.entries, catalogue), *forecast_problems(self.forecasts, catalogue)]

    def extent(self) -> tuple[int, int] | None:
        """The first and last month (index) with an outcome; None without one."""
        months = self.entries.month[self.entries.kind.holds(lambda name: name == AmountKind.ACTUAL.value)]
        return (int(months.min()), int(months.max())) if len(months) else None

    def span(self) -> tuple[int, int] | None:
        """The first and last month of everything in it, the whole year of a budget or forecast included."""
        years = self.forecasts.year * 12
        months = np.concatenate([self.entries.month, years, years + 11])
        return (int(months.min()), int(months.max())) if len(months) else None


def ledger_batch(delivery: LedgerDelivery) -> LedgerBatch:
    """DataError when a frame lacks a column."""
    return LedgerBatch(delivery.origin, ledger_rows(delivery.ledger), forecast_rows(delivery.forecasts))


def take_ledger(
    connection: Connection, catalogue: Catalogue, delivery: LedgerDelivery, load_number: int
) -> None:
    """Checks and writes. DataError with every problem; then nothing is written."""
    found = ledger_batch(delivery)
    if problems := found.problems(catalogue):
        raise DataError(problems)
    write_ledger(connection, catalogue, found, load_number)


def write_ledger(connection: Connection, catalogue: Catalogue, found: LedgerBatch, load_number: int) -> None:
    """Writes what has been checked. The whole month of a unit and kind takes the place of what was booked before, and
    a forecast that of the same unit's of the same day; what is replaced stays, marked with the load.

    DataError when an internal purchase is left without its sale, because only one side of it was replaced, or when the
    budget of all units no longer breaks even.
    """
    before = select(tables.load.c.id).where(
        tables.load.c.origin == ORIGIN[found.origin], tables.load.c.id < load_number
    )
    units, accounts = ids_of(connection, tables.unit), ids_of(connection, tables.ledger_account)
    if len(found.entries):
        replaced = _write_entries(connection, found.entries, units, accounts, before, load_number)
        problems = left_alone(connection, catalogue, found.origin) if replaced else []
        problems += unbalanced(connection, catalogue, found.origin, found.entries.budget_years())
        if problems:
            raise DataError(problems)
    if len(found.forecasts):
        _write_forecasts(connection, found.forecasts, units, accounts, before, load_number)


def _write_entries(
    connection: Connection,
    rows: LedgerRows,
    units: dict[str, int],
    accounts: dict[str, int],
    before: Select[int],
    load_number: int,
) -> int:
    """How many rows were replaced."""
    kinds = {kind.value: code for kind, code in AMOUNT_KIND.items()}
    unit, kind = rows.unit.coded(lambda name: units.get(name, 0)), rows.kind.coded(lambda n: kinds.get(n, 0))
    project = rows.project.astype(np.int64)
    t = tables.ledger_entry.c
    (u, k, p, m), _ = summed((unit, kind, project, rows.month))
    # Most units have the same months: few statements, each a few range scans.
    by_unit: dict[tuple[int, int, int], list[int]] = {}
    for one, code, apart, month in zip(u.tolist(), k.tolist(), p.tolist(), m.tolist(), strict=True):
        by_unit.setdefault((one, code, apart), []).append(month)
    alike: dict[tuple[int, int, tuple[int, ...]], list[int]] = {}
    for (one, code, apart), months in by_unit.items():
        alike.setdefault((code, apart, tuple(months)), []).append(one)
    replaced = 0
    for (code, apart, same), these in alike.items():
        replaced += connection.execute(
            update(tables.ledger_entry)
            .where(
                t.unit.in_(these), t.kind == code, t.project == apart, t.month.in_(same),
                t.superseded_by.is_(None), t.load_id.in_(before),
            )
            .values(superseded_by=load_number)
        ).rowcount  # fmt: skip
    columns = {
        "unit": unit,
        "kind": kind,
        "account": rows.account.coded(lambda name: accounts.get(name, 0)),
        "month": rows.month,
        "project": project,
        "counterpart": rows.counterpart.coded(lambda name: units.get(name, 0)),
    }
    # In the order of the key: rows are then appended to the table instead of scattered over it.
    order = np.lexsort(list(reversed(list(columns.values()))))
    centres = np.array(rows.cost_centre.names, dtype=object)[rows.cost_centre.number]
    insert_rows(
        connection,
        tables.ledger_entry,
        _ENTRY,
        zip(
            *(column[order].tolist() for column in columns.values()),
            centres[order].tolist(),
            [load_number] * len(order),
            rows.amount[order].tolist(),
            _known(rows.row[order]),
            strict=True,
        ),
    )
    return replaced


def _write_forecasts(
    connection: Connection,
    rows: ForecastRows,
    units: dict[str, int],
    accounts: dict[str, int],
    before: Select[int],
    load_number: int,
) -> None:
    unit = rows.unit.coded(lambda name: units.get(name, 0))
    days = [dt.date.fromordinal(day).isoformat() for day in rows.made.tolist()]
    t = tables.forecast_entry.c
    for year, day in sorted(set(zip(rows.year.tolist(), rows.made.tolist(), strict=True))):
        these = np.unique(unit[(rows.year == year) & (rows.made == day)]).tolist()
        connection.execute(
            update(tables.forecast_entry)
            .where(
                t.unit.in_(these), t.year == year, t.made == dt.date.fromordinal(day),
                t.superseded_by.is_(None), t.load_id.in_(before),
            )
            .values(superseded_by=load_number)
        )  # fmt: skip
    account = rows.account.coded(lambda name: accounts.get(name, 0))
    authors = np.array(rows.author.names, dtype=object)[rows.author.number]
    insert_rows(
        connection,
        tables.forecast_entry,
        _FORECAST,
        zip(
            unit.tolist(), rows.year.tolist(), days, account.tolist(), [load_number] * len(rows),
            authors.tolist(), rows.amount.tolist(), _known(rows.row), strict=True,
        ),
    )  # fmt: skip


def _known(rows: Ints) -> list[int | None]:
    """Rows of a file; None where there is none."""
    return [row or None for row in rows.tolist()]
