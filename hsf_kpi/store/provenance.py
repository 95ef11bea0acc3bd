"""The rows that a shown value is made of. Every question takes a scope first.

A row of a measure that counts persons shows its numbers only where they are shown already: where the cell of its own
unit, sex and month is not masked, holds that row alone, and so says the same. All that is told besides is the value itself
less those rows, in one sum («rest»), whatever is in it: rows outside the scope, masked rows, or both. So nothing leaves this
file that is not the difference of shown cells, and `access.suppression` has seen to it that no masked one can be worked out
from those. A rest split in two, what is masked and what is outside the scope, would tell more, and is never given.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, select

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import OrgView, Persons, Sex
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import MONTHLY_WINDOWS, Month, Period, Window
from hsf_kpi.model.provenance import MOST_ROWS, Came, Contribution, Contributions, LedgerContributions, Parts
from hsf_kpi.model.scope import Scope
from hsf_kpi.store import tables
from hsf_kpi.store.codes import ORG, ORIGIN_OF, SEX, WINDOW, Form, month_of
from hsf_kpi.store.engine import reading
from hsf_kpi.store.ledger_provenance import read_ledger_contributions
from hsf_kpi.store.peers import demand_period
from hsf_kpi.store.queries import read_period
from hsf_kpi.store.refresh import ids_of
from hsf_kpi.store.state import read_meta, state_of

_O, _L = tables.observation.c, tables.load.c
_Place = tuple[str, Month]


class ProvenanceStore:
    """One for a store. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def contributions(
        self,
        scope: Scope,
        catalogue: Catalogue,
        measure: str,
        unit: str,
        period: Period,
        sex: Sex,
        org: OrgView,
    ) -> Contributions | None:
        """What the value is made of; None where there is no value. NotPermitted when the scope does not reach it."""
        asked = catalogue.measure(measure)
        demand_period(scope, unit, measure, period)
        with reading(self._engine) as connection:
            number = ids_of(connection, tables.measure).get(measure, -1)
            cell = read_period(connection, (unit,), number, period, sex, org).get(unit)
            if cell is None or cell.masked:
                return None if cell is None else Contributions(measure, unit, period, cell)
            today = state_of(read_meta(connection)).today
            found = standing_rows(connection, catalogue, asked, number, unit, period, sex, org, today, cell)
            shown = shown_places(connection, asked, number, base_of(period), sex, found)
        return _told(scope, catalogue, asked, unit, period, cell, found, shown)

    def ledger_contributions(
        self,
        scope: Scope,
        catalogue: Catalogue,
        unit: str,
        account: str,
        kind: AmountKind,
        months: Sequence[Month],
        org: OrgView,
    ) -> LedgerContributions | None:
        """What one account's amount over the months is made of; None where nothing is booked. NotPermitted outside the
        scope; no outcome after the last month that it allows.
        """
        scope.demand_measure(unit, catalogue.ledger_seen_with)
        with reading(self._engine) as connection:
            return read_ledger_contributions(connection, scope, catalogue, unit, account, kind, months, org)


def base_of(period: Period) -> Window:
    """The window of the observations that a period is made of."""
    return Window.MONTH if period.window in MONTHLY_WINDOWS else period.window


def months_of(measure: Measure, period: Period) -> tuple[Month, ...]:
    """The last months of the observations that a period is made of, in time order."""
    kind, end = measure.aggregation, period.end
    if period.window is Window.YTD and not kind.takes_latest:
        return tuple(Month.of(end.year, n) for n in range(1, end.number + 1))
    if period.window is Window.R12 and (not kind.takes_latest or kind is Aggregation.STOCK):
        return tuple(end - back for back in range(11, -1, -1))
    return (end,)


def standing_rows(
    connection: Connection,
    catalogue: Catalogue,
    measure: Measure,
    number: int,
    unit: str,
    period: Period,
    sex: Sex,
    org: OrgView,
    today: Month,
    cell: Cell,
) -> list[Contribution]:
    """The observations that the cell is made of, of the strongest origin at each place; a finished value alone."""
    organisation = catalogue.organisation
    months = months_of(measure, period)
    form = Form.PARTS if cell.ready is None else Form.READY
    query = _rows(number, base_of(period), sex, months, form)
    strongest: dict[_Place, tuple[int, Contribution]] = {}
    for key, origin, row in map(_read, connection.execute(query)):
        place = row.unit, row.month
        if key in organisation.units and (place not in strongest or origin < strongest[place][0]):
            strongest[place] = origin, row
    rows = [row for _, row in strongest.values()]
    if form is Form.READY:
        return [row for row in rows if row.unit == unit]
    return [row for row in rows if unit in organisation.ancestors(row.unit, row.month, org, today)]


def shown_places(
    connection: Connection,
    measure: Measure,
    number: int,
    base: Window,
    sex: Sex,
    rows: Sequence[Contribution],
) -> frozenset[_Place]:
    """The places whose own cell shows what the row there says."""
    if measure.persons is Persons.NEITHER:
        return frozenset((row.unit, row.month) for row in rows)
    own = own_cells(connection, number, base, sex, sorted({row.month for row in rows}))
    return frozenset(
        (row.unit, row.month) for row in rows if own.get((row.unit, row.month)) == values_of(row)
    )


def values_of(row: Contribution) -> tuple[int | None, int | None, int | None]:
    return row.numerator, row.denominator, row.ready


def own_cells(
    connection: Connection, number: int, base: Window, sex: Sex, months: Sequence[Month]
) -> dict[_Place, tuple[int | None, int | None, int | None]]:
    """(numerator, denominator, ready) of the cells that are not masked and stand for one observation alone."""
    r, u = tables.rollup.c, tables.unit.c
    query = (
        select(u.key, r.month, r.numerator, r.denominator, r.ready)
        .join_from(tables.rollup, tables.unit, u.id == r.unit)
        .where(
            r.org == ORG[OrgView.AS_WAS],
            r.window == WINDOW[base],
            r.sex == SEX[sex],
            r.measure == number,
            r.month.in_([month.index for month in months]),
            r.masked.is_(False),
            r.reported == 1,
        )
    )
    return {(key, month_of(month)): tuple(rest) for key, month, *rest in connection.execute(query)}


def came_columns() -> tuple[Any, ...]:
    """Of the load that a row has come with, joined by `came_with`: what `read_came` reads."""
    return _L.id, _L.origin, _L.source, _L.created_at, _L.created_by, _L.file_name, _L.profile


def came_with(table: Any) -> Any:
    """The load that a row came with, also where the undoing of a later one has restored it."""
    return _L.id == func.coalesce(table.given_by, table.load_id)


def read_came(values: Sequence[Any], source: str, row: int | None) -> Came:
    load, origin, stated, at, by, file, profile = values
    return Came(load, ORIGIN_OF[origin], source or stated, at, by, file, row, profile)


def _rows(number: int, base: Window, sex: Sex, months: Sequence[Month], form: Form) -> Select[Any]:
    s, u = tables.source.c, tables.unit.c
    return (
        select(
            u.key,
            _O.month,
            _O.origin,
            _O.numerator,
            _O.denominator,
            _O.ready,
            s.text,
            _O.row,
            *came_columns(),
        )
        .join_from(tables.observation, tables.unit, u.id == _O.unit)
        .join(tables.source, s.id == _O.source)
        .join(tables.load, came_with(_O))
        .where(
            _O.measure == number,
            _O.window == WINDOW[base],
            _O.sex == SEX[sex],
            _O.month.in_([month.index for month in months]),
            _O.form == int(form),
            _O.superseded_by.is_(None),
        )
    )


def _read(values: Any) -> tuple[str, int, Contribution]:
    unit, month, origin, numerator, denominator, ready, source, row, *came = values
    found = Contribution(unit, month_of(month), numerator, denominator, ready, read_came(came, source, row))
    return unit, origin, found


def _told(
    scope: Scope,
    catalogue: Catalogue,
    measure: Measure,
    unit: str,
    period: Period,
    cell: Cell,
    found: Sequence[Contribution],
    shown: frozenset[_Place],
) -> Contributions:
    if cell.ready is not None:
        return Contributions(measure.key, unit, period, cell, tuple(found))
    order = {key: at for at, key in enumerate(catalogue.organisation.units)}
    seen = [row for row in found if scope.reaches_month(row.unit, measure.key, row.month)]
    seen.sort(key=lambda row: (-row.month.index, order[row.unit]))
    rows = [row if (row.unit, row.month) in shown else _masked(row) for row in seen]
    told = [row for row in rows if not row.masked]
    hidden, outside = len(rows) - len(told), len(found) > len(seen)
    sums = _sum(measure, told)
    rest = None
    if hidden or outside:
        below = None if sums.denominator is None else (cell.denominator or 0) - sums.denominator
        rest = Parts((cell.numerator or 0) - sums.numerator, below)
    later = [row for row in rows[MOST_ROWS:] if not row.masked]
    more = _sum(measure, later) if later else None
    return Contributions(
        measure.key, unit, period, cell, tuple(rows[:MOST_ROWS]), more, rest, hidden, outside
    )


def _masked(row: Contribution) -> Contribution:
    return Contribution(row.unit, row.month, None, None, None, row.came, masked=True)


def _sum(measure: Measure, rows: Sequence[Contribution]) -> Parts:
    """A growth's denominator is told as 0 where a month has none to compare with, so it is not taken apart."""
    kind = measure.aggregation
    additive = kind.has_denominator and not kind.shared_denominator and kind is not Aggregation.GROWTH
    below = sum(row.denominator or 0 for row in rows) if additive else None
    return Parts(sum(row.numerator or 0 for row in rows), below, len(rows))
