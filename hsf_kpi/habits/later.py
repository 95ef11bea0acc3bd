"""Where people have been is written down in the background, when they rest: no page waits for it or fails by it, nor is it
slower for it, as a page is whose interpreter another thread uses.
"""

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
REST: Final = 2.0
"""Seconds without anybody going anywhere, after which it is written ..."""
LONGEST: Final = 20.0
"""... or so many after the first that waits: what a process that is killed may lose."""
_BETWEEN: Final = 0.02
"""Seconds between two owners, for the pages."""
_AT_EXIT: Final = 2.0
_PATIENCE: Final = 20.0
"""Seconds: longer than a writer of the database waits for another one."""
_log = logging.getLogger(__name__)


class Later:
    """One writer at a time, in a thread that is there as long as something waits. Safe to use from several threads.

    write: called with an owner and all of the owner's places that wait, in the order they came. What it raises is logged,
    and those places are let go of.
    """

    def __init__(self, write: Callable[[str, tuple[Visited, ...]], None]) -> None:
        self._write = write
        self._change = threading.Condition()
        self._waiting: deque[tuple[str, Visited]] = deque()
        self._now: str | None = None
        """Whose is being written."""
        self._runs = False
        self._first = self._last = 0.0
        """When the first that waits was added, and the last."""
        self._hurry = False
        """Somebody waits for it to be written."""
        _ALL.add(self)

    def add(self, owner: str, one: Visited) -> None:
        with self._change:
            if len(self._waiting) >= MOST_WAITING:
                _log.warning("where somebody has been was not written down: %s wait already", MOST_WAITING)
                return
            self._last = time.monotonic()
            self._first = self._first if self._waiting else self._last
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
        """Has everything written now, and waits for it at most so many seconds; whether it is."""
        with self._change:
            self._hurry = self._runs
            self._change.notify_all()
            return self._change.wait_for(lambda: not self._runs, timeout)

    def _run(self) -> None:
        self._rest()
        while items := self._next():
            try:
                self._write(items[0][0], tuple(one for _, one in items))
            except HsfError as error:
                # Without its trace, which tells who it is and where they have been.
                _log.warning("where somebody has been was not written down: %s", error)
            except Exception:
                _log.warning("where somebody has been was not written down", exc_info=True)
            with self._change:
                # One by one: some may have been forgotten meanwhile, and others have come.
                written = set(map(id, items))
                self._waiting = deque(item for item in self._waiting if id(item) not in written)
                self._now = None
                self._change.notify_all()
                self._change.wait_for(lambda: self._hurry, _BETWEEN)

    def _rest(self) -> None:
        """Until nobody goes anywhere for a while, the first has waited long enough, or somebody is in a hurry."""
        with self._change:
            while not self._hurry:
                left = min(self._last + REST, self._first + LONGEST) - time.monotonic()
                if left <= 0:
                    return
                self._change.wait(left)

    def _next(self) -> list[tuple[str, Visited]]:
        """The first owner's, which stay there until they are written: who reads meanwhile finds them in one place or the
        other. Empty when nothing waits.
        """
        with self._change:
            if not self._waiting:
                self._runs = self._hurry = False
                self._change.notify_all()
                return []
            self._now = self._waiting[0][0]
            return [item for item in self._waiting if item[0] == self._now]


_ALL: WeakSet[Later] = WeakSet()


def flush_all(timeout: float) -> bool:
    """Waits until everything is written in this process, at most so many seconds in all; whether it is."""
    end = time.monotonic() + timeout
    flushed = [later.flush(max(0.0, end - time.monotonic())) for later in list(_ALL)]
    return all(flushed)


atexit.register(flush_all, _AT_EXIT)
