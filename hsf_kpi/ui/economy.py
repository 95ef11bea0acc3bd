"""The guards of the pages of the section Ekonomi."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.composing.choices import ASSIGNMENT
from hsf_kpi.composing.economy import FOLLOWED_BY
from hsf_kpi.ui.entry import Entry, entered
from hsf_kpi.ui.filterbar import extra_pills
from hsf_kpi.ui.stop import stop
from hsf_kpi.ui.text import link, plain


def entered_economy() -> Entry:
    """The guard on the first line of a page about the ledger: `entered`, and that the unit's economy may be seen."""
    entry = entered()
    _demand(entry, entry.ask.economy.seen_with, "Ekonomin")
    return entry


def entered_assignments() -> Entry:
    """The same for Ekonomiåtgärder, where two of the assignments are followed by staff measures that more may see."""
    entry = entered()
    extra_pills(ASSIGNMENT, "Uppdrag")
    key = FOLLOWED_BY.get(entry.ask.extra(ASSIGNMENT))
    _demand(entry, key or entry.ask.economy.seen_with, "Det här uppdraget")
    return entry


def _demand(entry: Entry, key: str, what: str) -> None:
    """Stops in words, with ways to what may be seen, where the measure may not be seen at the unit."""
    if entry.scope.allows(entry.selection.unit, key):
        return
    name = entry.unit_name(entry.selection.unit)
    st.info(plain(f"{what} ingår inte i din behörighet för {name}."))
    seen = [u for u in entry.workspace.path(entry.scope, entry.selection) if entry.scope.allows(u, key)]
    if seen:
        ways = " · ".join(link(entry.unit_name(unit), entry.unit_href(unit)) for unit in seen)
        st.markdown(f"Det här får du se: {ways}")
    stop()
