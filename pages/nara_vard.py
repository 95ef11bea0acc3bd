"""Nära vård: who will need care? Population forecast, the programme with its nodes, target areas and projects."""

import streamlit as st

from hsf_kpi.composing import near_care
from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.tiles import show_tiles

entry = entered()
ask = entry.ask
st.header(plain(near_care.finding(ask)), anchor=False)
st.caption("Gäller hela länet.")
show_tiles(near_care.tiles(ask))
for figure in near_care.who_needs_care(ask):
    show_figure(entry, figure)
if programme := near_care.programme(ask):
    st.subheader("Programmet", anchor=False)
    show_tiles(near_care.of_the_programme(ask))
    for figure in programme:
        show_figure(entry, figure)
