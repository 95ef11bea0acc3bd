"""Tries are slowed down by time: bounded, growing, forgotten, and never a way to lock another out."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.model.event import Event
from hsf_kpi.store import Store
from hsf_kpi.store.throttle import (
    ACCOUNT_FREE,
    ADDRESS_FREE,
    CAP,
    DEVICES,
    EVERYWHERE_BINDS,
    EVERYWHERE_FREE,
    FIRST,
    QUIET,
    REMEMBERED,
    SINKS,
    UNKNOWN,
    delay,
    remaining,
    standing,
)
from tests.store.asking import rows
from tests.store.people import HOME, HOUR, MINUTE, NOW, kept, open_store, told

ZERO = dt.timedelta(0)
SECOND = dt.timedelta(seconds=1)
FAILURES = st.floats(0, 10_000)
SINCE = st.timedeltas(ZERO, 3 * HOUR)
FREE = st.sampled_from([ACCOUNT_FREE, ADDRESS_FREE])
SINKING = st.sampled_from([None, SINKS])


@given(failures=FAILURES, since=st.timedeltas(-HOUR, 3 * HOUR), free=FREE, sinks=SINKING)
def test_the_wait_is_bounded(
    failures: float, since: dt.timedelta, free: int, sinks: dt.timedelta | None
) -> None:
    assert ZERO <= remaining(failures, since, free, sinks) <= CAP


@given(failures=FAILURES, more=st.floats(0, 100), since=SINCE, free=FREE, sinks=SINKING)
def test_more_failures_never_wait_less(
    failures: float, more: float, since: dt.timedelta, free: int, sinks: dt.timedelta | None
) -> None:
    assert remaining(failures, since, free, sinks) <= remaining(failures + more, since, free, sinks)


@given(failures=FAILURES, since=SINCE, later=SINCE, free=FREE, sinks=SINKING)
def test_time_only_shortens(
    failures: float, since: dt.timedelta, later: dt.timedelta, free: int, sinks: dt.timedelta | None
) -> None:
    left = remaining(failures, since, free, sinks)
    assert remaining(failures, since + later, free, sinks) <= left
    assert remaining(failures, since + left, free, sinks) == ZERO, "what was told is enough"


@given(failures=FAILURES, since=st.timedeltas(CAP, 3 * HOUR), free=FREE, sinks=SINKING)
def test_after_the_cap_anybody_may_try(
    failures: float, since: dt.timedelta, free: int, sinks: dt.timedelta | None
) -> None:
    assert remaining(failures, since, free, sinks) == ZERO


@given(failures=FAILURES, since=st.timedeltas(QUIET, 3 * HOUR), sinks=SINKING)
def test_a_quiet_hour_forgets(failures: float, since: dt.timedelta, sinks: dt.timedelta | None) -> None:
    assert standing(failures, since, sinks) == 0


def test_the_waits_as_they_are_told() -> None:
    waits = [delay(n, ACCOUNT_FREE) for n in range(4, 12)]
    assert [wait / SECOND for wait in waits] == [0, 30, 60, 120, 240, 480, 900, 900]


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = open_store(database_url)
    for login in ("chef", "hr"):
        store.accounts.add(login, login.upper(), "x")
    yield store
    store.close()


def fail(store: Store, times: int, login: str = "chef", address: str = HOME, at: dt.datetime = NOW) -> None:
    for _ in range(times):
        store.throttle.failed(login, address, at)


def test_five_failures_then_half_a_minute_then_doubled(store: Store) -> None:
    fail(store, 4)
    assert store.throttle.wait("chef", HOME, NOW) == ZERO
    fail(store, 1)
    assert store.throttle.wait("chef", HOME, NOW) == FIRST
    assert store.throttle.wait("Chef ", HOME, NOW + 10 * SECOND) == 20 * SECOND
    assert store.throttle.wait("chef", HOME, NOW + FIRST) == ZERO
    fail(store, 1, at=NOW + FIRST)
    assert store.throttle.wait("chef", HOME, NOW + FIRST) == MINUTE
    fail(store, 30, at=NOW + FIRST)
    assert store.throttle.wait("hr", HOME, NOW + FIRST) == ZERO, "others are not delayed"
    assert store.throttle.wait("chef", HOME, NOW + FIRST) == CAP
    assert store.throttle.wait("chef", HOME, NOW + FIRST + CAP) == ZERO


def test_known_and_unknown_wait_alike(store: Store) -> None:
    for login in ("chef", "finns.inte", "inte ens ett\0namn"):
        place = f"addr-{login[:4]}"
        fail(store, 6, login, address=place)
        assert store.throttle.wait(login, place, NOW) == MINUTE
        assert store.throttle.wait(login, "annan", NOW) == ZERO


def test_success_clears_the_account_not_the_address(store: Store) -> None:
    fail(store, ADDRESS_FREE)
    assert store.throttle.wait("chef", HOME, NOW) == CAP
    store.throttle.succeeded("CHEF", HOME, NOW)
    assert store.throttle.wait("chef", "annan", NOW) == ZERO
    assert store.throttle.wait("chef", HOME, NOW) == FIRST, "that of the address"
    assert store.throttle.wait("hr", HOME, NOW) == FIRST


def test_an_address_that_tries_many_accounts_is_slowed_down(store: Store) -> None:
    for number in range(ADDRESS_FREE):
        fail(store, 1, f"konto{number}")
    assert store.throttle.wait("hr", HOME, NOW) == FIRST
    assert store.throttle.wait("hr", "annan", NOW) == ZERO
    assert store.throttle.wait("hr", HOME, NOW + MINUTE) == ZERO
    fail(store, 1, "konto", at=NOW + MINUTE)
    assert store.throttle.wait("hr", HOME, NOW + MINUTE) == FIRST, "one has sunk, one has come"


def test_an_attack_never_delays_the_owner_s_own_browser_not_even_at_a_shared_address(store: Store) -> None:
    store.throttle.remember("chef", kept("dator"), NOW)
    fail(store, 40)
    assert store.throttle.wait("chef", HOME, NOW) == CAP, "a browser that nobody knows waits"
    assert store.throttle.wait("chef", HOME, NOW, kept("dator")) == ZERO
    assert store.throttle.wait("hr", HOME, NOW, kept("dator")) == store.throttle.wait("hr", HOME, NOW)
    assert store.throttle.wait("chef", HOME, NOW, kept("annan dator")) == CAP
    for _ in range(5):
        assert store.throttle.attempt("chef", HOME, NOW, kept("dator")) == ZERO
    assert store.throttle.attempt("chef", HOME, NOW, kept("dator")) == FIRST, "its own tries are counted"
    store.throttle.succeeded("chef", HOME, NOW, kept("dator"))
    assert store.throttle.wait("chef", HOME, NOW, kept("dator")) == ZERO


def test_an_attack_from_everywhere_never_delays_an_address_that_has_not_failed_itself(store: Store) -> None:
    """Half an hour of tries from ever new addresses, as many as are let through: all is in balance after a quarter."""
    let_through, minutes = 0, 30
    for number in range(minutes):
        at, place = NOW + number * MINUTE, f"198.51.{number // 200}.{number % 200}"
        for _ in range(5):
            if store.throttle.attempt("chef", place, at) == ZERO:
                store.throttle.failed("chef", place, at, counted=True)
                let_through += 1
        assert store.throttle.wait("chef", "203.0.113.7", at) == ZERO
        assert store.throttle.attempt("chef", f"203.0.113.{number % 250}", at) == ZERO, (
            "one mistake is forgiven"
        )
    assert let_through <= 50 + minutes + minutes * EVERYWHERE_BINDS


def test_an_address_that_goes_on_is_bound_by_all_the_account_s_failures(store: Store) -> None:
    for number in range(EVERYWHERE_FREE):
        fail(store, 1, address=f"198.51.100.{number}")
    fail(store, EVERYWHERE_BINDS - 1)
    assert store.throttle.wait("chef", HOME, NOW) == ZERO
    fail(store, 1)
    assert ZERO < store.throttle.wait("chef", HOME, NOW) <= CAP
    assert store.throttle.wait("hr", HOME, NOW) == ZERO
    store.throttle.succeeded("chef", "192.0.2.200", NOW)
    assert store.throttle.wait("chef", HOME, NOW) == ZERO


def test_the_browsers_seen_last_are_remembered_for_half_a_year(store: Store) -> None:
    for number in range(DEVICES + 3):
        store.throttle.remember("chef", kept(f"dator {number}"), NOW + number * MINUTE)
    store.throttle.remember("chef", kept(f"dator {DEVICES}"), NOW + HOUR)
    store.throttle.remember("finns.inte", kept("ingens"), NOW)
    assert rows(store, "device") == DEVICES
    assert not store.throttle.knows(kept("dator 2"))
    assert store.throttle.knows(kept("dator 3"))
    assert not store.throttle.knows(kept("ingens"))
    store.throttle.clear(NOW + REMEMBERED + HOUR - MINUTE)
    assert rows(store, "device") == 1
    assert store.throttle.knows(kept(f"dator {DEVICES}"))


def test_a_try_is_counted_before_it_is_judged(store: Store) -> None:
    for _ in range(ACCOUNT_FREE):
        assert store.throttle.attempt("chef", HOME, NOW) == ZERO
    assert store.throttle.attempt("chef", HOME, NOW) == FIRST
    assert store.throttle.attempt("chef", HOME, NOW) == FIRST, "a try that is not taken does not count"
    store.throttle.failed("chef", HOME, NOW, counted=True)
    assert store.throttle.wait("chef", HOME, NOW) == FIRST, "not counted twice"
    store.throttle.succeeded("chef", HOME, NOW)
    assert store.throttle.attempt("chef", HOME, NOW) == ZERO


def test_of_many_tries_at_once_five_are_taken(store: Store) -> None:
    start, waits = threading.Barrier(12), []

    def attempt() -> None:
        start.wait()
        waits.append(store.throttle.attempt("chef", HOME, NOW))

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(wait == ZERO for wait in waits) == ACCOUNT_FREE
    assert len(waits) == 12


def test_old_counts_are_cleared(store: Store) -> None:
    for number in range(20):
        fail(store, 1, f"konto{number}", f"addr{number}")
    assert rows(store, "sign_in_failure") == 60
    fail(store, 1, at=NOW + QUIET)
    assert rows(store, "sign_in_failure") == 3
    store.throttle.clear(NOW + 2 * QUIET)
    assert rows(store, "sign_in_failure") == 0


def test_the_log_tells_who_but_never_what_was_typed_by_mistake(store: Store) -> None:
    fail(store, 1, "Chef")
    fail(store, 1, "mitt hemliga lösenord")
    fail(store, 1, "hemligt-losenord-99")
    whos = [(who, detail) for who, what, detail in told(store) if what == Event.SIGN_IN_FAILED]
    assert whos == [(UNKNOWN, ""), (UNKNOWN, ""), ("chef", "")]


@pytest.fixture
def spraying(database_url: str) -> Iterator[Store]:
    store = open_store(database_url)
    yield store
    store.close()


@pytest.mark.parametrize(
    ("addresses", "bounded"),
    [
        ([f"2001:db8:1:2::{n:x}" for n in range(60)], True),
        ([f"2001:db8:1:{n:x}::1" for n in range(60)], False),
        (["192.0.2.1", "::ffff:192.0.2.1"] * 30, True),
        ([f"192.0.2.{n}" for n in range(60)], False),
    ],
)
def test_many_addresses_of_one_subscriber_are_one(
    spraying: Store, addresses: list[str], bounded: bool
) -> None:
    """One password on every account, each from an address of its own."""
    through = 0
    for n, address in enumerate(addresses):
        if not spraying.throttle.attempt(f"person{n}", address, NOW):
            spraying.throttle.failed(f"person{n}", address, NOW, counted=True)
            through += 1
    assert through == (ADDRESS_FREE if bounded else len(addresses))
