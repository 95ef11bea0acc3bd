"""Roles given and ended: by day, never erased."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import DataError, NotFound
from hsf_kpi.model.role import Grant
from hsf_kpi.store import Store
from tests.store.builders import organisation, unit
from tests.store.people import CAT, DAY, TODAY, open_store, told


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = open_store(database_url)
    store.accounts.add("chef", "Chef", "x")
    yield store
    store.close()


def held(store: Store) -> list[Grant]:
    account = store.accounts.find("chef")
    assert account is not None
    return [one.grant for one in account.held]


def test_what_is_given_is_held(store: Store) -> None:
    grants = [
        Grant("ledning"),
        Grant("chef", "akut", TODAY),
        Grant("chef", "nara", TODAY - DAY, TODAY + DAY),
        Grant("chef", "primar", None, TODAY),
    ]
    numbers = [store.accounts.grant("Chef", grant, CAT, "admin1") for grant in grants]
    assert held(store) == grants
    assert len(set(numbers)) == 4
    assert told(store)[1] == (
        "admin1",
        Event.USER_CHANGED,
        f"chef: fick rollen chef (nara) från {TODAY - DAY} till {TODAY + DAY}",
    )


def test_what_can_not_be_given(store: Store) -> None:
    before = told(store)
    for grant, words in (
        (Grant("hovmästare"), "Rollen ”hovmästare” finns inte"),
        (Grant("chef"), "gäller en verksamhet"),
        (Grant("chef", ""), "gäller en verksamhet"),
        (Grant("ledning", "akut"), "gäller inte en viss verksamhet"),
        (Grant("chef", "månen"), "”månen” finns inte"),
        (Grant("chef", "akut", TODAY, TODAY - DAY), "Sista dagen är före den första"),
    ):
        with pytest.raises(DataError, match=words):
            store.accounts.grant("chef", grant, CAT, "x")
    assert held(store) == []
    assert told(store) == before


def test_every_problem_at_once(store: Store) -> None:
    with pytest.raises(DataError) as caught:
        store.accounts.grant("chef", Grant("ledning", "månen", TODAY, TODAY - DAY), CAT, "x")
    assert len(caught.value.problems) == 3


def test_a_role_is_not_held_twice_in_the_same_time(store: Store) -> None:
    store.accounts.grant("chef", Grant("chef", "akut", TODAY, TODAY + 10 * DAY), CAT, "x")
    for first, last in (
        (None, None),
        (TODAY + 10 * DAY, None),
        (None, TODAY),
        (TODAY + 5 * DAY, TODAY + 6 * DAY),
    ):
        with pytest.raises(DataError, match="har redan rollen Verksamhetschef för Akut"):
            store.accounts.grant("chef", Grant("chef", "akut", first, last), CAT, "x")
    for first, last in ((TODAY + 11 * DAY, None), (None, TODAY - DAY)):
        store.accounts.grant("chef", Grant("chef", "akut", first, last), CAT, "x")
    store.accounts.grant("chef", Grant("chef", "nara"), CAT, "x")


def test_ended_yesterday_is_gone_at_once_and_can_be_given_again_today(store: Store) -> None:
    number = store.accounts.grant("chef", Grant("chef", "akut", TODAY), CAT, "x")
    store.accounts.end_grant(number, TODAY - 100 * DAY, "admin1")
    assert held(store) == [Grant("chef", "akut", TODAY, TODAY - DAY)], "kept, and never held"
    assert not held(store)[0].holds(TODAY)
    store.accounts.grant("chef", Grant("chef", "akut", TODAY), CAT, "x")
    assert [grant.holds(TODAY) for grant in held(store)] == [False, True]
    assert told(store)[1] == ("admin1", Event.USER_CHANGED, f"chef: rollen chef (akut) slutar {TODAY - DAY}")


def test_ended_by_mistake_and_given_again_without_a_day(store: Store) -> None:
    """«Utan datum gäller rollen genast»: the one that has ended does not stand in the way, and stays as it was."""
    number = store.accounts.grant("chef", Grant("chef", "akut"), CAT, "x")
    store.accounts.end_grant(number, TODAY - DAY, "x")
    store.accounts.grant("chef", Grant("chef", "akut"), CAT, "x")
    assert held(store) == [Grant("chef", "akut", None, TODAY - DAY), Grant("chef", "akut", TODAY)]
    with pytest.raises(DataError, match="har redan rollen"):
        store.accounts.grant("chef", Grant("chef", "akut"), CAT, "x")


def test_a_role_is_shortened_never_prolonged(store: Store) -> None:
    number = store.accounts.grant("chef", Grant("ledning", None, None, TODAY + 9 * DAY), CAT, "x")
    with pytest.raises(DataError, match="kan inte förlängas"):
        store.accounts.end_grant(number, TODAY + 10 * DAY, "x")
    store.accounts.end_grant(number, TODAY + 3 * DAY, "x")
    with pytest.raises(DataError, match="kan inte förlängas"):
        store.accounts.end_grant(number, TODAY + 9 * DAY, "x")
    assert held(store) == [Grant("ledning", None, None, TODAY + 3 * DAY)]


@pytest.mark.parametrize(
    ("first", "last"),
    [(None, dt.date.max), (None, dt.date.min), (dt.date.min, TODAY - DAY), (dt.date.max, TODAY)],
)
def test_ended_on_the_outermost_days(store: Store, first: dt.date | None, last: dt.date) -> None:
    """An open end written as 9999-12-31, and the like."""
    number = store.accounts.grant("chef", Grant("ledning", None, first), CAT, "x")
    store.accounts.end_grant(number, last, "x")
    assert held(store)[0].holds(TODAY) == (first is None and last >= TODAY)


@pytest.mark.parametrize("number", [0, -1, 2**31, 10**30])
def test_a_number_that_no_role_can_have(store: Store, number: int) -> None:
    with pytest.raises(NotFound, match="finns inte"):
        store.accounts.end_grant(number, TODAY, "x")


def test_a_unit_that_the_database_does_not_know(store: Store) -> None:
    wider = replace(CAT, organisation=organisation(unit("hsf", None), unit("ny", "hsf")))
    with pytest.raises(DataError, match="Verksamheten ”ny” finns inte i databasen"):
        store.accounts.grant("chef", Grant("chef", "ny"), wider, "x")


DAYS = st.none() | st.integers(-20, 20).map(lambda n: TODAY + n * DAY)


_PEOPLE = itertools.count()


@pytest.fixture(scope="module")
def shared() -> Iterator[Store]:
    store = open_store("sqlite://")
    yield store
    store.close()


@settings(deadline=None, max_examples=50)
@given(spans=st.lists(st.tuples(DAYS, DAYS), max_size=6))
def test_at_most_one_of_the_same_kind_holds_on_any_day(
    shared: Store, spans: list[tuple[dt.date | None, dt.date | None]]
) -> None:
    login = f"person{next(_PEOPLE)}"
    shared.accounts.add(login, "Person", "x")
    for first, last in spans:
        with contextlib.suppress(DataError):
            shared.accounts.grant(login, Grant("ledning", None, first, last), CAT, "x")
    account = shared.accounts.find(login)
    assert account is not None
    assert len(account.held) >= any(first is None or last is None or first <= last for first, last in spans)
    for n in range(-25, 26):
        assert sum(one.grant.holds(TODAY + n * DAY) for one in account.held) <= 1
