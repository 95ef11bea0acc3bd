"""Which of the plan's tables is shown: a list, kept in the link."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.composing.choices import TABLE
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.filterbar import set_extra
from hsf_kpi.ui.stop import stop

_KEY = "planens_tabell"


def choose_table(entry: Entry) -> None:
    """The list. Stops the page after it while the link names a table that there is not: that becomes no other one."""
    tables = {table.id: f"{table.title} (avsnitt {table.section})" for table in entry.catalogue.plan_tables}
    asked = entry.ask.extra(TABLE)
    chosen = asked if asked in tables else None
    if chosen is None:
        st.warning("Tabellen i länken finns inte. Välj en av planens tabeller i listan.")
    if _KEY not in st.session_state or st.session_state[_KEY] != chosen:
        st.session_state[_KEY] = chosen
    st.selectbox(
        "Tabell i planens avsnitt 5",
        list(tables),
        format_func=tables.__getitem__,
        key=_KEY,
        on_change=_choose,
        filter_mode="contains",
        placeholder="Välj en tabell",
        width=520,
    )
    if chosen is None:
        stop()


def _choose() -> None:
    if st.session_state[_KEY] is not None:
        set_extra(TABLE, st.session_state[_KEY])
