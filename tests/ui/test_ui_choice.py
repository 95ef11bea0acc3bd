"""Address and session in step: what wins, what is kept, what is told."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.composing import choices
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
        settle(params, state, Place(choices.ONE_MEASURE, selection, choice.measure).params())
    return choice


def test_a_fresh_session_opens_on_the_own_unit_and_the_latest_month(possible: Possible) -> None:
    params: dict[str, str] = {}
    choice = run(params, {}, possible)
    assert (choice.unit, choice.month, choice.view, choice.sex, choice.org) == (
        "a", MONTHS[0], View.YTD, Sex.ALL, OrgView.TODAY,
    )  # fmt: skip
    own = {"raknat": "nej"}
    assert params == {"enhet": "a", "manad": "2023-10", "vy": "ack", "kon": "alla", "org": "idag"} | own


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


def visit(
    page: str, params: dict[str, str], state: dict[str, Any], possible: Possible
) -> tuple[Choice, dict[str, str]]:
    """One run of a page with choices of its own, as the main script does it. The choice, and the address after it."""
    choice = arrive(params, state, possible)
    selection = choice.selection()
    assert selection is not None
    extras = tuple((n, choice.extras[n]) for n in choices.EXTRAS_OF.get(page, ()) if n in choice.extras)
    settle(params, state, Place(page, selection, None, None, extras).params())
    return choice, params


def test_the_pages_own_choices_are_always_in_its_link(possible: Possible) -> None:
    _, params = visit(choices.ROAD, {}, {}, possible)
    assert {name: params[name] for name in choices.EXTRAS_OF[choices.ROAD]} == {
        "mot": "underskott", "fas": "inlast", "brygga": "plan", "niva": "under", "bas": "lamnad", "scenario": "ingen",
    }  # fmt: skip
    _, params = visit(choices.OVERVIEW, {"mot": "fjol"}, {}, possible)
    assert not params.keys() & choices.EXTRAS.keys()


def test_a_link_with_the_pages_own_choices_is_followed(possible: Possible) -> None:
    given_ = {"mot": "fjol", "fas": "jamn", "brygga": "utfall", "niva": "lagst", "bas": "statistisk",
              "scenario": "hyrpersonal:2@2023-11"}  # fmt: skip
    choice, params = visit(choices.ROAD, {"enhet": "a1", **given_}, {}, possible)
    assert choice.messages == []
    assert choice.extras == given_
    assert params.items() >= given_.items()


@pytest.mark.parametrize("name", [name for name, extra in choices.EXTRAS.items() if extra.codes is not None])
def test_an_unknown_code_is_told_and_what_was_chosen_is_kept(possible: Possible, name: str) -> None:
    extra = choices.EXTRAS[name]
    assert extra.codes is not None
    other = next(code for code in extra.codes if code != extra.first)
    page = next(page for page, names in choices.EXTRAS_OF.items() if name in names)
    state: dict[str, Any] = {}
    choice, params = visit(page, {name: "nytt"}, state, possible)
    assert choice.messages == [
        f"{extra.what} ”nytt” i länken finns inte. Visar ”{extra.first}”; det som finns är {', '.join(extra.codes)}."
    ]
    assert params[name] == extra.first
    assert visit(page, params, state, possible)[0].messages == []
    choice.extras[name] = other  # what a widget's callback does
    visit(page, params, state, possible)
    choice, params = visit(page, {**params, name: "nytt"}, state, possible)
    assert f"Visar ”{other}”" in choice.messages[0]
    assert params[name] == other


def test_an_empty_choice_is_as_before_anything_is_chosen(possible: Possible) -> None:
    state: dict[str, Any] = {}
    visit(choices.BUDGET, {"tabell": "statsbidrag", "mot": "fjol"}, state, possible)
    choice, params = visit(choices.BUDGET, {"tabell": "", "mot": " "}, state, possible)
    assert choice.messages == []
    assert (params["tabell"], params["mot"]) == ("ram-per-omrade", "underskott")


def test_free_text_is_taken_as_it_is_or_not_at_all(possible: Possible) -> None:
    state: dict[str, Any] = {}
    longest = "x" * links.LONGEST_TEXT
    assert visit(choices.ROAD, {"scenario": longest}, state, possible)[1]["scenario"] == longest
    choice, params = visit(choices.ROAD, {"scenario": longest + "y"}, state, possible)
    assert [plain.replace("\N{NO-BREAK SPACE}", " ") for plain in choice.messages] == [
        "Scenariot i länken är längre än 2 000 tecken och har inte lästs."
    ]
    assert params["scenario"] == longest


def test_back_changes_a_pages_own_choice(possible: Possible) -> None:
    state: dict[str, Any] = {}
    choice, params = visit(choices.ROAD, {}, state, possible)
    before = dict(params)
    choice.extras["mot"] = "fjol"  # what the switch's callback does
    choice, params = visit(choices.ROAD, params, state, possible)
    assert params["mot"] == "fjol"
    assert visit(choices.ROAD, params, state, possible)[0].extras["mot"] == "fjol", (
        "the old address undoes nothing"
    )
    choice, _ = visit(choices.ROAD, before, state, possible)
    assert choice.extras["mot"] == "underskott"


def test_navigation_that_drops_them_keeps_the_pages_own_choices(possible: Possible) -> None:
    state: dict[str, Any] = {}
    visit(choices.ROAD, {"mot": "fjol", "brygga": "utfall"}, state, possible)
    _, overview = visit(choices.OVERVIEW, {}, state, possible)
    assert "mot" not in overview
    _, budget = visit(choices.BUDGET, {}, state, possible)
    assert (budget["mot"], budget["niva"]) == ("fjol", "under")
    assert "brygga" not in budget
    _, road = visit(choices.ROAD, {}, state, possible)
    assert (road["mot"], road["brygga"]) == ("fjol", "utfall")


def test_a_place_on_another_page_keeps_what_both_have() -> None:
    road = Place(
        choices.ROAD, Selection("a", MONTHS[0], View.YTD), extras=(("mot", "fjol"), ("brygga", "utfall"))
    )
    assert road.extra("mot") == "fjol"
    assert road.extra("niva") == choices.EXTRAS["niva"].first
    budget = road.on(choices.BUDGET, tabell="statsbidrag")
    assert dict(budget.extras) == {"mot": "fjol", "tabell": "statsbidrag"}
    assert budget.params().items() >= {"mot": "fjol", "niva": "under", "tabell": "statsbidrag"}.items()
    assert not road.on(choices.OVERVIEW).params().keys() & choices.EXTRAS.keys()
    assert road.on(choices.ROAD, mot="budget").extra("mot") == "budget", (
        "what is asked for comes before what is kept"
    )
    assert "nyckeltal" not in road.on(choices.BUDGET, "hme").params()
    assert road.at(unit="hsf").extras == road.extras
    assert road.href().startswith("vagen?enhet=a&")


def codes(extra: choices.Extra) -> st.SearchStrategy[str]:
    if extra.codes is not None:
        return st.sampled_from(sorted(extra.codes))
    return st.text(min_size=1, max_size=30).filter(lambda text: bool(text.strip()))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(choices.EXTRAS_OF)), st.data())
def test_every_choice_of_a_page_survives_the_journey_through_a_link(page: str, data: st.DataObject) -> None:
    units = {"hsf": Unit("hsf", "hsf", "nivå", (Placement(None),))}
    possible = Possible(Catalogue(Organisation(units), {}, (), (), "x"), Scope.of(units), MONTHS, "hsf")
    wanted = tuple((name, data.draw(codes(choices.EXTRAS[name]))) for name in choices.EXTRAS_OF[page])
    place = Place(page, Selection("hsf", MONTHS[0], View.YTD), extras=wanted)
    query = dict(parse_qsl(place.href().partition("?")[2]))
    choice = arrive(query, {}, possible)
    assert choice.messages == []
    assert choice.extras == dict(wanted)


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
    choice = arrive(Place(choices.GOALS, wanted).params(), {}, possible)
    assert choice.selection() == wanted
    assert choice.messages == []
