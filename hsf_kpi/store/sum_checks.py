"""Sums that do not add up among the live values: a total beside women and men, a finished value beside its parts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from hsf_kpi.model.aggregation import combine, from_fixed
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import OrgView, Origin, Persons, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, Period
from hsf_kpi.model.provenance import Came, Contribution
from hsf_kpi.model.quality import SexGap, TwoWays
from hsf_kpi.store import tables
from hsf_kpi.store.codes import ORIGIN_OF, SEX, SEX_OF, WINDOW_OF, Form, month_of
from hsf_kpi.store.peers import as_printed
from hsf_kpi.store.provenance import base_of, own_cells, shown_places, standing_rows
from hsf_kpi.store.state import read_meta, state_of

_O = tables.observation.c
_MOST = 500
"""Rows that are looked at, at the most."""
_PARTS = ("numerator", "denominator")
_NOWHERE = Came(0, Origin.LOADED, "", dt.datetime.min, "")


def read_sex_gaps(
    connection: Connection, catalogue: Catalogue, wanted: ColumnElement[bool], first: Month, last: Month
) -> list[SexGap]:
    """wanted: which rows may be seen. Of a measure that counts persons the numbers are told where all three are shown."""
    women, men = tables.observation.alias("women"), tables.observation.alias("men")
    w, n, m, u = women.c, men.c, tables.measure.c, tables.unit.c

    def same(other: object, sex: Sex) -> ColumnElement[bool]:
        place = ("measure", "window", "unit", "month", "origin", "form")
        c = other.c  # type: ignore[attr-defined]
        equal = [c[name] == _O[name] for name in place]
        return and_(*equal, c.sex == SEX[sex], c.superseded_by.is_(None))

    apart = [
        func.coalesce(_O[name], 0) != func.coalesce(w[name], 0) + func.coalesce(n[name], 0) for name in _PARTS
    ]
    query = (
        select(
            m.key, m.id, u.key, _O.window, _O.month, _O.origin,
            *(c[name] for c in (_O, w, n) for name in _PARTS),
        )
        .join_from(tables.observation, women, same(women, Sex.WOMEN))
        .join(men, same(men, Sex.MEN))
        .join(tables.measure, m.id == _O.measure)
        .join(tables.unit, u.id == _O.unit)
        .where(
            _O.sex == SEX[Sex.ALL],
            _O.form == int(Form.PARTS),
            _O.superseded_by.is_(None),
            _O.month.between(first.index, last.index),
            or_(*apart),
            wanted,
        )
        .order_by(_O.month.desc(), m.key, u.key)
        .limit(_MOST)
    )  # fmt: skip
    found: list[SexGap] = []
    for key, number, unit, window, month, origin, *values in connection.execute(query).all():
        measure = catalogue.measures.get(key)
        if measure is None:
            continue
        period = Period(month_of(month), WINDOW_OF[window])
        by_sex = dict(zip(Sex, (values[0:2], values[2:4], values[4:6]), strict=True))
        hidden = not _all_shown(connection, measure, number, unit, period, by_sex)
        for at, component in enumerate(_PARTS):
            total, one, other = (by_sex[sex][at] for sex in Sex)
            # The norm hours are the same for all, and are not added over women and men.
            if measure.aggregation.shared_denominator and component == "denominator":
                continue
            if (total or 0) != (one or 0) + (other or 0):
                gap = SexGap(key, unit, period, component, total, one, other, False, ORIGIN_OF[origin])
                found.append(replace(gap, total=None, women=None, men=None, hidden=True) if hidden else gap)
    return found


def _all_shown(
    connection: Connection,
    measure: Measure,
    number: int,
    unit: str,
    period: Period,
    by_sex: dict[Sex, list[int | None]],
) -> bool:
    if measure.persons is Persons.NEITHER:
        return True
    for sex, (numerator, denominator) in by_sex.items():
        own = own_cells(connection, number, base_of(period), sex, [period.end]).get((unit, period.end))
        if own != (numerator, denominator, None):
            return False
    return True


def read_two_ways(
    connection: Connection, catalogue: Catalogue, wanted: ColumnElement[bool], first: Month, last: Month
) -> list[TwoWays]:
    """In today's organisation. Of a measure that counts persons only where every part is shown by itself."""
    m, u, s = tables.measure.c, tables.unit.c, tables.source.c
    query = (
        select(m.key, m.id, u.key, _O.window, _O.month, _O.sex, _O.origin, _O.ready, _O.denominator, s.text)
        .join_from(tables.observation, tables.measure, m.id == _O.measure)
        .join(tables.unit, u.id == _O.unit)
        .join(tables.source, s.id == _O.source)
        .where(
            _O.form == int(Form.READY),
            _O.superseded_by.is_(None),
            _O.month.between(first.index, last.index),
            wanted,
        )
        .order_by(_O.month.desc(), m.key, u.key, _O.sex, _O.origin)
        .limit(_MOST)
    )
    today = state_of(read_meta(connection)).today
    found: list[TwoWays] = []
    for key, number, unit, window, month, sex, origin, ready, below, source in connection.execute(
        query
    ).all():
        measure = catalogue.measures.get(key)
        if measure is None or not measure.aggregation.sums_over_units:
            continue
        period = Period(month_of(month), WINDOW_OF[window])
        rows = _parts(connection, catalogue, measure, number, unit, period, SEX_OF[sex], today)
        stated = Contribution(unit, period.end, None, below, ready, _NOWHERE)
        base = base_of(period)
        if not (rows and shown_places(connection, measure, number, base, SEX_OF[sex], [stated])):
            continue
        numerator = sum(row.numerator or 0 for row in rows)
        denominator = _denominator(measure, rows)
        value = combine(measure.aggregation, numerator, denominator, 1, measure.scale)
        if value is None or as_printed(value, measure) == as_printed(from_fixed(ready), measure):
            continue
        found.append(TwoWays(key, unit, period, ready, ORIGIN_OF[origin], source, numerator, denominator, 1))
    return found


def _parts(
    connection: Connection,
    catalogue: Catalogue,
    measure: Measure,
    number: int,
    unit: str,
    period: Period,
    sex: Sex,
    today: Month,
) -> list[Contribution]:
    """The rows that the period's sum at the unit would be made of; none where one of them is not to be shown."""
    as_sum = Cell(0, 0, None, 1, 1, 1, 1, 0.0, False, Origin.LOADED)
    rows = standing_rows(
        connection, catalogue, measure, number, unit, period, sex, OrgView.TODAY, today, as_sum
    )
    shown = shown_places(connection, measure, number, base_of(period), sex, rows)
    return rows if len(shown) == len(rows) else []


def _denominator(measure: Measure, rows: list[Contribution]) -> int | None:
    kind = measure.aggregation
    if not kind.has_denominator:
        return None
    below = [row.denominator or 0 for row in rows]
    return max(below) if kind.shared_denominator else sum(below)
