"""Månadens signaler: what changed, really? In words, ranked, for the chosen unit and everything below it."""

import streamlit as st

from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.filterbar import extra_pills
from hsf_kpi.ui.links import KIND
from hsf_kpi.ui.signals import finding, list_signals

entry = entered()
st.header(finding(entry), anchor=False)
extra_pills(KIND, "Slag av signal")
list_signals(entry)
