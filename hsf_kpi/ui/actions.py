"""What every page offers beside its heading: to search; on a page about figures to save and share what is shown."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.ui.saved_views import open_saved_views
from hsf_kpi.ui.search import open_search

SEARCH, SAVE = "sok-knapp", "spara-dela"
"""Keys; document/search.js knows the first."""


@st.fragment
def actions(*, views: bool = False) -> None:
    """views: whether what is shown can be saved. To be drawn when the entry is there, in a container as wide as its content.

    Runs by itself: to open a window runs nothing of the page.
    """
    with st.container(
        horizontal=True, width="content", gap="medium", vertical_alignment="center", key="sidans-val"
    ):
        search = st.button("Sök", key=SEARCH, type="tertiary", shortcut="Ctrl+K")
        save = views and st.button("Spara och dela", key=SAVE, type="tertiary")
    if search:
        open_search()
    elif save:
        open_saved_views()
