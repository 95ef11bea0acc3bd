"""Files made in a process of their own, so that nobody's click waits for somebody's report.

One process, started with the first report and kept for a while after the last; one file at a time, the next in turn.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Final

from hsf_kpi import ROOT
from hsf_kpi.figures.report import Report
from hsf_kpi.model.problems import Problem, RenderError
from hsf_kpi.render.progress import Progress, unheard
from hsf_kpi.reporting.worker import receive, send

IDLE: Final = 300.0
"""Seconds that the process is kept after the last file."""
TURN: Final = 0.2
"""Seconds between two looks at whether it is one's turn: who waits can leave meanwhile."""

NOT_MADE = Problem(
    "Filen kunde inte skapas.", "rapport", "Försök igen. Kontakta den som sköter dashboarden om det inte går."
)


class Beside:
    """Safe to use from several threads. What `told` raises stops the making, and nothing of it is left."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._last = 0.0
        self._idle: threading.Timer | None = None

    def make(self, report: Report, medium: str, told: Progress = unheard) -> bytes:
        """The file. told: (0, 0) while another report is made, then (figures done, in all). RenderError when it can't be
        made.
        """
        while not self._turn.acquire(timeout=TURN):
            told(0, 0)
        try:
            made = self._make(report, medium, told)
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

    def _make(self, report: Report, medium: str, told: Progress) -> bytes | tuple[Problem, ...]:
        """The file, or why it can't be made. The process has answered, and can be asked again."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        send(process.stdin, ("make", (report, medium)))
        while True:
            kind, *rest = receive(process.stdout)
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


_BESIDE = Beside()
atexit.register(_BESIDE.close)


def make_beside(report: Report, medium: str, told: Progress = unheard) -> bytes:
    """See `Beside.make`; the one of this process."""
    return _BESIDE.make(report, medium, told)
