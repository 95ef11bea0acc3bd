"""Observations written by a load: inserted in the order of their key, earlier ones of the same key marked as replaced."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Collection, Iterator, Mapping

import numpy as np
import pandas as pd
import psycopg
from sqlalchemy import Connection, and_, exists, select, update

from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import Ints
from hsf_kpi.store.batch import NUMBERS, Batch
from hsf_kpi.store.bulk import insert_rows
from hsf_kpi.store.codes import Form
from hsf_kpi.store.refresh import add_keys, ids_of

KEY = ("measure", "window", "sex", "unit", "month", "origin", "form")
_COLUMNS = (*KEY, "load_id", *NUMBERS, "source", "known_from", "row")
_ROWS_AT_ONCE = 50_000


def write_observations(
    connection: Connection, found: Batch, source: str, number: int, day: dt.date, *, of_file: bool = False
) -> None:
    """Inserts them under the load's number. of_file: their rows are rows of a file, and are kept.

    DataError when one of the same key has been written by the same load already.
    """
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
    order = np.lexsort([columns[name].to_numpy(dtype=np.int64) for name in reversed(KEY)])
    shared: dict[str, object] = {"load_id": number, "known_from": day.isoformat()}
    if not of_file:
        shared["row"] = None
    table = pd.DataFrame(columns).assign(
        source=texts.map(sources), row=frame["row"], **{name: frame[name] for name in NUMBERS}
    )
    try:
        insert_rows(connection, tables.observation, _COLUMNS, _tuples(table, order, shared))
    except (sqlite3.IntegrityError, psycopg.errors.UniqueViolation) as error:
        raise DataError(
            Problem("Samma värde förekommer flera gånger.", "inläsning", "Behåll en rad av varje.")
        ) from error


def supersede(connection: Connection, measures: Collection[str], number: int) -> None:
    """Earlier values of the same key as one of the load's stay, marked with the load that took their place. measures: the
    keys that the load brings.
    """
    old, new = tables.observation, tables.observation.alias("new")
    numbers = ids_of(connection, tables.measure)
    same = and_(*(new.c[name] == old.c[name] for name in KEY), new.c.load_id == number)
    connection.execute(
        update(old)
        .where(
            old.c.measure.in_([numbers[key] for key in sorted(measures)]),
            old.c.superseded_by.is_(None),
            old.c.load_id < number,
            exists(select(1).select_from(new).where(same)),
        )
        .values(superseded_by=number)
    )


def _tuples(table: pd.DataFrame, order: Ints, shared: Mapping[str, object]) -> Iterator[tuple[object, ...]]:
    """Rows in the order of `_COLUMNS`, made a part at a time: as Python objects they take ten times the memory."""
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
