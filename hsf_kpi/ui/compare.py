"""What is chosen on Jämför enheter besides the nyckeltal: which units, and what the matrix holds."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.composing.choices import AREA, GROUP, MOST_SHARED
from hsf_kpi.composing.compare import NO_GROUP, NO_SUCH_GROUP, grid_measures, group_id, group_of
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.filterbar import set_extra
from hsf_kpi.ui.order import choose_order
from hsf_kpi.ui.stop import stop
from hsf_kpi.ui.text import plain

_KEY, _AREA_KEY = "jamfor_grupp", "jamfor_omrade"


def choose_group(entry: Entry) -> None:
    """The groups of comparable units. Stops the page after it where there is none, or the link names one that there is
    not: that becomes no other one.
    """
    groups = {group.id: group.name for group in entry.ask.comparing.groups(entry.scope, entry.selection)}
    if not groups:
        st.info(NO_GROUP)
        stop()
    chosen = group_id(entry.ask)
    if chosen is None:
        st.warning(f"{NO_SUCH_GROUP} Välj en grupp i listan.")
    if st.session_state.get(_KEY) != chosen:
        st.session_state[_KEY] = chosen
    st.selectbox(
        "Verksamheter av samma slag",
        list(groups),
        format_func=groups.__getitem__,
        key=_KEY,
        on_change=_choose,
        placeholder="Välj en grupp",
        width=360,
    )
    if chosen is None:
        stop()
    group = group_of(entry.ask)
    if group.note:
        st.caption(plain(group.note))


def _choose() -> None:
    if st.session_state[_KEY] is not None:
        set_extra(GROUP, st.session_state[_KEY])


def choose_columns(entry: Entry) -> None:
    """Which nyckeltal the matrix has, and what its units stand in order of."""
    names = {MOST_SHARED: "De vanligaste"} | {area.id: area.name for area in entry.catalogue.goal_areas}
    asked = entry.ask.extra(AREA)
    if asked not in names:
        st.warning("Målområdet i länken finns inte. Tabellen visar de vanligaste nyckeltalen.")
    chosen = asked if asked in names else MOST_SHARED
    if st.session_state.get(_AREA_KEY) != chosen:
        st.session_state[_AREA_KEY] = chosen
    with st.container(horizontal=True, gap="small"):
        st.selectbox(
            "Nyckeltal i tabellen",
            list(names),
            format_func=names.__getitem__,
            key=_AREA_KEY,
            on_change=_choose_area,
            width=360,
        )
        choose_order(entry, grid_measures(entry.ask))


def _choose_area() -> None:
    if st.session_state[_AREA_KEY] is not None:
        set_extra(AREA, st.session_state[_AREA_KEY])
