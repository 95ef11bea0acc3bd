"""Vägen till −800: will we land on −800? The result against both lines, forecasts, who deviates, and what if."""

from functools import partial

import streamlit as st

from hsf_kpi.composing import road
from hsf_kpi.composing.choices import BRIDGE, LEVEL, PHASING
from hsf_kpi.ui.economy import entered_economy
from hsf_kpi.ui.figures import alike, show_figure
from hsf_kpi.ui.filterbar import extra_pills
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.tiles import show_tiles
from hsf_kpi.ui.what_if import what_if

entry = entered_economy()
ask = entry.ask
st.header(plain(road.finding(ask)), anchor=False)
show_tiles(road.tiles(ask))
show_figure(entry, road.path_figure(ask), choose=partial(extra_pills, PHASING, "Målets väg, periodisering"))
bridge, who = road.bridge(ask), road.contribution(ask)
height = alike(bridge, who) if bridge is not None and who is not None else "content"
places = st.columns(2 if bridge is not None and who is not None else 1, gap="small")
if bridge is not None:
    with places[0]:
        choose = partial(extra_pills, BRIDGE, "Brygga", only=tuple(road.bridge_choices(ask)))
        show_figure(entry, bridge, choose=choose, height=height)
if who is not None:
    with places[-1]:
        choose = partial(extra_pills, LEVEL, "Nivå") if road.has_levels(ask) else None
        show_figure(entry, who, choose=choose, height=height)
if (figure := road.history(ask)) is not None:
    show_figure(entry, figure)
what_if(entry)
