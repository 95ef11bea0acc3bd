"""Whose habits they are, what is noted of where somebody has been, and where saved views lead."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.habit import SavedView, Visited
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import Problem, StoreError
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.ui import habits
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.habits import note_visit, owner_of
from hsf_kpi.ui.leads import Leads
from hsf_kpi.ui.links import Place
from hsf_kpi.ui.sign_in.port import SignedIn

OCTOBER = Month.parse("2023-10")
SELECTION = Selection("kirurgi", OCTOBER, View.YTD, Sex.ALL, OrgView.TODAY)


def visit(login: str = "demo-ledning", session: int | None = None) -> Visit:
    signed_in = SignedIn(Identity(login, "Anna"), session)
    return Visit(cast(Any, None), cast(Any, "rights"), signed_in, "oversikt", dark=False)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A browser's session: its cookies, and what the session holds."""
    found = SimpleNamespace(session_state={}, context=SimpleNamespace(cookies={"hsf_besok": "hemligt"}))
    monkeypatch.setattr(habits, "st", found)
    return found


def test_who_is_signed_in_owns_by_the_login_whatever_browser(browser: SimpleNamespace) -> None:
    assert owner_of(visit("anna", 7)) == "anna"


def test_on_demo_data_the_browser_and_the_role_own_and_cannot_be_told_from_it(
    browser: SimpleNamespace,
) -> None:
    one = owner_of(visit())
    assert one == owner_of(visit())
    assert one.startswith("besok:")
    assert "hemligt" not in one
    assert "ledning" not in one
    assert one != owner_of(visit("demo-namnd"))
    browser.context.cookies = {"__Host-hsf_besok": "annat"}
    assert one != owner_of(visit())


def test_without_a_cookie_the_session_owns(browser: SimpleNamespace) -> None:
    browser.context.cookies = {}
    one = owner_of(visit())
    assert one == owner_of(visit())
    browser.session_state.clear()
    assert one != owner_of(visit())


def test_a_place_is_noted_when_it_is_another_than_the_last(
    browser: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[Visited] = []
    own = SimpleNamespace(visited=lambda _, one: noted.append(one))
    monkeypatch.setattr(habits, "own_habits", lambda _: own)
    here = Place("oversikt", SELECTION, "hyrpersonal")
    for place in (here, here.at(view=View.R12), here.at(unit="medicin"), here.on("nyckeltal", "hyrpersonal")):
        note_visit(visit(), place)
    note_visit(visit())
    assert noted == [
        Visited("oversikt", "kirurgi"),
        Visited("oversikt", "medicin"),
        Visited("nyckeltal", "kirurgi", "hyrpersonal"),
        Visited("oversikt"),
    ]
    browser.context.cookies = {}
    note_visit(visit(), here)
    assert len(noted) == 4, "nobody could find it again"


def leads(place: Place) -> Leads:
    scope = Scope(
        frozenset({Reach(frozenset({"kirurgi"})), Reach(frozenset({"medicin"}), frozenset({"personer"}))})
    )
    return Leads(cast(Any, None), scope, place, Month.parse("2023-12"))


def test_a_saved_view_opens_on_the_latest_month_or_as_it_was_and_who_looks_is_added() -> None:
    params = (("enhet", "kirurgi"), ("manad", "2023-10"), ("per", "2023-11-01"))
    at = leads(Place("oversikt", SELECTION, role="chef"))
    assert at.view(SavedView("A", "budget", params)) == "budget?enhet=kirurgi&manad=2023-12&roll=chef"
    fixed = SavedView("A", "oversikt", params, latest=False)
    assert at.view(fixed) == "./?enhet=kirurgi&manad=2023-10&per=2023-11-01&roll=chef"


def test_a_unit_leads_to_the_same_page_where_its_measure_may_be_seen_there() -> None:
    at = leads(Place("nyckeltal", SELECTION, "belopp"))
    assert at.unit("kirurgi").startswith("nyckeltal?nyckeltal=belopp&enhet=kirurgi&manad=2023-10")
    assert at.unit("medicin").startswith("./?enhet=medicin&manad=2023-10")


def test_pages_without_a_filter_bar_keep_only_who_is_looking() -> None:
    assert leads(Place("oversikt", SELECTION, role="chef")).page("anvandare") == "anvandare?roll=chef"
    assert leads(Place("oversikt", SELECTION)).visited(Visited("hjalp")) == "hjalp"
    assert leads(Place("oversikt", SELECTION)).page("budget").startswith("budget?enhet=kirurgi&")


def test_what_stands_in_the_way_is_told_in_place_without_where_the_database_is(
    browser: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    anew: list[str] = []
    browser.error = lambda text, **_: shown.append(text)
    browser.rerun = lambda: anew.append("page")
    monkeypatch.setattr(habits, "visit_again", visit)
    monkeypatch.setattr(habits, "own_habits", lambda _: "habits")

    def fails(_visit: object, _habits: object) -> None:
        raise StoreError(Problem("Databasen kan inte nås.", "sqlite:////srv/hemlig", "Försök igen."))

    habits.change(fails, "a")
    habits.tell("b")
    assert shown == []
    habits.tell("a")
    habits.tell("a")
    assert shown == ["Databasen kan inte nås. Försök igen."]
    assert anew == []

    monkeypatch.setattr(habits, "visit_again", lambda: None)
    habits.change(fails, "a")
    habits.tell("b")
    assert anew == ["page"], "the rights are others than those that the page was drawn with"
