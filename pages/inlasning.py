"""Is this month in? Files in, the log of loads, how far the month has come, and how the sources are read."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.model.role import Permission
from hsf_kpi.ui.entry import visited
from hsf_kpi.ui.load_file import load_file
from hsf_kpi.ui.load_log import load_log
from hsf_kpi.ui.load_month import load_month
from hsf_kpi.ui.profile_edit import profiles

visit = visited(Permission.LOAD)
files, log, month, sources = st.tabs(["Läs in", "Inläsningar", "Månaden", "Källprofiler"])
with files:
    load_file(visit)
with log:
    load_log(visit)
with month:
    load_month(visit)
with sources:
    profiles(visit)
