"""Datakvalitet och källor: can I trust it? What has come in, what has been corrected, what does not add up, the sources."""

import streamlit as st

from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.filterbar import extra_pills
from hsf_kpi.ui.links import ASPECT
from hsf_kpi.ui.quality import figures, finding

entry = entered()
st.header(finding(entry), anchor=False)
extra_pills(ASPECT, "Del av sidan")
for figure in figures(entry):
    show_figure(entry, figure)
