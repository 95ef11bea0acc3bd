"""Keys to the API: when they hold, what ends them, how few and how named, and what the log has of them."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import select, text

from hsf_kpi.access.token import PREFIX, hint, is_token, kept, new_token
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import DataError, HsfError, NotFound, StoreError
from hsf_kpi.model.role import Grant
from hsf_kpi.model.token import DAYS, LONGEST_NAME, MOST_DAYS, MOST_KEYS, Token
from hsf_kpi.store import Store, schema, throttle
from hsf_kpi.store.engine import open_engine, parse_url, reading, writing
from hsf_kpi.store.moment import SWEDEN
from hsf_kpi.store.tables_tokens import api_token
from hsf_kpi.store.upkeep import prune
from tests.store.people import (
    AS_OF,
    CAT,
    DAY,
    HASH,
    HOME,
    HOUR,
    NOW,
    OTHER_HASH,
    open_store,
    told,
    with_admin,
)

SECOND = dt.timedelta(seconds=1)
KEY = f"{PREFIX}Ab3dE-och-resten-av-nyckeln"


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = open_store(database_url)
    with_admin(store)
    store.accounts.add("chef", "Chef", "x", password=HASH)
    store.accounts.grant("chef", Grant("chef", "akut"), CAT, "x")
    store.accounts.add("hr", "HR", "x", password=HASH)
    yield store
    store.close()


def add(store: Store, key: str = KEY, login: str = "chef", name: str = "Power BI", days: int = DAYS) -> Token:
    return store.tokens.add(login, name, key, login, NOW, days)


def holds(store: Store, key: str = KEY, at: dt.datetime = NOW) -> bool:
    return store.tokens.valid(kept(key), at) is not None


def of_keys(store: Store) -> list[tuple[str, str, str]]:
    """The log of keys, newest first."""
    return [line for line in told(store) if "åtkomstnyckel" in line[1]]


def failures(store: Store) -> int:
    return len(store.audit_log.entries(what=[Event.KEY_FAILED], limit=1000))


def test_a_new_key_is_long_random_and_recognised() -> None:
    keys = {new_token() for _ in range(100)}
    assert len(keys) == 100
    for key in keys:
        assert is_token(key)
        assert len(key.removeprefix(PREFIX)) * 6 - 30 >= 256, "also with the hint known"
        assert key.startswith(hint(key).rstrip("…"))
        assert len(hint(key)) <= 12
    for text_ in ("", "hsfk_", "x" + KEY, KEY + "\n", "hsfk_å", "hsfk_" + "a" * 101, "Bearer " + KEY):
        assert not is_token(text_)


def test_a_key_holds_with_its_account_and_roles_and_is_kept_as_a_hash_alone(store: Store) -> None:
    made = add(store)
    assert (made.login, made.name, made.hint) == ("chef", "Power BI", "hsfk_Ab3dE…")
    assert (made.created, made.ends, made.used, made.ended) == (NOW, NOW + 90 * DAY, None, None)
    found = store.tokens.valid(kept(KEY), NOW + SECOND)
    assert found is not None
    account, token = found
    assert account == store.accounts.find("chef")
    assert token == made
    with reading(store._engine) as connection:
        (row,) = connection.execute(select(api_token)).all()
    assert KEY not in str(row)
    assert kept(KEY) in row
    assert all(KEY not in "".join(line) and "Power BI" not in "".join(line) for line in told(store))
    assert ("chef", Event.KEY_MADE, "hsfk_Ab3dE") in told(store)


def test_an_unknown_key_is_nobody(store: Store) -> None:
    add(store)
    for token in ("", KEY, kept("b"), kept(KEY).upper(), kept(KEY) + "\n", "' OR 1=1", "\0" * 64):
        assert store.tokens.valid(token, NOW) is None


def test_it_ends_by_itself(store: Store) -> None:
    add(store, days=2)
    assert holds(store, at=NOW + 2 * DAY - SECOND)
    assert not holds(store, at=NOW + 2 * DAY)


def test_it_is_taken_back_for_ever_and_by_its_owner_or_an_administrator(store: Store) -> None:
    made = add(store)
    with pytest.raises(NotFound):
        store.tokens.end(made.number, "hr", NOW, login="hr")
    assert holds(store)
    store.tokens.end(made.number, "chef", NOW, login="chef")
    assert not holds(store)
    store.tokens.end(made.number, "admin1", NOW)
    assert [line for line in told(store) if line[1] == Event.KEY_ENDED] == [
        ("chef", Event.KEY_ENDED, "hsfk_Ab3dE")
    ], "once"
    other = add(store, key=new_token())
    store.tokens.end(other.number, "admin1", NOW)
    assert of_keys(store)[0] == ("admin1", Event.KEY_ENDED, f"chef: {other.hint.rstrip('…')}")
    for number in (0, -1, 4711, 2**31, 2**80):
        with pytest.raises(NotFound):
            store.tokens.end(number, "admin1", NOW)


def test_it_is_dead_with_its_account_and_does_not_come_back(store: Store) -> None:
    add(store)
    store.accounts.set_active("chef", False, "admin1")
    assert not holds(store)
    with pytest.raises(NotFound):
        add(store, key=new_token())
    store.accounts.set_active("chef", True, "admin1")
    assert not holds(store)


def test_it_is_dead_with_the_password(store: Store) -> None:
    add(store)
    other = new_token()
    add(store, key=other, login="hr")
    store.accounts.set_password("chef", OTHER_HASH, "chef")
    assert not holds(store)
    assert holds(store, other), "another's is not touched"


def test_who_must_change_the_password_has_no_key(store: Store) -> None:
    store.accounts.set_password("chef", OTHER_HASH, "admin1", must_change=True)
    with pytest.raises(DataError, match="lösenord"):
        add(store)


def test_a_changed_role_is_seen_at_the_next_call(store: Store) -> None:
    add(store)
    store.accounts.grant("chef", Grant("ledning"), CAT, "x")
    found = store.tokens.valid(kept(KEY), NOW)
    assert found is not None
    assert [held.grant.role for held in found[0].held] == ["chef", "ledning"]


def test_few_at_a_time(store: Store) -> None:
    made = [add(store, key=new_token()) for _ in range(MOST_KEYS)]
    with pytest.raises(DataError, match=f"redan {MOST_KEYS}"):
        add(store)
    add(store, key=new_token(), login="hr")
    store.tokens.end(made[0].number, "chef", NOW)
    add(store)
    assert len([token for token in store.tokens.of("CHEF") if token.holds(NOW)]) == MOST_KEYS


def test_of_many_at_once_no_more_are_made_than_may_be(store: Store) -> None:
    refused: list[HsfError] = []

    def make() -> None:
        for _ in range(3):
            try:
                add(store, key=new_token())
            except (DataError, StoreError) as error:
                refused.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.tokens.of("chef")) == MOST_KEYS
    assert len(refused) == 12 - MOST_KEYS


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("", DAYS),
        ("   ", DAYS),
        ("\u200b", DAYS),
        ("x" * (LONGEST_NAME + 1), DAYS),
        ("för 19121212-1212", DAYS),
        ("Power BI", 0),
        ("Power BI", -1),
        ("Power BI", MOST_DAYS + 1),
    ],
)
def test_a_name_and_a_time_that_wont_do(store: Store, name: str, days: int) -> None:
    with pytest.raises(DataError):
        add(store, name=name, days=days)
    assert store.tokens.all() == []


def test_all_that_is_wrong_is_told_at_once(store: Store) -> None:
    with pytest.raises(DataError) as told_:
        add(store, name="", days=0)
    assert len(told_.value.problems) == 2


def test_an_unknown_account(store: Store) -> None:
    for login in ("finns-inte", "", "'; --"):
        with pytest.raises(NotFound):
            add(store, login=login)


def test_the_first_use_of_a_swedish_day_is_logged_and_the_others_are_not(store: Store) -> None:
    add(store)
    noon = dt.datetime.combine(NOW.astimezone(SWEDEN).date() + DAY, dt.time(12), SWEDEN)
    for at in (noon, noon + SECOND, noon + 5 * HOUR, noon + DAY):
        assert holds(store, at=at)
    used = store.audit_log.entries(what=[Event.KEY_USED])
    assert [(entry.who, entry.at, entry.detail) for entry in used] == [
        ("chef", noon + DAY, "hsfk_Ab3dE"),
        ("chef", noon, "hsfk_Ab3dE"),
    ]
    (token,) = store.tokens.of("chef")
    assert token.used == noon.date() + DAY


def test_the_lists_are_newest_first_and_ones_own_alone(store: Store) -> None:
    first, second = add(store, key=new_token()), add(store, key=new_token(), name="Excel")
    other = add(store, key=new_token(), login="hr")
    assert store.tokens.of("chef") == [second, first]
    assert store.tokens.all() == [other, second, first]
    assert store.tokens.of("finns-inte") == store.tokens.of("") == []


def test_failures_are_logged_until_the_address_must_wait(store: Store) -> None:
    made = add(store)
    store.tokens.end(made.number, "chef", NOW)
    assert store.tokens.refused(kept(KEY), HOME, NOW) == dt.timedelta(0)
    assert of_keys(store)[0] == ("chef", Event.KEY_FAILED, "hsfk_Ab3dE"), (
        "whose it was is known to the log alone"
    )
    for _ in range(throttle.ADDRESS_FREE - 1):
        assert not store.tokens.refused(kept("x"), HOME, NOW)
    assert of_keys(store)[0] == ("okänd", Event.KEY_FAILED, "")
    before = failures(store)
    assert before == throttle.ADDRESS_FREE
    for _ in range(5):
        assert store.tokens.refused(kept("y"), HOME, NOW) == throttle.FIRST
    assert failures(store) == before, "one who keeps trying does not fill the log"
    assert not store.tokens.refused(kept("y"), "198.51.100.7", NOW), "another address"
    assert not store.tokens.refused(kept("y"), HOME, NOW + HOUR), "forgotten after a while"


def test_failures_never_delay_a_key_that_holds_nor_a_sign_in(store: Store) -> None:
    add(store)
    for _ in range(throttle.ADDRESS_FREE + 5):
        store.tokens.refused(kept("x"), HOME, NOW)
    assert holds(store)
    assert store.throttle.wait("chef", HOME, NOW) == dt.timedelta(0)


def test_the_old_are_erased_when_the_log_is(store: Store) -> None:
    ended, ran_out, held = (add(store, key=new_token(), days=days) for days in (90, 1, 365))
    store.tokens.end(ended.number, "chef", NOW)
    assert prune(store, None, NOW + 100 * DAY) == 0
    assert len(store.tokens.all()) == 3
    prune(store, 30, NOW + 100 * DAY)
    assert store.tokens.all() == [held]
    assert ran_out not in store.tokens.all()


def test_a_database_of_the_version_before_gets_the_table(database_url: str) -> None:
    Store.create(database_url, "demo", CAT, AS_OF).close()
    engine = open_engine(parse_url(database_url))
    with writing(engine) as connection:
        api_token.drop(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '0009'"))
    store = Store.open(database_url)
    store.accounts.add("chef", "Chef", "x", password=HASH)
    assert add(store) == store.tokens.all()[0]
    with reading(engine) as connection:
        assert schema.version(connection) == schema.VERSIONS[-1]
    store.close()
    engine.dispose()
