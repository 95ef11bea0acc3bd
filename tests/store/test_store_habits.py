"""What people keep for themselves: their own, bounded, in words when it can't be kept, and gone when its owner is."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update

from hsf_kpi.model.habit import (
    MOST_FAVOURITES,
    MOST_RECENT,
    MOST_VIEWS,
    ROLE,
    VISITOR,
    Closed,
    SavedView,
    Visited,
)
from hsf_kpi.model.problems import DataError, HsfError, NotFound
from hsf_kpi.store import Store, schema
from hsf_kpi.store.engine import open_engine, parse_url, reading, writing
from hsf_kpi.store.habits import HabitStore
from hsf_kpi.store.snapshot import snapshot
from hsf_kpi.store.tables_habits import OWNED, habit_owner
from hsf_kpi.store.tables_tokens import api_token
from tests.store.asking import AS_OF, CAT, DEMO, rows
from tests.store.builders import obs

ME, YOU = "chef", "controller"
STRANGER = VISITOR + "a" * 64
VIEW = SavedView("Min månad", "oversikt", (("enhet", "kirurgi"), ("manad", "2023-10"), ("falt", "åäö ”x”")))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    found = Store.create(database_url, "demo", CAT, AS_OF)
    yield found
    found.close()


@pytest.fixture
def habits(store: Store) -> HabitStore:
    return store.habits


@pytest.fixture(scope="module")
def one_store() -> Iterator[Store]:
    found = Store.create("sqlite://", "demo", CAT, AS_OF)
    yield found
    found.close()


@pytest.fixture
def lite(one_store: Store) -> HabitStore:
    """Nobody has kept anything."""
    with writing(one_store._engine) as connection:
        for table in (*OWNED, habit_owner):
            connection.execute(table.delete())
    return one_store.habits


def told(call: Callable[[], object]) -> list[str]:
    with pytest.raises(HsfError) as caught:
        call()
    return [str(problem) for problem in caught.value.problems]


def save(habits: HabitStore, view: SavedView = VIEW, owner: str = ME) -> SavedView:
    return habits.save_view(owner, "Chefen", view)


def test_one_who_has_kept_nothing_has_nothing(habits: HabitStore) -> None:
    assert (habits.favourites(ME), habits.recent(ME), habits.views(ME)) == ((), (), ())
    assert (habits.closed(ME), habits.shared_views(ME)) == (frozenset(), ())
    habits.forget_recent(ME)
    habits.reopen(ME, Closed.TOUR)
    habits.set_favourite(ME, "a", False)


def test_favourites_stand_in_the_order_added(habits: HabitStore) -> None:
    for key in ("c", "a", "b"):
        habits.set_favourite(ME, key, True)
    habits.set_favourite(ME, "c", True)
    assert habits.favourites(ME) == ("c", "a", "b")
    habits.set_favourite(ME, "c", False)
    habits.set_favourite(ME, "c", True)
    assert habits.favourites(ME) == ("a", "b", "c")
    assert habits.favourites(YOU) == ()


def test_a_favourite_too_many_is_refused_in_words(habits: HabitStore) -> None:
    keys = [f"m{number}" for number in range(MOST_FAVOURITES)]
    for key in keys:
        habits.set_favourite(ME, key, True)
    habits.set_favourite(ME, keys[0], True)
    assert told(lambda: habits.set_favourite(ME, "nio", True)) == [
        "favoriter: Du har redan 8 favoriter. Ta bort en av dem först."
    ]
    assert habits.favourites(ME) == tuple(keys)
    habits.set_favourite(YOU, "nio", True)


def test_the_latest_place_is_first_and_each_is_there_once(habits: HabitStore) -> None:
    places = [Visited("nyckeltal", "kirurgi", f"m{number}") for number in range(MOST_RECENT + 3)]
    for one in (*places, places[4]):
        habits.visited(ME, one)
    expected = [places[4], *(one for one in reversed(places) if one != places[4])][:MOST_RECENT]
    assert habits.recent(ME) == tuple(expected)
    habits.visited(YOU, Visited("oversikt"))
    habits.forget_recent(ME)
    assert (habits.recent(ME), habits.recent(YOU)) == ((), (Visited("oversikt"),))


def test_old_places_are_not_kept(store: Store) -> None:
    for number in range(3 * MOST_RECENT):
        store.habits.visited(ME, Visited("oversikt", f"u{number}"))
    assert rows(store, "habit_recent") == MOST_RECENT


def test_what_is_closed_stays_closed_until_it_is_opened(habits: HabitStore) -> None:
    habits.close(ME, Closed.TOUR)
    habits.close(ME, Closed.TOUR)
    assert habits.closed(ME) == {Closed.TOUR}
    assert habits.closed(YOU) == frozenset()
    habits.reopen(ME, Closed.TOUR)
    assert habits.closed(ME) == frozenset()


def test_what_the_program_no_longer_knows_is_not_closed(store: Store) -> None:
    store.habits.close(ME, Closed.TOUR)
    with writing(store._engine) as connection:
        connection.execute(text("UPDATE habit_closed SET what = 'annat'"))
    assert store.habits.closed(ME) == frozenset()


# Views


def test_a_view_is_kept_as_it_was_given(habits: HabitStore) -> None:
    before = dt.datetime.now(dt.UTC)
    saved = save(habits)
    assert saved == replace(VIEW, number=saved.number, owner=ME, name="Chefen", at=saved.at)
    assert saved.at is not None
    assert saved.at >= before
    assert habits.views(ME) == (saved,)
    assert habits.views(YOU) == habits.shared_views(YOU) == ()
    assert (saved.unit, saved.measure, saved.param("manad")) == ("kirurgi", "", "2023-10")


def test_of_who_was_looking_nothing_is_kept(habits: HabitStore) -> None:
    saved = save(habits, replace(VIEW, params=(*VIEW.params, (ROLE, "admin"))))
    assert habits.views(ME)[0].params == saved.params == VIEW.params


def test_views_stand_in_swedish_order(habits: HabitStore) -> None:
    for title in ("Öppet", "akut", "Zoner", "Ängen", "Åtgärder", "Bemanning"):
        save(habits, replace(VIEW, title=title, shared=True))
    expected = ["akut", "Bemanning", "Zoner", "Åtgärder", "Ängen", "Öppet"]
    assert [one.title for one in habits.views(ME)] == expected
    assert [one.title for one in habits.shared_views(YOU)] == expected


def test_a_view_is_changed_by_its_number(habits: HabitStore) -> None:
    first, other = save(habits), save(habits, replace(VIEW, title="Annan"))
    changed = save(habits, replace(first, title="MIN MÅNAD", page="budget", params=(), latest=False))
    assert changed.number == first.number
    assert [(one.title, one.page, one.latest) for one in habits.views(ME)] == [
        ("Annan", "oversikt", True),
        ("MIN MÅNAD", "budget", False),
    ]
    taken = ["namn: Du har redan en vy som heter ”MIN MÅNAD”. Välj ett annat namn."]
    assert told(lambda: save(habits, replace(other, title="min månad"))) == taken
    assert told(lambda: save(habits, replace(VIEW, title=" Min  månad"))) == taken


def test_a_second_click_saves_nothing_more(habits: HabitStore) -> None:
    assert save(habits) == save(habits)
    assert len(habits.views(ME)) == 1


def test_others_may_have_a_view_of_the_same_name(habits: HabitStore) -> None:
    assert save(habits).number != save(habits, owner=YOU).number


def test_a_shared_view_is_seen_by_others_until_it_no_longer_is(habits: HabitStore) -> None:
    number = save(habits).number
    assert number is not None
    assert habits.share_view(ME, number, True).shared
    [seen] = habits.shared_views(YOU)
    assert (seen.number, seen.name) == (number, "Chefen")
    assert habits.shared_views(ME) == ()
    assert not habits.share_view(ME, number, False).shared
    assert habits.shared_views(YOU) == ()


def test_only_the_owner_changes_it(habits: HabitStore) -> None:
    mine = save(habits, replace(VIEW, shared=True))
    number = mine.number
    assert number is not None
    unknown = ["vy: Vyn finns inte, eller är inte din. Ladda om sidan."]
    for at in (number, number + 1, 0, -1, 2**40):
        for change in (
            lambda at=at: habits.remove_view(YOU, at),
            lambda at=at: habits.share_view(YOU, at, False),
            lambda at=at: save(habits, replace(VIEW, title="Kapad", number=at), YOU),
        ):
            with pytest.raises(NotFound):
                change()
            assert told(change) == unknown
    assert habits.views(ME) == (mine,)
    habits.remove_view(ME, number)
    assert habits.views(ME) == ()
    with pytest.raises(NotFound):
        habits.remove_view(ME, number)


def test_a_view_too_many_is_refused_in_words(lite: HabitStore) -> None:
    for number in range(MOST_VIEWS):
        last = save(lite, replace(VIEW, title=f"Vy {number}"))
    assert told(lambda: save(lite, replace(VIEW, title="En till"))) == [
        "vy: Du har redan 50 sparade vyer. Ta bort en som du inte använder."
    ]
    assert save(lite, replace(last, page="budget")).page == "budget"
    assert len(lite.views(ME)) == MOST_VIEWS


LONG = "namn: Texten är 81 tecken lång, och får vara högst 80. Korta texten."
PERSON = "namn: Texten innehåller något som liknar ett personnummer. Ta bort det. Här skrivs inget om enskilda personer."
NOT_KEPT = "vy: Det som är valt på sidan går inte att spara. Ladda om sidan och gör om valen."


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"title": ""}, ["namn: Vyn har inget namn. Skriv ett namn."]),
        ({"title": " \u200e\x00\n "}, ["namn: Vyn har inget namn. Skriv ett namn."]),
        ({"title": "\u200b\u00ad\u0301"}, ["namn: Vyn har inget namn. Skriv ett namn."]),
        ({"title": "x" * 81}, [LONG]),
        ({"title": "Anna 19121212-1212"}, [PERSON]),
        ({"page": "../hem"}, [NOT_KEPT]),
        ({"params": (("enhet", "a"), ("enhet", "b"))}, [NOT_KEPT]),
        ({"params": (("En het", "a"),)}, [NOT_KEPT]),
        ({"params": (("enhet", "a\x00b"),)}, [NOT_KEPT]),
        ({"params": (("enhet", "\ud800"),)}, [NOT_KEPT]),
        ({"params": (("scenario", "x" * 2001),)}, [NOT_KEPT]),
        ({"params": tuple((f"p{n}", "x") for n in range(41))}, [NOT_KEPT]),
        (
            {"params": (("falt", "191212121212"),)},
            ["vy: Det som är valt på sidan innehåller något som liknar ett personnummer. Ta bort det ur länken."],
        ),
        ({"title": "x" * 81, "page": ""}, [LONG, NOT_KEPT]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_view_is_told(
    lite: HabitStore, changed: dict[str, Any], expected: list[str]
) -> None:
    assert told(lambda: save(lite, replace(VIEW, **changed))) == expected
    assert lite.views(ME) == ()


def test_a_title_is_kept_as_one_line_of_text(lite: HabitStore) -> None:
    assert save(lite, replace(VIEW, title="  <b>\x07Min\n månad</b> ")).title == "<b>Min månad</b>"
    assert save(lite, replace(VIEW, title="x" * 80)).title == "x" * 80


# What is gone by itself, and what is left alone


def test_strangers_are_forgotten_and_nobody_else(store: Store) -> None:
    habits, old = store.habits, dt.datetime.now(dt.UTC) - dt.timedelta(days=30)
    for owner in (ME, STRANGER, VISITOR + "b"):
        habits.set_favourite(owner, "a", True)
        habits.visited(owner, Visited("oversikt"))
        habits.close(owner, Closed.TOUR)
        save(habits, replace(VIEW, shared=True), owner)
    with writing(store._engine) as connection:
        connection.execute(update(habit_owner).where(habit_owner.c.owner != VISITOR + "b").values(at=old))
    assert habits.prune(old) == 0
    assert habits.prune(old + dt.timedelta(days=1)) == 1
    assert (habits.favourites(STRANGER), habits.recent(STRANGER), habits.views(STRANGER)) == ((), (), ())
    assert habits.closed(STRANGER) == frozenset()
    for owner in (ME, VISITOR + "b"):
        assert habits.favourites(owner) == ("a",)
        assert len(habits.recent(owner)) == len(habits.views(owner)) == len(habits.closed(owner)) == 1
    habits.visited(STRANGER, Visited("budget"))
    assert habits.recent(STRANGER) == (Visited("budget"),)


def test_no_figure_and_no_log_knows_of_it(store: Store, tmp_path: Path) -> None:
    store.load(CAT, "a.csv", DEMO, [obs("belopp", "kirurgi", "2023-10", 5)])
    state, log = store.state(), store.audit()
    save(store.habits, replace(VIEW, shared=True))
    store.habits.visited(ME, Visited("oversikt"))
    assert (store.state(), store.audit()) == (state, log)
    then = snapshot(store, CAT, 1, dt.datetime(2030, 1, 1, tzinfo=dt.UTC), tmp_path)
    try:
        assert (then.habits.views(ME), then.habits.recent(ME)) == ((), ())
    finally:
        then.close()


def test_of_many_at_the_same_time_all_is_kept_and_no_more(store: Store) -> None:
    start, refused = threading.Barrier(4), []

    def add(which: int) -> None:
        start.wait()
        for number in range(4):
            try:
                store.habits.set_favourite(ME, f"m{which}-{number}", True)
            except DataError as error:
                refused.append(error)
            store.habits.visited(ME, Visited("oversikt", f"u{which}"))

    threads = [threading.Thread(target=add, args=(which,)) for which in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(store.habits.favourites(ME)), len(refused)) == (MOST_FAVOURITES, 16 - MOST_FAVOURITES)
    assert {one.unit for one in store.habits.recent(ME)} == {"u0", "u1", "u2", "u3"}


def test_a_database_of_the_version_before_gets_the_tables(database_url: str) -> None:
    Store.create(database_url, "demo", CAT, AS_OF).close()
    engine = open_engine(parse_url(database_url))
    with writing(engine) as connection:
        for table in (*OWNED, habit_owner, api_token):
            table.drop(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '0008'"))
    store = Store.open(database_url)
    with reading(engine) as connection:
        assert schema.version(connection) == schema.VERSIONS[-1]
        assert connection.execute(select(habit_owner)).all() == []
    saved = save(store.habits)
    assert store.habits.views(ME) == (saved,)
    store.close()
    engine.dispose()
