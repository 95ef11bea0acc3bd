"""«Uppgifter per» in the address and the session: what wins, what is kept, what is told."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.composing.choices import GOALS, ONE_MEASURE
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.organisation import Organisation, Placement, Unit
from hsf_kpi.model.period import Month
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.ui.choice import Choice, Possible, arrive, arrive_day, settle
from hsf_kpi.ui.links import AS_KNOWN, Place, parse_day

UNITS = {"hsf": Unit("hsf", "hsf", "nivå", (Placement(None),))}
MONTHS = (Month.of(2023, 10),)
DAY = dt.date(2023, 11, 15)


def run(params: dict[str, str], state: dict[str, Any]) -> tuple[Choice, str]:
    """One run of the main script."""
    day, told = arrive_day(params, state)
    possible = Possible(
        Catalogue(Organisation(UNITS), {}, (), (), "x"), Scope.of(UNITS), MONTHS, "hsf", None, day
    )
    choice = arrive(params, state, possible)
    selection = choice.selection()
    assert selection is not None
    settle(params, state, Place(GOALS, selection, known=day).params())
    return choice, told


@given(st.dates())
def test_every_day_survives_the_journey_through_a_link(day: dt.date) -> None:
    place = Place(GOALS, Selection("hsf", MONTHS[0]), known=day)
    query = dict(parse_qsl(place.href().partition("?")[2]))
    choice, told = run(query, {})
    assert (choice.known, told, query[AS_KNOWN]) == (day, "", day.isoformat())
    assert place.on(ONE_MEASURE, "hme").at(unit="a").known == day


def test_without_a_day_it_is_now_and_the_link_says_nothing_of_it() -> None:
    params: dict[str, str] = {}
    choice, _ = run(params, {})
    assert choice.known is None
    assert AS_KNOWN not in params


@given(st.text(max_size=12).filter(lambda text: text.strip() and parse_day(text) is None))
def test_what_is_no_day_is_told_and_left_aside(text: str) -> None:
    params = {AS_KNOWN: text}
    choice, told = run(params, {})
    assert choice.known is None
    assert "kan inte läsas" in told
    assert AS_KNOWN not in params


def test_a_wrong_day_leaves_the_one_that_was_chosen() -> None:
    state: dict[str, Any] = {}
    run({AS_KNOWN: DAY.isoformat()}, state)
    choice, told = run({AS_KNOWN: "20231115"}, state)
    assert choice.known == DAY
    assert "Visar uppgifter per 15 november 2023" in told


def test_what_is_picked_is_not_undone_by_the_old_address() -> None:
    state: dict[str, Any] = {}
    params: dict[str, str] = {}
    choice, _ = run(params, state)
    choice.known = DAY  # what a widget's callback does before the next run
    choice, _ = run(params, state)
    assert (choice.known, params[AS_KNOWN]) == (DAY, "2023-11-15")
    choice.known = None
    choice, _ = run(params, state)
    assert choice.known is None
    assert AS_KNOWN not in params


def test_navigation_keeps_the_day_and_back_to_a_link_without_it_is_now() -> None:
    state: dict[str, Any] = {}
    before: dict[str, str] = {}
    run(before, state)
    params = {**before, AS_KNOWN: DAY.isoformat()}
    run(params, state)
    dropped: dict[str, str] = {}
    choice, _ = run(dropped, state)
    assert (choice.known, dropped[AS_KNOWN]) == (DAY, "2023-11-15")
    choice, _ = run(dict(before), state)
    assert choice.known is None
