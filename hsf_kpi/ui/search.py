"""«Sök» on every page: pages, units and indicators as one types; before that what the person keeps and where they have been.

The window is a dialog, which runs by itself: to type in it runs nothing of the page.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsf_kpi.figures.phrases import how_many
from hsf_kpi.searching import Hit, Kind, PageEntry, index_for, search
from hsf_kpi.ui.habits import own_habits, pages_of, visit_again
from hsf_kpi.ui.kept import kept_lists
from hsf_kpi.ui.leads import Leads, leads_of
from hsf_kpi.ui.menu import MENU
from hsf_kpi.ui.text import link, plain

FIELD, HITS, COUNT = "sok-text", "sok-traffar", "sok-antal"
"""Keys that document/search.js knows."""
MOST_HITS = 12
LONGEST_TEXT = 100
_ROUND = "hsf_sok_varv"
GROUPS = {Kind.PAGE: "Sidor", Kind.UNIT: "Verksamheter", Kind.MEASURE: "Nyckeltal"}


def open_search() -> None:
    """Empty each time."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    _dialog()


@st.dialog("Sök", width="medium")
def _dialog() -> None:
    visit = visit_again()
    if visit is None:
        st.rerun()
        return
    text = st.text_input(
        "Sök sida, verksamhet eller nyckeltal",
        key=f"{FIELD}-{st.session_state.get(_ROUND, 0)}",
        type="search",
        live="200ms",
        placeholder="Sida, verksamhet eller nyckeltal",
        label_visibility="collapsed",
    ).strip()[:LONGEST_TEXT]
    leads, pages = leads_of(visit), pages_of(visit)
    told = st.container(key=COUNT)
    if text:
        with st.container(key=f"{HITS}-{text.encode().hex()}", gap="medium"):
            found = _found(leads, pages, text)
            told.caption(_count_words(found, text))
            _show(leads, found)
        return
    with st.container(key=f"{HITS}-", gap="medium"):
        habits = own_habits(visit)
        shown = habits.may(visit.rights) and kept_lists(visit, habits, leads, pages)
        told.caption(
            "Skriv ett ord ur namnet. Stavningen behöver inte vara exakt."
            if shown
            else "Skriv ett ord ur namnet på en sida, en verksamhet eller ett nyckeltal. "
            "Stavningen behöver inte vara exakt."
        )


def _found(leads: Leads, pages: Sequence[str], text: str) -> tuple[Hit, ...]:
    every = {name: told for section in MENU.values() for name, told in section.items()}
    entries = tuple(PageEntry(name, *every[name]) for name in pages)
    return search(index_for(leads.workspace, leads.scope, leads.selection, entries), text, MOST_HITS)


def _count_words(found: Sequence[Hit], text: str) -> str:
    if not found:
        return plain(
            f"Inget heter något som liknar ”{text}”. Pröva ett annat ord, eller bara början av det. "
            "Det som inte ingår i din behörighet går inte att hitta."
        )
    if len(found) == 1:
        return "En träff. Enter öppnar den."
    return f"{how_many(len(found), capital=True)} träffar. Enter öppnar den första."


def _show(leads: Leads, found: Sequence[Hit]) -> None:
    """By kind, the kind of the best hit first."""
    for kind in dict.fromkeys(hit.kind for hit in found):
        lines = [_line(leads, hit) for hit in found if hit.kind is kind]
        st.markdown("\n".join((f"**{GROUPS[kind]}**\n", *lines)))


def _line(leads: Leads, hit: Hit) -> str:
    """The hit as a link, the other word that it was found by, and what tells it from others: of a unit the path to it."""
    href = {Kind.PAGE: leads.page, Kind.UNIT: leads.unit, Kind.MEASURE: leads.measure}[hit.kind](hit.key)
    detail = hit.detail.removesuffix(hit.title).removesuffix(" › ")
    under = f"  \n  :small[:gray[{plain(detail)}]]" if detail else ""
    via = f" :small[({plain(hit.via)})]" if hit.via else ""
    return f"- {link(hit.title, href)}{via}{under}"
