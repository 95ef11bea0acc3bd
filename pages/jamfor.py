"""Jämför enheter: how do we compare? Units of one kind in order with their uncertainty, in a funnel, side by side."""

import streamlit as st

from hsf_kpi.composing import compare
from hsf_kpi.ui.compare import choose_columns, choose_group
from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.text import plain

entry = entered()
ask = entry.ask
measure = entry.catalogue.measure(entry.place.measure or "")
choose_group(entry)
st.header(plain(compare.finding(ask)), anchor=False)
show_figure(entry, compare.ranking(ask), measure=measure)
for figure in (compare.distribution(ask), compare.funnel(ask), compare.curves(ask)):
    if figure is not None:
        show_figure(entry, figure)
if (matrix := compare.grid(ask)) is not None:
    choose_columns(entry)
    show_figure(entry, matrix)
