"""In which order the units of a table of units and nyckeltal stand: a list, kept in the link."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.composing.choices import BY_NAME, ORDER
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.filterbar import set_extra

_KEY = "jamfor_ordning"


def choose_order(entry: Entry, measures: dict[str, str]) -> None:
    """The list: the units' names, or one of the table's nyckeltal (key → name), worst first."""
    names = {BY_NAME: "Namn"} | measures
    asked = entry.ask.extra(ORDER)
    if asked not in names:
        st.warning("Nyckeltalet som länken ordnar efter finns inte i tabellen. Den ordnas efter namn.")
    chosen = asked if asked in names else BY_NAME
    if st.session_state.get(_KEY) != chosen:
        st.session_state[_KEY] = chosen
    st.selectbox(
        "Ordna verksamheterna efter",
        list(names),
        format_func=names.__getitem__,
        key=_KEY,
        on_change=_choose,
        width=280,
    )


def _choose() -> None:
    if st.session_state[_KEY] is not None:
        set_extra(ORDER, st.session_state[_KEY])
