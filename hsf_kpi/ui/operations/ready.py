"""Whether the server can serve: asked often, by machines, and never itself the reason that it cannot.

The checks run in one thread at a time. A database that does not answer keeps that one; whoever asks meanwhile is told so
after a moment, and no further thread is begun.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hsf_kpi.model.problems import DefinitionError, HsfError
from hsf_kpi.operations.work import WORK
from hsf_kpi.settings import SettingsError, read_settings
from hsf_kpi.store.pulse import LatestLoad
from hsf_kpi.ui.warm import workspace

PATIENCE: Final = 2.0
"""Seconds that an answer may take."""
FRESH: Final = 1.0
"""Seconds that one answer is everybody's: however often it is asked, the database is asked once."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What the checks found. A check that could not be made, since an earlier one failed, has not passed. released: the last
    released month, as 2023-10; "" where there is none.
    """

    settings: bool = False
    database: bool = False
    migrations: bool = False
    definitions: bool = False
    released: str = ""
    load: LatestLoad | None = None
    why: str = ""
    """What stands in the way, for the log alone."""

    @property
    def all_well(self) -> bool:
        return self.settings and self.database and self.migrations and self.definitions


def look() -> Found:
    """Opens the workspace, if that could not be done before: a server that nobody visits comes back by itself too."""
    try:
        read_settings()
    except SettingsError as error:
        return Found(why=str(error))
    try:
        store = workspace().store
        pulse = store.pulse()
    except DefinitionError as error:
        # They are read when the database has been opened.
        return Found(settings=True, database=True, migrations=True, why=str(error))
    except HsfError as error:
        return Found(settings=True, why=str(error))
    if pulse.state is None:
        return Found(settings=True, database=True, why="the tables are of another version than this program")
    released = pulse.state.released
    return Found(True, True, True, True, "" if released is None else str(released), pulse.load)


class Probe:
    """Safe to use from several threads."""

    def __init__(
        self, ask: Callable[[], Found] = look, *, patience: float = PATIENCE, fresh: float = FRESH
    ) -> None:
        self._ask, self._patience, self._fresh = ask, patience, fresh
        self._change = threading.Condition()
        self._latest: tuple[float, Found] | None = None
        self._runs = False
        self._was_well: bool | None = None

    def found(self) -> Found | None:
        """What was found a moment ago, or is found now; None when that takes too long."""
        with self._change:
            if not self._runs:
                if self._latest is not None and time.monotonic() - self._latest[0] <= self._fresh:
                    return self._latest[1]
                self._runs = True
                threading.Thread(target=self._run, name="hsf-kpi-probe", daemon=True).start()
            if self._change.wait_for(lambda: not self._runs, self._patience) and self._latest is not None:
                return self._latest[1]
        self._told(Found(why="no answer in time"))
        return None

    def latest(self) -> Found:
        """What was found last, however long ago: nothing, before anybody has asked."""
        return self._latest[1] if self._latest is not None else Found()

    def _run(self) -> None:
        found = Found()
        try:
            found = self._ask()
        except Exception:
            _log.exception("the server could not be checked")
        finally:
            self._told(found)
            with self._change:
                self._latest = (time.monotonic(), found)
                self._runs = False
                self._change.notify_all()

    def _told(self, found: Found) -> None:
        """A line when it changes, with why: a server that is asked every few seconds would fill the log."""
        before, self._was_well = self._was_well, found.all_well
        if before == found.all_well:
            return
        if found.all_well:
            _log.info("ready")
        else:
            _log.warning("not ready: %s", found.why)


PROBE: Final = Probe()
"""That of this process."""


def answer(probe: Probe = PROBE) -> tuple[bool, dict[str, object]]:
    """Whether the server is ready, and what is told of it to whoever asks: which check failed and nothing of why.
    The released month is told, since what it holds is public by then; the latest loaded one is not.
    """
    found = probe.found()
    known = found if found is not None else Found()
    checks = {
        "settings": known.settings,
        "database": known.database,
        "migrations": known.migrations,
        "definitions": known.definitions,
        "in_time": found is not None,
        "staying": not WORK.leaving,
    }
    ready = all(checks.values())
    return ready, {"ready": ready, "checks": checks, "released": known.released or None}
