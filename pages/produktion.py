"""Produktion och bemanning: what did more årsarbetare give? Production, staff and cost as index, and what was agreed."""

import streamlit as st

from hsf_kpi.composing import production
from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.tiles import show_tiles

entry = entered()
ask = entry.ask
st.header(plain(production.finding(ask)), anchor=False)
show_tiles(production.tiles(ask))
show_figure(entry, production.index(ask))
for figure in (production.since(ask), production.agreed(ask), production.staff(ask)):
    if figure is not None:
        show_figure(entry, figure)
