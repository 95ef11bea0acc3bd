"""What was asked for outside the scope, written to the log: once per browser session and value, never with figures."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.access.identity import Identity
from hsf_kpi.model.event import Event
from hsf_kpi.workspace import Workspace

_KEPT = "hsf_denied"
_MOST = 100
"""Entries of one browser session: a script that tries addresses does not fill the log."""


def denied(workspace: Workspace, identity: Identity, what: str) -> None:
    """`what`: «verksamhet medicinkliniken, sidan oversikt»; ids that exist and page names, no free text of a link."""
    told: set[str] = st.session_state.setdefault(_KEPT, set())
    entry = f"{identity.login}: {what}"
    if entry in told or len(told) >= _MOST:
        return
    told.add(entry)
    workspace.log(identity, Event.DENIED, what)
