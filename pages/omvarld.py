"""Omvärld: how do others do? Västmanland among the regions, and the transformation of VGR beside ours."""

import streamlit as st

from hsf_kpi.composing import surroundings
from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.stop import stop
from hsf_kpi.ui.surroundings import choose_within
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.tiles import show_tiles

entry = entered()
ask = entry.ask
if not surroundings.surroundings_of(ask).figures:
    st.info(plain(surroundings.finding(ask)))
    stop()
choose_within(entry)
st.header(plain(surroundings.finding(ask)), anchor=False)
show_tiles(surroundings.tiles(ask))
for figure in surroundings.figures(ask):
    show_figure(entry, figure)
