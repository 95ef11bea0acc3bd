"""Nyckeltal: what about this one? The curve with its target, the units, women and men, the definition."""

import streamlit as st

from hsf_kpi.ui.about import about_panel
from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.one_measure import finding, limits_figure, sexes_figure, tiles, trend_figure, units_figure
from hsf_kpi.ui.peers import peers_figure
from hsf_kpi.ui.provenance import made_of

entry = entered()
measure = entry.catalogue.measure(entry.place.measure or "")
st.header(finding(entry), anchor=False)
tiles(entry)
show_figure(entry, trend_figure(entry), measure=measure)
made_of(entry)
if (limits := limits_figure(entry)) is not None:
    show_figure(entry, limits)
found = (units_figure(entry), peers_figure(entry), sexes_figure(entry))
parts = [figure for figure in found if figure is not None]
if parts:
    left, right = st.columns([3, 2], gap="small")
    with left:
        for figure in parts:
            show_figure(entry, figure)
    with right:
        about_panel(entry, measure)
else:
    about_panel(entry, measure)
