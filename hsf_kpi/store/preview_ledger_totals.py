"""What the ledger of a file makes of the totals above it: groups of accounts by month, uppdragsprojekt apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from sqlalchemy import BigInteger, Select, cast, func, select

from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.preview import TotalMove
from hsf_kpi.store import tables
from hsf_kpi.store.codes import AMOUNT_KIND_OF, ORG
from hsf_kpi.store.preview_ledger import ACTUAL, Booked
from hsf_kpi.store.preview_rows import STREAMED

Series = dict[tuple[AmountKind, str], dict[int, Fraction]]
"""Kind and group of accounts → `Month.index` → kronor."""
_Sums = Counter[tuple[int, int, int]]
"""By the codes of kind, group and month."""


def ledger_totals(
    booked: Booked, seen_with: str, lacking: Mapping[int, object]
) -> tuple[list[TotalMove], Series]:
    """The totals that the file touches, and every earlier month of them, at the unit above all, as far as they may be seen
    there. Trade between units is not taken out. lacking: the months (index) whose outcome lacks a unit.
    """
    if not booked.matched:
        return [], {}
    unit, live = booked.concerned.above, _live(booked)
    known = {(kind, month) for kind, _, month in live}

    def may_tell(month: int) -> bool:
        return booked.concerned.may_tell(unit, seen_with, month)

    series: Series = {}
    for (kind, group, month), amount in live.items():
        if may_tell(month):
            series.setdefault((AMOUNT_KIND_OF[kind], booked.groups[group]), {})[month] = Fraction(amount)
    added = _added(booked)
    moves = []
    for kind, group, month in sorted(added, key=lambda key: (key[2], key[0], key[1])):
        if may_tell(month):
            before = live.get((kind, group, month), 0)
            moves.append(
                TotalMove(
                    unit,
                    booked.groups[group],
                    Period(Month(month), Window.MONTH),
                    Fraction(before) if (kind, month) in known else None,
                    Fraction(before + added[kind, group, month]),
                    AMOUNT_KIND_OF[kind],
                    whole=kind != ACTUAL or month not in lacking,
                )
            )
    return moves, series


def _added(booked: Booked) -> _Sums:
    """What the file adds: its own amounts minus those that it takes the place of. Nothing where a stronger origin has the
    month of the unit.
    """
    found: _Sums = Counter()
    for (unit, kind, group, month), amount in booked.sums.items():
        if booked.packed_group(unit, kind, 0, month) not in booked.stronger:
            found[kind, group, month] += amount
    best: dict[tuple[int, int, int], int] = {}
    for unit, kind, month, origin, _ in _replaced(booked):
        best[unit, kind, month] = min(origin, best.get((unit, kind, month), origin))
    e = tables.ledger_entry.c
    for unit, kind, month, origin, account, amount in _replaced(booked, e.account):
        place = booked.account_place(account)
        if origin == best[unit, kind, month] >= booked.code and place >= 0:
            found[kind, int(booked.group_of[place]), month] -= amount
    return found


def _replaced(booked: Booked, *columns: Any) -> Iterator[Any]:
    """(unit, kind, month, origin, …, kronor) of what is live in the months of the file's units and kinds."""
    e, load = tables.ledger_entry.c, tables.load.c
    by = (e.unit, e.kind, e.month, load.origin, *columns)
    query: Select[Any] = select(*by, cast(func.sum(e.amount), BigInteger)).join_from(
        tables.ledger_entry, tables.load, load.id == e.load_id
    )
    query = booked.of_file(query.where(e.project == 0)).group_by(*by)
    for row in booked.connection.execute(query, execution_options=STREAMED):
        if booked.group(row[0], row[1], 0, row[2]) in booked.matched:
            yield row


def _live(booked: Booked) -> _Sums:
    s = tables.ledger_sum.c
    unit = booked.unit_places.stored.get(booked.concerned.above, -1)
    query = select(s.kind, s.account, s.month, s.amount).where(
        s.unit == unit, s.org == ORG[OrgView.AS_WAS], s.project == 0
    )
    found: _Sums = Counter()
    for kind, account, month, amount in booked.connection.execute(query):
        place = booked.account_place(account)
        if place >= 0:
            found[kind, int(booked.group_of[place]), month] += amount
    return found
