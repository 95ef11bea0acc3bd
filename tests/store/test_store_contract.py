"""What the store promises, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest
from sqlalchemy import func, select

from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import OrgView, Origin, Persons, Sex
from hsf_kpi.model.observation import ExternalValue
from hsf_kpi.model.organisation import Placement
from hsf_kpi.model.period import View, Window
from hsf_kpi.model.problems import DataError, NotFound, NotPermitted, StoreError
from hsf_kpi.model.scope import NOTHING, Scope
from hsf_kpi.store import Store, tables
from hsf_kpi.store.engine import reading
from tests.store.builders import SMALL, catalogue, everyone, m, measure, moved, obs, organisation, unit

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


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store.create(database_url, "demo", CAT, AS_OF)
    yield store
    store.close()


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


def test_parts_add_up_through_every_level(store: Store) -> None:
    store.load(
        CAT,
        "a",
        DEMO,
        [
            obs("andel", "kirurgi", "2023-01", 1, 10),
            obs("andel", "medicin", "2023-01", 2, 20),
            obs("andel", "akut", "2023-01", 4, 40),
            obs("andel", "primar", "2023-01", 8, 80),
        ],
    )
    assert numbers(cell(store, "andel", "kirurgi", "2023-01")) == (1 * FIXED, 10 * FIXED, 1, 1)
    assert numbers(cell(store, "andel", "akut", "2023-01")) == (7 * FIXED, 70 * FIXED, 3, 3)
    assert numbers(cell(store, "andel", "hsf", "2023-01")) == (15 * FIXED, 150 * FIXED, 4, 4)


def test_year_to_date_and_rolling_twelve(store: Store) -> None:
    store.load(CAT, "a", DEMO, [obs("belopp", "kirurgi", m("2022-01") + i, 2**i) for i in range(14)])
    assert numbers(cell(store, "belopp", "hsf", "2022-03", Window.YTD))[0] == 7 * FIXED
    assert numbers(cell(store, "belopp", "hsf", "2023-02", Window.YTD))[0] == (2**12 + 2**13) * FIXED
    assert cell(store, "belopp", "hsf", "2022-11", Window.R12) is None
    assert numbers(cell(store, "belopp", "hsf", "2022-12", Window.R12))[0] == (2**12 - 1) * FIXED
    assert numbers(cell(store, "belopp", "hsf", "2023-02", Window.R12))[0] == (2**14 - 4) * FIXED


def test_a_hole_is_told_and_never_filled(store: Store) -> None:
    given = [obs("andel", "kirurgi", m("2022-01") + i, 1, 30) for i in range(14)]
    given += [obs("andel", "medicin", m("2022-01") + i, 1, 10) for i in range(14) if i not in (4, 13)]
    store.load(CAT, "a", DEMO, given)
    assert cell(store, "andel", "medicin", "2022-05") is None
    may = cell(store, "andel", "akut", "2022-05")
    assert numbers(may) == (FIXED, 30 * FIXED, 1, 2)
    assert may is not None
    assert may.missing_share == 1.0, "nothing is known of the year before"
    late = cell(store, "andel", "akut", "2023-02")
    assert late is not None
    assert (late.reported, late.expected, late.missing_share) == (1, 2, 0.25)
    ytd = cell(store, "andel", "medicin", "2022-05", Window.YTD)
    assert ytd is not None
    assert (ytd.months, ytd.months_expected, ytd.reported, ytd.complete) == (4, 5, 0, False)


def test_a_unit_that_fell_silent_before_it_ended_is_not_waited_for(store: Store) -> None:
    given = [
        obs("belopp", "halso", "2022-09", 1),
        *(obs("belopp", "primar", m("2022-09") + i, 1) for i in range(6)),
    ]
    store.load(CAT, "a", DEMO, given)
    for month, expected in (("2022-09", 2), ("2022-10", 1), ("2023-02", 1)):
        assert numbers(cell(store, "belopp", "nara", month, org=OrgView.AS_WAS))[3] == expected


def test_a_unit_is_waited_for_a_year_and_no_longer(store: Store) -> None:
    given = [
        obs("belopp", "kirurgi", "2022-01", 1),
        *(obs("belopp", "primar", m("2022-01") + i, 1) for i in range(13)),
    ]
    store.load(CAT, "a", DEMO, given)
    assert numbers(cell(store, "belopp", "hsf", "2022-06"))[3] == 2
    store.load(CAT, "a", DEMO, [obs("belopp", "primar", "2023-02", 1)])
    assert numbers(cell(store, "belopp", "hsf", "2022-06"))[3] == 1


def test_nothing_is_expected_while_a_unit_does_not_exist(database_url: str) -> None:
    rests = replace(
        unit("vilar", "hsf"),
        placements=(Placement("hsf", None, m("2022-02")), Placement("hsf", m("2022-05"))),
    )
    cat = catalogue(organisation(unit("hsf", None), rests, unit("annan", "hsf")), CAT.measures.values())
    store = Store.create(database_url, "demo", cat, AS_OF)
    given = [obs("belopp", "annan", m("2022-01") + i, 1) for i in range(6)]
    store.load(
        cat,
        "a",
        DEMO,
        given + [obs("belopp", "vilar", month, 1) for month in ("2022-01", "2022-05", "2022-06")],
    )
    view = (View.MONTH, Sex.ALL, OrgView.TODAY)
    cells = store.unit_series(everyone(cat), cat, "hsf", *view, ["belopp"])["belopp"].cells[Window.MONTH]
    assert [cells[m("2022-01") + i].expected for i in range(6)] == [2, 2, 1, 1, 2, 2]
    store.close()


def test_what_is_taken_at_the_latest_needs_its_last_month(store: Store) -> None:
    given = [obs("vantande", "kirurgi", "2022-01", 1, 2), obs("vantande", "kirurgi", "2022-03", 3, 4)]
    store.load(CAT, "a", DEMO, [*given, obs("anstallda", "kirurgi", "2022-01", 50)])
    assert cell(store, "vantande", "hsf", "2022-02", Window.YTD) is None
    assert numbers(cell(store, "vantande", "hsf", "2022-03", Window.YTD)) == (3 * FIXED, 4 * FIXED, 1, 1)


def test_measured_windows_are_summed_as_they_are(store: Store) -> None:
    store.load(
        CAT,
        "a",
        DEMO,
        [
            obs("ars", "kirurgi", "2022-04", 3, window=Window.TERTIAL_1),
            obs("ars", "kirurgi", "2022-12", 9, window=Window.YEAR),
            obs("ars", "primar", "2022-12", 5, window=Window.YEAR),
        ],
    )
    assert numbers(cell(store, "ars", "hsf", "2022-04", Window.TERTIAL_1)) == (3 * FIXED, None, 1, 1)
    assert numbers(cell(store, "ars", "hsf", "2022-12", Window.YEAR)) == (14 * FIXED, None, 2, 2)
    assert cell(store, "ars", "hsf", "2022-12", Window.TERTIAL_1) is None


def test_sexes_are_summed_apart_and_never_into_the_total(store: Store) -> None:
    store.load(CAT, "a", DEMO, [obs("andel", "kirurgi", "2022-04", 3, 9, sex=Sex.WOMEN)])
    assert cell(store, "andel", "hsf", "2022-04") is None
    assert numbers(cell(store, "andel", "hsf", "2022-04", sex=Sex.WOMEN))[0] == 3 * FIXED


def test_history_follows_the_successor_in_todays_view_only(store: Store) -> None:
    given = [obs("belopp", "halso", "2022-12", 5), obs("belopp", "primar", "2022-12", 7)]
    store.load(CAT, "a", DEMO, [*given, obs("belopp", "primar", "2023-01", 11)])
    assert numbers(cell(store, "belopp", "primar", "2022-12"))[0] == 12 * FIXED
    assert numbers(cell(store, "belopp", "primar", "2022-12", org=OrgView.AS_WAS))[0] == 7 * FIXED
    assert cell(store, "belopp", "halso", "2022-12") is None
    assert numbers(cell(store, "belopp", "halso", "2022-12", org=OrgView.AS_WAS))[0] == 5 * FIXED
    for org in OrgView:
        assert numbers(cell(store, "belopp", "nara", "2022-12", org=org)) == (12 * FIXED, None, 2, 2)


def test_a_moved_unit_counts_month_by_month_where_it_stood(store: Store) -> None:
    given = [obs("belopp", "rontgen", m("2022-01") + i, 2**i) for i in range(12)]
    store.load(CAT, "a", DEMO, [*given, obs("belopp", "kirurgi", "2022-12", 0)])
    year = ("2022-12", Window.YTD)
    assert numbers(cell(store, "belopp", "akut", *year, OrgView.AS_WAS))[0] == (2**6 - 1) * FIXED
    assert numbers(cell(store, "belopp", "nara", *year, OrgView.AS_WAS))[0] == (2**12 - 2**6) * FIXED
    assert numbers(cell(store, "belopp", "nara", *year))[0] == (2**12 - 1) * FIXED
    assert numbers(cell(store, "belopp", "akut", *year))[0] == 0


def test_only_the_touched_have_sums_of_their_own_today(store: Store) -> None:
    store.load(
        CAT, "a", DEMO, [obs("belopp", u, "2022-01", 1) for u in ("kirurgi", "halso", "rontgen", "primar")]
    )
    store.load(CAT, "a", DEMO, [obs("belopp", "primar", "2023-03", 1)])
    months = [m("2022-01") + i for i in range(15)]
    expected = SMALL.touched(m("2023-03"), months)
    with reading(store._engine) as connection:
        found = set(connection.execute(select(tables.unit.c.key).where(tables.unit.c.touched)).scalars())
        own = connection.execute(
            select(tables.unit.c.key)
            .join_from(tables.unit, tables.rollup, tables.rollup.c.unit == tables.unit.c.id)
            .where(tables.rollup.c.org == 1)
            .distinct()
        ).scalars()
        assert set(own) <= found
    assert found == expected


def test_a_later_month_makes_its_organisation_todays(store: Store) -> None:
    store.load(CAT, "a", DEMO, [obs("belopp", "halso", "2022-11", 5), obs("andel", "halso", "2022-11", 5, 9)])
    assert numbers(cell(store, "belopp", "halso", "2022-11"))[0] == 5 * FIXED
    store.load(CAT, "b", DEMO, [obs("andel", "primar", "2023-01", 1, 2)])
    assert cell(store, "belopp", "halso", "2022-11") is None, "sums of other measures follow too"
    assert numbers(cell(store, "belopp", "primar", "2022-11"))[0] == 5 * FIXED


def test_a_unit_that_moves_there_and_back(database_url: str) -> None:
    """The same units are touched before and after; only what they hold today is another."""
    akut, nara = Placement("akut", None, m("2022-06")), Placement("nara", m("2022-07"), m("2023-06"))
    back = replace(unit("pendlar", "akut"), placements=(akut, nara, Placement("akut", m("2023-07"))))
    org = organisation(unit("hsf", None), unit("akut", "hsf"), unit("nara", "hsf"), back)
    cat = catalogue(org, CAT.measures.values())
    store = Store.create(database_url, "demo", cat, AS_OF)
    given = [obs("belopp", "pendlar", m("2022-01") + i, 1) for i in range(18)]
    view = (View.MONTH, Sex.ALL, OrgView.TODAY)

    def months_at(where: str) -> int:
        series = store.unit_series(everyone(cat), cat, where, *view, ["belopp"])
        return len(series["belopp"].cells.get(Window.MONTH, {}))

    store.load(cat, "a", DEMO, given)
    assert (months_at("akut"), months_at("nara")) == (0, 18)
    store.load(cat, "b", DEMO, [obs("andel", "pendlar", "2023-07", 1, 2)])
    assert (months_at("akut"), months_at("nara")) == (18, 0)
    store.close()


def test_an_earlier_month_of_another_measure_keeps_the_rest(store: Store) -> None:
    store.load(CAT, "a", DEMO, [obs("belopp", "rontgen", "2022-10", 5)])
    store.load(CAT, "b", DEMO, [obs("andel", "rontgen", "2022-01", 1, 2)])
    assert numbers(cell(store, "belopp", "nara", "2022-10"))[0] == 5 * FIXED


def test_a_finished_value_is_shown_at_its_own_unit_and_never_summed(store: Store) -> None:
    given = [
        obs("enkat", "akut", "2022-12", ready=70, window=Window.YEAR),
        obs("andel", "kirurgi", "2023-01", 1, 2),
    ]
    store.load(CAT, "a", DEMO, [*given, obs("andel", "akut", "2023-01", ready=55)])
    survey = cell(store, "enkat", "akut", "2022-12", Window.YEAR)
    assert survey is not None
    assert (survey.ready, survey.complete, survey.value(CAT.measures["enkat"])) == (
        70 * FIXED,
        True,
        Fraction(70),
    )
    assert cell(store, "enkat", "hsf", "2022-12", Window.YEAR) is None
    won = cell(store, "andel", "akut", "2023-01")
    assert won is not None
    assert (won.ready, won.numerator, won.denominator) == (55 * FIXED, None, None)
    assert numbers(cell(store, "andel", "hsf", "2023-01"))[0] == FIXED


def test_a_finished_value_does_not_follow_a_successor(store: Store) -> None:
    given = [obs("andel", "halso", "2022-12", ready=55), obs("andel", "primar", "2022-12", ready=66)]
    store.load(CAT, "a", DEMO, [*given, obs("andel", "primar", "2023-01", 1, 2)])
    then = [cell(store, "andel", u, "2022-12", org=OrgView.AS_WAS) for u in ("halso", "primar")]
    assert [one.ready for one in then if one] == [55 * FIXED, 66 * FIXED]
    now = cell(store, "andel", "primar", "2022-12")
    assert now is not None
    assert now.ready == 66 * FIXED
    assert cell(store, "andel", "halso", "2022-12") is None


def test_a_unit_that_lives_on_in_its_own_child(database_url: str) -> None:
    old = unit("gammal", "hsf", None, "2022-12", "ny")
    cat = catalogue(organisation(unit("hsf", None), old, unit("ny", "gammal")), CAT.measures.values())
    store = Store.create(database_url, "demo", cat, AS_OF)
    store.load(
        cat, "a", DEMO, [obs("andel", "gammal", "2022-12", ready=55), obs("andel", "ny", "2023-01", 1, 2)]
    )
    for org, shown in ((OrgView.AS_WAS, True), (OrgView.TODAY, False)):
        series = store.unit_series(everyone(cat), cat, "gammal", View.MONTH, Sex.ALL, org, ["andel"])
        assert (m("2022-12") in series["andel"].cells[Window.MONTH]) is shown
    store.close()


def test_precedence_of_origins(store: Store) -> None:
    store.load(
        CAT, "a", Origin.PUBLISHED, [obs("belopp", "akut", "2023-01", ready=99, origin=Origin.PUBLISHED)]
    )
    store.load(
        CAT, "b", DEMO, [obs("belopp", "kirurgi", "2023-01", 1), obs("belopp", "medicin", "2023-01", 2)]
    )
    over_demo = cell(store, "belopp", "akut", "2023-01")
    assert over_demo is not None
    assert (over_demo.ready, over_demo.origin) == (99 * FIXED, Origin.PUBLISHED)
    store.load(CAT, "c", Origin.LOADED, [obs("belopp", "kirurgi", "2023-01", 5, origin=Origin.LOADED)])
    assert numbers(cell(store, "belopp", "kirurgi", "2023-01"))[0] == 5 * FIXED
    mixed = cell(store, "belopp", "hsf", "2023-01")
    assert mixed is not None
    assert (mixed.numerator, mixed.origin) == (7 * FIXED, DEMO), "the weakest of its parts"
    store.load(CAT, "d", Origin.LOADED, [obs("belopp", "medicin", "2023-01", 6, origin=Origin.LOADED)])
    over_published = cell(store, "belopp", "akut", "2023-01")
    assert over_published is not None
    assert (over_published.ready, over_published.numerator) == (None, 11 * FIXED)


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
    assert shown == {"kirurgi": None, "medicin": 5 * FIXED, "primar": 0}
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
    some = Scope(frozenset({"kirurgi"}))
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
    def fail(*_: object) -> None:
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
