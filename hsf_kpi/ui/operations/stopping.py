"""What happens when the server is told to stop: SIGTERM from systemd, Docker or `kill`, SIGINT from Ctrl-C.

1. /readyz says no, and nothing long is begun any more.
2. A load or a report that is under way may end, for `HSF_KPI_STOP_SECONDS` at most; pages go on working meanwhile.
3. The port is closed, and websockets with the code 1012, «service restart»: a browser connects again by itself.
4. What is to be written in the background is written, the reports' process is ended, connections are given back.
5. The process ends with 0; by force when the above takes more than `MARGIN` seconds beyond the time of 2. A load that is cut
   off then is as if it had not been begun: it is one transaction.

uvicorn alone waits for every open connection without end, and then dies of the signal, without what Python does at its end.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, Protocol

from hsf_kpi.habits.later import flush_all
from hsf_kpi.operations.work import WORK, Work
from hsf_kpi.reporting.beside import close_beside
from hsf_kpi.ui.warm import close

CLOSING: Final = 5.0
"""Seconds that answers on their way, and browsers that are told, have got after 2."""
MARGIN: Final = 15.0
_FLUSH: Final = 3.0
_TOLD: Final = 1.0
_log = logging.getLogger(__name__)


class Server(Protocol):
    """What is used of `uvicorn.Server`."""

    should_exit: bool
    force_exit: bool
    config: Any


def take_over(seconds: float, work: Work = WORK) -> None:
    """From now on both signals stop the server in order. Outside uvicorn, and outside the main thread, nothing changes.
    seconds: for what is under way.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        server: Any = getattr(signal.getsignal(number), "__self__", None)
        if hasattr(server, "should_exit"):
            signal.signal(number, partial(_signalled, server, work, seconds))


def _signalled(server: Server, work: Work, seconds: float, number: int, _frame: object) -> None:
    """In the main thread, in the middle of anything: no lock is taken here, and nothing is written."""
    if not work.leaving:
        work.leaving = True
        threading.Thread(target=leave, args=(server, work, seconds), name="hsf-kpi-stop", daemon=True).start()
    elif number == signal.SIGINT:
        # Ctrl-C again. A second SIGTERM means nothing: systemd sends it to the launcher and to the server.
        server.force_exit = server.should_exit = True


def leave(server: Server, work: Work, seconds: float, end: Callable[[int], object] = os._exit) -> None:
    """Steps 2 and 3, then watches over 4 and 5. end: ends the process at once."""
    begun = time.monotonic()
    _log.info("asked to stop")
    waited = bool(work.done(begun))
    left = work.done(begun + seconds)
    if waited:
        # The page that asked for it says how it went.
        time.sleep(_TOLD)
    if left:
        _log.warning("stopping, although these are not done: %s", _words(left))
    server.config.timeout_graceful_shutdown = CLOSING
    server.should_exit = True
    # A process that ends in time takes this thread with it.
    time.sleep(max(0.0, begun + seconds + MARGIN - time.monotonic()))
    _log.warning("stopped by force: something did not end")
    end(0)


def _words(left: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in left.items())


def clear_up() -> None:
    """Step 4, in bounded time."""
    if not flush_all(_FLUSH):
        _log.warning("where somebody has been was not all written down")
    close_beside()
    close()
    _log.info("stopped")
