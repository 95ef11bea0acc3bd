"""Words that the lists of users, sessions and events share, and how a change is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

import streamlit as st

from hsf_kpi.access.explain import role_held, validity
from hsf_kpi.model.account import Account
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import HsfError
from hsf_kpi.model.role import Grant, Permission
from hsf_kpi.store.audit import Entry
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.problems import tell_problems
from hsf_kpi.ui.text import plain

PERMISSION_WORD = {
    Permission.SEE: "Se siffror",
    Permission.DOWNLOAD_DATA: "Ladda ner uppgifter",
    Permission.DOWNLOAD_PICTURE: "Ladda ner bilder",
    Permission.COMMENT: "Kommentera",
    Permission.IMPROVE: "Ändra förbättringsarbeten",
    Permission.FOLLOW_UP: "Följa upp det som har utlovats",
    Permission.LOAD: "Läsa in",
    Permission.RELEASE: "Frisläppa månader",
    Permission.ADMINISTER: "Hantera användare och logg",
}
WAY_WORD = {"local": "lösenord", "oidc": "regionens inloggning"}
_TOLD, _ROUND = "hsf_users_told", "hsf_users_round"
_HERE = ZoneInfo("Europe/Stockholm")


def moment(at: dt.datetime | None) -> str:
    """«2023-11-14 09:05», Swedish time; «–» for never."""
    return at.astimezone(_HERE).strftime("%Y-%m-%d %H:%M") if at else "–"


def today() -> dt.date:
    """The day that roles are judged by: the calendar's, also on demo data."""
    return dt.date.today()


def detail(entry: Entry) -> str:
    """What the log says of the event, in words: how somebody signed in."""
    return WAY_WORD.get(entry.detail, entry.detail) if entry.what == Event.SIGNED_IN else entry.detail


def role_words(grant: Grant, visit: Visit) -> str:
    """«Verksamhetschef för Kirurgkliniken, från och med 2023-01-01»; an open-ended role without its time."""
    held = role_held(grant, visit.workspace.rule())
    return f"{held}, {validity(grant)}" if grant.first or grant.last else held


def current(account: Account, day: dt.date) -> list[Grant]:
    """The roles that hold on the day or later."""
    return [held.grant for held in account.held if held.grant.last is None or held.grant.last >= day]


def keyed(name: str) -> str:
    """A widget key that is new after every change, so that a form begins anew when it has done its work."""
    return f"anv-{name}-{st.session_state.get(_ROUND, 0)}"


def change(place: str, do: Callable[[], str]) -> None:
    """Makes a change. What came of it is told beside its form: what stood in the way at once, else the sentence that
    `do` gives, after a new run in which every list shows the change.
    """
    try:
        said = do()
    except HsfError as error:
        tell_problems(error)
        return
    st.session_state[_TOLD] = (place, said)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


def told(place: str) -> None:
    """What came of the last change made there; told once."""
    kept = st.session_state.get(_TOLD)
    if kept is not None and kept[0] == place:
        del st.session_state[_TOLD]
        st.success(plain(kept[1]))


def literal(text: str) -> str:
    """Text as a word of code: nothing in it comes alive, not even an address as a link, and it can be copied as it is."""
    return f"`` {text.replace('`', 'ʼ')} ``" if text else ""


def choose_to_end(label: str, of: Mapping[int, str], placeholder: str, button: str, key: str) -> int | None:
    """A list of what can be ended, number → words, with a button beside it; the number when it is pressed."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            label,
            list(of),
            format_func=of.__getitem__,
            index=None,
            placeholder=placeholder,
            key=keyed(key),
            filter_mode="contains",
            width=520,
        )
        pressed = st.button(button, key=keyed(f"{key}-slut"), disabled=chosen is None)
    return chosen if pressed else None
