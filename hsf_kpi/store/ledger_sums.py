"""The ledger's sums for every unit above an entry, in both views of the organisation, made wholly anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np
from sqlalchemy import Connection, delete

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month
from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import Ancestry, ancestry
from hsf_kpi.store.bulk import insert_rows
from hsf_kpi.store.codes import AMOUNT_KIND, ORG
from hsf_kpi.store.ledger_arrays import groups, summed
from hsf_kpi.store.ledger_books import Entries, live_entries
from hsf_kpi.store.ledger_expand import Expansion
from hsf_kpi.store.ledger_forecast_sums import COLUMNS, forecast_sums, live_forecasts
from hsf_kpi.store.refresh import ids_of
from hsf_kpi.store.state import extent_of, read_meta

_SUM = ("unit", "org", "project", "kind", "account", "month", "amount", "internal")
_COVER = ("unit", "org", "month", "reported", "expected")


def recompute_ledger(connection: Connection, catalogue: Catalogue, today: Month) -> None:
    """Makes `ledger_sum`, `ledger_cover` and `forecast_sum` anew. `today`: the month of today's organisation. The sums
    of the measures are made first: they say which units have sums of their own in today's organisation.
    """
    for table in (tables.ledger_sum, tables.ledger_cover, tables.forecast_sum):
        connection.execute(delete(table))
    extent = extent_of(read_meta(connection))
    if extent is None:
        return
    units = ids_of(connection, tables.unit)
    paths = ancestry(catalogue.organisation, units, today, extent.first, extent.last)
    accounts = ids_of(connection, tables.ledger_account)
    sells = {accounts[one.id] for one in catalogue.ledger_accounts if one.side.sign > 0}
    entries, forecasts = two_sided(live_entries(connection), sells), live_forecasts(connection)
    for view, pairs in ((OrgView.AS_WAS, paths.as_was), (OrgView.TODAY, paths.today)):
        up = Expansion(pairs, paths)
        if len(entries):
            insert_rows(connection, tables.ledger_sum, _SUM, unit_sums(entries, up, ORG[view]))
            insert_rows(connection, tables.ledger_cover, _COVER, unit_cover(entries, up, paths, ORG[view]))
        rows = forecast_sums(forecasts, entries, up, paths, ORG[view])
        insert_rows(connection, tables.forecast_sum, COLUMNS, rows)


def two_sided(entries: Entries, sells: Collection[int]) -> Entries:
    """The same, but trade that has lost its other side to a stronger origin is not internal: only half of it could be
    eliminated, and the lines would no longer make the result. sells: the numbers of the revenue accounts.
    """
    internal = np.flatnonzero(entries.counterpart > 0)
    if not len(internal):
        return entries
    unit, counterpart = entries.unit[internal], entries.counterpart[internal]
    sold = np.isin(entries.account[internal], list(sells))
    pair = np.where(sold, unit, counterpart), np.where(sold, counterpart, unit)
    order, starts = groups(
        (*pair, entries.month[internal], entries.kind[internal], entries.project[internal])
    )
    amount = entries.amount[internal][order]
    left = np.add.reduceat(np.where(sold[order], amount, -amount), starts)
    alone = np.repeat(left != 0, np.diff(np.r_[starts, len(order)]))
    found = entries.counterpart.copy()
    found[internal[order[alone]]] = 0
    return replace(entries, counterpart=found)


def unit_sums(entries: Entries, up: Expansion, org: int) -> Iterator[tuple[int, ...]]:
    """Rows of `ledger_sum`, sorted by unit. internal: what meets its counterpart at or below the unit in the month."""
    row, ancestor = up.up(entries.unit, entries.month)
    counterpart, month, amount = entries.counterpart[row], entries.month[row], entries.amount[row]
    internal = np.zeros(len(row), dtype=np.int64)
    traded = np.flatnonzero(counterpart > 0)
    meets = up.below(ancestor[traded], counterpart[traded], month[traded])
    internal[traded[meets]] = amount[traded[meets]]
    by, sums = summed(
        (ancestor, entries.project[row], entries.kind[row], entries.account[row], month), amount, internal
    )
    unit, *rest = (x.tolist() for x in (*by, *sums))
    return zip(unit, [org] * len(unit), *rest, strict=True)


def unit_cover(entries: Entries, up: Expansion, paths: Ancestry, org: int) -> Iterator[tuple[int, ...]]:
    """Rows of `ledger_cover`: units with an outcome, and units that should have one. Those are the ones that had some in
    the year or the year before, and exist in the month.
    """
    booked = (entries.kind == AMOUNT_KIND[AmountKind.ACTUAL]) & (entries.project == 0)
    if not booked.any():
        return iter(())
    units, place = np.unique(entries.unit[booked], return_inverse=True)
    start = int(entries.month[booked].min())
    months = np.arange(start, int(entries.month[booked].max()) + 1, dtype=np.int64)
    has = np.zeros((len(units), len(months)), dtype=np.bool_)
    has[place, entries.month[booked] - start] = True
    years = months // 12 - start // 12
    by_year = np.zeros((len(units), int(years[-1]) + 1), dtype=np.bool_)
    rows, columns = np.nonzero(has)
    by_year[rows, years[columns]] = True
    recent = by_year[:, years] | (by_year[:, np.maximum(years - 1, 0)] & (years > 0))
    expected = has | (recent & paths.alive[units][:, paths.segments(months)])
    at, column = np.nonzero(expected)
    row, ancestor = up.up(units[at], months[column])
    reported = has[at, column].astype(np.int64)
    (unit, month), sums = summed(
        (ancestor, months[column][row]), reported[row], np.ones(len(row), dtype=np.int64)
    )
    return zip(unit.tolist(), [org] * len(unit), month.tolist(), *(x.tolist() for x in sums), strict=True)
