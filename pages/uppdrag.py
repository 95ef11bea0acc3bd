"""Uppdrag och åtgärder: what have we promised? Uppdrag, åtgärder A–Å with time plan and responsible, how far they are."""

import streamlit as st

from hsf_kpi.composing import promised
from hsf_kpi.composing.choices import PROMISES
from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.filterbar import extra_pills
from hsf_kpi.ui.promised import choose_promised, follow_up_action
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.tiles import show_tiles

entry = entered()
ask = choose_promised(entry)
st.header(plain(promised.finding(ask)), anchor=False)
show_tiles(promised.tiles(ask))
extra_pills(PROMISES, "Visa")
history = promised.history(ask)
for figure in promised.figures(ask):
    if figure is not history:
        show_figure(entry, figure)
if entry.catalogue.missions.actions:
    follow_up_action(entry, ask)
