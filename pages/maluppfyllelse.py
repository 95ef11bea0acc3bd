"""Måluppfyllelse: which targets do we meet? The plan's rows per målområde, then the units side by side."""

import streamlit as st

from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.goals import finding, goal_tables, goals_figure, matrix_figure

entry = entered()
st.header(finding(entry), anchor=False)
show_figure(entry, goals_figure(entry))
for figure in (*goal_tables(entry), matrix_figure(entry)):
    if figure is not None:
        show_figure(entry, figure)
