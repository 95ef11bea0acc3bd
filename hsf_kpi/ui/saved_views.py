"""«Spara och dela»: the address of exactly this view, and views saved under names of one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from hsf_kpi.composing import choices
from hsf_kpi.habits import Habits
from hsf_kpi.model.habit import LONGEST_TITLE, ROLE, SavedView
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import HsfError
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.ui import links
from hsf_kpi.ui.copy_link import copy_link
from hsf_kpi.ui.entry import ENTRY, Entry, Visit
from hsf_kpi.ui.habits import own_habits, pages_of, visit_again
from hsf_kpi.ui.held import show_told
from hsf_kpi.ui.kept import page_title, shared_line
from hsf_kpi.ui.leads import Leads, leads_of
from hsf_kpi.ui.problems import tell_problems
from hsf_kpi.ui.text import link, plain

_ROUND, _TOLD, _CHANGED = "hsf_vy_varv", "hsf_vy_sagt", "hsf_vy_andras"
LATEST = "Senaste månaden"


def open_saved_views() -> None:
    """The forms begin anew each time."""
    for key in (_TOLD, _CHANGED):
        st.session_state.pop(key, None)
    _next_round()
    _dialog()


@st.dialog("Spara och dela", width="medium")
def _dialog() -> None:
    visit, entry = visit_again(), st.session_state.get(ENTRY)
    if visit is None or not isinstance(entry, Entry):
        st.rerun()
        return
    copy_link()
    habits = own_habits(visit)
    if not habits.may(visit.rights):
        st.caption("När du ser sidan som en annan roll går det inte att spara egna vyer.")
        return
    show_told(_TOLD)
    _new(visit, habits, entry)
    pages, leads = pages_of(visit), leads_of(visit)
    _own(visit, habits, leads, pages)
    if shared := habits.shared_views(visit.rights, pages):
        lines = (f"- {shared_line(one, leads)}" for one in shared)
        st.markdown("\n".join(("**Delade av andra**\n", *lines)))


def view_of(entry: Entry) -> SavedView:
    """What is shown, under the name that is suggested for it."""
    place = entry.place
    unit = entry.unit_name(place.selection.unit)
    what = choices.TITLES[place.page]
    if place.shown_measure:
        name = entry.catalogue.measure(place.shown_measure).short_name
        what = name if place.page == choices.ONE_MEASURE else f"{what}: {name}"
    params = tuple((name, value) for name, value in place.params().items() if name != ROLE)
    return SavedView(f"{what} – {unit}"[:LONGEST_TITLE], place.page, params, latest=place.known is None)


def _new(visit: Visit, habits: Habits, entry: Entry) -> None:
    with st.form(f"vy-ny-{st.session_state.get(_ROUND, 0)}", border=True):
        st.markdown("**Spara vyn**")
        typed = _typed("vy-ny", view_of(entry))
        if st.form_submit_button("Spara vyn"):
            _do(lambda: habits.save_view(visit.rights, typed, pages_of(visit)), f"Sparad: {typed.title}")


def _typed(key: str, view: SavedView) -> SavedView:
    """The fields of a view, and the view as they are filled in."""
    key = f"{key}-{st.session_state.get(_ROUND, 0)}"
    title = st.text_input("Namn", view.title, key=f"{key}-namn", max_chars=LONGEST_TITLE)
    fixed = month_text(Month.parse(view.param(links.MONTH))).capitalize()
    opens = st.radio(
        "Öppnas på", [LATEST, fixed], index=0 if view.latest else 1, key=f"{key}-manad", horizontal=True
    )
    shared = st.checkbox("Dela med andra som får se den", view.shared, key=f"{key}-dela")
    return replace(view, title=title, latest=opens == LATEST, shared=shared)


def _own(visit: Visit, habits: Habits, leads: Leads, pages: Sequence[str]) -> None:
    views, lost = habits.views(visit.rights, pages), habits.lost_views(visit.rights, pages)
    if not views and not lost:
        return
    st.markdown("**Dina vyer**")
    changed = st.session_state.get(_CHANGED)
    for one in views:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            month = "senaste månaden" if one.latest else month_text(Month.parse(one.param(links.MONTH)))
            told = ", ".join((page_title(one.page), month, *(("delad",) if one.shared else ())))
            st.markdown(
                f"{link(one.title, leads.view(one))}  \n:small[:gray[{plain(told)}]]", width="stretch"
            )
            st.button(
                "Ändra",
                key=f"vy-andra-{one.number}",
                type="tertiary",
                on_click=_change,
                args=(one.number,),
            )
        if one.number == changed:
            _change_form(visit, habits, one, pages)
    for one in lost:
        _lost(visit, habits, one)


def _lost(visit: Visit, habits: Habits, one: SavedView) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"{plain(one.title)}  \n:small[:gray[Går inte att öppna: ingår inte längre i din behörighet.]]",
            width="stretch",
        )
        if st.button("Ta bort", key=f"vy-bort-{one.number}", type="tertiary"):
            _do(lambda: habits.remove_view(visit.rights, one.number or 0), f"Borttagen: {one.title}")


def _change_form(visit: Visit, habits: Habits, one: SavedView, pages: Sequence[str]) -> None:
    with st.form(f"vy-{one.number}-{st.session_state.get(_ROUND, 0)}", border=True):
        typed = _typed(f"vy-{one.number}", one)
        with st.container(horizontal=True):
            save = st.form_submit_button("Spara ändringen")
            remove = st.form_submit_button("Ta bort vyn")
        if save:
            _do(lambda: habits.save_view(visit.rights, typed, pages), f"Ändrad: {typed.title}")
        elif remove:
            _do(lambda: habits.remove_view(visit.rights, one.number or 0), f"Borttagen: {one.title}")


def _do(what: Callable[[], object], said: str) -> None:
    """Does it and draws the window anew; the problems stand in the form, and what was typed with them."""
    try:
        what()
    except HsfError as error:
        tell_problems(error)
        return
    st.session_state[_TOLD] = said
    st.session_state.pop(_CHANGED, None)
    _next_round()
    st.rerun(scope="fragment")


def _change(number: int | None) -> None:
    """Opens the view's form, or closes it again."""
    now = st.session_state.get(_CHANGED)
    st.session_state[_CHANGED] = None if now == number else number


def _next_round() -> None:
    """The forms begin anew."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
