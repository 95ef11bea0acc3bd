"""What people saw of the months that an undoing has emptied, for the load that fills them again."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from sqlalchemy import Connection, exists, func, select

from hsf_kpi.model.load import LoadKind
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Window
from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import Ancestry, Bools, Ints
from hsf_kpi.store.codes import WINDOW
from hsf_kpi.store.grid import LEAF_COLUMNS, Leaves
from hsf_kpi.store.rollup import rollup
from hsf_kpi.store.suppressed_before import Before

_MONTHLY = (WINDOW[Window.MONTH], WINDOW[Window.YTD], WINDOW[Window.R12])
_PLACE = ("window", "month", "unit", "org", "sex")


def with_gone(
    connection: Connection,
    measure: Measure,
    number: int,
    load: int,
    seen: Before | None,
    now: Leaves,
    paths: Ancestry,
) -> Before | None:
    """`seen` with the sums of the months that are empty in it, have values in `now`, and had some until an undoing took
    them: the last ones that were there. They are made and masked anew, as they were where nothing earlier had decided it.

    load: the number of the (first) load. paths: the organisation that the old sums were made in. A month that an undoing
    has emptied in part is as in `seen`.
    """
    if seen is None and _had_any(connection, number, load):
        return None
    none = Leaves.of(np.zeros((0, len(LEAF_COLUMNS)), np.int64))
    left = none if seen is None else seen.leaves
    filled = set(_periods(now)) - set(_periods(left))
    gone = _taken_back(connection, number, filled) if filled else none
    if not len(gone.unit):
        return seen
    leaves = Leaves(*(np.concatenate([getattr(one, name) for one in (left, gone)]) for name in LEAF_COLUMNS))
    rows = rollup(measure, leaves, paths)
    rows = rows.take(
        np.flatnonzero(~rows.is_ready & _of_periods(rows.window, rows.month, set(_periods(gone))))
    )
    names = [f.name for f in fields(Before) if f.name not in ("leaves", "paths")]
    old = Before(**{name: getattr(rows, name) for name in names}, leaves=leaves, paths=paths)
    if seen is None:
        return old
    there = set(zip(*(getattr(seen, name).tolist() for name in _PLACE), strict=True))
    places = zip(*(getattr(old, name).tolist() for name in _PLACE), strict=True)
    old = old.take(np.flatnonzero([place not in there for place in places]))
    both = {name: np.concatenate([getattr(seen, name), getattr(old, name)]) for name in names}
    return Before(**both, leaves=leaves, paths=paths)


def _had_any(connection: Connection, measure: int, load: int) -> bool:
    """Whether anything held before the load: then there is nothing to hold on to because the rule was another."""
    o = tables.observation.c
    then = (
        (o.measure == measure) & (o.load_id < load) & (o.superseded_by.is_(None) | (o.superseded_by >= load))
    )
    return bool(connection.execute(select(exists().where(then))).scalar())


def _periods(leaves: Leaves) -> list[tuple[int, int]]:
    """(code of the window, month) of every observation."""
    return list(zip(leaves.window.tolist(), leaves.month.tolist(), strict=True))


def _of_periods(window: Ints, month: Ints, periods: set[tuple[int, int]]) -> Bools:
    """Which sums end in one of the periods."""
    base = np.where(np.isin(window, _MONTHLY), WINDOW[Window.MONTH], window)
    return np.array([one in periods for one in zip(base.tolist(), month.tolist(), strict=True)], np.bool_)


def _taken_back(connection: Connection, measure: int, periods: set[tuple[int, int]]) -> Leaves:
    """The observations of the periods that undoings have ended, the last of each place."""
    o, log = tables.observation.c, tables.load.c
    undone = select(log.id).where(log.kind == LoadKind.UNDO.value)
    query = (
        select(*(func.coalesce(o[name], 0) for name in LEAF_COLUMNS))
        .where(o.measure == measure, o.superseded_by.in_(undone))
        .where(o.month.in_({month for _, month in periods}))
        .order_by(o.superseded_by, o.load_id)
    )
    window, month = LEAF_COLUMNS.index("window"), LEAF_COLUMNS.index("month")
    form = LEAF_COLUMNS.index("form")
    rows = [tuple(row) for row in connection.execute(query)]
    last = {row[: form + 1]: row for row in rows if (row[window], row[month]) in periods}
    return Leaves.of(np.array(list(last.values()), dtype=np.int64).reshape(-1, len(LEAF_COLUMNS)))
