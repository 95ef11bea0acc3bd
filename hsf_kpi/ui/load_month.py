"""Which month, and how far it has come."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.month import show_month


def load_month(visit: Visit) -> None:
    """The latest month first: that is the one being made."""
    months = visit.workspace.months(visit.scope)
    if not months:
        st.info("Inga månader är inlästa än. Börja under Läs in.")
        return
    labels = {month.iso: month_text(month).capitalize() for month in months}
    chosen = st.selectbox(
        "Månad",
        list(labels),
        format_func=labels.__getitem__,
        key="las-manad",
        width=240,
        filter_mode="contains",
    )
    show_month(visit, Month.parse(chosen))
