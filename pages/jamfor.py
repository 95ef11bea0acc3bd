"""Jämför enheter: how do we compare? Units of one kind in order with their uncertainty, in a funnel, side by side."""

import streamlit as st

from hsf_kpi.ui.compare import (
    choose_columns,
    choose_group,
    curves,
    distribution,
    finding,
    funnel,
    grid,
    ranking,
)
from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure

entry = entered()
measure = entry.catalogue.measure(entry.place.measure or "")
choose_group(entry)
st.header(finding(entry), anchor=False)
show_figure(entry, ranking(entry), measure=measure)
for figure in (distribution(entry), funnel(entry), curves(entry)):
    if figure is not None:
        show_figure(entry, figure)
if (matrix := grid(entry)) is not None:
    choose_columns(entry)
    show_figure(entry, matrix)
