"""Which of the plan's tables is shown: a list, kept in the link."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.filterbar import set_extra
from hsf_kpi.ui.links import TABLE

_KEY = "planens_tabell"


def choose_table(entry: Entry) -> None:
    tables = {table.id: f"{table.title} (avsnitt {table.section})" for table in entry.catalogue.plan_tables}
    chosen = entry.ask.extra(TABLE)
    if chosen not in tables:
        st.warning("Tabellen i länken finns inte. Välj en av planens tabeller i listan.")
        chosen = next(iter(tables))
    if st.session_state.get(_KEY) != chosen:
        st.session_state[_KEY] = chosen
    st.selectbox(
        "Tabell i planens avsnitt 5",
        list(tables),
        format_func=tables.__getitem__,
        key=_KEY,
        on_change=_choose,
        filter_mode="contains",
        width=520,
    )


def _choose() -> None:
    if st.session_state[_KEY] is not None:
        set_extra(TABLE, st.session_state[_KEY])
