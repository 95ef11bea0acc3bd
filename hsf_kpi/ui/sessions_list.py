"""Who is signed in now, how to end it, and the latest sign-ins and failures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from hsf_kpi.model.account import Session
from hsf_kpi.model.event import Event
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.users_words import WAY_WORD, change, choose_to_end, detail, literal, moment, told

SIGNING = (Event.SIGNED_IN, Event.SIGN_IN_FAILED, Event.SIGNED_OUT, Event.SESSION_ENDED)
LATEST = 50
PAGE = 25
"""Open sign-ins in the table at a time."""
ENDED = "avsluta"


def sessions(visit: Visit) -> None:
    store = visit.workspace.store
    names = {account.login: account.name for account in store.accounts.all()}
    opened = store.sessions.open(dt.datetime.now(dt.UTC))
    st.header("Inloggade nu", anchor=False)
    told(ENDED)
    if not opened:
        demo = visit.signed_in.session is None
        st.info("Ingen är inloggad: på demodata loggar ingen in." if demo else "Ingen är inloggad.")
    else:
        _open(opened, names)
        _end(visit, opened, names)
    st.header("Senaste inloggningar och misslyckade försök", anchor=False)
    entries = store.audit_log.entries(what=SIGNING, limit=LATEST)
    if not entries:
        st.info("Inga inloggningar än.")
        return
    st.container(key="bred-tid-senaste").table(
        [
            {
                "Tid": moment(entry.at),
                "Vem": literal(entry.who),
                "Händelse": plain(entry.what),
                "Uppgift": plain(detail(entry)),
            }
            for entry in entries
        ],
        hide_index=True,
        alt="De senaste inloggningarna, nyast först",
    )
    st.caption(
        f"De {LATEST} senaste, nyast först. Äldre finns under Logg."
        if len(entries) == LATEST
        else "Nyast först."
    )


def _open(opened: list[Session], names: Mapping[str, str]) -> None:
    place = st.container(key="bred-oppna")
    pages = -(-len(opened) // PAGE)
    page = st.pagination(pages, key="session-sida") if pages > 1 else 1
    place.table(
        [
            {
                "Vem": plain(names.get(session.login, session.login)),
                "Användarnamn": literal(session.login),
                "Loggade in med": WAY_WORD.get(session.way, plain(session.way)),
                "Sedan": moment(session.began),
                "Senast sedd": moment(session.seen),
                "Gäller till": moment(session.ends),
                "Adress": literal(session.address),
            }
            for session in opened[(page - 1) * PAGE : page * PAGE]
        ],
        hide_index=True,
        alt="De som är inloggade nu",
    )


def _end(visit: Visit, opened: list[Session], names: Mapping[str, str]) -> None:
    by_number = {session.number: session for session in opened}

    def label(number: int) -> str:
        session = by_number[number]
        own = ", den du använder nu" if number == visit.signed_in.session else ""
        return (
            f"{names.get(session.login, session.login)} ({session.login}), sedan {moment(session.began)}{own}"
        )

    labels = {number: label(number) for number in by_number}
    chosen = choose_to_end("Avsluta en inloggning", labels, "Välj inloggning", "Avsluta", "session")
    if chosen is not None:
        change(ENDED, lambda: _ended(visit, by_number[chosen], names))


def _ended(visit: Visit, session: Session, names: Mapping[str, str]) -> str:
    visit.workspace.store.sessions.end(session.number, visit.identity.login)
    return f"Inloggningen för {names.get(session.login, session.login)} är avslutad."
