"""Översikt: where do we stand? Eight headline tiles, måluppfyllelse per målområde, the three most important signals."""

import streamlit as st

from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.overview import finding, goals_figure, tiles
from hsf_kpi.ui.signals import most_important

entry = entered()
st.header(finding(entry), anchor=False)
tiles(entry)
left, right = st.columns(2, gap="small")
with left:
    show_figure(entry, goals_figure(entry))
with right:
    most_important(entry)
