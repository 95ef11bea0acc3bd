"""What can be asked of the data's quality. Every question takes a scope first, and it is part of the question in SQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, Connection, Engine, and_, cast, false, func, or_, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month
from hsf_kpi.model.provenance import Came
from hsf_kpi.model.quality import Correction, LedgerCorrection, SexGap, SourceLoad, TradeGap, TwoWays
from hsf_kpi.model.scope import Scope
from hsf_kpi.store import tables
from hsf_kpi.store.codes import AMOUNT_KIND, AMOUNT_KIND_OF, ORIGIN_OF, month_of
from hsf_kpi.store.corrections import read_corrections, read_ledger_corrections
from hsf_kpi.store.engine import reading
from hsf_kpi.store.ledger_checks import unmirrored
from hsf_kpi.store.provenance import came_columns, came_with, read_came
from hsf_kpi.store.refresh import ids_of
from hsf_kpi.store.sum_checks import read_sex_gaps, read_two_ways

_O, _E, _L = tables.observation.c, tables.ledger_entry.c, tables.load.c


class QualityStore:
    """One for a store. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def sources(
        self, scope: Scope, catalogue: Catalogue, units: Collection[str], first: Month, last: Month
    ) -> list[SourceLoad]:
        """The loads that the live values of the units come from, by measure, newest first; the ledger's last («»).

        NotPermitted when one of the units is outside the scope.
        """
        _demand(scope, units)
        with reading(self._engine) as connection:
            found = _measure_sources(connection, scope, units, first, last)
            found += _ledger_sources(connection, scope, catalogue, units, first, last)
        return found

    def corrections(
        self,
        scope: Scope,
        catalogue: Catalogue,
        units: Collection[str],
        last: Month,
        limit: int = 200,
    ) -> list[Correction]:
        """Values that a later load has made others, newest first. NotPermitted when a unit is outside the scope."""
        _demand(scope, units)
        with reading(self._engine) as connection:
            wanted = within(connection, scope, units, _O.unit, _O.measure, _O.month)
            return read_corrections(connection, catalogue, wanted, last, limit)

    def ledger_corrections(
        self,
        scope: Scope,
        catalogue: Catalogue,
        units: Collection[str],
        last: Month,
        limit: int = 200,
    ) -> list[LedgerCorrection]:
        """Booked amounts that a later load has made others, by unit, account and month, newest first."""
        _demand(scope, units)
        with reading(self._engine) as connection:
            wanted = ledger_within(connection, scope, catalogue, units)
            return read_ledger_corrections(connection, wanted, last, limit)

    def sex_gaps(
        self, scope: Scope, catalogue: Catalogue, units: Collection[str], first: Month, last: Month
    ) -> list[SexGap]:
        """Stated totals that are not women + men, newest month first."""
        _demand(scope, units)
        with reading(self._engine) as connection:
            wanted = within(connection, scope, units, _O.unit, _O.measure, _O.month)
            return read_sex_gaps(connection, catalogue, wanted, first, last)

    def two_ways(
        self, scope: Scope, catalogue: Catalogue, units: Collection[str], first: Month, last: Month
    ) -> list[TwoWays]:
        """Finished values that also have a sum of parts, which says another thing as it is printed; newest month first."""
        _demand(scope, units)
        with reading(self._engine) as connection:
            wanted = within(connection, scope, units, _O.unit, _O.measure, _O.month)
            return read_two_ways(connection, catalogue, wanted, first, last)

    def trade_gaps(
        self, scope: Scope, catalogue: Catalogue, units: Collection[str], first: Month, last: Month
    ) -> list[TradeGap]:
        """Internal trade of which the two sides differ, with one of them among the units, newest month first. A side
        outside the scope is not named.
        """
        _demand(scope, units)
        with reading(self._engine) as connection:
            return _trade_gaps(connection, scope, catalogue, units, first, last)


def within(
    connection: Connection, scope: Scope, units: Collection[str], unit: Any, measure: Any, month: Any
) -> ColumnElement[bool]:
    """The rows (by the stored numbers of unit and measure, and the month) of the units that the scope lets see."""
    unit_ids, measure_ids = ids_of(connection, tables.unit), ids_of(connection, tables.measure)
    allowed: list[ColumnElement[bool]] = []
    for reach in scope.reaches:
        here = [unit_ids[key] for key in sorted(reach.units & set(units)) if key in unit_ids]
        if not here:
            continue
        parts: list[ColumnElement[bool]] = [unit.in_(here)]
        if reach.measures is not None:
            parts.append(measure.in_([measure_ids[key] for key in reach.measures if key in measure_ids]))
        if reach.through is not None:
            parts.append(month <= reach.through.index)
        allowed.append(and_(*parts))
    return or_(*allowed) if allowed else false()


def ledger_within(
    connection: Connection, scope: Scope, catalogue: Catalogue, units: Collection[str]
) -> ColumnElement[bool]:
    """The entries of the units whose ledger the scope lets see; a budget is a plan, and is seen whole."""
    unit_ids = ids_of(connection, tables.unit)
    budget = _E.kind == AMOUNT_KIND[AmountKind.BUDGET]
    allowed: list[ColumnElement[bool]] = []
    for reach in scope.reaches:
        if reach.measures is not None and catalogue.ledger_seen_with not in reach.measures:
            continue
        here = [unit_ids[key] for key in sorted(reach.units & set(units)) if key in unit_ids]
        if here:
            seen = _E.unit.in_(here)
            through = reach.through
            allowed.append(seen if through is None else and_(seen, or_(budget, _E.month <= through.index)))
    return or_(*allowed) if allowed else false()


def _demand(scope: Scope, units: Collection[str]) -> None:
    for unit in units:
        scope.demand(unit)


def _measure_sources(
    connection: Connection, scope: Scope, units: Collection[str], first: Month, last: Month
) -> list[SourceLoad]:
    s, m = tables.source.c, tables.measure.c
    columns = (m.key, *came_columns(), s.text)
    query = (
        select(*columns, func.count(), func.min(_O.month), func.max(_O.month))
        .join_from(tables.observation, tables.measure, m.id == _O.measure)
        .join(tables.source, s.id == _O.source)
        .join(tables.load, came_with(_O))
        .where(_O.superseded_by.is_(None), _O.month.between(first.index, last.index))
        .where(within(connection, scope, units, _O.unit, _O.measure, _O.month))
        .group_by(*columns)
        .order_by(_L.id.desc(), m.key, s.text)
    )
    found = connection.execute(query).all()
    return [_source(row[0], read_came(row[1:8], row[8], None), row[9:]) for row in found]


def _ledger_sources(
    connection: Connection,
    scope: Scope,
    catalogue: Catalogue,
    units: Collection[str],
    first: Month,
    last: Month,
) -> list[SourceLoad]:
    query = (
        select(*came_columns(), func.count(), func.min(_E.month), func.max(_E.month))
        .join_from(tables.ledger_entry, tables.load, came_with(_E))
        .where(_E.superseded_by.is_(None), _E.month.between(first.index, last.index))
        .where(_E.kind == AMOUNT_KIND[AmountKind.ACTUAL])
        .where(ledger_within(connection, scope, catalogue, units))
        .group_by(*came_columns())
        .order_by(_L.id.desc())
    )
    return [_source("", read_came(row[:7], "", None), row[7:]) for row in connection.execute(query)]


def _source(measure: str, came: Came, counted: Sequence[int]) -> SourceLoad:
    rows, first, last = counted
    return SourceLoad(measure, came, rows, month_of(first), month_of(last))


def _trade_gaps(
    connection: Connection,
    scope: Scope,
    catalogue: Catalogue,
    units: Collection[str],
    first: Month,
    last: Month,
) -> list[TradeGap]:
    account = tables.ledger_account.c
    seen_with = catalogue.ledger_seen_with
    columns = (_E.unit, _E.counterpart, _E.month, _E.kind, _E.project, account.key, _L.origin)
    live = (_E.superseded_by.is_(None), _E.month.between(first.index, last.index))
    query = (
        select(*columns, cast(func.sum(_E.amount), BigInteger))
        .join_from(tables.ledger_entry, tables.load, _L.id == _E.load_id)
        .join(tables.ledger_account, account.id == _E.account)
        .where(*live, _E.counterpart != 0)
        .group_by(*columns)
    )
    place = (_E.unit, _E.kind, _E.month, _E.project)
    stands = {
        tuple(key): origin
        for *key, origin in connection.execute(
            select(*place, func.min(_L.origin))
            .join_from(tables.ledger_entry, tables.load, _L.id == _E.load_id)
            .where(*live)
            .group_by(*place)
        )
    }
    signs = {one.id: one.side.sign for one in catalogue.ledger_accounts}
    found_rows = connection.execute(query).all()
    booked: dict[tuple[frozenset[int], int, int], int] = {}
    for unit, counterpart, month, kind, *_, origin, _amount in found_rows:
        pair = frozenset({unit, counterpart}), month, kind
        booked[pair] = max(booked.get(pair, 0), origin)
    rows = [
        (unit, counterpart, month, kind, int(project), signs.get(key, 0), amount)
        for unit, counterpart, month, kind, project, key, origin, amount in found_rows
        if stands[unit, kind, month, project] == origin
    ]
    if not rows:
        return []
    names = {number: key for key, number in ids_of(connection, tables.unit).items()}
    found = []
    for seller, buyer, month, kind, _project, sold, bought in unmirrored(*np.array(rows, dtype=np.int64).T):
        at, sides = month_of(month), (names[seller], names[buyer])
        seen = [side for side in sides if scope.reaches_month(side, seen_with, at)]
        if set(seen) & set(units):
            origin = ORIGIN_OF[booked[frozenset({seller, buyer}), month, kind]]
            one, other = (side if side in seen else None for side in sides)
            found.append(TradeGap(one, other, at, AMOUNT_KIND_OF[kind], sold, bought, origin))
    found.sort(key=lambda gap: (-gap.month.index, -abs(gap.sold - gap.bought)))
    return found
