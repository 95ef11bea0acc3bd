"""What the process that makes files answers, message by message."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

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
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    assert answers(monkeypatch, error)[-1] == ("failed", ())
    assert capsys.readouterr().err.startswith(f"report: {type(error).__name__}")


def test_a_message_that_stops_in_the_middle_is_no_message() -> None:
    stream = BytesIO()
    worker.send(stream, "x" * 1000)
    for length in (0, 3, worker.LENGTH.size, 500):
        with pytest.raises(EOFError):
            worker.receive(BytesIO(stream.getvalue()[:length]))
