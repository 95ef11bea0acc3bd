"""The submitted forecasts, added up for every unit above those that submitted them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import Ancestry, Bools, Ints
from hsf_kpi.store.codes import AMOUNT_KIND
from hsf_kpi.store.ledger_arrays import groups, summed
from hsf_kpi.store.ledger_books import Entries, origin_of, strongest
from hsf_kpi.store.ledger_expand import Expansion

COLUMNS = ("unit", "org", "year", "month", "account", "amount", "made", "author", "units", "expected")
TOGETHER = "Verksamheterna sammanlagt"
"""Whose the forecast of a unit is, when it is the sum of several."""


@dataclass(frozen=True)
class Forecasts:
    """Parallel arrays of stored numbers. made: the ordinal of the day, month: its month. author: an index into
    `authors`.
    """

    unit: Ints
    year: Ints
    month: Ints
    account: Ints
    amount: Ints
    made: Ints
    author: Ints
    authors: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.unit)

    def where(self, rows: Bools) -> Forecasts:
        arrays = ("unit", "year", "month", "account", "amount", "made", "author")
        return replace(self, **{name: getattr(self, name)[rows] for name in arrays})

    @property
    def standing(self) -> Ints:
        """The month whose organisation each counts in: one made in January after its year is of the year's last."""
        return np.minimum(self.month, self.year * 12 + 11)


def live_forecasts(connection: Connection) -> Forecasts:
    """Those that count: of the strongest origin, and the latest that a unit has made in a month."""
    t = tables.forecast_entry.c
    query = select(t.unit, t.year, t.made, t.account, t.load_id, t.author, t.amount)
    result = connection.execute(query.where(t.superseded_by.is_(None))).all()
    days, authors = sorted({row[2] for row in result}), sorted({row[5] for row in result})
    day_of = {day: (day.toordinal(), day.year * 12 + day.month - 1) for day in days}
    author_of = {author: number for number, author in enumerate(authors)}
    table = np.array(
        [
            (unit, year, *day_of[made], account, author_of[author], load_id, amount)
            for unit, year, made, account, load_id, author, amount in result
        ],
        dtype=np.int64,
    ).reshape(-1, 8)
    unit, year, made, month, account, author, load_id, amount = table.T.copy()
    found = Forecasts(unit, year, month, account, amount, made, author, tuple(authors))
    found = found.where(strongest(origin_of(connection, load_id), unit, year, month))
    return found.where(_latest(found))


def forecast_sums(
    found: Forecasts, entries: Entries, up: Expansion, paths: Ancestry, org: int
) -> Iterator[tuple[Any, ...]]:
    """Rows in the order of `COLUMNS`."""
    if not len(found):
        return
    heads = _heads(found, entries, up, paths)
    row, ancestor = up.up(found.unit, found.standing)
    by, (amounts,) = summed(
        (ancestor, found.year[row], found.month[row], found.account[row]), found.amount[row]
    )
    rows = zip(*(x.tolist() for x in by), amounts.tolist(), strict=True)
    for unit, year, month, account, amount in rows:
        made, author, units, expected = heads[unit, year, month]
        yield unit, org, year, month, account, amount, made, author, units, expected


def _heads(
    found: Forecasts, entries: Entries, up: Expansion, paths: Ancestry
) -> dict[tuple[int, int, int], tuple[str, str, int, int]]:
    """(unit, year, month) → the latest day (ISO), whose it is, units that submitted and units that should have."""
    (unit, year, month, made, author), _ = summed(
        (found.unit, found.year, found.month, found.made, found.author)
    )
    submitted: dict[tuple[int, int, int], tuple[str, str, int]] = {}
    row, ancestor = up.up(unit, np.minimum(month, year * 12 + 11))
    order, starts = groups((ancestor, year[row], month[row]))
    sizes = np.diff(np.r_[starts, len(order)])
    latest = np.maximum.reduceat(made[row][order], starts)
    for at, size, day in zip(order[starts].tolist(), sizes.tolist(), latest.tolist(), strict=True):
        key = int(ancestor[at]), int(year[row[at]]), int(month[row[at]])
        whose = TOGETHER if size > 1 else found.authors[int(author[row[at]])]
        submitted[key] = dt.date.fromordinal(day).isoformat(), whose, size
    due_unit, due_year, due_month = _due(found, entries, paths)
    row, ancestor = up.up(due_unit, np.minimum(due_month, due_year * 12 + 11))
    ones = np.ones(len(row), dtype=np.int64)
    by, (count,) = summed((ancestor, due_year[row], due_month[row]), ones)
    expected = dict(zip(zip(*(x.tolist() for x in by), strict=True), count.tolist(), strict=True))
    return {key: (*head, expected[key]) for key, head in submitted.items()}


def _due(found: Forecasts, entries: Entries, paths: Ancestry) -> tuple[Ints, Ints, Ints]:
    """(unit, year, month) for each month in which anybody has submitted: the units that should have. That is who has
    done so for the year up to then, or has a budget for it, and exists.
    """
    budget = (entries.kind == AMOUNT_KIND[AmountKind.BUDGET]) & (entries.project == 0)
    (years, months), _ = summed((found.year, found.month))
    parts = []
    for year, month in zip(years.tolist(), months.tolist(), strict=True):
        has = found.unit[(found.year == year) & (found.month == month)]
        until = found.unit[(found.year == year) & (found.month <= month)]
        planned = entries.unit[budget & (entries.month // 12 == year)]
        known = np.unique(np.concatenate([until, planned]))
        segment = paths.segments(np.array([min(month, year * 12 + 11)], dtype=np.int64))[0]
        due = known[paths.alive[known, segment] | np.isin(known, has)]
        parts.append((due, np.full(len(due), year), np.full(len(due), month)))
    unit, year_of, month_of = (np.concatenate(column) for column in zip(*parts, strict=True))
    return unit, year_of, month_of


def _latest(found: Forecasts) -> Bools:
    """The rows of the last day in the month, by unit and year."""
    order, starts = groups((found.unit, found.year, found.month))
    last = np.zeros(len(found), dtype=np.bool_)
    if len(starts):
        best = np.maximum.reduceat(found.made[order], starts)
        last[order] = found.made[order] == np.repeat(best, np.diff(np.r_[starts, len(order)]))
    return last
