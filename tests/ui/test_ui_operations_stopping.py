"""The server's end, step by step, without a server; tests/e2e/test_stopping.py stops a real one."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from types import SimpleNamespace
from typing import Any

import pytest

from hsf_kpi import ROOT
from hsf_kpi.cli.start import serve
from hsf_kpi.operations.work import Work
from hsf_kpi.ui.operations import stopping


class Uvicorn:
    """What is used of it."""

    def __init__(self) -> None:
        self.should_exit = self.force_exit = False
        self.config = SimpleNamespace(timeout_graceful_shutdown=None)

    def handle_exit(self, _number: int, _frame: Any) -> None:
        raise AssertionError("uvicorn would die of the signal afterwards")


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "MARGIN", 0.05)
    monkeypatch.setattr(stopping, "_TOLD", 0.0)


def test_with_nothing_under_way_the_port_is_closed_at_once() -> None:
    server, ended = Uvicorn(), list[int]()
    stopping.leave(server, Work(), 0.0, ended.append)
    assert server.should_exit
    assert server.config.timeout_graceful_shutdown == stopping.CLOSING
    assert ended == [0], "it did not end by itself"


def test_what_is_under_way_may_end_and_the_port_stays_open_meanwhile() -> None:
    server, work, may = Uvicorn(), Work(), threading.Event()
    begun, open_at_end = threading.Event(), list[bool]()

    def load() -> None:
        with work.under_way("load"):
            begun.set()
            may.wait(60)
            open_at_end.append(not server.should_exit)

    loading = threading.Thread(target=load)
    loading.start()
    assert begun.wait(60)
    left = threading.Thread(target=stopping.leave, args=(server, work, 60.0, lambda _code: None), daemon=True)
    left.start()
    may.set()
    loading.join(60)
    for _ in range(600):
        if server.should_exit:
            break
        time.sleep(0.05)
    assert server.should_exit
    assert open_at_end == [True]


def test_what_does_not_end_in_time_is_named_and_left(caplog: pytest.LogCaptureFixture) -> None:
    server, work, ended = Uvicorn(), Work(), list[int]()
    with work.under_way("load"), work.under_way("report"):
        stopping.leave(server, work, 0.05, ended.append)
    assert server.should_exit
    assert ended == [0]
    assert "these are not done: 1 load, 1 report" in caplog.text
    assert "stopped by force" in caplog.text


def test_both_signals_are_taken_over_and_given_their_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    server, work, left = Uvicorn(), Work(), list[Any]()
    monkeypatch.setattr(stopping, "leave", lambda *given: left.append(given))
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        for number in before:
            signal.signal(number, server.handle_exit)
        stopping.take_over(7.0, work)
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
        for thread in threading.enumerate():
            if thread.name == "hsf-kpi-stop":
                thread.join()
        assert work.leaving
        assert left == [(server, work, 7.0)], "a second one changes nothing"
        assert not server.force_exit
        signal.raise_signal(signal.SIGINT)
        assert server.force_exit
        assert server.should_exit
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_outside_uvicorn_and_outside_the_main_thread_nothing_is_taken_over() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    stopping.take_over(1.0, Work())
    aside = threading.Thread(target=stopping.take_over, args=(1.0, Work()))
    aside.start()
    aside.join()
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before


def test_uvicorn_still_has_what_is_used_of_it() -> None:
    from uvicorn import Config, Server

    server = Server(Config("x:y"))
    assert (server.should_exit, server.force_exit) == (False, False)
    assert server.config.timeout_graceful_shutdown is None
    assert server.handle_exit.__self__ is server  # type: ignore[attr-defined]


STARTED = """
import subprocess, sys, threading, os, signal
from hsf_kpi.cli.start import serve
child = "import signal,sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(%d)); print('up', flush=True); signal.pause()"
sys.exit(serve([sys.executable, "-c", child]))
"""


@pytest.mark.parametrize("code", [0, 3])
def test_the_launcher_hands_the_signal_on_and_ends_as_its_server_does(code: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTED % code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as launcher:
        assert launcher.stdout is not None
        assert launcher.stdout.readline() == "up\n"
        launcher.terminate()
        assert launcher.wait(60) == code


def test_the_launcher_tells_how_its_server_ended() -> None:
    before = signal.getsignal(signal.SIGTERM)
    try:
        assert serve([sys.executable, "-c", "raise SystemExit(5)"]) == 5
    finally:
        signal.signal(signal.SIGTERM, before)
