"""What people could see of a measure before its sums are made anew, read while the old sums are still there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, func, select, update

from hsf_kpi.access.masking import components, rule_text
from hsf_kpi.model.measure import Measure
from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import Ancestry, Ints
from hsf_kpi.store.grid import LEAF_COLUMNS, Leaves
from hsf_kpi.store.suppressed_before import Before

_AT_ONCE = 50_000
_SUM = ("unit", "org", "window", "sex", "month", "numerator", "denominator", "months", "masked")


def current_leaves(connection: Connection, measure: int) -> Leaves | None:
    """The observations of a measure (its number) that are not superseded; None where there are none."""
    return _leaves(connection, measure, tables.observation.c.superseded_by.is_(None))


def seen_before(
    connection: Connection, measure: Measure, number: int, load: int | None, paths: Ancestry
) -> Before | None:
    """The old sums, and the observations as they were before the load with the number `load` (None: as they are). paths:
    the organisation that the old sums were made in.

    None where the measure counts no persons, has no sums, or was masked by another rule: then there is nothing to
    hold on to.
    """
    if not components(measure):
        return None
    rule = select(tables.measure.c.masking).where(tables.measure.c.id == number)
    if connection.execute(rule).scalar() != rule_text(measure):
        return None
    r, o = tables.rollup.c, tables.observation.c
    sums = select(*(func.coalesce(r[name], 0) for name in _SUM[:-1]), r.masked).where(
        r.measure == number, r.numerator.is_not(None)
    )
    table = _table(connection.execute(sums).all(), len(_SUM))
    if not len(table):
        return None
    then: ColumnElement[bool] = o.superseded_by.is_(None)
    if load is not None:
        then = (o.load_id < load) & (o.superseded_by.is_(None) | (o.superseded_by >= load))
    leaves = _leaves(connection, number, then)
    if leaves is None:
        return None
    unit, org, window, sex, month, above, below, months, masked = table.T
    return Before(unit, org, window, sex, month, above, below, months, masked.astype(np.bool_), leaves, paths)


def remember_rule(connection: Connection, measure: Measure, number: int) -> None:
    """By which rule the sums that are now there were masked."""
    connection.execute(
        update(tables.measure).where(tables.measure.c.id == number).values(masking=rule_text(measure))
    )


def _leaves(connection: Connection, measure: int, which: ColumnElement[bool]) -> Leaves | None:
    t = tables.observation.c
    columns = [func.coalesce(t[name], 0) for name in LEAF_COLUMNS]
    query = select(*columns).where(t.measure == measure, which).execution_options(yield_per=_AT_ONCE)
    result = connection.execute(query)
    # A part at a time: as Python objects the rows take ten times the memory.
    parts = [_table(rows, len(LEAF_COLUMNS)) for rows in result.partitions()]
    return Leaves.of(np.concatenate(parts)) if parts else None


def _table(rows: Sequence[Any], width: int) -> Ints:
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=len(rows) * width)
    return flat.reshape(-1, width)
