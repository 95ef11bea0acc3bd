"""Files made in another process: what comes through, who leaves, what is killed, and that the next one is made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest

from hsf_kpi.figures.figure import FigureKind
from hsf_kpi.figures.report import Report
from hsf_kpi.model.problems import NotFound, RenderError
from hsf_kpi.reporting import beside as module
from hsf_kpi.reporting.beside import NOT_MADE, Beside, make_beside
from hsf_kpi.reporting.making import make
from hsf_kpi.reporting.worker import receive, send
from tests.figures.report_samples import figure, report
from tests.reporting.cheap_worker import MADE

REPORT = report(figure())
FILE = REPORT.title.encode() + MADE
POPEN = subprocess.Popen


class Left(BaseException):
    """As Streamlit stops a page that nobody looks at any more: no ordinary exception."""


def cheap(_command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    return POPEN([sys.executable, "-m", "tests.reporting.cheap_worker"], **options)


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Beside]:
    """With the process that makes cheap files."""
    monkeypatch.setattr(subprocess, "Popen", cheap)
    found = Beside()
    yield found
    found.close()
    assert found._process is None


def process(beside: Beside) -> subprocess.Popen[bytes]:
    assert beside._process is not None
    return beside._process


def raising(error: BaseException) -> Callable[[int, int], None]:
    def told(_done: int, _of: int) -> None:
        raise error

    return told


def test_a_file_and_its_progress_come_through_and_the_process_is_kept(
    beside: Beside, capfd: pytest.CaptureFixture[str]
) -> None:
    told: list[tuple[int, int]] = []
    assert beside.make(REPORT, "plain", lambda done, of: told.append((done, of))) == FILE
    assert told == [(0, 2), (2, 2)]
    first = process(beside)
    assert beside.make(REPORT, "print") == FILE, "what a library prints is no part of the answer"
    assert "a library says something" in capfd.readouterr().err
    for medium, words in (
        ("wrong", ["Rubriken får inte plats.", "Bilden saknas."]),
        ("value", [NOT_MADE.what]),
    ):
        with pytest.raises(RenderError) as error:
            beside.make(REPORT, medium)
        assert [problem.what for problem in error.value.problems] == words
    assert "a report could not be made" in capfd.readouterr().err, "who operates it is told why"
    assert beside.make(REPORT, "plain") == FILE
    assert process(beside) is first


def test_a_process_that_has_fallen_is_told_and_the_next_one_works(beside: Beside) -> None:
    for medium in ("crash", "plain"):
        if medium == "crash":
            with pytest.raises(RenderError) as error:
                beside.make(REPORT, medium)
            assert error.value.problems == (NOT_MADE,)
            assert beside._process is None
        else:
            assert beside.make(REPORT, medium) == FILE


def test_one_that_is_killed_from_outside_is_told_and_the_next_one_works(beside: Beside) -> None:
    def kill(_done: int, _of: int) -> None:
        os.kill(process(beside).pid, signal.SIGKILL)

    with pytest.raises(RenderError):
        beside.make(REPORT, "slow", kill)
    assert beside.make(REPORT, "plain") == FILE
    between = process(beside)
    between.kill()
    between.wait()
    assert beside.make(REPORT, "plain") == FILE
    assert process(beside) is not between


@pytest.mark.parametrize("error", [Left(), NotFound(NOT_MADE), RenderError(NOT_MADE)])
def test_who_leaves_stops_it_and_the_next_one_works(beside: Beside, error: BaseException) -> None:
    beside.make(REPORT, "plain")
    left = process(beside)
    with pytest.raises(type(error)):
        beside.make(REPORT, "slow", raising(error))
    assert left.returncode == -signal.SIGKILL
    assert left.stdin is not None
    assert left.stdin.closed
    assert beside.make(REPORT, "plain") == FILE


def test_who_waits_is_told_and_may_leave(beside: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TURN", 0.01)
    started, go = threading.Event(), threading.Event()
    found: list[bytes] = []

    def hold(_done: int, _of: int) -> None:
        started.set()
        assert go.wait(20)

    first = threading.Thread(target=lambda: found.append(beside.make(REPORT, "plain", hold)))
    first.start()
    assert started.wait(20)
    with pytest.raises(Left):
        beside.make(REPORT, "plain", raising(Left()))
    told: list[tuple[int, int]] = []

    def listen(done: int, of: int) -> None:
        told.append((done, of))
        go.set()

    assert beside.make(REPORT, "plain", listen) == FILE
    first.join()
    assert found == [FILE], "the one that was being made was left alone"
    assert told[0] == (0, 0)
    assert told[-1] == (2, 2)


def test_several_at_once_get_each_their_own(beside: Beside) -> None:
    found: dict[int, bytes] = {}

    def one(number: int) -> None:
        found[number] = beside.make(report(title=f"Rapport {number}"), "plain")

    threads = [threading.Thread(target=one, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: f"Rapport {number}".encode() + MADE for number in range(6)}


def test_it_ends_when_nothing_is_asked_of_it(beside: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IDLE", 0.05)
    beside.make(REPORT, "plain")
    ended = process(beside) if beside._process else None
    for _ in range(200):
        if beside._process is None:
            break
        time.sleep(0.02)
    assert beside._process is None
    assert ended is None or ended.wait(10) is not None
    assert beside.make(REPORT, "plain") == FILE


def test_one_that_is_busy_or_was_just_asked_is_not_ended(beside: Beside) -> None:
    beside.make(REPORT, "plain")
    beside._end_if_idle()
    assert process(beside).poll() is None, "it has just been asked"
    beside._last -= 2 * module.IDLE
    with beside._turn:
        beside._end_if_idle()
        assert process(beside).poll() is None, "somebody has their turn"
    beside._end_if_idle()
    assert beside._process is None


def test_no_room_for_a_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", refused)
    found = Beside()
    with pytest.raises(RenderError) as error:
        found.make(REPORT, "plain")
    assert error.value.problems == (NOT_MADE,)
    found.close()


def test_it_ends_with_the_process_that_started_it() -> None:
    """Its input ends, and so does it: nothing is left behind."""
    alone = POPEN(
        [sys.executable, "-m", "hsf_kpi.reporting.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    answer, _ = alone.communicate(b"", timeout=30)
    assert (answer, alone.returncode) == (b"", 0)


def test_the_real_one_makes_the_same_file_as_is_made_here() -> None:
    told: list[tuple[int, int]] = []
    table = report(figure(kind=FigureKind.TABLE))
    made = make_beside(table, "xlsx", lambda done, of: told.append((done, of)))
    assert zipfile.ZipFile(BytesIO(made)).testzip() is None
    assert made == make(table, "xlsx")
    assert told
    assert all(done <= of for done, of in told)
    with pytest.raises(RenderError, match="Filslaget ”docx” finns inte"):
        make_beside(REPORT, "docx")
    module._BESIDE.close()


def test_a_report_goes_there_and_back_whole() -> None:
    other: Report = report(figure(), figure(slug="b", title="😀 <b>&amp;"))
    stream = BytesIO()
    send(stream, ("make", (other, "pdf")))
    stream.seek(0)
    assert receive(stream) == ("make", (other, "pdf"))
    with pytest.raises(EOFError):
        receive(stream)
