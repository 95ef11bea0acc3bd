"""The tiles of Min verksamhet below the headlines: the own budget and the four assignments, each under its heading."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsf_kpi.composing import own_unit
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.tiles import show_tiles


def own_tiles(entry: Entry) -> None:
    """Nothing of what may not be seen."""
    _headed("Egen budget", own_unit.budget_tiles(entry.ask))
    _headed("De fyra uppdragen", own_unit.assignment_tiles(entry.ask))


def _headed(heading: str, tiles: Sequence[WordsTile]) -> None:
    if tiles:
        st.subheader(heading, anchor=False)
        show_tiles(tiles)
