"""What the store promises of the ledger, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.ledger import CostCentreLine, UnitLedger
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import View, Window
from hsf_kpi.model.problems import DataError, NotPermitted, StoreError
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.store import Store, tables
from hsf_kpi.store.engine import reading
from tests.store.asking import AS_OF, rows
from tests.store.builders import SMALL, everyone, m, obs
from tests.store.ledger_builders import (
    ACTUAL,
    BUDGET,
    SEEN,
    delivery,
    entry,
    forecast,
    trade,
    with_accounts,
    year_budget,
)

CAT = with_accounts()
ALL = everyone(CAT)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store.create(database_url, "demo", CAT, AS_OF)
    yield store
    store.close()


@pytest.fixture
def quick() -> Iterator[Store]:
    """For what does not depend on the kind of database."""
    store = Store.create("sqlite://", "demo", CAT, AS_OF)
    yield store
    store.close()


def ledger(store: Store, unit: str = "hsf", org: OrgView = OrgView.TODAY, scope: Scope = ALL) -> UnitLedger:
    return store.ledger.read(scope, CAT, [unit], org)[unit]


def test_a_ledger_is_loaded_summed_and_read(store: Store) -> None:
    assert ledger(store).months == ()
    version = store.take(
        CAT,
        delivery(
            [
                *year_budget("kirurgi", 2022, 10),
                *year_budget("kirurgi", 2022, 8, "ersattning"),
                entry("kirurgi", "2022-02", "personal", 11, cost_centre="3110 Vård"),
                entry("kirurgi", "2022-02", "personal", 2),
                entry("kirurgi", "2022-02", "investering", 50),
                entry("kirurgi", "2022-02", "personal", 4, project=True),
                entry("primar", "2022-04", "personal", 1),
                *trade("rontgen", "kirurgi", "2022-02", 6),
                *trade("rontgen", "primar", "2022-04", 7),
            ],
        ),
    )
    state = store.state()
    assert (version, state.latest, state.first, state.today) == (1, m("2022-04"), m("2022-02"), m("2022-04"))
    whole = ledger(store)
    assert (whole.months[0], whole.months[-1]) == (m("2022-01"), m("2022-12"))
    assert whole.amount(ACTUAL, "personal", m("2022-02")) == 13
    assert whole.amount(ACTUAL, "investering", m("2022-02")) == 50
    assert whole.project(ACTUAL, "personal", m("2022-02")) == 4
    assert whole.amount(ACTUAL, "salt", m("2022-02"), eliminated=False) == 6
    assert whole.amount(ACTUAL, "salt", m("2022-02")) == 0
    assert whole.result(ACTUAL, m("2022-02")) == -13
    assert whole.amount(ACTUAL, "ersattning", m("2022-02")) == 0, "booked in the month, with nothing there"
    assert whole.result(ACTUAL, m("2022-03")) is None, "a month with nothing booked in the middle"
    assert whole.result(BUDGET, m("2022-12")) == -2
    assert whole.has_budget(2022)
    assert (whole.origins, whole.sources) == (frozenset({Origin.DEMO}), ("huvudbok.csv",))
    akut, nara = ledger(store, "akut", OrgView.AS_WAS), ledger(store, "nara", OrgView.AS_WAS)
    # röntgen stood under akut until 2022-07: what it sells to kirurgi meets there, what it sells to primär does not.
    assert akut.amount(ACTUAL, "salt", m("2022-02")) == 0
    assert akut.amount(ACTUAL, "salt", m("2022-04")) == 7
    assert nara.amount(ACTUAL, "kopt", m("2022-04")) == 7
    assert (akut.reported[1], akut.expected[1], akut.complete(m("2022-02"))) == (2, 2, True)
    assert (whole.reported[3], whole.expected[3], whole.complete(m("2022-04"))) == (2, 3, False)
    own = ledger(store, "kirurgi")
    assert own.amount(ACTUAL, "kopt", m("2022-02")) == 6, "the other end is not at the unit itself"
    assert ledger(store, "medicin").result(ACTUAL, m("2022-02")) is None


def test_history_follows_the_successor_in_todays_organisation(quick: Store) -> None:
    quick.take(
        CAT,
        delivery(
            [
                entry("halso", "2022-03", "personal", 5),
                entry("primar", "2022-03", "personal", 3),
                entry("primar", "2023-03", "personal", 9),
                *trade("halso", "primar", "2022-03", 2),
                *trade("rontgen", "kirurgi", "2022-03", 4),
            ]
        ),
    )
    march = m("2022-03")
    today, was = ledger(quick, "primar"), ledger(quick, "primar", OrgView.AS_WAS)
    assert today.amount(ACTUAL, "personal", march) == 8
    assert was.amount(ACTUAL, "personal", march) == 3
    assert (today.amount(ACTUAL, "salt", march), was.amount(ACTUAL, "kopt", march)) == (0, 2)
    assert ledger(quick, "halso").result(ACTUAL, march) is None
    assert ledger(quick, "halso", OrgView.AS_WAS).result(ACTUAL, march) == -3
    assert ledger(quick, "akut").amount(ACTUAL, "kopt", march) == 4, "röntgen stands under nära today"
    assert ledger(quick, "akut", OrgView.AS_WAS).amount(ACTUAL, "kopt", march) == 0
    for unit in ("hsf", "nara"):
        one, other = ledger(quick, unit), ledger(quick, unit, OrgView.AS_WAS)
        assert one.amount(ACTUAL, "personal", march) == other.amount(ACTUAL, "personal", march) == 8
    assert ledger(quick, "hsf").amounts == ledger(quick, "hsf", OrgView.AS_WAS).amounts


def test_a_corrected_month_takes_the_place_of_the_earlier_one(store: Store) -> None:
    first = [
        entry("kirurgi", "2023-01", "personal", 5),
        entry("kirurgi", "2023-01", "ersattning", 7),
        entry("kirurgi", "2023-01", "personal", 1, project=True),
        entry("kirurgi", "2023-02", "personal", 6),
        entry("medicin", "2023-01", "personal", 30),
    ]
    store.take(CAT, delivery([*first, *year_budget("kirurgi", 2023, 4)], source="a"))
    store.take(CAT, delivery([entry("kirurgi", "2023-01", "personal", 50)], source="b"))
    own = ledger(store, "kirurgi")
    january = m("2023-01")
    assert own.amount(ACTUAL, "personal", january) == 50
    assert own.amount(ACTUAL, "ersattning", january) == 0, "the whole month was replaced, not added to"
    assert own.project(ACTUAL, "personal", january) == 1
    assert own.amount(ACTUAL, "personal", m("2023-02")) == 6
    assert own.amount(BUDGET, "personal", january) == 4
    assert ledger(store).amount(ACTUAL, "personal", january) == 80
    assert own.sources == ("a", "b")
    t = tables.ledger_entry.c
    with reading(store._engine) as connection:
        kept = connection.execute(
            select(t.amount, t.load_id, t.superseded_by)
            .where(t.kind == 1, t.month == january.index)
            .order_by(t.unit, t.account, t.project, t.load_id)
        ).all()
    assert [tuple(row) for row in kept] == [(7, 1, 2), (5, 1, 2), (50, 2, None), (1, 1, None), (30, 1, None)]
    assert store.audit(1)[0][3] == "b (demodata), dataversion 2"


def test_only_one_side_of_a_trade_is_not_replaced(quick: Store) -> None:
    quick.take(CAT, delivery(trade("rontgen", "kirurgi", "2023-01", 5)))
    with pytest.raises(DataError, match="”rontgen” har bokfört 0 kronor sålt till ”kirurgi” i 2023-01"):
        quick.take(CAT, delivery([entry("rontgen", "2023-01", "personal", 5)]))
    quick.take(CAT, delivery(trade("rontgen", "kirurgi", "2023-01", 6)))
    assert ledger(quick, "rontgen").amount(ACTUAL, "salt", m("2023-01")) == 6


def test_all_or_nothing(quick: Store) -> None:
    quick.take(CAT, delivery([entry("kirurgi", "2023-01", "personal", 5)]))
    wrong = delivery(
        [entry("kirurgi", "2023-01", "personal", 6), entry("okand", "2023-01", "personal", 6)],
        [forecast("kirurgi", "2023-10-20", 5, "okant")],
        observations=[obs("belopp", "borta", "2023-01", 1)],
    )
    with pytest.raises(DataError) as caught:
        quick.take(CAT, wrong)
    assert [problem.what for problem in caught.value.problems] == [
        "Verksamheten ”borta” finns inte.",
        "Verksamheten ”okand” finns inte.",
        "Kontot ”okant” finns inte.",
    ]
    assert quick.state().data_version == 1
    assert (rows(quick, "load"), rows(quick, "ledger_entry")) == (1, 1)
    assert ledger(quick).amount(ACTUAL, "personal", m("2023-01")) == 5


def test_forecasts_are_added_up_month_by_month(store: Store) -> None:
    submitted = [
        forecast("kirurgi", "2023-03-10", 100),
        forecast("kirurgi", "2023-03-20", 110),
        forecast("kirurgi", "2023-03-20", 60, "ersattning"),
        forecast("medicin", "2023-03-21", 200, author="Controller"),
        forecast("medicin", "2023-04-20", 210, author="Controller"),
        forecast("kirurgi", "2024-01-10", 130, year=2023),
        forecast("primar", "2023-03-05", 1),
    ]
    budget = [
        *year_budget("kirurgi", 2023, 10),
        *year_budget("medicin", 2023, 15),
        *year_budget("rontgen", 2022, 1),
    ]
    store.take(CAT, delivery(budget, submitted))
    own = store.ledger.submitted(ALL, CAT, ["kirurgi", "akut", "halso"], OrgView.TODAY)
    assert own["halso"] == ()
    assert [(s.made.isoformat(), s.result, s.deviation, s.author) for s in own["kirurgi"]] == [
        ("2023-03-20", -50, 70, "Verksamhetschef"),
        ("2024-01-10", -130, -10, "Verksamhetschef"),
    ]
    assert own["kirurgi"][0].amounts == {"personal": 110, "ersattning": 60}
    assert (own["kirurgi"][1].month, own["kirurgi"][1].year) == (m("2024-01"), 2023)
    march, april, january = own["akut"]
    assert (march.made, march.result, march.deviation) == (dt.date(2023, 3, 21), -250, 50)
    assert (march.units, march.expected, march.author) == (2, 2, "Verksamheterna sammanlagt")
    assert (april.result, april.units, april.expected, april.author) == (-210, 1, 2, "Controller")
    assert (january.result, january.expected) == (-130, 2)
    [nara] = store.ledger.submitted(ALL, CAT, ["nara"], OrgView.TODAY)["nara"]
    assert (nara.result, nara.deviation, nara.expected) == (-1, None, 1)
    again = [forecast("kirurgi", "2023-03-20", 120)]
    store.take(CAT, delivery((), again))
    [first, _] = store.ledger.submitted(ALL, CAT, ["kirurgi"], OrgView.TODAY)["kirurgi"]
    assert first.amounts == {"personal": 120}, "the forecast of a day is replaced whole"


def test_kostnadsstallen_of_one_unit(quick: Store) -> None:
    quick.take(
        CAT,
        delivery(
            [
                entry("kirurgi", "2023-01", "personal", 5, cost_centre="3120 Mottagning"),
                entry("kirurgi", "2023-02", "personal", 6, cost_centre="3120 Mottagning"),
                entry("kirurgi", "2023-02", "personal", 1),
                entry("kirurgi", "2023-02", "ersattning", 9, cost_centre="3110 Vård"),
                entry("kirurgi", "2023-02", "personal", 9, cost_centre="3110 Vård", project=True),
                entry("medicin", "2023-02", "personal", 9, cost_centre="3120 Mottagning"),
                *(replace(e, cost_centre="3110 Vård") for e in year_budget("kirurgi", 2023, 4)),
            ]
        ),
    )
    lines = quick.ledger.cost_centres(ALL, CAT, "kirurgi", m("2023-01"), m("2023-03"))
    assert lines == (
        CostCentreLine("3110 Vård", "ersattning", 9, None),
        CostCentreLine("3110 Vård", "personal", None, 12),
        CostCentreLine("3120 Mottagning", "personal", 11, None),
        CostCentreLine("", "personal", 1, None),
    )
    early = Scope(frozenset({Reach(frozenset({"kirurgi"}), None, m("2023-01"))}))
    lines = quick.ledger.cost_centres(early, CAT, "kirurgi", m("2023-01"), m("2023-03"))
    assert [(line.cost_centre, line.actual) for line in lines] == [
        ("3110 Vård", None),
        ("3120 Mottagning", 5),
    ]
    assert quick.ledger.cost_centres(ALL, CAT, "hsf", m("2023-01"), m("2023-03")) == ()


def test_nothing_is_read_outside_the_scope(quick: Store) -> None:
    quick.take(
        CAT,
        delivery(
            [
                *year_budget("kirurgi", 2023, 4),
                entry("kirurgi", "2023-01", "personal", 5),
                entry("kirurgi", "2023-02", "personal", 6),
            ],
            [forecast("kirurgi", "2023-01-20", 50), forecast("kirurgi", "2023-02-20", 60)],
        ),
    )
    other = Scope.of({"medicin"})
    blind = Scope(frozenset({Reach(frozenset({"kirurgi"}), frozenset({"belopp"}))}))
    for scope in (other, blind, Scope()):
        with pytest.raises(NotPermitted):
            quick.ledger.read(scope, CAT, ["medicin", "kirurgi"], OrgView.TODAY)
        with pytest.raises(NotPermitted):
            quick.ledger.submitted(scope, CAT, ["kirurgi"], OrgView.TODAY)
        with pytest.raises(NotPermitted):
            quick.ledger.cost_centres(scope, CAT, "kirurgi", m("2023-01"), m("2023-02"))
    until = Scope(frozenset({Reach(frozenset({"kirurgi"}), frozenset({SEEN}), m("2023-01"))}))
    seen = ledger(quick, "kirurgi", scope=until)
    assert seen.result(ACTUAL, m("2023-01")) == -5
    assert seen.result(ACTUAL, m("2023-02")) is None
    assert seen.has_budget(2023), "the budget is a plan, and whole"
    [only] = quick.ledger.submitted(until, CAT, ["kirurgi"], OrgView.TODAY)["kirurgi"]
    assert only.result == -50


def test_derived_measures_come_from_the_ledger_alone(quick: Store) -> None:
    booked = delivery([*year_budget("kirurgi", 2023, 4), entry("kirurgi", "2023-01", "personal", 5)])
    by_hand = obs(SEEN, "kirurgi", "2023-01", 1)
    with pytest.raises(DataError, match="räknas fram ur huvudboken"):
        quick.take(CAT, replace(booked, observations=[by_hand]))
    quick.take(CAT, booked)
    with pytest.raises(DataError, match="räknas fram ur huvudboken"):
        quick.load(CAT, "x", Origin.DEMO, [by_hand])
    published = replace(by_hand, end=m("2021-01"), origin=Origin.PUBLISHED)
    quick.load(CAT, "x", Origin.PUBLISHED, [published])

    def deviation(month: str) -> int | None:
        series = quick.unit_series(ALL, CAT, "hsf", View.MONTH, Sex.ALL, OrgView.TODAY, [SEEN])[SEEN]
        cell = series.cells.get(Window.MONTH, {}).get(m(month))
        return None if cell is None else cell.numerator

    assert deviation("2023-01") == -FIXED
    count = rows(quick, "observation")
    quick.take(CAT, booked)
    assert rows(quick, "observation") == count, "what has not changed is not written again"
    quick.take(CAT, delivery([entry("kirurgi", "2023-01", "personal", 7)]))
    assert deviation("2023-01") == -3 * FIXED


def test_changed_definitions_make_the_sums_anew(quick: Store) -> None:
    quick.take(CAT, delivery([entry("kirurgi", "2023-01", "personal", 5), *year_budget("kirurgi", 2023, 1)]))
    units = dict(SMALL.units)
    units["kirurgi"] = replace(units["kirurgi"], placements=units["primar"].placements)
    changed = with_accounts(Organisation(units), "f2")
    assert quick.sync_definitions(changed)
    found = quick.ledger.read(ALL, changed, ["akut", "nara"], OrgView.TODAY)
    assert found["akut"].result(ACTUAL, m("2023-01")) is None
    assert found["nara"].result(ACTUAL, m("2023-01")) == -5
    fewer = replace(changed, fingerprint="f3", ledger_accounts=changed.ledger_accounts[:2])
    with pytest.raises(StoreError, match="Kontot ”personal” har belopp i databasen"):
        quick.sync_definitions(fewer)
    assert quick.state().fingerprint == "f2"


def test_the_regions_own_ledger_goes_before_the_demos(quick: Store) -> None:
    demo = [entry("kirurgi", f"2023-0{n}", "personal", n) for n in (1, 2)]
    quick.take(CAT, delivery(demo, source="demo"))
    own = [entry("kirurgi", "2023-02", "personal", 70)]
    quick.take(CAT, delivery(own, origin=Origin.LOADED, source="fil"))
    quick.take(CAT, delivery(demo, source="demo igen"))
    found = ledger(quick)
    assert [found.amount(ACTUAL, "personal", month) for month in found.months] == [1, 70]
    assert found.origins == {Origin.DEMO, Origin.LOADED}
