"""The log's lines: one event a line, the same content in both forms, and nothing of what somebody has written."""

from __future__ import annotations

import io
import json
import logging
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi import ROOT
from hsf_kpi.model.problems import NotFound, Problem
from hsf_kpi.operations import log, trail

SECRET = "850101-1234 finns i länken"


def fault() -> BaseException:
    """As a page fails: one error out of another, the words of both from outside."""
    try:
        try:
            {}[SECRET]
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError as error:
        return error


def record(
    message: str = "a page failed", error: BaseException | None = None, **extra: Any
) -> logging.LogRecord:
    info = None if error is None else (type(error), error, error.__traceback__)
    made = logging.LogRecord("hsf_kpi.ui.x", logging.ERROR, "x.py", 1, message, (), info)
    made.__dict__.update(extra)
    return made


def test_a_json_line_has_time_level_logger_message_and_where_it_belongs() -> None:
    with trail.run("request-1", "abcdef") as run:
        trail.note(page="oversikt")
        told = json.loads(log.JsonLines().format(record("en rad", ms=12.5, code="x1")))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", told.pop("time"))
    assert told == {
        "level": "error", "logger": "hsf_kpi.ui.x", "message": "en rad", "request": "request-1", "session": "abcdef",
        "run": run, "page": "oversikt", "ms": 12.5, "code": "x1",
    }  # fmt: skip


@given(st.text(max_size=3000))
def test_one_event_is_one_line(message: str) -> None:
    line = log.JsonLines().format(record(message.replace("%", "%%")))
    assert len(line.splitlines()) == 1 or not set("\n\r") & set(line)
    json.loads(line)
    text = log.TextLines().format(record(message.replace("%", "%%")))
    assert not set("\n\r") & set(text)


@pytest.mark.parametrize("form", [log.JsonLines, log.TextLines])
def test_an_exceptions_own_words_are_written_at_debug_only(form: Callable[..., logging.Formatter]) -> None:
    quiet, words = (form(words=words).format(record(error=fault())) for words in (False, True))
    assert SECRET not in quiet
    assert SECRET in words
    for line in (quiet, words):
        assert re.search("ValueError.* < KeyError", line)
        assert "test_operations_log.py:" in line
        assert "fault" in line


def test_our_own_problems_are_written_as_they_are_told() -> None:
    error = NotFound(Problem("Enheten finns inte.", "enhet", "Välj en annan."))
    assert json.loads(log.JsonLines().format(record(error=error)))["error"].endswith("Välj en annan.")


def test_a_chain_of_errors_has_an_end() -> None:
    error: BaseException = ValueError("0")
    for number in range(12):
        error, inner = RuntimeError(str(number)), error
        error.__cause__ = inner
    assert json.loads(log.JsonLines().format(record(error=error)))["error"].count("<") == 4


@pytest.mark.parametrize(("form", "begins"), [("json", '{"time": '), ("text", "20")])
def test_what_nobody_caught_is_a_line_too(form: str, begins: str) -> None:
    """In a process of its own: in a thread, at the end, and as a warning."""
    code = f"""
import threading, warnings
from hsf_kpi.operations import log
log.set_up({form!r}, "info")
warnings.warn("gammalt")
def fall(): raise ValueError("hemligt")
one = threading.Thread(target=fall); one.start(); one.join()
raise KeyError("hemligt")
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert run.returncode == 1
    assert "hemligt" not in run.stderr
    lines = [line for line in run.stderr.splitlines() if not line.startswith("    ")]
    assert all(line.startswith(begins) for line in lines)
    assert [
        sum(what in line for line in lines) for what in ("gammalt", "a thread fell", "ended by a fault")
    ] == [1, 1, 1]


def test_ctrl_c_is_no_fault(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    log._ended(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "KeyboardInterrupt" in capsys.readouterr().err
    log._fell(threading.ExceptHookArgs((SystemExit, SystemExit(), None, None)))
    assert caplog.records == []


def test_a_thread_and_a_server_that_fall_are_lines(caplog: pytest.LogCaptureFixture) -> None:
    error = fault()
    log._fell(threading.ExceptHookArgs((type(error), error, error.__traceback__, None)))
    log._ended(type(error), error, None)
    assert [(line.levelname, line.message) for line in caplog.records] == [
        ("ERROR", "a thread fell"),
        ("CRITICAL", "the server ended by a fault"),
    ]


@pytest.mark.parametrize(
    ("settings", "formatter"),
    [({"LOG": "json"}, log.JsonLines), ({}, log.TextLines), ({"LOG": "json", "PORT": "x"}, log.TextLines)],
)
def test_the_settings_decide_and_wrong_ones_give_text(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], formatter: type
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"HSF_KPI_{name}", value)
    monkeypatch.setattr(log, "set_up", log.handler)
    assert type(log.set_up_as_set().formatter) is formatter


def test_the_level_is_ours_alone() -> None:
    root, ours = logging.getLogger(), logging.getLogger("hsf_kpi")
    before = (root.level, root.handlers[:], ours.level, sys.excepthook, threading.excepthook)
    try:
        made = log.set_up("json", "debug")
        assert root.handlers == [made]
        assert (root.level, ours.level) == (logging.WARNING, logging.DEBUG)
        assert isinstance(made, logging.StreamHandler)
        made.setStream(out := io.StringIO())
        logging.getLogger("hsf_kpi.x").debug("vår")
        logging.getLogger("andras").info("deras")
        assert [json.loads(line)["message"] for line in out.getvalue().splitlines()] == ["vår"]
    finally:
        logging.captureWarnings(False)
        root.setLevel(before[0])
        root.handlers[:] = before[1]
        ours.setLevel(before[2])
        sys.excepthook, threading.excepthook = before[3], before[4]
