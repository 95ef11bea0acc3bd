"""Where what is found or kept leads: links to pages, units, measures, places and saved views, with everything else chosen
as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from hsf_kpi.composing import choices
from hsf_kpi.model.habit import SavedView, Visited
from hsf_kpi.model.period import Month
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.searching import unit_for
from hsf_kpi.ui import links, sign_in
from hsf_kpi.ui.entry import ENTRY, Entry, Visit
from hsf_kpi.ui.links import Place
from hsf_kpi.ui.start import chosen
from hsf_kpi.workspace import Workspace


@dataclass(frozen=True)
class Leads:
    """place: what is chosen; on a page without a filter bar what would be on Översikt."""

    workspace: Workspace
    scope: Scope
    place: Place
    latest: Month

    @property
    def selection(self) -> Selection:
        return self.place.selection

    def page(self, name: str) -> str:
        """A page without a filter bar keeps nothing but who is looking."""
        if name not in choices.TITLES:
            return _address(name, {links.ROLE: self.place.role} if self.place.role else {})
        measure = self.place.measure if name in choices.ABOUT_A_MEASURE else None
        return self.place.on(name, measure).href()

    def unit(self, unit: str) -> str:
        """The same page; Översikt where the page's measure may not be seen there."""
        place, measure = self.place, self.place.shown_measure
        if measure is not None and not self.scope.allows(unit, measure):
            place = place.on(choices.OVERVIEW)
        return place.at(unit=unit).href()

    def measure(self, key: str) -> str:
        """At the chosen unit, or the nearest where it may be seen."""
        unit = unit_for(self.workspace, self.scope, self.selection, key)
        return self.place.on(choices.ONE_MEASURE, key).at(unit=unit).href()

    def visited(self, one: Visited) -> str:
        if one.page not in choices.TITLES:
            return self.page(one.page)
        return self.place.on(one.page, one.measure or None).at(unit=one.unit or self.selection.unit).href()

    def view(self, one: SavedView) -> str:
        """As it was saved, or with the latest month and what is known now."""
        params = dict(one.params)
        if one.latest:
            params.pop(links.AS_KNOWN, None)
            params[links.MONTH] = self.latest.iso
        if self.place.role:
            params[links.ROLE] = self.place.role
        return _address(one.page, params)


def leads_of(visit: Visit) -> Leads:
    """From the page that is shown."""
    entry = st.session_state.get(ENTRY)
    workspace, rights = visit.workspace, visit.rights
    months = workspace.months(rights.scope)
    latest = months[0] if months else workspace.state().today
    if isinstance(entry, Entry):
        return Leads(entry.workspace, entry.scope, entry.place, latest)
    role = sign_in.way().in_links(workspace, visit.signed_in)
    place = Place(choices.OVERVIEW, chosen(rights, workspace), role=role)
    return Leads(workspace, rights.scope, place, latest)


def _address(page: str, params: Mapping[str, str]) -> str:
    """Relative, as `Place.href`."""
    page = "./" if page == choices.OVERVIEW else page
    return f"{page}?{urlencode(params)}" if params else page
