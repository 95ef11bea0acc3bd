"""Rapport: what do we take to the meeting? A template, its sections, what is said of the deviations, and the files."""

import streamlit as st

from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.report import choose, heading, preview
from hsf_kpi.ui.report_editions import asked_for, editions, show_edition
from hsf_kpi.ui.report_files import files
from hsf_kpi.ui.report_texts import write

entry = entered()
if asked_for(entry):
    show_edition(entry)
else:
    head = st.container()
    order = choose(entry)
    report = heading(entry, order, head)
    files(entry, report)
    write(entry, report)
    preview(entry, report)
editions(entry)
