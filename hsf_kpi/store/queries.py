"""Reading: one statement per question, and one for its sources; rows straight into cells. Masked numbers stop here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, literal, or_, select, true

from hsf_kpi.model.cell import Cell, MeasureSeries
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.observation import ExternalValue
from hsf_kpi.model.period import MONTHLY_WINDOWS, Month, Period, View, Window
from hsf_kpi.store import tables
from hsf_kpi.store.codes import ORG, ORIGIN_OF, SEX, WINDOW, WINDOW_OF, month_of

_Cells = dict[Window, dict[Month, Cell]]
_CELL = ("numerator", "denominator", "ready", "months", "months_expected", "reported", "expected",
         "missing_share", "masked", "origin", "source")  # fmt: skip


def windows_of(measure: Measure, view: View) -> frozenset[Window]:
    """What is shown of a measure: the chosen view of a monthly one, the measured windows of another."""
    return frozenset({Window(view.value)}) if measure.monthly else frozenset(measure.measured)


def read_unit(
    connection: Connection, unit: str, measures: Mapping[int, Measure], view: View, sex: Sex, org: OrgView
) -> dict[str, MeasureSeries]:
    """All of `measures` (number → measure) for one unit, a series each, empty where nothing is known."""
    r = tables.rollup.c
    query = _rows(r.measure, {unit}, _windows(measures.values(), view), sex, org)
    if len(measures) == 1:
        query = query.where(r.measure == next(iter(measures)))
    cells: dict[int, _Cells] = {number: {} for number in measures}
    _fill(cells, connection, query)
    return {
        measure.key: _series(measure, unit, view, sex, org, cells[number])
        for number, measure in measures.items()
    }


def read_units(
    connection: Connection,
    units: Sequence[str],
    number: int,
    measure: Measure,
    view: View,
    sex: Sex,
    org: OrgView,
    since: Month | None = None,
) -> dict[str, MeasureSeries]:
    """One measure for several units. `since`: the first month of its monthly windows; others are read whole."""
    r = tables.rollup.c
    query = _rows(tables.unit.c.key, units, _windows([measure], view), sex, org).where(r.measure == number)
    if since is not None:
        monthly = [WINDOW[window] for window in MONTHLY_WINDOWS]
        query = query.where(or_(r.month >= since.index, r.window.not_in(monthly)))
    cells: dict[str, _Cells] = {unit: {} for unit in units}
    _fill(cells, connection, query)
    return {unit: _series(measure, unit, view, sex, org, cells[unit]) for unit in units}


def read_units_measures(
    connection: Connection,
    units: Sequence[str],
    measures: Mapping[int, Measure],
    view: View,
    sex: Sex,
    org: OrgView,
    wanted: ColumnElement[bool],
) -> dict[str, dict[str, MeasureSeries]]:
    """Several measures (number → measure) for several units, a series each, of the rows that are wanted."""
    r, key = tables.rollup.c, tables.unit.c.key
    columns = (key, r.measure, r.window, r.month, *(r[name] for name in _CELL))
    query = rows_of(columns, units, _windows(measures.values(), view), sex, org)
    rows = connection.execute(query.where(r.measure.in_(measures), wanted)).all()
    cells: dict[tuple[str, int], _Cells] = {(unit, number): {} for unit in units for number in measures}
    _place(cells, connection, [((row[0], row[1]), *row[2:]) for row in rows])
    return {
        unit: {
            measure.key: _series(measure, unit, view, sex, org, cells[unit, number])
            for number, measure in measures.items()
        }
        for unit in units
    }


def read_period(
    connection: Connection, units: Collection[str], number: int, period: Period, sex: Sex, org: OrgView
) -> dict[str, Cell]:
    """One measure for one period at several units: those that have a cell."""
    r = tables.rollup.c
    query = _rows(tables.unit.c.key, units, [WINDOW[period.window]], sex, org)
    cells: dict[str, _Cells] = {unit: {} for unit in units}
    _fill(cells, connection, query.where(r.measure == number, r.month == period.end.index))
    return {unit: found[period.window][period.end] for unit, found in cells.items() if found}


def read_external(
    connection: Connection, register: str, series: Collection[str], region_ids: Collection[str] | None
) -> list[ExternalValue]:
    """Sorted by series, region and year. region_ids: None for all."""
    c = tables.external_value.c
    query = (
        select(c.register, c.series, c.region_id, c.region, c.year, c.value)
        .where(c.register == register, c.series.in_(series))
        .where(true() if region_ids is None else c.region_id.in_(region_ids))
        .where(c.superseded_by.is_(None))
        .order_by(c.series, c.region_id, c.year)
    )
    return [ExternalValue(*row) for row in connection.execute(query)]


def _windows(measures: Iterable[Measure], view: View) -> list[int]:
    wanted = {window for measure in measures for window in windows_of(measure, view)}
    return sorted(WINDOW[window] for window in wanted)


def _rows(by: Any, units: Collection[str], windows: Collection[int], sex: Sex, org: OrgView) -> Select[Any]:
    """One range scan per unit and window. A unit that both views agree about is stored once, as it was."""
    r = tables.rollup.c
    return rows_of((by, r.window, r.month, *(r[name] for name in _CELL)), units, windows, sex, org)


def rows_of(
    columns: Sequence[Any], units: Collection[str], windows: Collection[int], sex: Sex, org: OrgView
) -> Select[Any]:
    """The columns of the units' rows, in the order of their key."""
    r, u = tables.rollup.c, tables.unit.c
    as_was = literal(ORG[OrgView.AS_WAS])
    view = as_was if org is OrgView.AS_WAS else case((u.touched, ORG[OrgView.TODAY]), else_=as_was)
    return (
        select(*columns)
        .join_from(tables.unit, tables.rollup, r.unit == u.id)
        .where(u.key.in_(units), r.org == view, r.window.in_(windows), r.sex == SEX[sex])
        .order_by(r.unit, r.window, r.measure, r.month)
    )


def _sources(connection: Connection, rows: Sequence[Any]) -> dict[int | None, str]:
    """Number → text of the sources in the rows' last column: few, and one text each however many rows have it."""
    s = tables.source.c
    numbers = {row[-1] for row in rows} - {None}
    texts: dict[int | None, str] = {None: ""}
    if numbers:
        texts |= dict(connection.execute(select(s.id, s.text).where(s.id.in_(numbers))).all())
    return texts


def _fill(cells: Mapping[Any, _Cells], connection: Connection, query: Select[Any]) -> None:
    _place(cells, connection, connection.execute(query).all())


def _place(cells: Mapping[Any, _Cells], connection: Connection, rows: Sequence[Any]) -> None:
    sources = _sources(connection, rows)
    for (key, window, month, numerator, denominator, ready, months, months_expected, reported, expected,
         missing_share, masked, origin, source) in rows:  # fmt: skip
        series = cells.get(key)
        if series is None:
            continue
        if masked:
            numerator = denominator = ready = None
        cell = Cell(
            numerator,
            denominator,
            ready,
            months,
            months_expected,
            reported,
            expected,
            missing_share,
            bool(masked),
            ORIGIN_OF[origin],
            sources[source],
        )
        series.setdefault(WINDOW_OF[window], {})[month_of(month)] = cell


def _series(measure: Measure, unit: str, view: View, sex: Sex, org: OrgView, cells: _Cells) -> MeasureSeries:
    shown = windows_of(measure, view)
    kept = {window: by_month for window, by_month in cells.items() if window in shown}
    return MeasureSeries(measure.key, unit, sex, org, kept)
