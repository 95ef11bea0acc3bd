"""Where somebody has been is written in the background: no page waits for it, and it is bounded."""

from __future__ import annotations

import logging
import threading

import pytest

from hsf_kpi.habits import Habits, later, own
from hsf_kpi.habits.later import Later
from hsf_kpi.model.habit import MOST_RECENT, VISITOR, Visited
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import Problem, StoreError
from hsf_kpi.workspace import Workspace
from tests.habits.asking import HERE, PAGES, rights


class Slow:
    """Writes when it is let to; what it is told is kept in `done`."""

    def __init__(self) -> None:
        self.go, self.begun = threading.Event(), threading.Event()
        self.done: list[tuple[str, Visited]] = []

    def __call__(self, owner: str, ones: tuple[Visited, ...]) -> None:
        self.begun.set()
        assert self.go.wait(5)
        self.done.extend((owner, one) for one in ones)


def begin(writer: Later, slow: Slow) -> None:
    """Has it written now, and returns when it has begun."""
    assert not writer.flush(0)
    assert slow.begun.wait(5)


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
    begin(habits._later, slow)
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
    begin(writer, slow)
    forgetting = threading.Thread(target=writer.forget, args=("x",))
    forgetting.start()
    slow.go.set()
    forgetting.join(5)
    assert not forgetting.is_alive()
    assert writer.waiting("x") == ()
    assert writer.flush(5)
    assert slow.done == [("x", A), ("x", B), ("y", C)]


def test_what_fails_is_logged_and_let_go_of(caplog: pytest.LogCaptureFixture) -> None:
    done = []

    def write(owner: str, ones: tuple[Visited, ...]) -> None:
        if owner == "x":
            raise StoreError(Problem("Full.")) from ValueError("anna, kirurgi")
        done.extend(ones)

    writer = Later(write)
    with caplog.at_level(logging.WARNING):
        for owner, one in (("x", A), ("y", B)):
            writer.add(owner, one)
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
    writer = Later(lambda _owner, ones: done.extend(ones))
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


def test_it_is_written_when_people_rest_and_all_of_one_person_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(later, "REST", 0.2)
    found: list[tuple[str, tuple[Visited, ...]]] = []
    both = threading.Event()

    def write(owner: str, ones: tuple[Visited, ...]) -> None:
        found.append((owner, ones))
        if len(found) == 2:
            both.set()

    writer = Later(write)
    for owner, one in (("x", A), ("y", C), ("x", B)):
        writer.add(owner, one)
    assert found == []
    assert both.wait(5)
    assert found == [("x", (A, B)), ("y", (C,))]


def test_who_never_rests_is_written_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(later, "REST", 60.0)
    monkeypatch.setattr(later, "LONGEST", 0.1)
    written = threading.Event()
    writer = Later(lambda _owner, _ones: written.set())
    writer.add("x", A)
    assert written.wait(5)


def test_strangers_are_tidied_up_after_now_and_then(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    pruned = []
    writer = own._Writer(workspace.store.habits)
    monkeypatch.setattr(type(workspace.store.habits), "prune", lambda _self, before: pruned.append(before))
    for owner in ("chef", VISITOR + "a", VISITOR + "b"):
        writer(owner, (A,))
    assert len(pruned) == 1
    assert Month.of(2020, 1) < Month.of(pruned[0].year, pruned[0].month)
    monkeypatch.setattr(own, "_TIDIED", 0.0)
    writer(VISITOR + "b", (A,))
    assert len(pruned) == 2
