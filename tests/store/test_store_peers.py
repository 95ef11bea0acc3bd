"""Values of comparable units: names within the scope only, and of the others nothing but rounded values, five at least."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import OrgView, Origin, Persons, Sex, UnitOfMeasure
from hsf_kpi.model.peers import SMALLEST_GROUP, PeerValues, Withheld
from hsf_kpi.model.period import Period, View, Window
from hsf_kpi.model.problems import NotPermitted
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.store import Store
from hsf_kpi.store.peers import _answer, as_printed
from hsf_kpi.swedish.numbers import value_text
from tests.store.builders import catalogue, m, measure, obs, organisation, unit

SHARE = measure(
    "andel", Aggregation.RATIO, unit_of_measure=UnitOfMeasure.PERCENT, scale=Fraction(100), by_sex=True
)
PEOPLE = replace(SHARE, key="personer", persons=Persons.BOTH)
AMOUNT = measure("belopp", Aggregation.AMOUNT)
UNITS = [f"k{i}" for i in range(9)]
CAT = catalogue(
    organisation(
        unit("hsf", None),
        unit("a", "hsf"),
        unit("b", "hsf"),
        *(unit(u, "a" if i < 4 else "b") for i, u in enumerate(UNITS)),
    ),
    [SHARE, PEOPLE, AMOUNT],
)
PERIOD = Period(m("2023-01"), Window.MONTH)


def load(store: Store, key: str = "andel", *, skip: tuple[str, ...] = (), few: tuple[str, ...] = ()) -> None:
    """Unit k0 has 10/301, k1 11/302 and so on; those of `few` have so few persons that they are masked."""
    rows = [
        obs(key, u, "2023-01", *((1, 100) if u in few else (10 + i, 301 + i)))
        for i, u in enumerate(UNITS)
        if u not in skip
    ]
    store.load(CAT, "fil.csv", Origin.DEMO, rows)


def expected(i: int) -> Fraction:
    return as_printed(Fraction(10 + i, 301 + i) * 100, SHARE)


def ask(
    store: Store,
    scope: Scope,
    unit_id: str = "k0",
    key: str = "andel",
    org: OrgView = OrgView.TODAY,
    period: Period = PERIOD,
) -> PeerValues | Withheld:
    return store.peers(scope, CAT, unit_id, UNITS, key, period, Sex.ALL, org, 0.1)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store.create(database_url, "demo", CAT, dt.date(2023, 3, 1))
    yield store
    store.close()


def test_units_of_the_scope_are_named_and_the_others_are_values_alone(store: Store) -> None:
    load(store)
    found = ask(store, Scope.of({"k0", "k1", "k2", "a", "hsf"}))
    assert found == PeerValues(
        own=expected(0),
        named=(("k1", expected(1)), ("k2", expected(2))),
        unnamed=tuple(sorted(expected(i) for i in range(3, 9))),
        left_out=0,
        origins=frozenset({Origin.DEMO}),
    )


def test_who_sees_all_has_all_by_name_however_few_are_elsewhere(store: Store) -> None:
    load(store)
    found = ask(store, Scope.of(CAT.organisation.units))
    assert isinstance(found, PeerValues)
    assert [u for u, _ in found.named] == UNITS[1:]
    assert found.unnamed == ()


@pytest.mark.parametrize("outside", range(1, 9))
def test_one_to_four_unnamed_are_never_shown(store: Store, outside: int) -> None:
    load(store)
    found = ask(store, Scope.of(UNITS[: 9 - outside]))
    if outside < SMALLEST_GROUP:
        assert found is Withheld.HIDDEN
    else:
        assert isinstance(found, PeerValues)
        assert len(found.unnamed) == outside


def masked(store: Store) -> set[str]:
    """The units whose value is masked: of few persons, or so that one of few persons can't be computed."""
    found = store.units_series(
        Scope.of(UNITS), CAT, UNITS, "personer", View.MONTH, Sex.ALL, OrgView.TODAY, PERIOD.end
    )
    return {u for u, series in found.items() if (cell := series.cell(PERIOD)) is not None and cell.masked}


def test_the_masked_are_left_out_before_the_unnamed_are_counted(store: Store) -> None:
    load(store, "personer", few=("k8",))
    hidden = masked(store)
    found = ask(store, Scope.of({"k0"}), key="personer")
    assert "k8" in hidden
    assert isinstance(found, PeerValues)
    assert (len(found.unnamed), found.left_out) == (8 - len(hidden), len(hidden))
    more = [u for u in UNITS[1:] if u not in hidden][: 4 - len(hidden)]
    load(store, "personer", few=("k8", *more))
    assert len(masked(store)) == 4
    assert ask(store, Scope.of({"k0"}), key="personer") is Withheld.HIDDEN


def test_a_unit_without_a_value_is_left_out_and_has_no_place(store: Store) -> None:
    load(store, skip=("k0", "k8"))
    found = ask(store, Scope.of({"k0", "k1"}), "k1")
    assert isinstance(found, PeerValues)
    assert (found.named, len(found.unnamed), found.left_out) == ((), 6, 2)
    assert ask(store, Scope.of({"k0", "k1"}), "k0") is Withheld.NO_VALUE


def test_a_group_of_fewer_than_five_is_no_comparison(store: Store) -> None:
    load(store, skip=tuple(UNITS[4:]))
    assert ask(store, Scope.of(CAT.organisation.units)) is Withheld.FEW


def test_values_that_are_all_alike_would_need_no_name(store: Store) -> None:
    store.load(CAT, "fil", Origin.DEMO, [obs("andel", u, "2023-01", 0, 100 + i) for i, u in enumerate(UNITS)])
    assert ask(store, Scope.of({"k0"})) is Withheld.HIDDEN
    assert isinstance(ask(store, Scope.of(UNITS)), PeerValues)


def test_the_unnamed_are_shown_in_todays_organisation_only(store: Store) -> None:
    load(store)
    assert ask(store, Scope.of({"k0"}), org=OrgView.AS_WAS) is Withheld.EARLIER
    assert isinstance(ask(store, Scope.of(UNITS), org=OrgView.AS_WAS), PeerValues)


def test_the_scope_is_demanded_for_unit_measure_and_month(store: Store) -> None:
    load(store)
    december = m("2022-12")
    for scope in (
        Scope(),
        Scope.of({"k1"}),
        Scope(frozenset({Reach(frozenset(UNITS), frozenset({"belopp"}))})),
        Scope(frozenset({Reach(frozenset(UNITS), None, december)})),
    ):
        with pytest.raises(NotPermitted):
            ask(store, scope)


def test_a_name_follows_the_measures_and_months_of_the_scope(store: Store) -> None:
    """What is seen of other measures, or of earlier months, names nobody here."""
    load(store)
    mine = Reach(frozenset({"k0"}))
    others = Reach(frozenset(UNITS), frozenset({"belopp"}))
    earlier = Reach(frozenset(UNITS), None, m("2022-12"))
    for extra in (others, earlier):
        found = ask(store, Scope(frozenset({mine, extra})))
        assert isinstance(found, PeerValues)
        assert found.named == ()
        assert len(found.unnamed) == 8


def test_amounts_are_not_compared(store: Store) -> None:
    with pytest.raises(ValueError, match="size"):
        ask(store, Scope.of(UNITS), key="belopp")


def test_other_windows_are_read_too(store: Store) -> None:
    load(store)
    found = ask(store, Scope.of({"k0"}), period=Period(m("2023-01"), Window.YTD))
    assert isinstance(found, PeerValues)
    assert found.own == expected(0)


cells = st.builds(
    Cell,
    numerator=st.integers(0, 400).map(lambda n: n * FIXED),
    denominator=st.integers(1, 400).map(lambda n: n * FIXED),
    ready=st.none(),
    months=st.just(1),
    months_expected=st.just(1),
    reported=st.integers(0, 1),
    expected=st.just(1),
    missing_share=st.sampled_from([0.0, 0.05, 0.5]),
    masked=st.booleans(),
    origin=st.sampled_from(Origin),
    source=st.sampled_from(["hemlig.csv", ""]),
)


@st.composite
def groups(draw: st.DrawFn) -> tuple[dict[str, Cell | None], frozenset[str]]:
    units = [f"u{i}" for i in range(draw(st.integers(1, 12)))]
    found = {u: draw(st.none() | cells) for u in draw(st.permutations(units))}
    return found, frozenset({"u0", *draw(st.sets(st.sampled_from(units)))})


def answer(found: dict[str, Cell | None], seen: frozenset[str]) -> PeerValues | Withheld:
    cells_of = {u: cell for u, cell in found.items() if cell is not None}
    return _answer(Scope.of(seen), "u0", list(found), cells_of, SHARE, PERIOD, OrgView.TODAY, 0.1)


def shown(cell: Cell | None) -> str | None:
    """What a page would print of a cell, told apart from the code under test."""
    if cell is None or cell.masked or (cell.reported < cell.expected and cell.missing_share >= 0.1):
        return None
    assert cell.numerator is not None
    assert cell.denominator is not None
    return value_text(Fraction(cell.numerator, cell.denominator) * 100, SHARE)


@given(groups())
def test_nothing_is_known_of_units_outside_but_their_rounded_values(
    made: tuple[dict[str, Cell | None], frozenset[str]],
) -> None:
    found, seen = made
    answered = answer(found, seen)
    texts = {u: text for u, cell in found.items() if (text := shown(cell)) is not None}
    outside = [text for u, text in texts.items() if u not in seen]
    if "u0" not in texts:
        assert answered is Withheld.NO_VALUE
    elif len(texts) < SMALLEST_GROUP:
        assert answered is Withheld.FEW
    elif 0 < len(outside) < SMALLEST_GROUP or (outside and len(set(outside)) == 1):
        assert answered is Withheld.HIDDEN
    else:
        assert isinstance(answered, PeerValues)
        assert list(answered.unnamed) == sorted(answered.unnamed)
        assert sorted(value_text(v, SHARE) for v in answered.unnamed) == sorted(outside)
        assert all((v * 10).denominator == 1 for v in answered.unnamed), "more decimals than are printed"
        assert {u: value_text(v, SHARE) for u, v in answered.named} == {
            u: text for u, text in texts.items() if u in seen - {"u0"}
        }
        assert answered.left_out == len(found) - len(texts)
        assert "hemlig" not in repr(answered)


@given(groups(), st.randoms())
def test_the_answer_does_not_follow_the_order_or_the_names_of_those_outside(
    made: tuple[dict[str, Cell | None], frozenset[str]], chance: object
) -> None:
    """Their cells may change owners among themselves: nobody can see it."""
    found, seen = made
    others = [u for u in found if u not in seen]
    mixed = list(others)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    exchanged = {u: found[mixed[others.index(u)]] if u in others else found[u] for u in found}
    turned = dict(reversed(list(exchanged.items())))
    assert answer(turned, seen) == answer(found, seen)


@pytest.mark.parametrize("unit_of_measure", [UnitOfMeasure.PERCENT, UnitOfMeasure.MINUTES])
@given(st.fractions(min_value=-200, max_value=200, max_denominator=2000), st.integers(0, 2))
def test_rounding_is_that_of_print(unit_of_measure: UnitOfMeasure, value: Fraction, decimals: int) -> None:
    one = replace(SHARE, unit_of_measure=unit_of_measure, decimals=decimals)
    rounded = as_printed(value, one)
    assert value_text(rounded, one) == value_text(value, one)
    assert as_printed(rounded, one) == rounded
