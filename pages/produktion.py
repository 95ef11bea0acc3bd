"""Produktion och bemanning: what did more årsarbetare give? Production, staff and cost as index, and what was agreed."""

import streamlit as st

from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.production import agreed, finding, index, since, staff, tiles

entry = entered()
st.header(finding(entry), anchor=False)
tiles(entry)
show_figure(entry, index(entry))
for figure in (since(entry), agreed(entry), staff(entry)):
    if figure is not None:
        show_figure(entry, figure)
