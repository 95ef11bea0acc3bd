"""Nyckeltal: what about this one? The curve with its target, the units, women and men, the definition."""

import streamlit as st

from hsf_kpi.composing import one_measure, peers
from hsf_kpi.ui.about import about_panel
from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.favourites import favourite_toggle
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.measure_tiles import measure_tiles
from hsf_kpi.ui.provenance import made_of
from hsf_kpi.ui.text import plain

entry = entered()
ask = entry.ask
measure = entry.catalogue.measure(entry.place.measure or "")
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    st.header(plain(one_measure.finding(ask)), anchor=False, width="stretch")
    with st.container(width="content"):
        favourite_toggle(entry)
measure_tiles(entry)
show_figure(entry, one_measure.trend_figure(ask), measure=measure)
made_of(entry)
if (limits := one_measure.limits_figure(ask)) is not None:
    show_figure(entry, limits)
for figure in (one_measure.units_figure(ask), peers.peers_figure(ask), one_measure.sexes_figure(ask)):
    if figure is not None:
        show_figure(entry, figure)
about_panel(entry, measure)
