"""Måluppfyllelse: which targets do we meet? The plan's rows per målområde, then the units side by side."""

import streamlit as st

from hsf_kpi.composing import goals, overview
from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.order import choose_order
from hsf_kpi.ui.text import plain

entry = entered()
ask = entry.ask
st.header(plain(goals.finding(ask)), anchor=False)
for figure in (overview.goals_figure(ask), *goals.goal_tables(ask)):
    show_figure(entry, figure)
if (matrix := goals.matrix_figure(ask)) is not None:
    choose_order(entry, goals.matrix_measures(ask))
    show_figure(entry, matrix)
