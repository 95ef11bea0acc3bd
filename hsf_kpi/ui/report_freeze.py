"""«Frys som utgåva»: keeps the report as it is for good, and leads to it."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.composing.choices import EDITION, REPORT
from hsf_kpi.figures.report import Report
from hsf_kpi.model.problems import HsfError
from hsf_kpi.reporting.editions import FROZEN_WITH, freeze
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.problems import tell_problems
from hsf_kpi.ui.text import link

_TOLD = "hsf_utgava_sagt"


def freeze_button(entry: Entry, report: Report) -> None:
    """The button, for those who may; nobody else is offered it."""
    if not entry.rights.may(FROZEN_WITH, entry.selection.unit) or not any(report.parts()):
        return
    if not st.button("Frys som utgåva", key="rapport-frys"):
        return
    try:
        # The version that the page was asked with, before the report was composed.
        opened, new = freeze(entry.workspace, entry.rights, report, seen=entry.ask.version[0])
    except HsfError as error:
        tell_problems(error)
        return
    edition = opened.edition
    way = link(edition.id, entry.page_href(REPORT, **{EDITION: edition.id}))
    said = "Rapporten är fryst som utgåva" if new else "Rapporten är redan fryst, som utgåva"
    st.session_state[_TOLD] = f"{said} {way}. Den visar samma siffror också när uppgifter rättas senare."
    st.rerun()


def frozen_words() -> str | None:
    """What was frozen in the last run, as Markdown, told once."""
    told = st.session_state.pop(_TOLD, None)
    return told if isinstance(told, str) else None
