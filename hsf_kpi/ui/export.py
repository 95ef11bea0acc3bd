"""The export menu under a figure. A file is made, and the right to it judged again and logged, when it is asked for.

Streamlit makes the file on a thread of its own, without the page's run: all that is needed is taken along.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import streamlit as st

from hsf_kpi.access.identity import Identity, identity_of
from hsf_kpi.access.rights import Rights
from hsf_kpi.composing.composed import Composed
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import NotPermitted, Problem
from hsf_kpi.model.role import Permission
from hsf_kpi.render.files import FILES, FileKind
from hsf_kpi.render.names import file_name
from hsf_kpi.ui.entry import VISIT, Entry, Visit
from hsf_kpi.ui.sign_in.port import SignedIn

REFUSED = (
    "Din behörighet räcker inte för att ladda ner bilden eller uppgifterna. "
    "Be den som hanterar behörigheter, om du behöver det i ditt uppdrag."
)


def export_menu(entry: Entry, composed: Composed) -> None:
    """«Exportera», with the files that may be taken; without any, why there are none."""
    files = [kind for kind in FILES.values() if _may(entry, entry.rights, composed, kind.takes)]
    with st.popover("Exportera", type="tertiary"):
        if not files:
            st.caption(REFUSED)
        for kind in files:
            name = file_name(composed.figure, kind.extension)
            st.download_button(
                kind.label,
                data=partial(_take, entry, signed_in_now(), composed, kind, name),
                file_name=name,
                mime=kind.mime,
                key=f"{kind.extension}-{composed.figure.slug}",
                on_click="ignore",
                type="tertiary",
            )


def _may(entry: Entry, rights: Rights, composed: Composed, permission: Permission) -> bool:
    """For all that the figure's rows can hold: its units, and its measures or every one where it does not say."""
    unit, every = entry.selection.unit, entry.catalogue.measures
    return composed.may_be_taken(rights, permission, unit, entry.place.measure, every)


def signed_in_now() -> SignedIn | None:
    visit = st.session_state.get(VISIT)
    return visit.signed_in if isinstance(visit, Visit) else None


def _take(
    entry: Entry,
    signed_in: SignedIn | None,
    composed: Composed,
    kind: FileKind,
    name: str,
) -> bytes:
    """The file. NotPermitted when the session has ended or the right has gone since the page was drawn."""
    return hand_out(
        entry,
        signed_in,
        name,
        lambda rights: _may(entry, rights, composed, kind.takes),
        lambda: kind.make(composed.figure),
        Event.EXPORTED,
    )


def hand_out(
    entry: Entry,
    signed_in: SignedIn | None,
    name: str,
    may: Callable[[Rights], bool],
    make: Callable[[], bytes],
    what: Event,
) -> bytes:
    """The file `name`, judged by the rights of now and logged. NotPermitted when the session has ended or the right has gone
    since the page was drawn.
    """
    identity = still(entry, signed_in)
    rights = entry.workspace.rights_of(identity) if identity is not None else None
    # With another scope than the page was drawn with, it may hold what is no longer seen (months, for one).
    if rights is None or rights.scope != entry.scope or not may(rights):
        entry.workspace.log(entry.identity, Event.DENIED, f"filen {name}")
        raise NotPermitted(Problem(REFUSED, name, "Ladda om sidan."))
    content = make()
    # Logged before it is handed out: a file that can't be logged is not given.
    entry.workspace.log(entry.identity, what, name)
    return content


def still(entry: Entry | Visit, signed_in: SignedIn | None) -> Identity | None:
    """Who is looking, as the accounts stand now. On demo data nobody signs in: the one that was picked."""
    if signed_in is None or entry.identity.seen_as:
        return None
    if signed_in.session is None:
        return entry.identity if entry.workspace.state().kind == "demo" else None
    store = entry.workspace.home.store
    account = store.accounts.find(signed_in.identity.login)
    now = dt.datetime.now(dt.UTC)
    if account is None or not account.active:
        return None
    if not any(session.number == signed_in.session for session in store.sessions.open(now)):
        return None
    return identity_of(account)
