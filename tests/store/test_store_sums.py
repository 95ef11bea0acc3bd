"""What sums over units and months are, on SQLite and PostgreSQL alike. The oracle says it of every case; here
in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from sqlalchemy import select

from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.organisation import Placement
from hsf_kpi.model.period import View, Window
from hsf_kpi.store import Store, tables
from hsf_kpi.store.engine import reading
from tests.store.asking import AS_OF, CAT, DEMO, cell, numbers
from tests.store.builders import SMALL, catalogue, everyone, m, obs, organisation, unit


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store.create(database_url, "demo", CAT, AS_OF)
    yield store
    store.close()


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
