"""What must not be cut off without need: loads, reports. A server that is being stopped waits for them and begins none."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from hsf_kpi.model.problems import HsfError, Problem, StoreError
from hsf_kpi.operations.metrics import LOADS, REPORTS, UNDER_WAY


class Leaving(HsfError):
    """The server is being stopped, and begins nothing long."""


LEAVING: Final = Problem("Servern startas om just nu.", "", "Försök igen om en minut.")


class Work:
    """Safe to use from several threads."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._now: Counter[str] = Counter()
        self.leaving = False
        """Set once, and without a lock: a signal may come while the lock is held."""

    @contextmanager
    def under_way(self, kind: str) -> Iterator[None]:
        """kind: «load» or «report». Leaving, instead of anything, when the server is being stopped."""
        with self._change:
            if self.leaving:
                raise Leaving(LEAVING)
            self._now[kind] += 1
        UNDER_WAY.labels(kind).inc()
        try:
            yield
        finally:
            UNDER_WAY.labels(kind).dec()
            with self._change:
                self._now[kind] -= 1
                self._change.notify_all()

    def done(self, until: float) -> Mapping[str, int]:
        """Waits for what is under way, at most until that time (of `time.monotonic`). What still is."""
        with self._change:
            self._change.wait_for(lambda: not +self._now, max(0.0, until - time.monotonic()))
            return dict(+self._now)


WORK: Final = Work()
"""That of this process."""


@contextmanager
def load_under_way(outcome: str) -> Iterator[None]:
    """One load, counted by what came of it: `outcome` when it is done."""
    with WORK.under_way("load"):
        try:
            yield
        except StoreError:
            LOADS.labels("failed").inc()
            raise
        except HsfError:
            LOADS.labels("refused").inc()
            raise
        except BaseException:
            LOADS.labels("failed").inc()
            raise
        LOADS.labels(outcome).inc()


@contextmanager
def report_under_way(medium: str) -> Iterator[Callable[[], None]]:
    """One file of a report, and how long it took. Call what it gives when the file is there. stopped: whoever waited for it
    has left.
    """
    outcome = "failed"

    def made() -> None:
        nonlocal outcome
        outcome = "made"

    with WORK.under_way("report"):
        begun = time.perf_counter()
        try:
            yield made
        except BaseException as error:
            outcome = "failed" if isinstance(error, Exception) else "stopped"
            raise
        finally:
            REPORTS.labels(medium, outcome).observe(time.perf_counter() - begun)
