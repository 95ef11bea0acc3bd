"""Måluppfyllelse: which targets do we meet? The plan's rows per målområde, then the units side by side."""

import streamlit as st

from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.goals import finding, goal_tables, goals_figure, matrix_figure, order_units

entry = entered()
st.header(finding(entry), anchor=False)
for figure in (goals_figure(entry), *goal_tables(entry)):
    show_figure(entry, figure)
if (matrix := matrix_figure(entry)) is not None:
    order_units(entry)
    show_figure(entry, matrix)
