"""The entries that count: not superseded, and of the strongest origin where a month is booked by several."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
from sqlalchemy import BigInteger, Connection, cast, func, select

from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import Bools, Ints
from hsf_kpi.store.ledger_arrays import groups

_COLUMNS = ("unit", "kind", "account", "month", "project", "counterpart", "load_id")


@dataclass(frozen=True)
class Entries:
    """Parallel arrays of stored numbers, kostnadsställen added up. counterpart: 0 for none."""

    unit: Ints
    kind: Ints
    account: Ints
    month: Ints
    project: Ints
    counterpart: Ints
    load_id: Ints
    amount: Ints

    def __len__(self) -> int:
        return len(self.unit)


def live_entries(connection: Connection) -> Entries:
    t = tables.ledger_entry.c
    columns = [t[name] for name in _COLUMNS]
    query = (
        select(*columns, cast(func.sum(t.amount), BigInteger))
        .where(t.superseded_by.is_(None))
        .group_by(*columns)
    )
    width = len(_COLUMNS) + 1
    result = connection.execute(query).all()
    flat = np.fromiter(chain.from_iterable(result), dtype=np.int64, count=len(result) * width)
    unit, kind, account, month, project, counterpart, load_id, amount = flat.reshape(-1, width).T.copy()
    kept = strongest(origin_of(connection, load_id), unit, kind, month, project)
    return Entries(*(x[kept] for x in (unit, kind, account, month, project, counterpart, load_id, amount)))


def origin_of(connection: Connection, load_id: Ints) -> Ints:
    """The code of the origin of each load."""
    loads = dict(connection.execute(select(tables.load.c.id, tables.load.c.origin)).all())
    numbers, place = np.unique(load_id, return_inverse=True)
    origins = np.array([loads[number] for number in numbers.tolist()], dtype=np.int64)
    return origins[place] if len(numbers) else load_id


def strongest(origin: Ints, *by: Ints) -> Bools:
    """The rows whose origin has precedence among those that agree in `by`."""
    if not len(origin) or origin.min() == origin.max():
        return np.ones(len(origin), dtype=np.bool_)
    order, starts = groups(by)
    best = np.minimum.reduceat(origin[order], starts)
    sizes = np.diff(np.r_[starts, len(order)])
    kept = np.zeros(len(origin), dtype=np.bool_)
    kept[order] = origin[order] == np.repeat(best, sizes)
    return kept
