"""Översikt: where do we stand? Eight headline tiles, måluppfyllelse per målområde, the three most important signals."""

import streamlit as st

from hsf_kpi.composing import overview
from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.favourites import favourite_tiles
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.overview import headline_tiles
from hsf_kpi.ui.signals import most_important
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.tour import tour

entry = entered()
st.header(plain(overview.finding(entry.ask)), anchor=False)
tour()
headline_tiles(entry)
favourite_tiles(entry)
left, right = st.columns([3, 2], gap="small")
with left:
    show_figure(entry, overview.goals_figure(entry.ask))
with right:
    most_important(entry)
