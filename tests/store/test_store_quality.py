"""Sources, corrections and sums that do not add up: what is found, for whom, and what stays masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pytest

from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.codes import Origin, Persons, Sex, UnitOfMeasure
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.period import Period, Window
from hsf_kpi.model.problems import NotPermitted
from hsf_kpi.model.quality import Correction
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.store import Store
from tests.store.builders import SMALL, catalogue, everyone, m, measure, obs
from tests.store.ledger_builders import ACTUAL, delivery, entry, trade, with_accounts

AMOUNT = measure("belopp", Aggregation.AMOUNT, by_sex=True)
RATIO = measure(
    "andel", Aggregation.RATIO, by_sex=True, persons=Persons.BOTH, unit_of_measure=UnitOfMeasure.PERCENT
)
YEARLY = measure("arlig", Aggregation.AMOUNT, measured=(Window.YEAR,))
CAT = catalogue(SMALL, [AMOUNT, RATIO, YEARLY])
ALL = everyone(CAT)
UNITS = tuple(SMALL.units)
FIRST, LAST = m("2021-01"), m("2022-12")
DAY = dt.date(2022, 11, 15)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store.create(database_url, "demo", CAT, DAY)
    yield opened
    opened.close()


@pytest.fixture
def light() -> Iterator[Store]:
    opened = Store.create("sqlite://", "demo", CAT, DAY)
    yield opened
    opened.close()


def load(store: Store, rows: Sequence[Observation], origin: Origin = Origin.LOADED, by: str = "anna") -> int:
    """The number of the load."""
    store.load(CAT, f"fil {by}", origin, rows, by=by)
    return store.loads.latest()


def a(unit_id: str, value: int, month: str = "2022-10", sex: Sex = Sex.ALL) -> Observation:
    return obs("belopp", unit_id, month, value, sex=sex, origin=Origin.LOADED)


def share(unit_id: str, n: int, d: int, sex: Sex = Sex.ALL) -> Observation:
    return obs("andel", unit_id, "2022-10", n, d, sex=sex, origin=Origin.LOADED)


def corrections(store: Store, scope: Scope = ALL, units: Sequence[str] = UNITS) -> list[Correction]:
    return store.quality.corrections(scope, CAT, units, LAST)


# Sources


def test_each_measure_tells_the_loads_that_its_live_values_come_from(store: Store) -> None:
    first = load(store, [a("kirurgi", 1, "2022-08"), a("kirurgi", 2, "2022-09")])
    second = load(store, [a("kirurgi", 3, "2022-09"), share("kirurgi", 20, 40)], by="bo")
    found = store.quality.sources(ALL, CAT, UNITS, FIRST, LAST)
    told = {
        (one.measure, one.came.load): (one.rows, one.first.iso, one.last.iso, one.came.by) for one in found
    }
    assert told == {
        ("belopp", first): (1, "2022-08", "2022-08", "anna"),
        ("belopp", second): (1, "2022-09", "2022-09", "bo"),
        ("andel", second): (1, "2022-10", "2022-10", "bo"),
    }
    assert [one.came.load for one in found] == sorted((one.came.load for one in found), reverse=True)
    store.loads.undo(CAT, second)
    [back] = store.quality.sources(ALL, CAT, UNITS, FIRST, LAST)
    assert (back.came.load, back.rows) == (first, 2), "what undoing restored came with the first"


def test_sources_end_where_the_scope_ends(light: Store) -> None:
    load(
        light,
        [a("kirurgi", 1, "2022-08"), a("kirurgi", 2, "2022-09"), a("medicin", 2), share("kirurgi", 20, 40)],
    )
    reach = Reach(frozenset({"kirurgi"}), frozenset({"belopp"}), m("2022-08"))
    [one] = light.quality.sources(Scope(frozenset({reach})), CAT, ["kirurgi"], FIRST, LAST)
    assert (one.measure, one.rows, one.last.iso) == ("belopp", 1, "2022-08")
    with pytest.raises(NotPermitted):
        light.quality.sources(Scope(frozenset({reach})), CAT, ["medicin"], FIRST, LAST)
    assert light.quality.sources(ALL, CAT, ["primar"], FIRST, LAST) == []


# Corrections


def test_a_correction_tells_before_after_and_both_loads(store: Store) -> None:
    one = load(store, [a("kirurgi", 10), a("medicin", 5), a("primar", 7)])
    two = load(store, [a("kirurgi", 12), a("medicin", 5)], by="bo")
    [found] = corrections(store)
    assert (found.measure, found.unit, found.period) == (
        "belopp",
        "kirurgi",
        Period(m("2022-10"), Window.MONTH),
    )
    assert (found.before, found.after) == ((10 * FIXED, None, None), (12 * FIXED, None, None))
    assert (found.earlier, found.load, found.by, found.undo) == (one, two, "bo", False)
    store.loads.undo(CAT, two, "cia")
    back, first = corrections(store)
    assert (back.before, back.after) == ((12 * FIXED, None, None), (10 * FIXED, None, None))
    assert (back.undo, back.by, back.earlier) == (True, "cia", two)
    assert first == found


def test_what_undoing_takes_away_has_nothing_after_it(light: Store) -> None:
    number = load(light, [a("kirurgi", 10)])
    light.loads.undo(CAT, number)
    [found] = corrections(light)
    assert (found.before, found.after, found.hidden) == ((10 * FIXED, None, None), None, False)


def test_corrections_are_of_the_units_and_months_that_may_be_seen(light: Store) -> None:
    load(light, [a("kirurgi", 10), a("medicin", 5), a("kirurgi", 1, "2022-08")])
    load(light, [a("kirurgi", 11), a("medicin", 6), a("kirurgi", 2, "2022-08")])
    assert {one.unit for one in corrections(light)} == {"kirurgi", "medicin"}
    assert {one.unit for one in corrections(light, Scope.of(["kirurgi"]), ["kirurgi"])} == {"kirurgi"}
    early = Scope(frozenset({Reach(frozenset({"kirurgi"}), None, m("2022-09"))}))
    assert [one.period.end.iso for one in corrections(light, early, ["kirurgi"])] == ["2022-08"]
    assert (
        corrections(
            light, Scope(frozenset({Reach(frozenset({"kirurgi"}), frozenset({"andel"}))})), ["kirurgi"]
        )
        == []
    )
    newest = light.quality.corrections(ALL, CAT, UNITS, LAST, limit=1)
    assert len(newest) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((3, 100), (40, 100)),
        ((40, 100), (3, 100)),
        ((98, 100), (60, 100)),
        ((40, 100), (40, 44)),
        ((2, 4), (50, 90)),
    ],
)
def test_a_correction_of_few_persons_is_masked_on_both_sides(
    light: Store, before: tuple[int, int], after: tuple[int, int]
) -> None:
    others = [share("medicin", 40, 100), share("primar", 40, 100), share("halso", 40, 90)]
    load(light, [share("kirurgi", *before), *(one for one in others if one.unit != "halso")])
    load(light, [share("kirurgi", *after)])
    [found] = corrections(light)
    assert (found.unit, found.hidden, found.before, found.after) == ("kirurgi", True, None, None)


def test_what_is_hidden_for_anothers_sake_is_masked_in_the_register_too(light: Store) -> None:
    load(light, [share("kirurgi", 3, 100), share("medicin", 40, 100), share("primar", 40, 100)])
    load(light, [share("medicin", 42, 100), share("primar", 42, 100)])
    told = {one.unit: one.hidden for one in corrections(light)}
    assert told == {"medicin": True, "primar": False}, "akut is shown, and tells kirurgi from medicin"


# Sums


def by_sex(unit_id: str, total: int, women: int, men: int) -> list[Observation]:
    return [a(unit_id, total), a(unit_id, women, sex=Sex.WOMEN), a(unit_id, men, sex=Sex.MEN)]


def test_a_total_that_is_not_women_and_men(store: Store) -> None:
    load(store, [*by_sex("kirurgi", 30, 10, 20), *by_sex("medicin", 31, 10, 20), a("primar", 9)])
    [gap] = store.quality.sex_gaps(ALL, CAT, UNITS, FIRST, LAST)
    assert (gap.unit, gap.component, gap.hidden) == ("medicin", "numerator", False)
    assert (gap.total, gap.women, gap.men) == (31 * FIXED, 10 * FIXED, 20 * FIXED)
    assert store.quality.sex_gaps(ALL, CAT, ["kirurgi"], FIRST, LAST) == []
    assert store.quality.sex_gaps(ALL, CAT, UNITS, FIRST, m("2022-09")) == []


def test_a_gap_of_few_persons_has_no_numbers(light: Store) -> None:
    load(
        light,
        [share("kirurgi", 43, 103), share("kirurgi", 3, 50, Sex.WOMEN), share("kirurgi", 39, 52, Sex.MEN)],
    )
    found = light.quality.sex_gaps(ALL, CAT, UNITS, FIRST, LAST)
    assert [(gap.component, gap.hidden, gap.total, gap.women, gap.men) for gap in found] == [
        ("numerator", True, None, None, None),
        ("denominator", True, None, None, None),
    ]


def yearly(unit_id: str, **value: int) -> Observation:
    return obs("arlig", unit_id, "2022-12", window=Window.YEAR, origin=Origin.LOADED, **value)


def test_a_finished_value_beside_the_sum_of_its_parts(light: Store) -> None:
    parts = [yearly("kirurgi", numerator=10), yearly("medicin", numerator=5)]
    load(light, [*parts, yearly("akut", ready=15), yearly("hsf", ready=16)])
    [one] = light.quality.two_ways(ALL, CAT, UNITS, FIRST, LAST)
    assert (one.unit, one.stated, one.numerator) == ("hsf", 16 * FIXED, 15 * FIXED)
    assert light.quality.two_ways(ALL, CAT, ["akut"], FIRST, LAST) == []


# The ledger

BOOKS = with_accounts()
SEES = everyone(BOOKS)


def test_booked_amounts_that_a_later_load_has_made_others(database_url: str) -> None:
    first = delivery(
        [
            entry("kirurgi", "2022-10", "personal", 700, cost_centre="11"),
            entry("kirurgi", "2022-10", "personal", 100, cost_centre="12"),
            entry("kirurgi", "2022-10", "kopt", 50),
            entry("medicin", "2022-10", "personal", 90),
        ],
        origin=Origin.LOADED,
    )
    again = delivery(
        [
            entry("kirurgi", "2022-10", "personal", 750, cost_centre="11"),
            entry("kirurgi", "2022-10", "personal", 100, cost_centre="12"),
            entry("kirurgi", "2022-10", "ersattning", 5),
            entry("kirurgi", "2022-11", "personal", 1),
        ],
        origin=Origin.LOADED,
        by="bo",
    )
    store = Store.create(database_url, "demo", BOOKS, DAY, [first, again])
    found = store.quality.ledger_corrections(SEES, BOOKS, UNITS, LAST)
    assert {(one.unit, one.account, one.before, one.after) for one in found} == {
        ("kirurgi", "personal", 800, 850),
        ("kirurgi", "kopt", 50, 0),
        ("kirurgi", "ersattning", 0, 5),
    }
    assert {(one.kind, one.month.iso, one.by) for one in found} == {(ACTUAL, "2022-10", "bo")}
    assert store.quality.ledger_corrections(Scope.of(["medicin"]), BOOKS, ["medicin"], LAST) == []
    early = Scope(frozenset({Reach(frozenset(UNITS), None, m("2022-09"))}))
    assert store.quality.ledger_corrections(early, BOOKS, UNITS, LAST) == []
    store.close()


def test_trade_whose_sides_differ_names_only_what_may_be_seen() -> None:
    store = Store.create(
        "sqlite://", "demo", BOOKS, DAY, [delivery(trade("rontgen", "kirurgi", "2022-10", 300))]
    )
    assert store.quality.trade_gaps(SEES, BOOKS, UNITS, FIRST, LAST) == []
    # A stronger origin's month of the buyer leaves the seller's side alone.
    store.take(BOOKS, delivery([entry("kirurgi", "2022-10", "personal", 1)], origin=Origin.LOADED))
    [gap] = store.quality.trade_gaps(SEES, BOOKS, UNITS, FIRST, LAST)
    assert (gap.seller, gap.buyer, gap.sold, gap.bought) == ("rontgen", "kirurgi", 300, 0)
    [own] = store.quality.trade_gaps(Scope.of(["kirurgi"]), BOOKS, ["kirurgi"], FIRST, LAST)
    assert (own.seller, own.buyer) == (None, "kirurgi")
    assert store.quality.trade_gaps(SEES, BOOKS, ["medicin"], FIRST, LAST) == []
    store.close()
