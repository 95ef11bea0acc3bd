"""Månadens signaler: what changed, really? In words, ranked, for the chosen unit and everything below it."""

import streamlit as st

from hsf_kpi.composing import signals
from hsf_kpi.composing.choices import KIND
from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.filterbar import extra_pills
from hsf_kpi.ui.signals import list_signals
from hsf_kpi.ui.text import plain

entry = entered()
st.header(plain(signals.finding(entry.ask)), anchor=False)
extra_pills(KIND, "Slag av signal")
list_signals(entry)
