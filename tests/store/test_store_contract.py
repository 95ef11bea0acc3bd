"""What the store promises, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest
from sqlalchemy import select

from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.observation import ExternalValue
from hsf_kpi.model.period import View, Window
from hsf_kpi.model.problems import DataError, NotFound, NotPermitted, StoreError
from hsf_kpi.model.scope import NOTHING, Scope
from hsf_kpi.store import Store, tables
from hsf_kpi.store.engine import reading
from tests.store.asking import AS_OF, CAT, DEMO, A, cell, numbers, rows
from tests.store.builders import SMALL, catalogue, everyone, m, measure, moved, obs, organisation, unit


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store.create(database_url, "demo", CAT, AS_OF)
    yield store
    store.close()


def test_a_new_database_knows_itself(store: Store, database_url: str) -> None:
    again = Store.open(database_url)
    state = again.state()
    assert (state.kind, state.as_of, state.data_version, state.fingerprint) == ("demo", AS_OF, 0, "f1")
    assert state.latest is None
    assert state.today == m("2023-11")
    series = again.unit_series(everyone(CAT), CAT, "hsf", View.YTD, Sex.ALL, OrgView.TODAY)
    assert set(series) == set(CAT.measures)
    assert all(one.empty for one in series.values())
    again.close()


def test_a_load_raises_the_version_and_moves_today(store: Store) -> None:
    assert (
        store.load(CAT, "fil.csv", DEMO, [obs("belopp", "kirurgi", "2023-02", 7)], as_of=dt.date(2023, 3, 2))
        == 1
    )
    assert store.load(CAT, "fil.csv", DEMO, [obs("ars", "kirurgi", "2023-12", 7, window=Window.YEAR)]) == 2
    state = store.state()
    assert (state.data_version, state.latest, state.today) == (2, m("2023-02"), m("2023-02"))
    assert state.as_of == dt.date(2023, 3, 2)
    assert store.load(CAT, "fil.csv", DEMO, [obs("belopp", "kirurgi", "2022-02", 7)]) == 3
    assert store.state().latest == m("2023-02")


def test_what_is_loaded_again_is_superseded_and_kept(store: Store) -> None:
    store.load(
        CAT, "a", DEMO, [obs("belopp", "kirurgi", "2023-01", 1), obs("belopp", "kirurgi", "2023-02", 2)]
    )
    store.load(CAT, "b", DEMO, [obs("belopp", "kirurgi", "2023-01", 10)], by="controller")
    assert numbers(cell(store, "belopp", "hsf", "2023-02", Window.YTD))[0] == 12 * FIXED
    c = tables.observation.c
    with reading(store._engine) as connection:
        kept = connection.execute(
            select(c.numerator, c.load_id, c.superseded_by).order_by(c.month, c.load_id)
        ).all()
    assert [tuple(row) for row in kept] == [(FIXED, 1, 2), (10 * FIXED, 2, None), (2 * FIXED, 1, None)]
    store.load(CAT, "c", DEMO, [obs("belopp", "kirurgi", "2023-01", 100)])
    with reading(store._engine) as connection:
        by = connection.execute(select(c.superseded_by).order_by(c.month, c.load_id)).scalars().all()
    assert by == [2, 3, None, None], "the first was superseded by the second, whatever came later"
    assert numbers(cell(store, "belopp", "hsf", "2023-02", Window.YTD))[0] == 102 * FIXED


def test_a_masked_number_never_leaves_the_store(store: Store) -> None:
    store.load(
        CAT,
        "a",
        DEMO,
        [
            obs("anstallda", "kirurgi", "2023-01", 4),
            obs("anstallda", "medicin", "2023-01", 5),
            obs("anstallda", "primar", "2023-01", 0),
        ],
    )
    few = cell(store, "anstallda", "kirurgi", "2023-01")
    assert few is not None
    assert few.masked
    assert (few.numerator, few.denominator, few.ready) == (None, None, None)
    assert few.value(CAT.measures["anstallda"]) is None
    units = store.units_series(
        everyone(CAT), CAT, ["kirurgi", "medicin", "primar"], "anstallda", View.MONTH, Sex.ALL, OrgView.TODAY
    )
    shown = {u: one.cells[Window.MONTH][m("2023-01")].numerator for u, one in units.items()}
    assert shown == {"kirurgi": None, "medicin": None, "primar": 0}, "medicin would tell kirurgi's"
    assert numbers(cell(store, "anstallda", "hsf", "2023-01"))[0] == 9 * FIXED


def test_both_parts_of_a_masked_share_are_blank(store: Store) -> None:
    store.load(CAT, "a", DEMO, [obs("personer", "kirurgi", "2023-01", 98, 100)])
    few = cell(store, "personer", "kirurgi", "2023-01")
    assert few is not None
    assert (few.masked, few.numerator, few.denominator, few.ready) == (True, None, None, None)


def test_every_query_demands_its_scope_first(store: Store) -> None:
    args = (View.YTD, Sex.ALL, OrgView.TODAY)
    with pytest.raises(NotPermitted):
        store.unit_series(NOTHING, CAT, "hsf", *args)
    with pytest.raises(NotPermitted):
        store.unit_series(everyone(CAT), CAT, "finns-inte", *args)
    some = Scope.of({"kirurgi"})
    assert set(store.units_series(some, CAT, ["kirurgi"], "belopp", *args)) == {"kirurgi"}
    with pytest.raises(NotPermitted):
        store.units_series(some, CAT, ["kirurgi", "medicin"], "belopp", *args)
    with pytest.raises(NotFound, match="finns inte"):
        store.unit_series(some, CAT, "kirurgi", *args, ["okänt"])
    with pytest.raises(NotFound):
        store.units_series(some, CAT, ["kirurgi"], "okänt", *args)


def test_units_and_unit_answer_alike(store: Store) -> None:
    store.load(
        CAT,
        "a",
        DEMO,
        [obs("belopp", u, m("2022-01") + i, i) for u in ("halso", "kirurgi") for i in range(12)],
    )
    units = list(CAT.organisation.units)
    for org in OrgView:
        many = store.units_series(everyone(CAT), CAT, units, "belopp", View.YTD, Sex.ALL, org)
        for one in units:
            alone = store.unit_series(everyone(CAT), CAT, one, View.YTD, Sex.ALL, org, ["belopp"])
            assert many[one] == alone["belopp"]
    assert not many["kirurgi"].empty


def test_a_frame_loads_as_observations_do(store: Store) -> None:
    frame = pd.DataFrame(
        {
            "measure": ["andel", "ars", "enkat"],
            "unit": ["kirurgi", "kirurgi", "akut"],
            "window": [Window.MONTH, "year", "year"],
            "month": [m("2022-12").index] * 3,
            "sex": ["women", Sex.ALL, "all"],
            "numerator": [3 * FIXED, 8 * FIXED, None],
            "denominator": [9 * FIXED, None, None],
            "ready": [None, None, 70 * FIXED],
        }
    )
    store.load(CAT, "ram", DEMO, frame)
    assert numbers(cell(store, "andel", "hsf", "2022-12", sex=Sex.WOMEN)) == (3 * FIXED, 9 * FIXED, 1, 1)
    assert numbers(cell(store, "ars", "hsf", "2022-12", Window.YEAR))[0] == 8 * FIXED
    survey = cell(store, "enkat", "akut", "2022-12", Window.YEAR)
    assert survey is not None
    assert survey.ready == 70 * FIXED
    store.load(CAT, "ram", DEMO, frame.assign(source="sida 7").iloc[[0]])
    with reading(store._engine) as connection:
        assert set(connection.execute(select(tables.source.c.text)).scalars()) == {"ram", "sida 7"}


def test_external_values_are_public_and_replaced(store: Store) -> None:
    first = ExternalValue("kolada", "U1", "0000", "Riket", 2021, 71 * FIXED)
    store.load(
        CAT, "k", Origin.PUBLISHED, [], [first, replace(first, year=2022), replace(first, region_id="0019")]
    )
    store.load(CAT, "k", Origin.PUBLISHED, [], [replace(first, value=72 * FIXED)])
    assert store.external("kolada", ["U1"], ["0000"]) == [
        replace(first, value=72 * FIXED),
        replace(first, year=2022),
    ]
    assert store.external("kolada", ["U2"], ["0000"]) == []
    assert store.state().latest is None


def test_changed_definitions_make_every_sum_anew(store: Store) -> None:
    store.load(
        CAT, "a", DEMO, [obs("belopp", "kirurgi", "2023-01", 4), obs("belopp", "primar", "2023-01", 3)]
    )
    assert not store.sync_definitions(CAT)
    units = [
        moved("kirurgi", "nara", "akut", "2023-06") if u.id == "kirurgi" else u for u in SMALL.units.values()
    ]
    other = catalogue(
        organisation(*units, unit("ny", "akut")), [*CAT.measures.values(), measure("nytt", A.COUNT)], "f2"
    )
    with pytest.raises(StoreError, match="nytt"):
        store.unit_series(everyone(other), other, "hsf", View.MONTH, Sex.ALL, OrgView.TODAY)
    assert store.sync_definitions(other)
    assert numbers(cell(store, "belopp", "nara", "2023-01"))[0] == 7 * FIXED
    assert (store.state().fingerprint, store.state().data_version) == ("f2", 2)
    store.load(other, "b", DEMO, [obs("nytt", "ny", "2023-01", 1)])
    assert not store.unit_series(everyone(other), other, "ny", View.MONTH, Sex.ALL, OrgView.TODAY, ["nytt"])[
        "nytt"
    ].empty


def test_a_load_with_changed_definitions_takes_them_in(store: Store) -> None:
    store.load(CAT, "a", DEMO, [obs("belopp", "kirurgi", "2023-01", 4)])
    units = [
        moved("kirurgi", "nara", "akut", "2023-06") if u.id == "kirurgi" else u for u in SMALL.units.values()
    ]
    other = catalogue(organisation(*units), CAT.measures.values(), "f2")
    store.load(other, "b", DEMO, [obs("andel", "kirurgi", "2023-01", 1, 2)])
    assert numbers(cell(store, "belopp", "nara", "2023-01"))[0] == 4 * FIXED
    assert store.state().fingerprint == "f2"


def test_a_measure_that_becomes_a_survey_has_no_sums(store: Store) -> None:
    store.load(
        CAT, "a", DEMO, [obs("belopp", "kirurgi", "2023-01", 4), obs("andel", "kirurgi", "2023-01", 4, 9)]
    )
    kinds = [replace(x, aggregation=A.SURVEY) if x.key == "belopp" else x for x in CAT.measures.values()]
    store.sync_definitions(catalogue(SMALL, kinds, "f2"))
    assert cell(store, "belopp", "hsf", "2023-01") is None
    assert cell(store, "andel", "hsf", "2023-01") is not None


def test_some_measures_of_a_unit(store: Store) -> None:
    store.load(
        CAT, "a", DEMO, [obs("belopp", "kirurgi", "2023-01", 4), obs("andel", "kirurgi", "2023-01", 4, 9)]
    )
    args = (View.MONTH, Sex.ALL, OrgView.TODAY)
    some = store.unit_series(everyone(CAT), CAT, "hsf", *args, ["vantande", "andel"])
    assert list(some) == ["vantande", "andel"]
    assert [one.empty for one in some.values()] == [True, False]


def test_a_unit_with_values_may_not_vanish_from_the_definitions(store: Store) -> None:
    store.load(CAT, "a", DEMO, [obs("belopp", "kirurgi", "2023-01", 4)])
    left = organisation(*(u for u in SMALL.units.values() if u.id not in ("kirurgi", "medicin")))
    with pytest.raises(StoreError, match="kirurgi") as caught:
        store.sync_definitions(catalogue(left, CAT.measures.values(), "f2"))
    assert len(caught.value.problems) == 1, "medicin has no values"
    assert store.state().fingerprint == "f1"


def test_the_log_tells_who_did_what(store: Store) -> None:
    store.load(CAT, "fil.csv", DEMO, [obs("belopp", "kirurgi", "2023-01", 4)], by="controller")
    store.log("ledning", "exporterade", "belopp")
    log = store.audit()
    assert [(who, what) for _, who, what, _ in log] == [
        ("ledning", "exporterade"),
        ("controller", "läste in data"),
        ("system", "skapade databasen"),
    ]
    assert len(store.audit(1)) == 1


def test_demo_data_stays_out_of_a_real_database(database_url: str) -> None:
    store = Store.create(database_url, "real", CAT, AS_OF)
    with pytest.raises(StoreError, match="Demodata kan inte läsas in i en skarp databas"):
        store.load(CAT, "a", DEMO, [obs("belopp", "kirurgi", "2023-01", 4)])
    assert (rows(store, "observation"), rows(store, "load"), store.state().data_version) == (0, 0, 0)
    store.load(CAT, "a", Origin.PUBLISHED, [obs("belopp", "kirurgi", "2023-01", 4, origin=Origin.PUBLISHED)])
    assert store.state().kind == "real"
    store.close()


def test_a_bad_load_changes_nothing(store: Store) -> None:
    store.load(CAT, "a", DEMO, [obs("belopp", "kirurgi", "2023-01", 4)])
    before = {table: rows(store, table) for table in tables.metadata.tables}
    with pytest.raises(DataError):
        store.load(CAT, "b", DEMO, [obs("belopp", "medicin", "2023-01", 4), obs("belopp", "x", "2023-01", 4)])
    assert {table: rows(store, table) for table in tables.metadata.tables} == before
    assert store.state().data_version == 1


def test_a_failure_on_the_way_leaves_nothing_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("strömavbrott")

    store.load(CAT, "a", DEMO, [obs("belopp", "kirurgi", "2023-01", 4)])
    before = {table: rows(store, table) for table in tables.metadata.tables}
    monkeypatch.setattr("hsf_kpi.store.load.recompute", fail)
    with pytest.raises(RuntimeError):
        store.load(
            CAT, "b", DEMO, [obs("belopp", "kirurgi", "2023-01", 5), obs("belopp", "medicin", "2023-01", 5)]
        )
    assert {table: rows(store, table) for table in tables.metadata.tables} == before
    assert numbers(cell(store, "belopp", "hsf", "2023-01"))[0] == 4 * FIXED
