"""The register of corrections: what a load has put in the place of an earlier one's values.

Of a measure that counts persons a correction shows its numbers only where the cell of its unit, sex and month is shown
now and holds that observation alone, at a unit with none below it, and no version of it is of few persons. A sum that was
hidden in an earlier version is hidden still (`access.suppression`), so what is shown now was shown before too: the two
numbers tell no more than the pages have. Of finished values that does not hold for women and men apart; those are hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, and_, cast, func, select

from hsf_kpi.access.masking import is_masked
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Persons, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month, Period
from hsf_kpi.model.quality import Correction, LedgerCorrection
from hsf_kpi.store import tables
from hsf_kpi.store.codes import AMOUNT_KIND_OF, ORIGIN_OF, SEX_OF, WINDOW_OF, month_of
from hsf_kpi.store.provenance import own_cells

_O, _E, _L = tables.observation.c, tables.ledger_entry.c, tables.load.c
_KEY = ("measure", "window", "sex", "unit", "month", "origin", "form")
_NUMBERS = ("numerator", "denominator", "ready")
_Numbers = tuple[int | None, int | None, int | None]


def read_corrections(
    connection: Connection, catalogue: Catalogue, wanted: ColumnElement[bool], last: Month, limit: int
) -> list[Correction]:
    """wanted: which of the replaced rows may be seen."""
    new, m, u = tables.observation.alias("new"), tables.measure.c, tables.unit.c
    same = and_(*(new.c[name] == _O[name] for name in _KEY), new.c.load_id == _O.superseded_by)
    differs = [
        func.coalesce(new.c[name], 0) != func.coalesce(_O[name], 0) for name in _NUMBERS
    ]  # fmt: skip
    query = (
        select(
            m.key, u.key, _O.window, _O.month, _O.sex,
            *(_O[name] for name in _NUMBERS), new.c.load_id, *(new.c[name] for name in _NUMBERS),
            func.coalesce(_O.given_by, _O.load_id), _L.id, _L.source, _L.created_at, _L.created_by, _L.kind, _L.origin,
        )
        .join_from(tables.observation, tables.load, _L.id == _O.superseded_by)
        .join(tables.measure, m.id == _O.measure)
        .join(tables.unit, u.id == _O.unit)
        .join(new, same, isouter=True)
        .where(_O.superseded_by.is_not(None), _O.month <= last.index, wanted)
        .where(new.c.load_id.is_(None) | differs[0] | differs[1] | differs[2])
        .order_by(_O.superseded_by.desc(), _O.month.desc(), m.key, u.key, _O.sex)
        .limit(limit)
    )  # fmt: skip
    rows = connection.execute(query).all()
    open_places = _Open(connection, catalogue)
    return [_correction(row, catalogue, open_places) for row in rows]


def _correction(row: Any, catalogue: Catalogue, shown: _Open) -> Correction:
    key, unit, window, month, sex, *values = row
    before: _Numbers = (values[0], values[1], values[2])
    after: _Numbers | None = None if values[3] is None else (values[4], values[5], values[6])
    earlier, load, source, at, by, kind, origin = values[7:]
    period, of_sex = Period(month_of(month), WINDOW_OF[window]), SEX_OF[sex]
    measure = catalogue.measures.get(key)
    hidden = measure is None or not shown.has(measure, unit, window, month, sex, [before, after])
    return Correction(
        key, unit, period, of_sex, None if hidden else before, None if hidden else after, hidden,
        earlier, load, source, at, by, kind == "undo", ORIGIN_OF[origin],
    )  # fmt: skip


class _Open:
    """Which places show an observation of their own; read once for each measure, window, sex and month."""

    def __init__(self, connection: Connection, catalogue: Catalogue) -> None:
        self._connection = connection
        self._numbers = dict(connection.execute(select(tables.measure.c.key, tables.measure.c.id)).all())
        self._above = _with_units_below(catalogue.organisation)
        self._known: dict[tuple[str, int, int, int], dict[tuple[str, Month], _Numbers]] = {}

    def has(
        self,
        measure: Measure,
        unit: str,
        window: int,
        month: int,
        sex: int,
        versions: Sequence[_Numbers | None],
    ) -> bool:
        if measure.persons is Persons.NEITHER:
            return True
        of_sex = SEX_OF[sex]
        for version in versions:
            if version is None or is_masked(measure, version[0], version[1], 1, of_sex):
                return False
            if version[2] is not None and of_sex is not Sex.ALL:
                return False
        if unit in self._above:
            return False
        place = measure.key, window, sex, month
        if place not in self._known:
            number, base = self._numbers[measure.key], WINDOW_OF[window]
            self._known[place] = own_cells(self._connection, number, base, of_sex, [month_of(month)])
        return (unit, month_of(month)) in self._known[place]


def _with_units_below(organisation: Organisation) -> frozenset[str]:
    """The units that have, or have had, others below them."""
    return frozenset(p.parent for unit in organisation.units.values() for p in unit.placements if p.parent)


def read_ledger_corrections(
    connection: Connection, wanted: ColumnElement[bool], last: Month, limit: int
) -> list[LedgerCorrection]:
    """Kostnadsställen, counterparts and uppdragsprojekt of an account added up."""
    found: list[LedgerCorrection] = []
    loads = (
        select(_L.id, _L.source, _L.created_at, _L.created_by, _L.kind, _L.origin)
        .where(_L.id.in_(select(_E.superseded_by).where(_E.superseded_by.is_not(None)).distinct()))
        .order_by(_L.id.desc())
    )
    for load in connection.execute(loads).all():
        found += _of_load(connection, load, wanted, last)
        if len(found) >= limit:
            break
    return found[:limit]


def _of_load(
    connection: Connection, load: Any, wanted: ColumnElement[bool], last: Month
) -> Iterator[LedgerCorrection]:
    """The largest change of a month first, the newest month first."""
    number, source, at, by, kind, origin = load
    u, a = tables.unit.c, tables.ledger_account.c
    key = (u.key, _E.kind, a.key, _E.month)

    def sums(which: ColumnElement[bool]) -> dict[tuple[str, int, str, int], int]:
        query = (
            select(*key, cast(func.sum(_E.amount), BigInteger))
            .join_from(tables.ledger_entry, tables.unit, u.id == _E.unit)
            .join(tables.ledger_account, a.id == _E.account)
            .where(which, wanted, _E.month <= last.index)
            .group_by(*key)
        )
        return {
            (unit, k, account, month): amount for unit, k, account, month, amount in connection.execute(query)
        }

    before = defaultdict(int, sums(_E.superseded_by == number))
    # What the load brought for months that nobody had booked before it corrects nothing.
    booked = {(unit, k, month) for unit, k, _, month in before}
    after = defaultdict(int, sums(_E.load_id == number))
    changed = [
        place
        for place in dict.fromkeys([*before, *after])
        if (place[0], place[1], place[3]) in booked and before[place] != after[place]
    ]
    changed.sort(key=lambda place: (-place[3], -abs(after[place] - before[place]), place))
    for unit, k, account, month in changed:
        place = unit, k, account, month
        yield LedgerCorrection(
            unit, AMOUNT_KIND_OF[k], account, month_of(month), before[place], after[place],
            number, source, at, by, kind == "undo", ORIGIN_OF[origin],
        )  # fmt: skip
