"""Favourites: chosen on Nyckeltal, shown as tiles on Översikt."""

from __future__ import annotations

from typing import cast

import streamlit as st

from hsf_kpi.composing import overview
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.habits import habits_of
from hsf_kpi.ui.entry import VISIT, Entry, Visit
from hsf_kpi.ui.habits import change, own_habits, owner_of, tell
from hsf_kpi.ui.overview import measure_tiles
from hsf_kpi.ui.text import plain

ADD, REMOVE = "Lägg till som favorit", "Ta bort från favoriter"
_PART = "favorit"


@st.fragment
def favourite_toggle(entry: Entry) -> None:
    """The button says what it does. Nothing for who looks as another role."""
    visit, key = cast(Visit, st.session_state[VISIT]), entry.place.measure or ""
    habits = own_habits(visit)
    if not habits.may(visit.rights):
        return
    is_one = key in habits.favourites(visit.rights)
    st.button(
        REMOVE if is_one else ADD, key="favorit", type="tertiary", on_click=_set, args=(key, not is_one)
    )
    tell(_PART, width=320)


def _set(key: str, on: bool) -> None:
    change(lambda visit, habits: habits.set_favourite(visit.rights, key, on), _PART)


def favourite_tiles(entry: Entry) -> None:
    """«Dina favoriter» at the chosen unit, in the order added. Nothing where there are none; those that may not be seen
    there are counted.
    """
    habits = habits_of(entry.workspace, owner_of(cast(Visit, st.session_state[VISIT])))
    if not habits.may(entry.rights) or not (every := habits.favourites(entry.rights)):
        return
    keys = habits.favourites(entry.rights, entry.selection.unit)
    with st.container(gap="small", key="favoriter"):
        st.subheader("Dina favoriter", anchor=False)
        measure_tiles(entry, overview.tiles_of(entry.ask, keys), part=f"{overview.OWN}-")
        if left := len(every) - len(keys):
            count = "En favorit" if left == 1 else f"{how_many(left, capital=True)} favoriter"
            st.caption(
                plain(
                    f"{count} visas inte: ingår inte i din behörighet för {entry.unit_name(entry.selection.unit)}."
                )
            )
