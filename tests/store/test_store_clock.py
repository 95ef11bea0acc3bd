"""The clock jumps, forwards and back, while people are signed in, wait for their turn, and load."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.period import View
from hsf_kpi.store import Store
from hsf_kpi.store.delivery import Delivery
from hsf_kpi.store.throttle import ACCOUNT_FREE, CAP, CLOCKS_DIFFER, EVERYWHERE_FREE
from hsf_kpi.store.upkeep import prune
from tests.store.asking import AS_OF, CAT
from tests.store.builders import everyone, m, obs

NOW = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
HOURS = dt.timedelta(hours=8)
YEAR = dt.timedelta(days=365)
TOKEN = "a" * 64


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    found = Store.create(database_url, "demo", CAT, AS_OF)
    found.accounts.add("chef", "Chef", "test")
    yield found
    found.close()


def signed_in(store: Store, at: dt.datetime) -> None:
    store.sessions.begin("chef", "local", TOKEN, at + HOURS, "", at)


def holds(store: Store, at: dt.datetime) -> bool:
    return store.sessions.valid(TOKEN, at) is not None


def test_a_sign_in_made_while_the_clock_was_ahead_does_not_outlive_it(store: Store) -> None:
    signed_in(store, NOW + YEAR)
    assert holds(store, NOW + YEAR + HOURS / 2)
    assert not holds(store, NOW), "it would hold for a year and eight hours"
    assert not holds(store, NOW + HOURS)


def test_a_small_step_back_signs_nobody_out(store: Store) -> None:
    """Two servers, or one that is set right by seconds."""
    signed_in(store, NOW)
    assert holds(store, NOW - CLOCKS_DIFFER + dt.timedelta(seconds=1))
    assert not holds(store, NOW - CLOCKS_DIFFER - dt.timedelta(seconds=1))


def test_a_step_forwards_ends_sign_ins_while_it_lasts_and_erases_none(store: Store) -> None:
    signed_in(store, NOW)
    assert not holds(store, NOW + YEAR)
    assert holds(store, NOW + HOURS / 2), "set right again, it holds for what is left"
    assert not holds(store, NOW + HOURS)


def test_what_was_last_seen_by_a_wrong_clock_is_not_moved_back(store: Store) -> None:
    signed_in(store, NOW)
    assert holds(store, NOW + HOURS / 2)
    assert holds(store, NOW + dt.timedelta(minutes=5))
    assert store.sessions.latest(1)[0].seen == NOW + HOURS / 2


def fail(store: Store, times: int, at: dt.datetime, login: str = "chef", address: str = "10.0.0.1") -> None:
    for _ in range(times):
        store.throttle.failed(login, address, at)


def test_waiting_neither_lasts_for_ever_nor_is_forgotten_when_the_clock_was_ahead(store: Store) -> None:
    fail(store, ACCOUNT_FREE + 3, NOW + YEAR)
    first = store.throttle.attempt("chef", "10.0.0.1", NOW)
    assert dt.timedelta(0) < first <= CAP, "not forgotten"
    assert store.throttle.attempt("chef", "10.0.0.1", NOW + first / 2) == first / 2, "it goes down"
    assert store.throttle.attempt("chef", "10.0.0.1", NOW + first) == dt.timedelta(0), "and ends"
    again = store.throttle.attempt("chef", "10.0.0.1", NOW + first)
    assert again > first, "the failures are still counted"


def test_the_higher_counts_end_too(store: Store) -> None:
    fail(store, EVERYWHERE_FREE + 20, NOW + YEAR, address="10.0.0.1")
    store.throttle.attempt("chef", "10.0.0.1", NOW)
    assert store.throttle.wait("chef", "10.0.0.1", NOW + CAP) == dt.timedelta(0)


def test_a_step_forwards_frees_from_waiting_once_and_counts_on(store: Store) -> None:
    """A clock an hour ahead forgets: nobody outside can set it, and what is tried then is counted from there."""
    fail(store, ACCOUNT_FREE, NOW)
    assert store.throttle.wait("chef", "10.0.0.1", NOW)
    assert not store.throttle.wait("chef", "10.0.0.1", NOW + dt.timedelta(hours=1))
    fail(store, ACCOUNT_FREE, NOW + dt.timedelta(hours=1))
    assert store.throttle.attempt("chef", "10.0.0.1", NOW), "set back, it still waits"


def deliver(amount: int, at: dt.datetime) -> Delivery:
    return Delivery("fil", Origin.DEMO, [obs("belopp", "kirurgi", "2023-10", amount)], at=at)


def value(store: Store) -> int | None:
    series = store.unit_series(everyone(CAT), CAT, "kirurgi", View.MONTH, Sex.ALL, OrgView.TODAY, ["belopp"])[
        "belopp"
    ]
    return next(iter(series.cells.values()))[m("2023-10")].numerator


def test_loads_are_in_the_order_they_came_whatever_the_clock_says(store: Store) -> None:
    store.take(CAT, deliver(1, NOW + YEAR))
    version = store.take(CAT, deliver(2, NOW))
    assert value(store) == 2_0000, "the later load stands, though the clock says that it came before"
    assert store.state().data_version == version == 2
    latest = store.loads.latest()
    assert [load.number for load in store.loads.all()][:2] == [latest, latest - 1]
    store.loads.undo(CAT, latest)
    assert value(store) == 1_0000


def test_a_log_written_by_a_clock_ahead_is_kept_and_what_is_due_is_erased_by_the_right_one(
    store: Store,
) -> None:
    store.audit_log.write("chef", "x", "framtiden", NOW + YEAR)
    store.audit_log.write("chef", "x", "förr", NOW - 2 * YEAR)
    prune(store, 365, NOW)
    told = [entry[3] for entry in store.audit()]
    assert "framtiden" in told
    assert "förr" not in told
