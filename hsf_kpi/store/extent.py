"""The months that a database reaches over, and the first and last of its monthly values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month, Window
from hsf_kpi.store import tables
from hsf_kpi.store.batch import Batch
from hsf_kpi.store.codes import AMOUNT_KIND, WINDOW
from hsf_kpi.store.ledger_load import LedgerBatch

_NAMES = (("first_month", "last_month"), ("earliest", "latest"))


@dataclass(frozen=True, slots=True)
class Extent:
    """reach: first and last month (index) of everything. known: of monthly values; an outcome in the ledger is one, a
    budget only reaches. None where there is nothing.
    """

    reach: tuple[int, int] | None = None
    known: tuple[int, int] | None = None

    def __or__(self, other: Extent) -> Extent:
        return Extent(_both(self.reach, other.reach), _both(self.known, other.known))

    def widened(self, meta: Mapping[str, str]) -> dict[str, str]:
        """What of `meta` says the extent, reaching as far as it did and as far as this."""
        found: dict[str, str] = {}
        for months, (first, last) in zip((self.reach, self.known), _NAMES, strict=True):
            if months is not None:
                low, high = (Month(index).iso for index in months)
                # ISO months sort as text.
                found |= {first: min(low, meta.get(first) or low), last: max(high, meta.get(last) or high)}
        return found

    def written(self) -> dict[str, str]:
        """What `meta` says of this extent alone; "" where there is nothing."""
        return {
            name: "" if months is None else Month(months[place]).iso
            for months, names in zip((self.reach, self.known), _NAMES, strict=True)
            for place, name in enumerate(names)
        }


def extent_of_rows(found: Batch) -> Extent:
    months = found.frame["month"]
    return Extent(_ends(months), _ends(months[found.frame["window"] == WINDOW[Window.MONTH]]))


def extent_of_books(books: LedgerBatch) -> Extent:
    return Extent(books.span(), books.extent())


def live_extent(connection: Connection) -> Extent:
    """That of everything that holds now."""
    o, e, f = tables.observation.c, tables.ledger_entry.c, tables.forecast_entry.c
    live = o.superseded_by.is_(None)
    found = Extent(_asked(connection, o.month, live))
    found |= Extent(known=_asked(connection, o.month, live, o.window == WINDOW[Window.MONTH]))
    booked = e.superseded_by.is_(None)
    found |= Extent(_asked(connection, e.month, booked))
    found |= Extent(known=_asked(connection, e.month, booked, e.kind == AMOUNT_KIND[AmountKind.ACTUAL]))
    years = _asked(connection, f.year, f.superseded_by.is_(None))
    return found | Extent(None if years is None else (years[0] * 12, years[1] * 12 + 11))


def _asked(connection: Connection, column: Any, *which: Any) -> tuple[int, int] | None:
    low, high = connection.execute(select(func.min(column), func.max(column)).where(*which)).one()
    return None if low is None else (int(low), int(high))


def _ends(months: Any) -> tuple[int, int] | None:
    return (int(months.min()), int(months.max())) if len(months) else None


def _both(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])
