"""Vägen till −800: will we land on −800? The result against both lines, forecasts, who deviates, and what if."""

import streamlit as st

from hsf_kpi.composing import road
from hsf_kpi.composing.choices import BRIDGE, LEVEL, PHASING
from hsf_kpi.ui.economy import entered_economy
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.filterbar import extra_pills
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.tiles import show_tiles
from hsf_kpi.ui.what_if import what_if

entry = entered_economy()
ask = entry.ask
st.header(plain(road.finding(ask)), anchor=False)
show_tiles(road.tiles(ask))
extra_pills(PHASING, "Målets väg, periodisering")
show_figure(entry, road.path_figure(ask))
who = road.contribution(ask)
places = st.columns(2 if who is not None else 1, gap="small")
with places[0]:
    if bridges := road.bridge_choices(ask):
        extra_pills(BRIDGE, "Brygga", only=tuple(bridges))
    if (figure := road.bridge(ask)) is not None:
        show_figure(entry, figure)
if who is not None:
    with places[1]:
        if road.has_levels(ask):
            extra_pills(LEVEL, "Nivå")
        show_figure(entry, who)
if (figure := road.history(ask)) is not None:
    show_figure(entry, figure)
what_if(entry)
