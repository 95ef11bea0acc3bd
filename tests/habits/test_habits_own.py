"""What people keep for themselves: whose it is, and what of it they may still see."""

from __future__ import annotations

from dataclasses import replace
from inspect import signature

import pytest

from hsf_kpi.habits import Habits, habits_of, own
from hsf_kpi.model import habit
from hsf_kpi.model.event import Event
from hsf_kpi.model.habit import MOST_FAVOURITES, Closed, SavedView, Visited
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, NotFound, NotPermitted
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.store import Store
from hsf_kpi.ui import links
from hsf_kpi.workspace import Workspace
from tests.habits.asking import HERE, PAGES, rights, told
from tests.store.asking import AS_OF, CAT

VIEW = SavedView("Kirurgen", "nyckeltal", (("enhet", "kirurgi"), ("nyckeltal", "belopp")))
STAFF = Scope(
    frozenset({Reach(frozenset({"medicin"})), Reach(frozenset({"kirurgi"}), frozenset({"personer"}))})
)


def test_the_links_call_it_the_same() -> None:
    named = (habit.UNIT, habit.MEASURE, habit.MONTH, habit.ROLE)
    assert named == (links.UNIT, links.MEASURE, links.MONTH, links.ROLE)


def test_every_question_is_asked_with_rights() -> None:
    public = {name: getattr(Habits, name) for name in vars(Habits) if not name.startswith("_")}
    first = {name: next(p for p in signature(one).parameters if p != "self") for name, one in public.items()}
    assert {name for name, asked in first.items() if asked != "rights"} == {"flush"}


# What may be seen


def test_favourites_are_those_that_may_be_seen_there(habits: Habits) -> None:
    for key in ("personer", "belopp", "andel"):
        habits.set_favourite(rights(), key, True)
    assert (
        habits.favourites(rights())
        == habits.favourites(rights(), "kirurgi")
        == ("personer", "belopp", "andel")
    )
    assert habits.favourites(rights(STAFF), "kirurgi") == ("personer",)
    assert habits.favourites(rights(STAFF), "hsf") == ()
    assert habits.favourites(rights(STAFF)) == ("personer", "belopp", "andel")
    assert habits.favourites(rights(Scope())) == ()


def test_only_what_is_there_and_may_be_seen_becomes_one(habits: Habits) -> None:
    only = rights(Scope(frozenset({Reach(frozenset({"kirurgi"}), frozenset({"personer"}))})))
    with pytest.raises(NotPermitted, match="”belopp” ingår inte i din behörighet"):
        habits.set_favourite(only, "belopp", True)
    with pytest.raises(NotFound, match="”finns-inte” finns inte"):
        habits.set_favourite(only, "finns-inte", True)
    assert habits.favourites(rights()) == ()
    habits.set_favourite(rights(), "belopp", True)
    habits.set_favourite(only, "belopp", False)
    assert habits.favourites(rights()) == ()


def test_what_nobody_can_find_makes_room(workspace: Workspace, habits: Habits) -> None:
    seen, gone = list(CAT.measures)[:6], ["borttagen", "en-annan"]
    for key in (*seen[:3], *gone, *seen[3:]):
        workspace.store.habits.set_favourite("chef", key, True)
    assert len(workspace.store.habits.favourites("chef")) == MOST_FAVOURITES
    assert habits.favourites(rights()) == tuple(seen)
    habits.set_favourite(rights(), seen[0], True)
    assert set(gone) < set(workspace.store.habits.favourites("chef")), "nothing had to give way"
    last = list(CAT.measures)[6]
    habits.set_favourite(rights(), last, True)
    assert habits.favourites(rights()) == (*seen, last)
    assert workspace.store.habits.favourites("chef") == (*seen[:3], "en-annan", *seen[3:], last)


def test_recent_places_are_those_that_can_be_opened(habits: Habits) -> None:
    places = (Visited("budget", "kirurgi"), HERE, Visited("oversikt", "hsf"), Visited("anvandare"))
    for one in places:
        habits.visited(rights(), one)
    assert habits.flush()
    assert habits.recent(rights(), (*PAGES, "anvandare")) == tuple(reversed(places))
    assert habits.recent(rights(), PAGES) == tuple(reversed(places[:3]))
    assert habits.recent(rights(STAFF), PAGES) == (places[0],)
    assert habits.recent(rights(Scope()), PAGES) == ()


def test_what_may_not_be_seen_is_not_noted(habits: Habits) -> None:
    for one in (HERE, Visited("oversikt", "hsf"), Visited("oversikt", "finns-inte")):
        habits.visited(rights(STAFF), one)
    for page in ("../x", "x" * 81, "", "a\nb"):
        habits.visited(rights(), Visited(page))
    habits.visited(rights(), replace(HERE, measure="A" * 200))
    habits.flush()
    assert habits.recent(rights(), (*PAGES, "../x", "x" * 81, "", "a\nb")) == ()


def test_views_are_those_that_can_be_opened(workspace: Workspace, habits: Habits) -> None:
    mine = [
        habits.save_view(rights(), replace(VIEW, title=title, page=page, params=params), PAGES)
        for title, page, params in (
            ("Allt", "oversikt", (("enhet", "hsf"),)),
            ("Kirurgen", "nyckeltal", VIEW.params),
            ("Personer", "nyckeltal", (("enhet", "kirurgi"), ("nyckeltal", "personer"))),
            ("Utan enhet", "budget", ()),
        )
    ]
    assert habits.views(rights(), PAGES) == tuple(mine)
    assert habits.lost_views(rights(), PAGES) == ()
    assert habits.views(rights(STAFF), PAGES) == tuple(mine[2:])
    assert habits.lost_views(rights(STAFF), PAGES) == tuple(mine[:2])
    assert habits.views(rights(), ("nyckeltal",)) == tuple(mine[1:3])
    for one in mine:
        habits.share_view(rights(), one.number or 0, True)
    other = habits_of(workspace, "annan")
    assert [one.title for one in other.shared_views(rights(STAFF), PAGES)] == ["Personer", "Utan enhet"]
    assert other.shared_views(rights(STAFF), ()) == other.views(rights(), PAGES) == ()
    assert [one.name for one in other.shared_views(rights(), PAGES)] == ["Chef"] * 4
    workspace.store.habits.save_view(
        "chef", "", replace(VIEW, title="Annat mått", params=(("nyckeltal", "x"),))
    )
    assert "Annat mått" not in [one.title for one in habits.views(rights(), PAGES)]


def test_others_see_no_link_to_a_month_or_a_choice_of_a_page_that_is_not_theirs(
    workspace: Workspace, habits: Habits, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = (Month.of(2023, 1),)
    monkeypatch.setattr(type(workspace), "months", lambda _self, scope: () if not scope.units else released)
    for title, latest, params in (
        ("Frisläppt", False, {"manad": "2023-01"}),
        ("Inte frisläppt", False, {"manad": "2023-02"}),
        ("Senaste", True, {"manad": "2023-02"}),
        ("Pekar på belopp", True, {"svar": "belopp"}),
        ("Pekar på nära vård", True, {"grupp": "nara"}),
        ("Pekar på personer", True, {"svar": "personer", "konto": "x"}),
    ):
        every = tuple({"enhet": "kirurgi", **params}.items())
        view = replace(VIEW, title=title, latest=latest, params=every, shared=True)
        habits.save_view(rights(), view, PAGES)
    other, least = habits_of(workspace, "annan"), Reach(frozenset({"kirurgi"}), frozenset({"personer"}))
    titles = [
        one.title for one in other.shared_views(rights(Scope(frozenset({least})), login="annan"), PAGES)
    ]
    assert titles == ["Frisläppt", "Pekar på personer", "Senaste"]
    assert len(habits.views(rights(), PAGES)) == 6, "one's own are one's own"


def test_the_latest_of_many_shared_views_are_told(
    workspace: Workspace, habits: Habits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "MOST_SHARED", 2)
    for title in ("Ö", "A", "Å"):
        habits.save_view(rights(), replace(VIEW, title=title, shared=True), PAGES)
    other = habits_of(workspace, "annan").shared_views(rights(login="annan"), PAGES)
    assert [one.title for one in other] == ["A", "Å"]


def test_nobody_saves_what_they_do_not_see(habits: Habits) -> None:
    for view, scope, error, words in (
        (VIEW, Scope(), NotPermitted, "”kirurgi” finns inte eller ingår inte"),
        (VIEW, STAFF, NotPermitted, "”belopp” ingår inte i din behörighet"),
        (replace(VIEW, params=(("enhet", "ny"),)), None, NotFound, "”ny” finns inte eller ingår inte"),
        (replace(VIEW, params=(("nyckeltal", "x"),)), None, NotFound, "”x” finns inte"),
        (replace(VIEW, page="hemlig"), None, DataError, "Sidan går inte att spara"),
        (replace(VIEW, title=""), None, DataError, "Vyn har inget namn"),
    ):
        with pytest.raises(error, match=words):
            habits.save_view(rights(scope), view, PAGES)
    assert habits.views(rights(), PAGES) == ()


def test_what_is_shared_is_logged_without_its_title(workspace: Workspace, habits: Habits) -> None:
    shared = habits.save_view(rights(), replace(VIEW, shared=True), PAGES)
    habits.save_view(rights(), replace(VIEW, shared=True), PAGES)
    habits.save_view(rights(), replace(shared, title="Nytt namn"), PAGES)
    own_view = habits.save_view(rights(), replace(VIEW, title="Egen"), PAGES)
    assert own_view.number is not None
    habits.share_view(rights(), own_view.number, True)
    habits.share_view(rights(), own_view.number, True)
    habits.share_view(rights(), own_view.number, False)
    habits.remove_view(rights(), own_view.number)
    habits.set_favourite(rights(), "belopp", True)
    entries = workspace.store.audit_log.entries()
    assert [(one.who, one.what, one.detail) for one in reversed(entries)] == [
        ("chef", Event.SHARED, f"nr {shared.number}, nyckeltal, kirurgi, belopp"),
        ("chef", Event.SHARED, f"nr {own_view.number}, nyckeltal, kirurgi, belopp"),
    ]


def test_others_change_nothing(workspace: Workspace, habits: Habits) -> None:
    number = habits.save_view(rights(), replace(VIEW, shared=True), PAGES).number
    assert number is not None
    other, who = habits_of(workspace, "annan"), rights(login="annan")
    for change in (
        lambda: other.remove_view(who, number),
        lambda: other.share_view(who, number, False),
        lambda: other.save_view(who, replace(VIEW, number=number, title="Kapad"), PAGES),
    ):
        assert told(change) == "vy: Vyn finns inte, eller är inte din. Ladda om sidan."
    assert [one.title for one in habits.views(rights(), PAGES)] == ["Kirurgen"]


def test_who_looks_as_another_role_has_none(habits: Habits) -> None:
    habits.set_favourite(rights(), "belopp", True)
    kept = habits.save_view(rights(), replace(VIEW, shared=True), PAGES)
    habits.visited(rights(), HERE)
    seen, number = rights(seen_as="Nämnd"), kept.number or 0
    assert (habits.may(rights()), habits.may(seen)) == (True, False)
    for ask in (
        lambda: habits.favourites(seen), lambda: habits.favourites(seen, "hsf"), lambda: habits.recent(seen, PAGES),
        lambda: habits.views(seen, PAGES), lambda: habits.lost_views(seen, PAGES), lambda: habits.closed(seen),
        lambda: habits.shared_views(seen, PAGES), lambda: habits.set_favourite(seen, "belopp", False),
        lambda: habits.forget_recent(seen), lambda: habits.close(seen, Closed.TOUR),
        lambda: habits.reopen(seen, Closed.TOUR), lambda: habits.save_view(seen, VIEW, PAGES),
        lambda: habits.remove_view(seen, number), lambda: habits.share_view(seen, number, False),
    ):  # fmt: skip
        with pytest.raises(NotPermitted, match="När du ser sidan som en annan roll"):
            ask()
    habits.visited(seen, Visited("oversikt"))
    habits.flush()
    assert habits.recent(rights(), PAGES) == (HERE,)
    assert habits.favourites(rights()) == ("belopp",)
    assert habits.views(rights(), PAGES) == (kept,)


def test_what_is_closed_is_the_owners(workspace: Workspace, habits: Habits) -> None:
    habits.close(rights(), Closed.TOUR)
    assert habits.closed(rights()) == {Closed.TOUR}
    assert habits_of(workspace, "annan").closed(rights()) == frozenset()
    habits.reopen(rights(), Closed.TOUR)
    assert habits.closed(rights()) == frozenset()


def test_on_an_earlier_day_they_are_those_of_today(workspace: Workspace) -> None:
    class Then(Workspace):
        @property
        def home(self) -> Workspace:
            return workspace

    empty = Store.create("sqlite://", "demo", CAT, AS_OF)
    known = {"belopp": CAT.measures["belopp"]}
    then = habits_of(Then(replace(CAT, measures=known), empty), "chef")
    now = habits_of(workspace, "chef")
    now.set_favourite(rights(), "andel", True)
    then.set_favourite(rights(), "belopp", True)
    then.visited(rights(), HERE)
    assert now.flush()
    assert then.favourites(rights()) == ("belopp",), "the other was not there then"
    assert now.favourites(rights()) == ("andel", "belopp")
    assert now.recent(rights(), PAGES) == then.recent(rights(), PAGES) == (HERE,)
    empty.close()
