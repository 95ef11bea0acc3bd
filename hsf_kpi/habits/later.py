"""Where people have been is written down in the background: no page waits for it, and none fails by it."""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final
from weakref import WeakSet

from hsf_kpi.model.habit import Visited
from hsf_kpi.model.problems import HsfError

MOST_WAITING: Final = 500
"""So many wait to be written; while the database can't be written, the rest is let go of."""
_AT_EXIT: Final = 2.0
_PATIENCE: Final = 20.0
"""Seconds: longer than a writer of the database waits for another one."""
_log = logging.getLogger(__name__)


class Later:
    """One writer at a time, in a thread that is there as long as something waits. Safe to use from several threads.

    write: called with owner and place in the order they came. What it raises is logged, and that place is let go of.
    """

    def __init__(self, write: Callable[[str, Visited], None]) -> None:
        self._write = write
        self._change = threading.Condition()
        self._waiting: deque[tuple[str, Visited]] = deque()
        self._now: str | None = None
        """Whose is being written."""
        self._runs = False
        _ALL.add(self)

    def add(self, owner: str, one: Visited) -> None:
        with self._change:
            if len(self._waiting) >= MOST_WAITING:
                _log.warning("where somebody has been was not written down: %s wait already", MOST_WAITING)
                return
            self._waiting.append((owner, one))
            if self._runs:
                return
            try:
                threading.Thread(target=self._run, name="hsf-kpi-habits", daemon=True).start()
            except RuntimeError:
                _log.warning("where somebody has been is not written down until there is room for a thread")
                return
            self._runs = True

    def waiting(self, owner: str) -> tuple[Visited, ...]:
        """The owner's that are not written yet, newest first."""
        with self._change:
            return tuple(one for whose, one in reversed(self._waiting) if whose == owner)

    def forget(self, owner: str) -> None:
        """Nothing of the owner's that has been added is written from now on."""
        with self._change:
            self._waiting = deque(item for item in self._waiting if item[0] != owner)
            self._change.wait_for(lambda: self._now != owner, _PATIENCE)

    def flush(self, timeout: float) -> bool:
        """Waits until everything is written, at most so many seconds; whether it is."""
        with self._change:
            return self._change.wait_for(lambda: not self._runs, timeout)

    def _run(self) -> None:
        while (item := self._next()) is not None:
            try:
                self._write(*item)
            except HsfError as error:
                # Without its trace, which tells who it is and where they have been.
                _log.warning("where somebody has been was not written down: %s", error)
            except Exception:
                _log.warning("where somebody has been was not written down", exc_info=True)
            with self._change:
                # Not when it has been forgotten meanwhile: then another one is first.
                if self._waiting and self._waiting[0] is item:
                    self._waiting.popleft()
                self._now = None
                self._change.notify_all()

    def _next(self) -> tuple[str, Visited] | None:
        """The first, which stays there until it is written: who reads meanwhile finds it in one place or the other."""
        with self._change:
            if not self._waiting:
                self._runs = False
                self._change.notify_all()
                return None
            self._now = self._waiting[0][0]
            return self._waiting[0]


_ALL: WeakSet[Later] = WeakSet()


def flush_all(timeout: float) -> bool:
    """Waits until everything is written in this process, at most so many seconds in all; whether it is."""
    end = time.monotonic() + timeout
    flushed = [later.flush(max(0.0, end - time.monotonic())) for later in list(_ALL)]
    return all(flushed)


atexit.register(flush_all, _AT_EXIT)
