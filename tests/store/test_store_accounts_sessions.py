"""Sessions on the server: when they hold, what ends them, and tickets that are good once."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, update

from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import DataError, NotFound
from hsf_kpi.model.role import Grant
from hsf_kpi.store import Store, tables
from hsf_kpi.store.engine import writing
from tests.store.asking import rows
from tests.store.people import CAT, DAY, HASH, HOME, HOUR, MINUTE, NOW, OTHER_HASH, kept, open_store, told

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = open_store(database_url)
    store.accounts.add("chef", "Chef", "x", password=HASH)
    store.accounts.add("hr", "HR", "x", password=HASH)
    yield store
    store.close()


def begin(store: Store, secret: str = "a", login: str = "chef", at: dt.datetime = NOW) -> int:
    return store.sessions.begin(login, "local", kept(secret), at + 8 * HOUR, HOME, at).number


def test_a_session_holds_with_its_account_and_roles(store: Store) -> None:
    store.accounts.grant("chef", Grant("chef", "akut"), CAT, "x")
    store.accounts.grant("chef", Grant("ledning"), CAT, "x")
    made = store.sessions.begin("CHEF", "local", kept("a"), NOW + 8 * HOUR, HOME, NOW)
    found = store.sessions.valid(kept("a"), NOW + SECOND)
    assert found is not None
    account, session = found
    assert account == store.accounts.find("chef")
    assert [held.grant.role for held in account.held] == ["chef", "ledning"]
    assert session == made
    assert (session.login, session.way, session.address) == ("chef", "local", HOME)
    assert (session.began, session.ends, session.ended) == (NOW, NOW + 8 * HOUR, None)
    assert ("chef", Event.SIGNED_IN, "local") in told(store)


def test_an_unknown_token_is_nobody(store: Store) -> None:
    begin(store)
    for token in ("", "a", kept("b"), kept("a").upper(), kept("a") + "\n", "' OR 1=1", "\0" * 64):
        assert store.sessions.valid(token, NOW) is None


def test_a_secret_itself_is_never_taken(store: Store) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.sessions.begin("chef", "local", "hemligheten", NOW + HOUR, HOME, NOW)
    with pytest.raises(ValueError, match="SHA-256"):
        store.sessions.hand_over("chef", "local", "biljetten", NOW + HOUR, NOW, HOME)


def test_it_ends_when_its_time_is_up(store: Store) -> None:
    begin(store)
    assert store.sessions.valid(kept("a"), NOW + 8 * HOUR - SECOND)
    assert store.sessions.valid(kept("a"), NOW + 8 * HOUR) is None


def test_signing_out_ends_it_once(store: Store) -> None:
    number, other = begin(store), begin(store, "b")
    store.sessions.end(number, "chef")
    assert store.sessions.valid(kept("a"), NOW) is None
    assert store.sessions.valid(kept("b"), NOW)
    assert told(store)[0] == ("chef", Event.SIGNED_OUT, "")
    written = len(told(store))
    store.sessions.end(number, "chef")
    assert len(told(store)) == written
    store.sessions.end(other, "admin1")
    assert told(store)[0] == ("admin1", Event.SESSION_ENDED, "chef")
    with pytest.raises(NotFound, match="Inloggningen 4711 finns inte"):
        store.sessions.end(4711, "chef")


def test_a_token_begins_one_session_ever(store: Store) -> None:
    number = begin(store)
    with pytest.raises(DataError, match="redan använts"):
        begin(store, login="hr")
    store.sessions.end(number, "chef")
    with pytest.raises(DataError, match="redan använts"):
        begin(store)
    assert store.sessions.valid(kept("a"), NOW) is None


def test_all_of_an_account_are_ended(store: Store) -> None:
    begin(store)
    begin(store, "b")
    begin(store, "c", login="hr")
    begin(store, "d", at=NOW - DAY)
    assert store.sessions.end_all("Chef", "admin1") == 2, "one had run out already"
    assert [session.login for session in store.sessions.open(NOW)] == ["hr"]
    assert told(store)[0] == ("admin1", Event.SESSION_ENDED, "chef: 2")
    assert store.sessions.end_all("chef", "admin1") == 0
    with pytest.raises(NotFound, match="”ingen” finns inte"):
        store.sessions.end_all("ingen", "x")


def test_a_new_password_ends_every_session_and_ticket(store: Store) -> None:
    begin(store)
    begin(store, "c", login="hr")
    store.sessions.hand_over("chef", "local", kept("t"), NOW + HOUR, NOW, HOME)
    store.accounts.set_password("chef", OTHER_HASH, "chef")
    assert store.sessions.valid(kept("a"), NOW) is None
    assert store.sessions.valid(kept("c"), NOW)
    assert store.sessions.redeem(kept("t"), kept("b"), NOW + HOUR, NOW) is None
    after = dt.datetime.now(dt.UTC)
    begin(store, "e", at=after)
    assert store.sessions.valid(kept("e"), after)


def test_a_session_older_than_the_password_is_dead_even_if_nobody_ended_it(store: Store) -> None:
    begin(store)
    store.accounts.set_password("chef", OTHER_HASH, "chef")
    with writing(store._engine) as connection:
        connection.execute(update(tables.session).values(ended=None))
    assert store.sessions.valid(kept("a"), NOW) is None
    assert store.sessions.open(NOW) == []


def test_a_disabled_account_s_session_is_dead_at_the_next_click(store: Store) -> None:
    begin(store)
    store.sessions.hand_over("chef", "local", kept("t"), NOW + HOUR, NOW, HOME)
    with writing(store._engine) as connection:
        connection.execute(update(tables.user_account).values(active=False))
    assert store.sessions.valid(kept("a"), NOW) is None
    assert store.sessions.open(NOW) == []
    assert store.sessions.redeem(kept("t"), kept("b"), NOW + HOUR, NOW) is None
    for start in (
        lambda: begin(store, "c"),
        lambda: store.sessions.hand_over("chef", "local", kept("u"), NOW + HOUR, NOW, HOME),
    ):
        with pytest.raises(NotFound, match="”chef” finns inte"):
            start()


def test_a_changed_role_is_there_at_the_next_click(store: Store) -> None:
    begin(store)
    number = store.accounts.grant("chef", Grant("ledning"), CAT, "x")
    found = store.sessions.valid(kept("a"), NOW)
    assert found is not None
    assert [held.number for held in found[0].held] == [number]


def test_the_last_click_is_written_once_a_minute(store: Store) -> None:
    begin(store)
    for later, seen in ((59 * SECOND, NOW), (MINUTE, NOW + MINUTE), (MINUTE + 59 * SECOND, NOW + MINUTE)):
        assert store.sessions.valid(kept("a"), NOW + later)
        assert store.sessions.open(NOW)[0].seen == seen


def test_a_click_is_one_query(store: Store) -> None:
    store.accounts.grant("chef", Grant("ledning"), CAT, "x")
    begin(store)
    asked: list[str] = []
    event.listen(
        store._engine, "before_cursor_execute", lambda _c, _k, statement, *_: asked.append(statement)
    )
    assert store.sessions.valid(kept("a"), NOW)
    asked = [statement for statement in asked if statement not in ("BEGIN",)]
    assert len(asked) == 1
    assert asked[0].lstrip().startswith("SELECT")


def test_no_page_waits_for_a_load(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    store.accounts.add("chef", "Chef", "x")
    begin(store)
    load = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    load.execute("BEGIN IMMEDIATE")
    found = store.sessions.valid(kept("a"), NOW + HOUR)
    assert found is not None
    assert store.sessions.open(NOW)[0].seen == NOW, "not written, and nobody waited"
    load.execute("COMMIT")
    load.close()
    assert store.sessions.valid(kept("a"), NOW + HOUR)
    assert store.sessions.open(NOW)[0].seen == NOW + HOUR
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10000
    store.close()


def test_lists_of_sessions(store: Store) -> None:
    begin(store, "a", at=NOW - 2 * HOUR)
    begin(store, "b", at=NOW - 3 * HOUR)
    begin(store, "c", login="hr", at=NOW - DAY)
    ended = begin(store, "d", login="hr", at=NOW - HOUR)
    store.sessions.end(ended, "hr")
    store.sessions.valid(kept("b"), NOW)
    assert [session.began for session in store.sessions.open(NOW)] == [NOW - 3 * HOUR, NOW - 2 * HOUR]
    latest = store.sessions.latest(3)
    assert [session.began for session in latest] == [NOW - HOUR, NOW - 2 * HOUR, NOW - 3 * HOUR]
    assert latest[0].ended is not None
    assert store.sessions.last_sign_ins() == {"chef": NOW - 2 * HOUR, "hr": NOW - HOUR}


def test_a_ticket_becomes_a_session_once(store: Store) -> None:
    store.sessions.hand_over("CHEF", "local", kept("t"), NOW + 30 * SECOND, NOW, HOME)
    assert store.sessions.valid(kept("t"), NOW) is None, "a ticket is no session"
    made = store.sessions.redeem(kept("t"), kept("a"), NOW + 8 * HOUR, NOW + 29 * SECOND)
    assert made is not None
    assert (made.login, made.way, made.address, made.ends) == ("chef", "local", HOME, NOW + 8 * HOUR)
    assert store.sessions.redeem(kept("t"), kept("b"), NOW + 8 * HOUR, NOW + 29 * SECOND) is None
    assert store.sessions.valid(kept("a"), NOW + MINUTE)
    assert store.sessions.valid(kept("b"), NOW + MINUTE) is None
    assert [what for _, what, _ in told(store)].count(Event.SIGNED_IN) == 1


def test_a_late_or_unknown_ticket_is_nothing(store: Store) -> None:
    store.sessions.hand_over("chef", "local", kept("t"), NOW + 30 * SECOND, NOW, HOME)
    assert store.sessions.redeem(kept("t"), kept("a"), NOW + HOUR, NOW + 30 * SECOND) is None
    assert store.sessions.redeem(kept("t"), kept("a"), NOW + HOUR, NOW) is None, (
        "it is gone after the first try"
    )
    assert store.sessions.redeem("skräp\0", kept("a"), NOW + HOUR, NOW) is None
    assert store.sessions.latest(10) == []


def test_of_many_who_redeem_at_once_one_gets_in(store: Store) -> None:
    for number in range(5):
        store.sessions.hand_over("chef", "local", kept(f"t{number}"), NOW + HOUR, NOW, HOME)
        start, got = threading.Barrier(4), []

        def redeem(
            who: int, ticket: str = kept(f"t{number}"), start: threading.Barrier = start, got: list = got
        ) -> None:
            start.wait()
            got.append(store.sessions.redeem(ticket, kept(f"{ticket}-{who}"), NOW + HOUR, NOW))

        threads = [threading.Thread(target=redeem, args=(who,)) for who in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(got) == 4
        assert sum(session is not None for session in got) == 1


def test_old_tickets_are_cleared(store: Store) -> None:
    store.sessions.hand_over("chef", "local", kept("t"), NOW + 30 * SECOND, NOW, HOME)
    store.sessions.hand_over("chef", "local", kept("u"), NOW + MINUTE, NOW + 31 * SECOND, HOME)
    assert rows(store, "ticket") == 1


def test_ended_sessions_are_pruned(store: Store) -> None:
    begin(store, "a", at=NOW - 10 * DAY)
    begin(store, "b", at=NOW - 2 * DAY)
    begin(store, "c")
    assert store.sessions.prune(NOW - 5 * DAY) == 1
    assert len(store.sessions.latest(10)) == 2
    assert store.sessions.valid(kept("c"), NOW)
