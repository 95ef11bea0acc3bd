"""Many series at a time, for what looks through every unit and measure. Every question takes a scope first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, Engine, and_, case, or_

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.cell import MeasureSeries
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import MONTHLY_WINDOWS, Month, View, Window
from hsf_kpi.model.point import Point
from hsf_kpi.model.scope import Scope
from hsf_kpi.store import tables
from hsf_kpi.store.codes import ORIGIN_OF, WINDOW
from hsf_kpi.store.engine import reading
from hsf_kpi.store.queries import read_units_measures, rows_of
from hsf_kpi.store.refresh import ids_of

Points = Mapping[str, Mapping[str, Sequence[Point]]]
"""Unit → measure → its months in time order."""


class SeriesStore:
    """One for a store. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def points(
        self,
        scope: Scope,
        catalogue: Catalogue,
        units: Sequence[str],
        measures: Collection[str],
        sex: Sex,
        org: OrgView,
        last: Month,
    ) -> Points:
        """The single months of those of `measures` that the scope allows, at each unit, up to `last` and to the last month
        that the scope allows. Masked months are left out, and so are measures without a month.

        NotPermitted when one of the units is outside the scope.
        """
        for unit in units:
            scope.demand(unit)
        with reading(self._engine) as connection:
            numbered = _numbered(connection, catalogue, measures)
            return _points(connection, scope, units, numbered, sex, org, last)

    def recent(
        self,
        scope: Scope,
        catalogue: Catalogue,
        units: Sequence[str],
        measures: Collection[str],
        view: View,
        sex: Sex,
        org: OrgView,
        months: Collection[Month],
    ) -> dict[str, dict[str, MeasureSeries]]:
        """Those of `measures` that the scope allows, at each unit: of monthly ones the windows of `view` that end in one of
        `months`, the others whole; nothing after the last month that the scope allows.

        NotPermitted when one of the units is outside the scope.
        """
        for unit in units:
            scope.demand(unit)
        r = tables.rollup.c
        monthly = [WINDOW[window] for window in MONTHLY_WINDOWS]
        wanted = or_(r.month.in_([month.index for month in months]), r.window.not_in(monthly))
        with reading(self._engine) as connection:
            numbered = _numbered(connection, catalogue, measures)
            found = read_units_measures(connection, units, numbered, view, sex, org, wanted)
        return {
            unit: {
                key: series.until(scope.through(unit, key))
                for key, series in by_measure.items()
                if scope.allows(unit, key)
            }
            for unit, by_measure in found.items()
        }


def _numbered(connection: Connection, catalogue: Catalogue, measures: Collection[str]) -> dict[int, Measure]:
    """Those that the database knows: one that is defined and not yet taken in has no values."""
    numbers = ids_of(connection, tables.measure)
    return {numbers[key]: catalogue.measure(key) for key in measures if key in numbers}


def _points(
    connection: Connection,
    scope: Scope,
    units: Sequence[str],
    numbered: Mapping[int, Measure],
    sex: Sex,
    org: OrgView,
    last: Month,
) -> Points:
    r = tables.rollup.c
    whole = case((and_(r.reported >= r.expected, r.months >= r.months_expected), True), else_=False)
    columns = (r.month, r.numerator, r.denominator, r.ready, r.months, whole, r.missing_share, r.origin)
    query = rows_of((tables.unit.c.key, r.measure, *columns), units, [WINDOW[Window.MONTH]], sex, org).where(
        r.month <= last.index, r.masked.is_(False), r.measure.in_(numbered)
    )
    found: dict[str, dict[str, list[Point]]] = {unit: {} for unit in units}
    at: tuple[str, int] | None = None
    points: list[Point] | None = None
    end = last.index
    for unit, number, month, *rest, origin in connection.execute(query):
        if at != (unit, number):
            at = (unit, number)
            key = numbered[number].key
            points = None
            if scope.allows(unit, key):
                through = scope.through(unit, key)
                end = last.index if through is None else min(last.index, through.index)
                points = found[unit].setdefault(key, [])
        if points is not None and month <= end:
            points.append(Point._make((month, *rest, ORIGIN_OF[origin])))
    return found
