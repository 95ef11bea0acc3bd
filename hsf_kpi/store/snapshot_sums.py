"""The sums of a database as it was known earlier, masked beside those that are shown now."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import Final

import numpy as np
from sqlalchemy import Connection, case, func, select, update

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Persons
from hsf_kpi.model.measure import Measure
from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import Ancestry, Bools, ancestry
from hsf_kpi.store.bulk import insert_rows
from hsf_kpi.store.codes import Form
from hsf_kpi.store.grid import LEAF_COLUMNS, Leaves
from hsf_kpi.store.ledger_sums import recompute_ledger
from hsf_kpi.store.refresh import ids_of
from hsf_kpi.store.rollup import TUPLE_COLUMNS, Rows, rollup, tuples
from hsf_kpi.store.seen import current_leaves
from hsf_kpi.store.snapshot_cells import Cells, Version
from hsf_kpi.store.snapshot_masks import masked_then
from hsf_kpi.store.state import extent_of, read_meta, state_of

_AT_ONCE = 50_000
_CELL: Final = ("unit", "org", "window", "sex", "month")


def make_sums(source: Connection, target: Connection, catalogue: Catalogue, now: Catalogue) -> None:
    """source: the database as it is now, which is only read, with the definitions `now`. target: the copy, with all its rows
    but the sums, which are made by `catalogue`.
    """
    extent = extent_of(read_meta(target))
    if extent is None:
        return
    state = state_of(read_meta(target))
    units, numbers = ids_of(target, tables.unit), ids_of(target, tables.measure)
    paths = ancestry(catalogue.organisation, units, state.today, extent.first, extent.last)
    target.execute(update(tables.unit).values(touched=tables.unit.c.id.in_(sorted(paths.touched))))
    paths_now = _paths_now(source, now)
    for key, own in catalogue.measures.items():
        measure = _by_rule_of(now.measures.get(key, own), own)
        leaves = current_leaves(target, numbers[key])
        if leaves is None:
            continue
        rows = rollup(_unmasked(measure), leaves, paths)
        if measure.persons is not Persons.NEITHER:
            rows = replace(rows, masked=_finished(measure, rows, leaves, paths))
            then = Version(Cells.of(rows), leaves, paths)
            rows = replace(rows, masked=masked_then(measure, then, _now(source, numbers[key], paths_now)))
        insert_rows(target, tables.rollup, TUPLE_COLUMNS, tuples(measure, numbers[key], rows))
    recompute_ledger(target, catalogue, state.today)


def _unmasked(measure: Measure) -> Measure:
    """The same sums, without the work of masking them."""
    return replace(measure, persons=Persons.NEITHER)


def _by_rule_of(now: Measure, then: Measure) -> Measure:
    """The measure as it was defined then, masked as now: what must not be seen is decided today."""
    rule = ("persons", "threshold", "threshold_by_sex", "person_hours")
    return replace(then, **{name: getattr(now, name) for name in rule})


def _finished(measure: Measure, rows: Rows, leaves: Leaves, paths: Ancestry) -> Bools:
    """The mask of the finished values; what is summed has none yet."""
    masked = np.zeros(len(rows), np.bool_)
    ready = leaves.where(leaves.form == Form.READY)
    if not len(ready.unit):
        return masked
    own = rollup(measure, ready, paths)
    flags = {
        tuple(place): flag
        for *place, flag in zip(*(getattr(own, n).tolist() for n in _CELL), own.masked, strict=True)
    }
    at = np.flatnonzero(rows.is_ready)
    places = zip(*(getattr(rows, name)[at].tolist() for name in _CELL), strict=True)
    masked[at] = [flags.get(place, False) for place in places]
    return masked


def _paths_now(source: Connection, catalogue: Catalogue) -> Ancestry:
    meta = read_meta(source)
    state, extent = state_of(meta), extent_of(meta)
    first, last = (extent.first, extent.last) if extent else (state.today, state.today)
    return ancestry(catalogue.organisation, ids_of(source, tables.unit), state.today, first, last)


def _now(source: Connection, measure: int, paths: Ancestry) -> Version:
    """What is shown now of a measure (its number)."""
    r = tables.rollup.c
    query = select(
        *(r[name] for name in _CELL),
        func.coalesce(r.numerator, r.ready, 0),
        func.coalesce(r.denominator, 0),
        r.months,
        case((r.numerator.is_(None), 1), else_=0),
        case((r.masked, 1), else_=0),
    ).where(r.measure == measure)
    result = source.execute(query.execution_options(yield_per=_AT_ONCE))
    width = len(Cells.__dataclass_fields__)
    parts = [
        np.fromiter(chain.from_iterable(rows), np.int64, len(rows) * width).reshape(-1, width)
        for rows in result.partitions()
    ]
    table = np.concatenate([np.zeros((0, width), np.int64), *parts])
    unit, org, window, sex, month, above, below, months, ready, masked = table.T
    flags = ready.astype(np.bool_), masked.astype(np.bool_)
    cells = Cells(unit, org, window, sex, month, above, below, months, *flags)
    empty = Leaves.of(np.zeros((0, len(LEAF_COLUMNS)), np.int64))
    return Version(cells, current_leaves(source, measure) or empty, paths)
