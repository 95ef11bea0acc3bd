"""Files made in a process of their own, so that nobody's click waits for somebody's report.

One process, started with the first report and kept for a while after the last; one file at a time, the next in turn.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

from hsf_kpi import ROOT
from hsf_kpi.figures.report import Report
from hsf_kpi.model.problems import Problem, RenderError
from hsf_kpi.operations.work import report_under_way
from hsf_kpi.render.progress import Progress, unheard
from hsf_kpi.reporting.line import Line, Ticket
from hsf_kpi.reporting.worker import receive, send

IDLE: Final = 300.0
"""Seconds that the process is kept after the last file."""
TURN: Final = 0.2
"""Seconds between two looks at whether it is one's turn: who waits can leave meanwhile."""
SILENCE: Final = 120.0
"""Seconds without a word from the process, after which it hangs: it is ended, and the next one gets their turn."""
LONGEST: Final = 600.0
"""Seconds that a file may take."""

T = TypeVar("T")

NOT_MADE = Problem(
    "Filen kunde inte skapas.", "rapport", "Försök igen. Kontakta den som sköter dashboarden om det inte går."
)


class Beside:
    """Safe to use from several threads. What `told` raises stops the making, and nothing of it is left."""

    def __init__(self) -> None:
        self._line = Line()
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._last = 0.0
        self._idle: threading.Timer | None = None

    def make(self, report: Report, medium: str, told: Progress = unheard, who: str = "") -> bytes:
        """The file. told: (0, 0) while another report is made, then (figures done, in all). who: asks for it, so that nobody
        waits for all that another one asks for. RenderError when it can't be made, in time or at all, and for who has too
        much waiting.
        """
        self._wait(told, who)
        try:
            with report_under_way(medium) as is_made:
                made = self._make(report, medium, told)
                if isinstance(made, bytes):
                    is_made()
        except (EOFError, BrokenPipeError) as error:
            self._stop()
            raise RenderError(NOT_MADE) from error
        except BaseException:
            # Somebody has left while it was made. The process is in the middle of it, and begins anew next time.
            self._stop()
            raise
        finally:
            self._last = time.monotonic()
            self._turn.release()
            self._watch()
        if not isinstance(made, bytes):
            raise RenderError(made or NOT_MADE)
        return made

    def close(self) -> None:
        """Ends the process, if there is one."""
        if self._idle is not None:
            self._idle.cancel()
        self._stop()

    def _wait(self, told: Progress, who: str) -> None:
        """Until it is one's turn, which is then one's own."""
        ticket = self._line.join(who)
        try:
            while not self._has_turn(ticket):
                told(0, 0)
        except BaseException:
            self._line.leave(ticket)
            raise
        self._line.serve(ticket)

    def _has_turn(self, ticket: Ticket) -> bool:
        if self._line.is_first(ticket):
            return self._turn.acquire(timeout=TURN)
        time.sleep(TURN)
        return False

    def _make(self, report: Report, medium: str, told: Progress) -> bytes | tuple[Problem, ...]:
        """The file, or why it can't be made. The process has answered, and can be asked again."""
        process = self._running()
        stdin, stdout = process.stdin, process.stdout
        assert stdin is not None
        assert stdout is not None
        end = time.monotonic() + LONGEST
        _in_time(process, end, lambda: send(stdin, ("make", (report, medium))))
        while True:
            kind, *rest = _in_time(process, end, lambda: receive(stdout))
            if kind == "progress":
                told(*rest)
            elif kind == "done":
                return bytes(rest[0])
            else:
                return tuple(rest[0])

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "hsf_kpi.reporting.worker"],
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                )
            except OSError as error:
                # No room for another process, for one.
                raise RenderError(NOT_MADE) from error
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()
        process.wait()

    def _watch(self) -> None:
        """Ends the process when nothing has been made for a while."""
        if self._idle is not None:
            self._idle.cancel()
        self._idle = threading.Timer(IDLE, self._end_if_idle)
        self._idle.daemon = True
        self._idle.start()

    def _end_if_idle(self) -> None:
        if not self._turn.acquire(blocking=False):
            return
        try:
            if time.monotonic() - self._last >= IDLE:
                self._stop()
        finally:
            self._turn.release()


def _in_time(process: subprocess.Popen[bytes], end: float, speak: Callable[[], T]) -> T:
    """What is said to the process, or by it. One that hangs is ended, and then this raises as for one that has fallen."""
    seconds = max(0.0, min(SILENCE, end - time.monotonic()))
    timer = threading.Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        return speak()
    finally:
        timer.cancel()


_BESIDE = Beside()


def make_beside(report: Report, medium: str, told: Progress = unheard, who: str = "") -> bytes:
    """See `Beside.make`; the one of this process."""
    return _BESIDE.make(report, medium, told, who)


def close_beside() -> None:
    """Ends the one of this process; the next report begins another."""
    _BESIDE.close()


atexit.register(close_beside)
