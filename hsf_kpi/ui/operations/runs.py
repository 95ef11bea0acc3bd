"""Each run of the main script, timed and told. It costs some tens of microseconds, most of them for Streamlit's session."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from hsf_kpi.model.problems import HsfError, NotFound
from hsf_kpi.operations import trail
from hsf_kpi.operations.metrics import RERUN, Outcome
from hsf_kpi.ui.operations.request import HEADER

SLOW: Final = 2.0
"""Seconds: a run that took longer is a warning in the log."""
NO_PAGE: Final = "none"
"""Where no page was reached: nobody is signed in, or nothing could be opened."""
_SESSION: Final = "hsf_session_told"
_log = logging.getLogger(__name__)


@dataclass
class Run:
    """How it goes. `outcome` is set by the main script."""

    outcome: Outcome = Outcome.OK

    def told(self, error: HsfError) -> None:
        """The page says what is wrong. A link to what is not there, or may not be seen, is no fault of the server."""
        self.outcome = Outcome.STOPPED if isinstance(error, NotFound) else Outcome.FAILED


@dataclass(frozen=True, slots=True)
class _Session:
    """Looked up once: its headers cost Streamlit more than all the rest here. request: the one that it began with."""

    request: str
    mark: str


def _session() -> _Session:
    context = get_script_run_ctx()
    mark = trail.session_mark(context.session_id) if context is not None else ""
    return _Session(st.context.headers.get(HEADER) or "", mark)


@contextmanager
def timed() -> Iterator[Run]:
    begun, run = time.perf_counter(), Run()
    known: _Session | None = st.session_state.get(_SESSION)
    first = known is None
    if known is None:
        known = st.session_state[_SESSION] = _session()
    with trail.run(known.request, known.mark):
        try:
            yield run
        except BaseException:
            # Another run takes over, or the session is over. What a page raises has been told before it comes here.
            run.outcome = Outcome.STOPPED
            raise
        finally:
            _tell(run.outcome, first, time.perf_counter() - begun)


def _tell(outcome: Outcome, first: bool, seconds: float) -> None:
    page = trail.noted().get("page", NO_PAGE)
    RERUN.labels(page, "yes" if first else "no", outcome.value).observe(seconds)
    level = logging.WARNING if seconds > SLOW else logging.INFO
    if _log.isEnabledFor(level):
        told = {"page": page, "first": first, "outcome": outcome.value, "ms": round(seconds * 1000, 1)}
        _log.log(level, "a slow run" if seconds > SLOW else "a run", extra=told)
