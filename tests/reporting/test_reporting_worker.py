"""What the process that makes files answers, message by message."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hsf_kpi import ROOT
from hsf_kpi.model.problems import Problem, RenderError
from hsf_kpi.render.progress import Progress
from hsf_kpi.reporting import making, worker
from tests.figures.report_samples import figure, report

REPORT = report(figure())


def answers(monkeypatch: pytest.MonkeyPatch, made: Any) -> list[Any]:
    def make(found: object, medium: str, told: Progress) -> bytes:
        assert (found, medium) == (REPORT, "pdf")
        told(1, 2)
        if isinstance(made, BaseException):
            raise made
        return bytes(made)

    monkeypatch.setattr(making, "make", make)
    stream = BytesIO()
    worker._answer(stream, "make", (REPORT, "pdf"))
    stream.seek(0)
    found = []
    while stream.tell() < len(stream.getvalue()):
        found.append(worker.receive(stream))
    return found


def test_progress_and_then_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert answers(monkeypatch, b"fil") == [("progress", 1, 2), ("done", b"fil")]


def test_what_can_be_told_in_words_is(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem("Figuren har ingen beskrivning.", "figur", "Lägg till en.")
    assert answers(monkeypatch, RenderError(problem))[-1] == ("failed", (problem,))


@pytest.mark.parametrize("error", [MemoryError(), OSError(28, "No space left on device"), ValueError("x")])
def test_the_rest_is_for_who_operates_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    assert answers(monkeypatch, error)[-1] == ("failed", ())
    (line,) = caplog.records
    assert line.message == "a report could not be made"
    assert line.exc_info is not None
    assert line.exc_info[1] is error


def test_its_lines_have_the_form_of_the_servers_log() -> None:
    jobs = BytesIO()
    worker.send(jobs, ("make", ("hemligt", "pdf")))
    run = subprocess.run(
        [sys.executable, "-m", "hsf_kpi.reporting.worker"],
        cwd=ROOT,
        env={**os.environ, "HSF_KPI_LOG": "json"},
        input=jobs.getvalue(),
        capture_output=True,
        timeout=120,
    )
    (line,) = [json.loads(line) for line in run.stderr.splitlines()]
    assert (run.returncode, line["level"]) == (1, "critical")
    assert b"hemligt" not in run.stderr


def test_a_signal_to_the_whole_group_does_not_end_it_but_the_end_of_its_input_does() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "hsf_kpi.reporting.worker"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(2):
            worker.send(process.stdin, ("make", (REPORT, "finns-inte")))
            assert worker.receive(process.stdout)[0] == "failed"
            process.send_signal(signal.SIGTERM)
            process.send_signal(signal.SIGINT)
        process.stdin.close()
        assert process.wait(60) == 0


def test_a_message_that_stops_in_the_middle_is_no_message() -> None:
    stream = BytesIO()
    worker.send(stream, "x" * 1000)
    for length in (0, 3, worker.LENGTH.size, 500):
        with pytest.raises(EOFError):
            worker.receive(BytesIO(stream.getvalue()[:length]))


def test_it_answers_until_its_input_ends_and_nothing_else_gets_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(_report: object, medium: str, _told: Progress) -> bytes:
        os.write(printed.fileno(), b"printed by a library")
        return medium.encode()

    jobs = BytesIO()
    for medium in ("pdf", "xlsx"):
        worker.send(jobs, ("make", (REPORT, medium)))
    jobs.seek(0)
    nice: list[int] = []
    with (tmp_path / "out").open("wb") as printed, (tmp_path / "err").open("wb") as errors:
        monkeypatch.setattr(making, "make", make)
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=jobs))
        monkeypatch.setattr(sys, "stdout", printed)
        monkeypatch.setattr(sys, "stderr", errors)
        monkeypatch.setattr(os, "nice", nice.append)
        worker.main()
    assert nice == [worker.NICE]
    assert (tmp_path / "err").read_bytes() == b"printed by a library" * 2
    with (tmp_path / "out").open("rb") as answered:
        assert [worker.receive(answered) for _ in range(2)] == [("done", b"pdf"), ("done", b"xlsx")]
        assert answered.read() == b""
