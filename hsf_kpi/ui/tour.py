"""The tour of a person's first visit: three steps on Översikt, until it is closed for good. Hjälp opens it again."""

from __future__ import annotations

from typing import cast

import streamlit as st

from hsf_kpi.composing import choices
from hsf_kpi.habits import Habits
from hsf_kpi.model.habit import Closed
from hsf_kpi.ui.entry import VISIT, Visit
from hsf_kpi.ui.habits import change, own_habits, tell
from hsf_kpi.ui.menu import page_named

STEPS = (
    (
        "Välj verksamhet och period",
        "I raden ovanför. Det du väljer följer med från sida till sida och står i länken. "
        "Sidorna finns i menyn högst upp.",
    ),
    (
        "Läs av läget",
        "Rubriken svarar, rutorna visar, bilderna förklarar. ● når målet, ◆ är nära, ■ når inte målet, "
        "○ kan inte bedömas. Klicka på ett namn för att komma djupare.",
    ),
    (
        "Ta med dig",
        "Exportera finns under varje bild och Rapport i menyn. Högst upp finns Sök (Ctrl+K) och Spara och dela. "
        "Favoriter väljer du på ett nyckeltals sida. Mer står i Hjälp.",
    ),
)
_STEP, _CLOSED = "hsf_rundtur", "hsf_rundtur_stangd"


def tour() -> None:
    """The panel; nothing for who has closed it, or looks as another role. Asked of the database once in a session."""
    visit = cast(Visit, st.session_state[VISIT])
    habits = own_habits(visit)
    if st.session_state.get(_CLOSED) == habits.owner or not habits.may(visit.rights):
        return
    if Closed.TOUR in habits.closed(visit.rights):
        st.session_state[_CLOSED] = habits.owner
        return
    _panel(habits.owner)


@st.fragment
def _panel(owner: str) -> None:
    """As high at every step (document/habits.css): the page does not move while it is read."""
    tell(_STEP)
    if st.session_state.get(_CLOSED) == owner:
        return
    at = st.session_state.get(_STEP, 0)
    title, words = STEPS[at]
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="rundtur"):
        st.markdown(f"**{title}** :small[Rundtur, steg {at + 1} av {len(STEPS)}]  \n{words}", width="stretch")
        with st.container(horizontal=True, width="content", gap="small", vertical_alignment="center"):
            st.button("Föregående", key="rundtur-bak", on_click=_go, args=(at - 1,), disabled=not at)
            last = at == len(STEPS) - 1
            st.button("Nästa", key="rundtur-fram", on_click=_go, args=(at + 1,), disabled=last)
            st.button("Stäng för gott", key="rundtur-stang", type="tertiary", on_click=_close)


def _go(to: int) -> None:
    st.session_state[_STEP] = min(max(to, 0), len(STEPS) - 1)


def _close() -> None:
    def close(visit: Visit, habits: Habits) -> None:
        habits.close(visit.rights, Closed.TOUR)
        st.session_state[_CLOSED] = habits.owner

    change(close, _STEP)


def tour_again(visit: Visit) -> None:
    """A button that opens the tour from its beginning, on Översikt; nothing for who sees no figures, or looks as another
    role.
    """
    habits = own_habits(visit)
    if not habits.may(visit.rights) or not visit.scope.units:
        return
    if st.button("Visa rundturen igen", key="rundtur-igen"):
        habits.reopen(visit.rights, Closed.TOUR)
        for key in (_CLOSED, _STEP):
            st.session_state.pop(key, None)
        st.switch_page(page_named(choices.OVERVIEW))
