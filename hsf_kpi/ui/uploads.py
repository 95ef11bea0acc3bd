"""Whose uploads the server takes: those of sessions that stand on the page for loading files, with the right to load.

Streamlit keeps in memory whatever any open session sends. So uploads are closed (ui/gate.py), and open for one session as
long as its runs say that it stands there and may.
"""

from __future__ import annotations

import threading

from streamlit.runtime.scriptrunner import get_script_run_ctx

_open: set[str] = set()
_lock = threading.Lock()


def open_uploads() -> None:
    """From now on the session of this run may send files."""
    if session := _session():
        with _lock:
            _open.add(session)


def close_uploads() -> None:
    """Who has left the page, or may no longer load, sends nothing."""
    if session := _session():
        with _lock:
            _open.discard(session)


def may_upload(session: str) -> bool:
    with _lock:
        return session in _open


def _session() -> str:
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context is not None else ""
