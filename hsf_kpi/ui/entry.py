"""What a page is handed when it runs: who is looking, what is chosen, and the workspace to ask."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from hsf_kpi.access.identity import Identity
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.ui.ask import Ask
from hsf_kpi.ui.links import ONE_MEASURE, Place
from hsf_kpi.workspace import Workspace

ENTRY = "hsf_entry"


@dataclass(frozen=True)
class Entry:
    workspace: Workspace
    identity: Identity
    scope: Scope
    place: Place
    dark: bool

    @property
    def selection(self) -> Selection:
        return self.place.selection

    @property
    def ask(self) -> Ask:
        """The key of everything composed for this entry."""
        return Ask(self.workspace, self.workspace.version(), self.scope, self.selection, self.place.measure)

    @property
    def catalogue(self) -> Catalogue:
        return self.workspace.catalogue

    def unit_name(self, unit_id: str) -> str:
        return self.catalogue.organisation.get(unit_id).name

    def measure_href(self, key: str, **changes: object) -> str:
        """The page about one nyckeltal, with everything else chosen as it is."""
        place = Place(ONE_MEASURE, self.selection, key, self.place.role)
        return place.at(**changes).href()

    def unit_href(self, unit_id: str) -> str:
        return self.place.at(unit=unit_id).href()


def entered() -> Entry:
    """The guard on the first line of every page: without the main script's entry nothing is shown.

    Streamlit may run a page file directly in a process where nobody has reached st.navigation yet.
    """
    entry = st.session_state.get(ENTRY)
    if not isinstance(entry, Entry):
        st.error("Öppna HSF nyckeltal från startsidan.")
        st.stop()
    return entry
