"""Datakvalitet och källor: can I trust it? What has come in, what has been corrected, what does not add up, the sources."""

import streamlit as st

from hsf_kpi.composing import quality
from hsf_kpi.composing.choices import ASPECT
from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.filterbar import extra_pills
from hsf_kpi.ui.text import plain

entry = entered()
st.header(plain(quality.finding(entry.ask)), anchor=False)
extra_pills(ASPECT, "Del av sidan")
for figure in quality.figures(entry.ask):
    show_figure(entry, figure)
