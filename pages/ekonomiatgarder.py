"""Ekonomiåtgärder: do we do what we said? The four assignments, month by month, unit by unit."""

import streamlit as st

from hsf_kpi.composing import assignments
from hsf_kpi.ui.economy import entered_assignments
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.improvements_edit import edit_improvements
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.tiles import show_tiles

entry = entered_assignments()
st.header(plain(assignments.finding(entry.ask)), anchor=False)
show_tiles(assignments.tiles(entry.ask))
for figure in assignments.figures(entry.ask):
    show_figure(entry, figure)
if assignments.assignment(entry.ask) == "forbattring":
    edit_improvements(entry)
