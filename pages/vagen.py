"""Vägen till −800: will we land on −800? The result against both lines, forecasts, who deviates, and what if."""

import streamlit as st

from hsf_kpi.ui.economy import entered_economy
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.filterbar import extra_pills
from hsf_kpi.ui.links import BRIDGE, LEVEL, PHASING
from hsf_kpi.ui.road import (
    bridge,
    bridge_choices,
    contribution,
    finding,
    has_levels,
    history,
    path_figure,
    tiles,
)
from hsf_kpi.ui.what_if import what_if

entry = entered_economy()
st.header(finding(entry), anchor=False)
tiles(entry)
extra_pills(PHASING, "Målets väg, periodisering")
show_figure(entry, path_figure(entry))
who = contribution(entry)
places = st.columns(2 if who is not None else 1, gap="small")
with places[0]:
    if choices := bridge_choices(entry):
        extra_pills(BRIDGE, "Brygga", only=tuple(choices))
    if (figure := bridge(entry)) is not None:
        show_figure(entry, figure)
if who is not None:
    with places[1]:
        if has_levels(entry):
            extra_pills(LEVEL, "Nivå")
        show_figure(entry, who)
if (figure := history(entry)) is not None:
    show_figure(entry, figure)
what_if(entry)
