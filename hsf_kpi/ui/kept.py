"""What the search window shows before anything is typed: favourites, where the person has just been, saved views."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from hsf_kpi.composing import choices
from hsf_kpi.habits import Habits
from hsf_kpi.model.habit import SavedView, Visited
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.habits import change, tell
from hsf_kpi.ui.leads import Leads
from hsf_kpi.ui.menu import MENU
from hsf_kpi.ui.text import link, plain

_PART = "sok"


def kept_lists(visit: Visit, habits: Habits, leads: Leads, pages: Sequence[str]) -> bool:
    """Each list only when there is something in it; whether there was any."""
    tell(_PART)
    rights, measures = visit.rights, leads.workspace.catalogue.measures
    favourites = [key for key in habits.favourites(rights) if key in measures]
    here = Visited(visit.page)
    if visit.page in choices.TITLES:
        here = Visited(visit.page, leads.selection.unit, leads.place.shown_measure or "")
    recent = [one for one in habits.recent(rights, pages) if one != here]
    views, shared = habits.views(rights, pages), habits.shared_views(rights, pages)
    _list("Favoriter", (link(measures[key].short_name, leads.measure(key)) for key in favourites))
    if recent:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="top"):
            _list("Senast besökta", (link(_visited_words(leads, one), leads.visited(one)) for one in recent))
            st.button("Rensa", key="sok-rensa", type="tertiary", on_click=change, args=(_forget, _PART))
    _list("Sparade vyer", (link(one.title, leads.view(one)) for one in views))
    _list("Delade vyer", (shared_line(one, leads) for one in shared))
    return bool(favourites or recent or views or shared)


def _forget(visit: Visit, habits: Habits) -> None:
    habits.forget_recent(visit.rights)


def shared_line(one: SavedView, leads: Leads) -> str:
    return f"{link(one.title, leads.view(one))} :small[:gray[delad av {plain(one.name)}]]"


def page_title(name: str) -> str:
    return next(pages[name][0] for pages in MENU.values() if name in pages)


def _list(heading: str, lines: Iterable[str]) -> None:
    if shown := [f"- {line}" for line in lines]:
        st.markdown("\n".join((f"**{heading}**\n", *shown)), width="stretch")


def _visited_words(leads: Leads, one: Visited) -> str:
    """«Nyckeltal: Sjukfrånvaro, Kirurgkliniken»."""
    catalogue = leads.workspace.catalogue
    title, measure = page_title(one.page), catalogue.measures.get(one.measure)
    unit = catalogue.organisation.units.get(one.unit)
    what = f"{title}: {measure.short_name}" if measure else title
    return f"{what}, {unit.name}" if unit else what
