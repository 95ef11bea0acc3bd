"""What people keep for themselves: whose it is, what of it they may still see, and that no page waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from inspect import signature

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights
from hsf_kpi.habits import Habits, habits_of, later, own
from hsf_kpi.habits.later import Later
from hsf_kpi.model import habit
from hsf_kpi.model.event import Event
from hsf_kpi.model.habit import MOST_FAVOURITES, MOST_RECENT, VISITOR, Closed, SavedView, Visited
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, HsfError, NotFound, NotPermitted, Problem, StoreError
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.store import Store, tables
from hsf_kpi.store.engine import writing
from hsf_kpi.store.tables_habits import OWNED, habit_owner
from hsf_kpi.ui import links
from hsf_kpi.workspace import Workspace
from tests.store.asking import AS_OF, CAT
from tests.store.builders import everyone

PAGES = ("oversikt", "nyckeltal", "budget")
VIEW = SavedView("Kirurgen", "nyckeltal", (("enhet", "kirurgi"), ("nyckeltal", "belopp")))
HERE = Visited("nyckeltal", "kirurgi", "belopp")
STAFF = Scope(
    frozenset({Reach(frozenset({"medicin"})), Reach(frozenset({"kirurgi"}), frozenset({"personer"}))})
)


@pytest.fixture(scope="module")
def one_workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    store = Store.create(tmp_path_factory.mktemp("habits") / "habits.sqlite3", "demo", CAT, AS_OF)
    yield Workspace(CAT, store)
    store.close()


@pytest.fixture
def workspace(one_workspace: Workspace) -> Workspace:
    """Nobody has kept anything."""
    habits_of(one_workspace, "x").flush()
    with writing(one_workspace.store._engine) as connection:
        for table in (*OWNED, habit_owner, tables.audit_log):
            connection.execute(table.delete())
    return one_workspace


@pytest.fixture
def habits(workspace: Workspace) -> Habits:
    return habits_of(workspace, "chef")


def rights(scope: Scope | None = None, login: str = "chef", seen_as: str = "") -> Rights:
    return Rights(
        Identity(login, login.capitalize(), (), seen_as), (), everyone(CAT) if scope is None else scope
    )


def told(call: Callable[[], object]) -> str:
    with pytest.raises(HsfError) as caught:
        call()
    return str(caught.value)


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


# In the background


class Slow:
    """Writes when it is let to; what it is told is kept in `done`."""

    def __init__(self) -> None:
        self.go, self.begun = threading.Event(), threading.Event()
        self.done: list[tuple[str, Visited]] = []

    def __call__(self, owner: str, one: Visited) -> None:
        self.begun.set()
        assert self.go.wait(5)
        self.done.append((owner, one))


A, B, C = (Visited("oversikt", unit) for unit in "abc")


def test_who_reads_at_once_finds_it_and_nobody_has_waited(
    habits: Habits, monkeypatch: pytest.MonkeyPatch
) -> None:
    habits.visited(rights(), Visited("oversikt", "hsf"))
    habits.flush()
    slow = Slow()
    monkeypatch.setattr(habits._later, "_write", slow)
    habits.visited(rights(), HERE)
    habits.visited(rights(), Visited("budget", "hsf"))
    assert slow.begun.wait(5)
    expected = (Visited("budget", "hsf"), HERE, Visited("oversikt", "hsf"))
    assert habits.recent(rights(), PAGES) == expected, "none of them is written yet"
    assert slow.done == []
    assert not habits.flush(0)
    slow.go.set()
    assert habits.flush()
    assert [one for _, one in slow.done] == [HERE, Visited("budget", "hsf")]


def test_no_more_than_are_told_are_told(habits: Habits) -> None:
    for key in ("hsf", "akut", "nara", "kirurgi", "medicin", "primar"):
        for page in PAGES:
            habits.visited(rights(), Visited(page, key))
    found = habits.recent(rights(), PAGES)
    assert len(found) == MOST_RECENT
    habits.flush()
    assert habits.recent(rights(), PAGES) == found


def test_what_is_forgotten_is_not_written_afterwards(habits: Habits) -> None:
    for number in range(30):
        habits.visited(rights(), Visited("oversikt", "hsf" if number % 2 else "akut"))
    habits.forget_recent(rights())
    habits.flush()
    assert habits.recent(rights(), PAGES) == ()


def test_forgetting_waits_for_the_one_that_is_being_written() -> None:
    slow = Slow()
    writer = Later(slow)
    for owner, one in (("x", A), ("x", B), ("y", C)):
        writer.add(owner, one)
    assert slow.begun.wait(5)
    forgetting = threading.Thread(target=writer.forget, args=("x",))
    forgetting.start()
    slow.go.set()
    forgetting.join(5)
    assert not forgetting.is_alive()
    assert writer.waiting("x") == ()
    assert writer.flush(5)
    assert slow.done == [("x", A), ("y", C)]


def test_what_fails_is_logged_and_let_go_of(caplog: pytest.LogCaptureFixture) -> None:
    done = []

    def write(owner: str, one: Visited) -> None:
        if one == A:
            raise StoreError(Problem("Full.")) from ValueError("anna, kirurgi")
        done.append(one)

    writer = Later(write)
    with caplog.at_level(logging.WARNING):
        for one in (A, B):
            writer.add("x", one)
        assert writer.flush(5)
    assert done == [B]
    assert [record.message for record in caplog.records] == [
        "where somebody has been was not written down: Full."
    ]
    assert "anna" not in caplog.text, "nor who it is and where they have been"
    assert writer.waiting("x") == ()


def test_no_page_fails_where_there_is_no_room_for_a_thread(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    done: list[Visited] = []
    writer = Later(lambda _owner, one: done.append(one))
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", full)
        writer.add("x", A)
    assert writer.waiting("x") == (A,)
    assert len(caplog.records) == 1
    writer.add("x", B)
    assert writer.flush(5)
    assert done == [A, B]


def test_what_waits_is_bounded(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(later, "MOST_WAITING", 2)
    slow = Slow()
    writer = Later(slow)
    for one in (A, B, C):
        writer.add("x", one)
    assert writer.waiting("x") == (B, A)
    slow.go.set()
    assert writer.flush(5)
    assert [one for _, one in slow.done] == [A, B]
    assert len(caplog.records) == 1


def test_strangers_are_tidied_up_after_now_and_then(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    pruned = []
    writer = own._Writer(workspace.store.habits)
    monkeypatch.setattr(type(workspace.store.habits), "prune", lambda _self, before: pruned.append(before))
    for owner in ("chef", VISITOR + "a", VISITOR + "b"):
        writer(owner, A)
    assert len(pruned) == 1
    assert Month.of(2020, 1) < Month.of(pruned[0].year, pruned[0].month)
    monkeypatch.setattr(own, "_TIDIED", 0.0)
    writer(VISITOR + "b", A)
    assert len(pruned) == 2
