"""The audit log: read by person, event and day, kept and erased by decision; and writers side by side."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from hsf_kpi import ROOT
from hsf_kpi.model.event import Event
from hsf_kpi.store import Store
from hsf_kpi.store.engine import reading
from hsf_kpi.store.upkeep import prune
from tests.store.people import DAY, HOME, HOUR, NOW, kept, open_store, told


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = open_store(database_url)
    yield store
    store.close()


def utc(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2023, 6, day, hour, minute, tzinfo=dt.UTC)


def fill(store: Store) -> None:
    for at, who, what, detail in (
        (utc(1, 8), "åsa", Event.SIGNED_IN, "local"),
        (utc(2, 21, 59), "åsa", Event.EXPORTED, "första"),
        (utc(2, 22), "hr_1", Event.EXPORTED, "andra"),
        (utc(3, 12), "hr%1", Event.DENIED, "tredje"),
    ):
        store.audit_log.write(who, what, detail, at)


JUNE: dict[str, Any] = {"first": dt.date(2023, 6, 1), "last": dt.date(2023, 6, 30)}


def test_newest_first_with_their_time(store: Store) -> None:
    fill(store)
    found = store.audit_log.entries(**JUNE)
    assert [entry.detail for entry in found] == ["tredje", "andra", "första", "local"]
    assert (found[0].at, found[0].who, found[0].what) == (utc(3, 12), "hr%1", "nekades")
    assert found[0].at.utcoffset() == dt.timedelta(0)
    assert store.audit_log.entries()[0].what == Event.CREATED, "now is later than all of them"


CHOSEN: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({"who": "ÅSA"}, ["första", "local"]),
    ({"who": "hr"}, ["tredje", "andra"]),
    ({"who": "_"}, ["andra"]),
    ({"who": "%"}, ["tredje"]),
    ({"who": "\0"}, []),
    ({"what": [Event.EXPORTED]}, ["andra", "första"]),
    ({"what": {"nekades", "loggade in"}}, ["tredje", "local"]),
    ({"who": "hr", "what": [Event.EXPORTED]}, ["andra"]),
    ({"last": dt.date(2023, 6, 2)}, ["första", "local"]),
    ({"first": dt.date(2023, 6, 3)}, ["tredje", "andra"]),
)


def test_chosen_by_person_event_and_swedish_day(store: Store) -> None:
    fill(store)
    for chosen, details in CHOSEN:
        asked = {**JUNE, **chosen}
        assert [entry.detail for entry in store.audit_log.entries(**asked)] == details, chosen
        assert store.audit_log.count(**asked) == len(details), chosen


def test_page_by_page(store: Store) -> None:
    for number in range(25):
        store.audit_log.write("x", Event.DENIED, str(number), utc(1, 8))
    pages = [store.audit_log.entries(**JUNE, limit=10, offset=offset) for offset in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert [entry.detail for page in pages for entry in page] == [str(n) for n in range(24, -1, -1)]
    assert store.audit_log.count(**JUNE) == 25


def test_any_text_can_be_told(store: Store) -> None:
    for strange in ("a\0b", "\udc80", "x" * 100_000, "'; DROP TABLE audit_log; --", "=1+1"):
        store.log(strange, strange, strange)
        entry = store.audit_log.entries(limit=1)[0]
        assert entry.detail[:1] == strange.encode("utf-8", "replace").decode()[:1]
        assert (len(entry.who) <= 200, len(entry.what) <= 80, len(entry.detail) <= 2000) == (True,) * 3


def test_what_is_older_than_the_day_is_erased_and_it_is_told(store: Store) -> None:
    fill(store)
    assert store.audit_log.prune(dt.date(2023, 6, 3), "admin1") == 2
    assert [entry.detail for entry in store.audit_log.entries(**JUNE)] == ["tredje", "andra"]
    assert told(store)[0] == ("admin1", Event.LOG_PRUNED, "2 rader före 2023-06-03")
    assert store.audit_log.prune(dt.date(2023, 6, 3), "admin1") == 0
    assert len([1 for _, what, _ in told(store) if what == Event.LOG_PRUNED]) == 1


def test_upkeep_by_the_region_s_decision(store: Store) -> None:
    store.accounts.add("chef", "Chef", "x")
    for age in (1, 29, 31, 60):
        at = NOW - age * DAY
        store.sessions.begin("chef", "local", kept(str(age)), at + HOUR, HOME, at)
    store.throttle.failed("chef", HOME, NOW - 2 * HOUR)
    before = store.audit_log.count()
    assert prune(store, None, NOW) == 0
    assert (store.audit_log.count(), len(store.sessions.latest(9))) == (before, 4)
    assert prune(store, 30, NOW) == 2
    assert store.audit_log.count() == before - 2 + 1
    assert len(store.sessions.latest(9)) == 2


def test_the_log_is_found_by_time(database_url: str) -> None:
    store = open_store(database_url)
    if database_url.startswith("sqlite"):
        with reading(store._engine) as connection:
            plan = connection.execute(
                text("EXPLAIN QUERY PLAN SELECT * FROM audit_log WHERE at < '2020'")
            ).all()
        assert "ix_audit_log_at" in str(plan)
    store.close()


WRITER = """
import sys
from hsf_kpi.store import Store
store = Store.open(sys.argv[1])
for number in range(40):
    store.log(sys.argv[2], "nekades", str(number))
"""


def test_writers_side_by_side_all_get_through(database_url: str) -> None:
    """Threads of one process and another process, on one database: nobody is told that it is locked."""
    store = open_store(database_url)
    store.accounts.add("chef", "Chef", "x")
    faults: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for number in range(40):
                store.log(name, Event.DENIED, str(number))
                store.throttle.failed("chef", name, NOW)
        except BaseException as fault:
            faults.append(fault)

    other = subprocess.Popen([sys.executable, "-c", WRITER, database_url, "annan"], cwd=ROOT)
    threads = [threading.Thread(target=write, args=(f"tråd{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert other.wait() == 0
    assert faults == []
    assert store.audit_log.count(what=[Event.DENIED]) == 200
    assert store.audit_log.count(what=[Event.SIGN_IN_FAILED]) == 160
    store.close()


def test_a_time_without_its_zone_is_refused(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(StatementError, match="without its time zone"):
        store.audit_log.write("x", "y", "z", dt.datetime(2023, 1, 1))
    store.close()
