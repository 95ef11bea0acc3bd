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
    FIRST,
    QUIET,
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
    fail(store, 100, at=NOW + FIRST)
    assert store.throttle.wait("hr", "192.0.2.9", NOW + FIRST) == ZERO, "others are not delayed"
    assert store.throttle.wait("chef", "192.0.2.9", NOW + FIRST) == CAP
    assert store.throttle.wait("chef", HOME, NOW + FIRST + CAP) == ZERO


def test_known_and_unknown_wait_alike(store: Store) -> None:
    for login in ("chef", "finns.inte", "inte ens ett\0namn"):
        fail(store, 6, login, address=f"addr-{login[:4]}")
        assert store.throttle.wait(login, "annan", NOW) == MINUTE


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


def test_an_attack_from_everywhere_never_delays_the_owner_s_own_place(store: Store) -> None:
    for place in (HOME, "x" * 300):
        store.sessions.begin("chef", "local", kept(place), NOW + HOUR, place, NOW)
    for number in range(40):
        fail(store, 1, address=f"198.51.100.{number}", at=NOW + number * SECOND)
    later = NOW + 40 * SECOND
    assert ZERO < store.throttle.wait("chef", "203.0.113.7", later) <= CAP
    assert store.throttle.wait("chef", HOME, later) == ZERO
    assert store.throttle.wait("chef", "x" * 300, later) == ZERO, "however long the address is"
    fail(store, ADDRESS_FREE + 5, "hr", at=later)
    assert store.throttle.wait("chef", HOME, later) == ZERO, "nor do others at the same address"
    fail(store, 5, at=later)
    assert store.throttle.wait("chef", HOME, later) == FIRST, "tries from there are counted there"
    store.throttle.succeeded("chef", HOME, later)
    assert store.throttle.wait("chef", HOME, later) == ZERO


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
    assert rows(store, "sign_in_failure") == 40
    fail(store, 1, at=NOW + QUIET)
    assert rows(store, "sign_in_failure") == 2
    store.throttle.clear(NOW + 2 * QUIET)
    assert rows(store, "sign_in_failure") == 0


def test_the_log_tells_who_but_never_what_was_typed_by_mistake(store: Store) -> None:
    fail(store, 1, "Chef")
    fail(store, 1, "mitt hemliga lösenord")
    fail(store, 1, "hemligt-losenord-99")
    whos = [(who, detail) for who, what, detail in told(store) if what == Event.SIGN_IN_FAILED]
    assert whos == [(UNKNOWN, ""), (UNKNOWN, ""), ("chef", "")]
