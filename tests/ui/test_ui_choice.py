"""Address and session in step: what wins, what is kept, what is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.organisation import Organisation, Placement, Unit
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.ui import links
from hsf_kpi.ui.choice import Choice, Possible, arrive, hold_measure, settle
from hsf_kpi.ui.links import Place
from tests.store.builders import measure

UNITS = ("hsf", "a", "a1", "hemlig")
MONTHS = tuple(Month.of(2023, n) for n in range(10, 0, -1))


@pytest.fixture
def possible() -> Possible:
    parents = {"hsf": None, "a": "hsf", "a1": "a", "hemlig": "hsf"}
    units = {u: Unit(u, u.upper(), "nivå", (Placement(parents[u]),)) for u in UNITS}
    measures = {key: measure(key, Aggregation.RATIO) for key in ("hme", "hyrpersonal")}
    catalogue = Catalogue(Organisation(units), measures, (), (), "x")
    return Possible(catalogue, Scope.of({"hsf", "a", "a1"}), MONTHS, "a", MONTHS[0] + 1)


def run(params: dict[str, str], state: dict[str, Any], possible: Possible) -> Choice:
    """One run of the main script: arrive, then write the address back."""
    choice = arrive(params, state, possible)
    if (selection := choice.selection()) is not None:
        settle(params, state, Place(links.ONE_MEASURE, selection, choice.measure).params())
    return choice


def test_a_fresh_session_opens_on_the_own_unit_and_the_latest_month(possible: Possible) -> None:
    params: dict[str, str] = {}
    choice = run(params, {}, possible)
    assert (choice.unit, choice.month, choice.view, choice.sex, choice.org) == (
        "a", MONTHS[0], View.YTD, Sex.ALL, OrgView.TODAY,
    )  # fmt: skip
    assert params == {"enhet": "a", "manad": "2023-10", "vy": "ack", "kon": "alla", "org": "idag"}


def test_a_link_is_followed_in_a_fresh_session(possible: Possible) -> None:
    params = {"enhet": "a1", "manad": "2023-03", "vy": "r12", "kon": "k", "org": "da", "nyckeltal": "hme"}
    choice = run(dict(params), {}, possible)
    assert (choice.unit, choice.month.iso, choice.view) == ("a1", "2023-03", View.R12)
    assert (choice.sex, choice.org, choice.measure) == (Sex.WOMEN, OrgView.AS_WAS, "hme")
    assert choice.messages == []


def test_navigation_that_drops_the_parameters_keeps_the_choice(possible: Possible) -> None:
    state: dict[str, Any] = {}
    run({"enhet": "a1", "vy": "r12"}, state, possible)
    params: dict[str, str] = {}
    choice = run(params, state, possible)
    assert (choice.unit, choice.view) == ("a1", View.R12)
    assert params["enhet"] == "a1"


def test_back_changes_the_choice_and_a_widget_is_not_undone_by_the_old_address(possible: Possible) -> None:
    state: dict[str, Any] = {}
    params = {"enhet": "a1"}
    choice = run(params, state, possible)
    choice.unit = "hsf"  # what a widget's callback does before the next run
    run(params, state, possible)
    assert params["enhet"] == "hsf"
    params["enhet"] = "a1"  # Back
    assert run(params, state, possible).unit == "a1"


@pytest.mark.parametrize("unit", ["hemlig", "finns-inte", "", "HSF"])
def test_an_unknown_and_a_forbidden_unit_are_told_in_the_same_words_and_become_no_other_unit(
    possible: Possible, unit: str
) -> None:
    choice = run({"enhet": unit}, {}, possible)
    assert choice.unit is None
    assert choice.selection() is None
    assert choice.messages == [
        f"Länken pekar på verksamheten ”{unit}”, som inte finns eller inte ingår i din behörighet. "
        "Välj en verksamhet i listan."
    ]


def test_what_is_picked_after_an_unknown_unit_counts(possible: Possible) -> None:
    state: dict[str, Any] = {}
    params = {"enhet": "finns-inte"}
    run(params, state, possible).unit = "a1"  # what the list's callback does
    choice = run(params, state, possible)
    assert (choice.unit, choice.messages, params["enhet"]) == ("a1", [], "a1")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("manad", "2023-13"),
        ("manad", "2031-01"),
        ("manad", "okt"),
        ("vy", "vecka"),
        ("kon", "x"),
        ("org", "sen"),
    ],
)
def test_an_invalid_value_is_told_and_the_rest_is_kept(possible: Possible, name: str, value: str) -> None:
    choice = run({"enhet": "a1", name: value}, {}, possible)
    assert choice.unit == "a1"
    assert len(choice.messages) == 1
    assert value in choice.messages[0]


def test_an_unknown_nyckeltal_is_told_and_is_no_other(possible: Possible) -> None:
    choice = run({"enhet": "a1", "nyckeltal": "finns-inte"}, {}, possible)
    assert choice.measure is None
    assert "finns-inte" in choice.messages[0]


def test_a_message_is_told_once(possible: Possible) -> None:
    state: dict[str, Any] = {}
    params = {"enhet": "a1", "vy": "vecka"}
    assert run(params, state, possible).messages
    assert run(params, state, possible).messages == []


def test_a_choice_outside_a_new_scope_falls_back_to_the_own_unit(possible: Possible) -> None:
    state: dict[str, Any] = {}
    params = {"enhet": "hsf"}
    run(params, state, possible)
    narrower = Possible(possible.catalogue, Scope.of({"a1"}), MONTHS, "a1")
    choice = run(params, state, narrower)
    assert choice.unit == "a1"
    assert "ingår inte längre i din behörighet" in choice.messages[0]


@pytest.fixture
def staff_only(possible: Possible) -> Possible:
    """All of hsf, of the others only hme; nothing later than August of a1."""
    part = Reach(frozenset({"a", "a1"}), frozenset({"hme"}))
    scope = Scope(frozenset({Reach(frozenset({"hsf"})), part}))
    return Possible(possible.catalogue, scope, MONTHS, "a", possible.latest)


@pytest.mark.parametrize("key", ["hyrpersonal", "finns-inte"])
def test_a_forbidden_and_an_unknown_nyckeltal_are_told_in_the_same_words(
    staff_only: Possible, key: str
) -> None:
    state: dict[str, Any] = {}
    choice = run({"enhet": "a", "nyckeltal": key}, state, staff_only)
    assert choice.measure is None
    assert choice.messages == [
        f"Länken pekar på nyckeltalet ”{key}”, som inte finns eller inte ingår i din behörighet här. "
        "Välj ett nyckeltal i listan."
    ]
    for _ in range(2):
        choice = run({"enhet": "a", "nyckeltal": key}, state, staff_only)
        assert hold_measure(choice, staff_only) is None
    choice = run({"enhet": "a"}, state, staff_only)
    assert hold_measure(choice, staff_only) == "hme", "a menu's click, without the address's nyckeltal"


def test_what_exists_outside_the_scope_is_noted_for_the_log_and_nothing_else_is(staff_only: Possible) -> None:
    def denied(**params: str) -> list[str]:
        return arrive(params, {}, staff_only).denied

    assert denied(enhet="hemlig") == ["verksamhet hemlig"]
    assert denied(enhet="a", nyckeltal="hyrpersonal") == ["nyckeltal hyrpersonal i a"]
    assert denied(manad="2023-11") == ["månad 2023-11"]
    assert denied(enhet="finns-inte", nyckeltal="finns-inte", manad="2031-01") == []
    assert denied(enhet="a1", nyckeltal="hme", manad="2023-10") == []


def test_another_unit_where_the_nyckeltal_may_not_be_seen_is_told_and_shows_nothing(
    staff_only: Possible,
) -> None:
    state: dict[str, Any] = {}
    params = {"enhet": "hsf", "nyckeltal": "hyrpersonal"}
    choice = run(params, state, staff_only)
    assert hold_measure(choice, staff_only) == "hyrpersonal"
    choice.unit = "a"  # what the list's callback does
    choice = run(params, state, staff_only)
    assert hold_measure(choice, staff_only) is None
    assert len(choice.messages) == 1
    choice.unit = "hsf"
    assert hold_measure(run(params, state, staff_only), staff_only) == "hyrpersonal"


def test_the_first_nyckeltal_is_one_that_may_be_seen(possible: Possible, staff_only: Possible) -> None:
    assert hold_measure(run({"enhet": "a"}, {}, possible), possible) == "hyrpersonal"
    assert hold_measure(run({"enhet": "a"}, {}, staff_only), staff_only) == "hme"


@given(
    st.sampled_from(UNITS[:3]),
    st.sampled_from(MONTHS),
    st.sampled_from(View),
    st.sampled_from(Sex),
    st.sampled_from(OrgView),
)
def test_every_selection_survives_the_journey_through_a_link(
    unit: str, month: Month, view: View, sex: Sex, org: OrgView
) -> None:
    parents = {"hsf": None, "a": "hsf", "a1": "a"}
    units = {u: Unit(u, u, "nivå", (Placement(parents[u]),)) for u in parents}
    possible = Possible(Catalogue(Organisation(units), {}, (), (), "x"), Scope.of(units), MONTHS, "hsf")
    wanted = Selection(unit, month, view, sex, org)
    choice = arrive(Place(links.GOALS, wanted).params(), {}, possible)
    assert choice.selection() == wanted
    assert choice.messages == []
