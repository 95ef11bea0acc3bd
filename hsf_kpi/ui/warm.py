"""The one workspace of the process, opened before the first visitor and opened again when it could not be."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import Final

from hsf_kpi.analysis.economy.statistical import warm_statistics
from hsf_kpi.model.problems import HsfError
from hsf_kpi.settings import read_settings
from hsf_kpi.signals import warm as warm_month
from hsf_kpi.store.temporary import sweep
from hsf_kpi.store.upkeep import prune
from hsf_kpi.workspace import Workspace

DAY: Final = 24 * 3600.0
"""Seconds between two prunings of the log."""
_lock = threading.Lock()
_open: Workspace | None = None


def workspace() -> Workspace:
    """The open workspace. Raises what stands in the way (definitions, settings, database) each time until it works. Opened
    anew when another file has taken the database's place: nothing that is kept belongs to it.
    """
    global _open
    found = _open
    if found is None or found.store.is_replaced():
        with _lock:
            found = _open
            if found is None or found.store.is_replaced():
                found = _open = Workspace.open(read_settings())
    return found


def opened() -> Workspace | None:
    """The workspace, if it is open. Opens nothing, and waits for nobody."""
    return _open


def close() -> None:
    """Forgets the open workspace and gives its connections back (the end of the server, and tests)."""
    global _open
    with _lock:
        before, _open = _open, None
    if before is not None:
        before.store.close()


def warm_up() -> None:
    """Imports what the first page needs and opens the workspace. A fault is told on the page, not here."""
    import altair  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401

    keep_up()
    threading.Thread(target=warm_statistics, name="statistics", daemon=True).start()
    try:
        opened = workspace()
    except HsfError:
        return
    threading.Thread(target=_warm_signals, args=(opened,), name="signals", daemon=True).start()


def _warm_signals(opened: Workspace) -> None:
    """The month's signals of everybody's units, so that the first visitor does not wait for them."""
    with suppress(HsfError):
        warm_month(opened)


def keep_up() -> None:
    """Removes what a killed process left; prunes the log now and once a day, as long as this process lives."""
    threading.Thread(target=_every_day, name="upkeep", daemon=True).start()


def prune_once() -> None:
    """A database that can't be reached is pruned another day."""
    try:
        prune(workspace().store, read_settings().log_days)
    except HsfError:
        return


def _every_day() -> None:
    with suppress(OSError):
        sweep()
    while True:
        prune_once()
        time.sleep(DAY)
