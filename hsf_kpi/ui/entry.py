"""What a page is handed when it runs: who is looking, what is chosen, and the workspace to ask.

A page about figures begins with `entered()`, one without a filter bar with `visited(permission)`. Without the main script's
word nothing is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

import streamlit as st

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights
from hsf_kpi.composing.ask import Ask, ask_of
from hsf_kpi.composing.choices import ONE_MEASURE
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.role import Permission
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.ui.denied import denied
from hsf_kpi.ui.links import Place
from hsf_kpi.ui.sign_in.port import SignedIn
from hsf_kpi.workspace import Workspace

ENTRY, VISIT = "hsf_entry", "hsf_visit"


@dataclass(frozen=True)
class _Looking:
    """`rights`: what the person sees and may do now, also while they look as another role."""

    workspace: Workspace
    rights: Rights

    @property
    def identity(self) -> Identity:
        return self.rights.identity

    @property
    def scope(self) -> Scope:
        return self.rights.scope

    @property
    def catalogue(self) -> Catalogue:
        return self.workspace.catalogue


@dataclass(frozen=True)
class Visit(_Looking):
    """Somebody signed in, on whatever page. `page`: its name in the address. `signed_in` is always the person, whatever
    role they look as.
    """

    signed_in: SignedIn
    page: str
    dark: bool


@dataclass(frozen=True)
class Entry(_Looking):
    """Somebody signed in, on a page about figures, with all that is chosen there."""

    place: Place
    dark: bool

    @property
    def selection(self) -> Selection:
        return self.place.selection

    @cached_property
    def ask(self) -> Ask:
        """The key of everything composed for this entry."""
        place = self.place
        return ask_of(
            self.workspace, self.scope, place.page, self.selection, place.measure, **dict(place.extras)
        )

    def unit_name(self, unit_id: str) -> str:
        return self.catalogue.organisation.get(unit_id).name

    def measure_href(self, key: str, **changes: object) -> str:
        """The page about one nyckeltal, with everything else chosen as it is."""
        return self.place.on(ONE_MEASURE, key).at(**changes).href()

    def page_href(self, page: str, **extras: str) -> str:
        """Another page, with everything else chosen as it is."""
        return self.place.on(page, **extras).href()

    def unit_href(self, unit_id: str) -> str:
        return self.place.at(unit=unit_id).href()


def entered() -> Entry:
    """The guard on the first line of every page about figures.

    Streamlit may run a page file directly in a process where nobody has reached st.navigation yet.
    """
    entry = st.session_state.get(ENTRY)
    if not isinstance(entry, Entry):
        _outside()
    return entry


def visited(*permissions: Permission) -> Visit:
    """The guard on the first line of a page without a filter bar. Who lacks one of the permissions is told so, and it is
    logged.
    """
    visit = st.session_state.get(VISIT)
    if not isinstance(visit, Visit):
        _outside()
    for permission in permissions:
        if not visit.rights.may(permission):
            denied(visit.workspace, visit.identity, f"sidan {visit.page}")
        visit.rights.demand(permission)
    return visit


def _outside() -> NoReturn:
    st.error("Öppna HSF nyckeltal från startsidan.")
    st.stop()
