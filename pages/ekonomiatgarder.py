"""Ekonomiåtgärder: do we do what we said? The four assignments, month by month, unit by unit."""

import streamlit as st

from hsf_kpi.ui.assignments import assignment, figures, finding, tiles
from hsf_kpi.ui.economy import entered_assignments
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.improvements_edit import edit_improvements

entry = entered_assignments()
st.header(finding(entry), anchor=False)
tiles(entry)
for figure in figures(entry):
    show_figure(entry, figure)
if assignment(entry.ask) == "forbattring":
    edit_improvements(entry)
