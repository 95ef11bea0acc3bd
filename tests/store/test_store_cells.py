"""What a cell says beside its sums: whether it must be hidden, its source, and that growth needs both its years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

import pytest

from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import OrgView, Origin, Persons, Sex
from hsf_kpi.model.period import View, Window
from hsf_kpi.store import Store
from tests.store.builders import SMALL, catalogue, everyone, m, measure, obs

A = Aggregation
CAT = catalogue(
    SMALL,
    [
        measure("belopp", A.AMOUNT),
        measure("ars", A.COUNT, measured=(Window.TERTIAL_1, Window.YEAR)),
        measure("svar", A.SURVEY, measured=(Window.YEAR,), by_sex=True, persons=Persons.DENOMINATOR),
        measure(
            "franvaro",
            A.RATIO,
            by_sex=True,
            persons=Persons.DENOMINATOR,
            threshold_by_sex=11,
            person_hours=165,
        ),
        measure("okning", A.GROWTH, scale=Fraction(100)),
    ],
)
DEMO = Origin.DEMO


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store.create(database_url, "demo", CAT, dt.date(2023, 11, 14))
    yield store
    store.close()


def cell(
    store: Store, key: str, unit_id: str, end: str, window: Window = Window.MONTH, sex: Sex = Sex.ALL
) -> Cell | None:
    view = View(window.value) if window.value in ("month", "ytd", "r12") else View.MONTH
    series = store.unit_series(everyone(CAT), CAT, unit_id, view, sex, OrgView.TODAY, [key])
    return series[key].cells.get(window, {}).get(m(end))


def test_a_finished_value_of_few_respondents_is_masked(store: Store) -> None:
    answers = [
        ("kirurgi", Sex.ALL, 9),
        ("kirurgi", Sex.WOMEN, 5),
        ("kirurgi", Sex.MEN, 4),
        ("medicin", Sex.ALL, None),
        ("rontgen", Sex.WOMEN, 5),
        ("rontgen", Sex.MEN, 5),
    ]
    store.load(
        CAT,
        "enkät",
        DEMO,
        [obs("svar", u, "2022-12", None, n, ready=76, window=Window.YEAR, sex=sex) for u, sex, n in answers],
    )
    found = {sex: cell(store, "svar", "kirurgi", "2022-12", Window.YEAR, sex=sex) for sex in Sex}
    shown = {sex: (c.ready, c.denominator, c.masked) for sex, c in found.items() if c is not None}
    assert shown == {
        Sex.ALL: (76 * FIXED, 9 * FIXED, False),
        Sex.WOMEN: (None, None, True),
        Sex.MEN: (None, None, True),
    }, "women for the men's sake"
    enough = [cell(store, "svar", "rontgen", "2022-12", Window.YEAR, sex=s) for s in (Sex.WOMEN, Sex.MEN)]
    assert [c.ready for c in enough if c] == [76 * FIXED, 76 * FIXED]
    unknown = cell(store, "svar", "medicin", "2022-12", Window.YEAR)
    assert unknown is not None
    assert (unknown.ready, unknown.denominator, unknown.masked) == (76 * FIXED, None, False)
    assert cell(store, "svar", "akut", "2022-12", Window.YEAR) is None, "respondents are never summed"


def test_the_threshold_by_sex_holds_for_women_and_men_apart(store: Store) -> None:
    def masked(month: str, persons: dict[Sex, int]) -> dict[Sex, bool]:
        given = [obs("franvaro", "kirurgi", month, 60, n * 165, sex=sex) for sex, n in persons.items()]
        store.load(CAT, "a", DEMO, given)
        found = {sex: cell(store, "franvaro", "kirurgi", month, sex=sex) for sex in Sex}
        return {sex: c.masked for sex, c in found.items() if c}

    enough = {Sex.ALL: 22, Sex.WOMEN: 11, Sex.MEN: 11}
    assert masked("2023-01", enough) == {Sex.ALL: False, Sex.WOMEN: False, Sex.MEN: False}
    few = {Sex.ALL: 21, Sex.WOMEN: 10, Sex.MEN: 11}
    assert masked("2023-02", few) == {Sex.ALL: False, Sex.WOMEN: True, Sex.MEN: True}, (
        "men for the women's sake"
    )


def test_a_cell_names_the_source_that_all_its_parts_share(store: Store) -> None:
    store.load(
        CAT,
        "januari.csv",
        DEMO,
        [obs("belopp", "kirurgi", "2023-01", 1), obs("belopp", "medicin", "2023-01", 2)],
    )
    store.load(
        CAT,
        "februari.csv",
        DEMO,
        [obs("belopp", "kirurgi", "2023-02", 1), obs("belopp", "medicin", "2023-02", 2, source="rättelse 7")],
    )
    published = obs("belopp", "nara", "2023-01", ready=9, origin=Origin.PUBLISHED, source="Kolada U1")
    store.load(CAT, "k", Origin.PUBLISHED, [published])

    def source(unit_id: str, end: str, window: Window = Window.MONTH) -> str:
        found = cell(store, "belopp", unit_id, end, window)
        assert found is not None
        return found.source

    assert source("hsf", "2023-01") == "januari.csv"
    assert source("medicin", "2023-02") == "rättelse 7"
    assert source("akut", "2023-02") == "", "two sources"
    assert source("kirurgi", "2023-01", Window.YTD) == "januari.csv"
    assert source("kirurgi", "2023-02", Window.YTD) == "", "a month from each"
    assert source("nara", "2023-01") == "Kolada U1"
    units = store.units_series(everyone(CAT), CAT, ["nara"], "belopp", View.MONTH, Sex.ALL, OrgView.TODAY)
    assert units["nara"].cells[Window.MONTH][m("2023-01")].source == "Kolada U1"


def test_a_growth_has_no_value_where_a_month_has_nothing_to_be_compared_with(store: Store) -> None:
    """A unit that began in April 2022: ten months of 2023 are not held against seven."""
    months = [m("2023-01") + i for i in range(10)]
    store.load(
        CAT,
        "a",
        DEMO,
        [
            *(obs("okning", "kirurgi", end, 110, 0 if end.number < 4 else 100) for end in months),
            *(obs("okning", "medicin", end, 220, 200) for end in months),
        ],
    )
    one = CAT.measures["okning"]

    def value(unit_id: str, end: str, window: Window) -> Fraction | None:
        found = cell(store, "okning", unit_id, end, window)
        assert found is not None
        return found.value(one)

    assert value("kirurgi", "2023-03", Window.MONTH) is None
    assert value("kirurgi", "2023-10", Window.YTD) is None
    assert value("kirurgi", "2023-10", Window.MONTH) == 10
    assert value("medicin", "2023-10", Window.YTD) == 10
    assert value("akut", "2023-10", Window.YTD) == (Fraction(3300, 2700) - 1) * 100, "an ancestor has a value"


def test_a_reading_may_begin_late_in_what_is_monthly_only(store: Store) -> None:
    store.load(
        CAT,
        "a",
        DEMO,
        [
            *(obs("belopp", "kirurgi", m("2022-01") + i, 1) for i in range(14)),
            obs("ars", "kirurgi", "2021-12", 7, window=Window.YEAR),
        ],
    )
    everything = (everyone(CAT), CAT, ["kirurgi", "medicin"])
    for view, window in ((View.MONTH, Window.MONTH), (View.YTD, Window.YTD), (View.R12, Window.R12)):
        rest = (view, Sex.ALL, OrgView.TODAY)
        whole = store.units_series(*everything, "belopp", *rest)["kirurgi"].cells[window]
        late = store.units_series(*everything, "belopp", *rest, since=m("2022-12"))["kirurgi"].cells[window]
        assert late == {month: cell for month, cell in whole.items() if month >= m("2022-12")}
        assert len(late) == 3
    years = store.units_series(*everything, "ars", View.YTD, Sex.ALL, OrgView.TODAY, since=m("2023-01"))
    assert list(years["kirurgi"].cells[Window.YEAR]) == [m("2021-12")]
