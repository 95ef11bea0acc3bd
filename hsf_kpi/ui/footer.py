"""The foot of every page: help about the page, what the icons mean, and the accessibility statement.

Drawn after the page, also after a page that could not be shown. On the sign-in page the statement itself stands there.
"""

from __future__ import annotations

import streamlit as st

from hsf_kpi.model.problems import HsfError
from hsf_kpi.ui.entry import VISIT, Visit
from hsf_kpi.ui.help import role_in_link, statement
from hsf_kpi.ui.help_chapters import ICONS, PAGES, STATEMENT, help_href
from hsf_kpi.ui.menu import HELP, title_of
from hsf_kpi.ui.problems import show_problems
from hsf_kpi.ui.text import link

_WIDTH = 440
"""Pixels, of the statement before anybody has signed in: the form's."""


def footer() -> None:
    visit = st.session_state.get(VISIT)
    with st.container(key="sidfot"):
        if isinstance(visit, Visit):
            st.markdown(f":small[{_links(visit)}]")
            return
        with (
            st.container(horizontal_alignment="center"),
            st.container(width=_WIDTH),
            st.expander("Tillgänglighet"),
        ):
            try:
                statement()
            except HsfError as error:
                show_problems(error)


def _links(visit: Visit) -> str:
    role = role_in_link(visit)
    about = help_href(role=role) if visit.page == HELP else help_href(PAGES, title_of(visit.page), role)
    return " · ".join(
        (
            link("Hjälp" if visit.page == HELP else "Hjälp om sidan", about),
            link("Vad betyder ikonerna?", help_href(ICONS, role=role)),
            link("Tillgänglighet", help_href(STATEMENT, role=role)),
        )
    )
