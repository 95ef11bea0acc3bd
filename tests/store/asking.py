"""A small catalogue, and short questions to a store that holds it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import OrgView, Origin, Persons, Sex
from hsf_kpi.model.period import View, Window
from hsf_kpi.store import Store, tables
from hsf_kpi.store.engine import reading
from tests.store.builders import SMALL, catalogue, everyone, m, measure

A = Aggregation
CAT = catalogue(
    SMALL,
    [
        measure("andel", A.RATIO, by_sex=True),
        measure("belopp", A.AMOUNT),
        measure("vantande", A.SNAPSHOT_RATIO),
        measure("personer", A.RATIO, persons=Persons.BOTH),
        measure("anstallda", A.STOCK, persons=Persons.NUMERATOR),
        measure("enkat", A.SURVEY, measured=(Window.YEAR,)),
        measure("ars", A.COUNT, measured=(Window.TERTIAL_1, Window.YEAR)),
    ],
)
AS_OF = dt.date(2023, 11, 14)
DEMO = Origin.DEMO


def cell(
    store: Store,
    key: str,
    unit_id: str,
    end: str,
    window: Window = Window.MONTH,
    org: OrgView = OrgView.TODAY,
    sex: Sex = Sex.ALL,
) -> Cell | None:
    view = View(window.value) if window.value in ("month", "ytd", "r12") else View.MONTH
    series = store.unit_series(everyone(CAT), CAT, unit_id, view, sex, org, [key])
    return series[key].cells.get(window, {}).get(m(end))


def numbers(found: Cell | None) -> tuple[int | None, int | None, int, int]:
    assert found is not None
    return found.numerator, found.denominator, found.reported, found.expected


def rows(store: Store, table: str) -> int:
    with reading(store._engine) as connection:
        count: int = connection.execute(
            select(func.count()).select_from(tables.metadata.tables[table])
        ).scalar_one()
    return count
