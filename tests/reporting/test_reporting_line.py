"""Who makes a file, one at a time: who asks for ten lets the others in between, and a process that hangs holds nobody."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from hsf_kpi.model.problems import RenderError
from hsf_kpi.reporting import beside as module
from hsf_kpi.reporting.beside import NOT_MADE, Beside
from hsf_kpi.reporting.line import MOST, REMEMBERED, TOO_MANY, Line, Ticket
from tests.figures.report_samples import figure, report
from tests.reporting.cheap_worker import MADE

POPEN = subprocess.Popen


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Beside]:
    def cheap(_command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        return POPEN([sys.executable, "-m", "tests.reporting.cheap_worker"], **options)

    monkeypatch.setattr(subprocess, "Popen", cheap)
    monkeypatch.setattr(module, "TURN", 0.01)
    found = Beside()
    yield found
    found.close()


def served(line: Line, *waiting: Ticket) -> list[str]:
    """Who gets their turn, in order."""
    left, order = list(waiting), []
    while left:
        first = next(one for one in left if line.is_first(one))
        line.serve(first)
        left.remove(first)
        order.append(first.who)
    return order


def test_nobody_waits_for_all_that_another_one_has_asked_for() -> None:
    line = Line()
    line.serve(line.join("anna"))
    tickets = [line.join(who) for who in ("anna", "anna", "bo", "anna", "bo", "cia")]
    assert served(line, *tickets) == ["bo", "cia", "anna", "bo", "anna", "anna"]


def test_unknown_people_come_in_the_order_that_they_came() -> None:
    line = Line()
    tickets = [line.join() for _ in range(MOST + 3)]
    assert [line.is_first(one) for one in tickets] == [True, *[False] * (len(tickets) - 1)]
    line.leave(tickets[0])
    assert line.is_first(tickets[1])


def test_who_has_too_much_waiting_is_told_until_some_of_it_is_done() -> None:
    line = Line()
    tickets = [line.join("anna") for _ in range(MOST)]
    with pytest.raises(RenderError) as error:
        line.join("anna")
    assert error.value.problems == (TOO_MANY,)
    line.join("bo")
    line.serve(tickets[0])
    line.leave(tickets[1])
    line.join("anna")


def test_it_does_not_remember_everybody_for_ever() -> None:
    line = Line()
    for number in range(2 * REMEMBERED):
        line.serve(line.join(str(number)))
    assert len(line._served) <= REMEMBERED


@pytest.mark.parametrize("limit", ["SILENCE", "LONGEST"])
def test_a_process_that_hangs_is_ended_and_the_next_one_works(
    beside: Beside, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    other = report(figure())
    beside.make(other, "plain")
    with monkeypatch.context() as patch:
        patch.setattr(module, limit, 0.2)
        started = time.monotonic()
        with pytest.raises(RenderError) as error:
            beside.make(other, "slow")
        assert time.monotonic() - started < 10
    assert error.value.problems == (NOT_MADE,)
    assert beside.make(other, "plain") == other.title.encode() + MADE


def test_who_comes_between_does_not_wait_for_the_other_ones_second_file(beside: Beside) -> None:
    order: list[str] = []
    started, go = threading.Event(), threading.Event()

    def make(who: str, holds: bool = False) -> None:
        def told(done: int, of: int) -> None:
            if of and not done:
                order.append(who)
            if of and holds:
                started.set()
                assert go.wait(20)

        beside.make(report(title=who), "plain", told, who)

    threads = [threading.Thread(target=make, args=("anna", True))]
    threads[0].start()
    assert started.wait(20)
    for waiting, who in enumerate(("anna", "anna", "bo"), start=1):
        threads.append(threading.Thread(target=make, args=(who,)))
        threads[-1].start()
        while len(beside._line._waiting) < waiting:
            time.sleep(0.005)
    time.sleep(20 * module.TURN)  # who was first has looked again, and is not
    go.set()
    for thread in threads:
        thread.join(20)
    assert order == ["anna", "bo", "anna", "anna"]
