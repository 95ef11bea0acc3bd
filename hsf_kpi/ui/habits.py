"""Whose habits they are, and what is noted of where somebody has been.

The habits of who is signed in belong to the login. On demo data nobody is: they belong to the browser and the role tried.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import streamlit as st

from hsf_kpi.habits import Habits, habits_of
from hsf_kpi.model.habit import VISITOR as STRANGER
from hsf_kpi.model.habit import Visited
from hsf_kpi.model.problems import HsfError
from hsf_kpi.ui import sign_in
from hsf_kpi.ui.entry import VISIT, Visit
from hsf_kpi.ui.gate import SECURE_VISITOR
from hsf_kpi.ui.links import Place
from hsf_kpi.ui.look_as import seen_identity
from hsf_kpi.ui.menu import MENU, shown
from hsf_kpi.ui.problems import shown_problems
from hsf_kpi.ui.sign_in.cookies import VISITOR, kept
from hsf_kpi.ui.text import plain

_STRANGER, _LAST = "hsf_besokare", "hsf_senast"
_OVER, _PROBLEMS = "hsf_vanor_slut", "hsf_vanor_fel"


def owner_of(visit: Visit) -> str:
    """The login; on demo data what tells the browser and the role apart from others, and tells nobody which they are."""
    login = visit.signed_in.identity.login
    if visit.signed_in.session is not None:
        return login
    browser = _browser() or st.session_state.setdefault(_STRANGER, secrets.token_urlsafe())
    return STRANGER + kept(f"{browser} {login}")


def _browser() -> str | None:
    cookies = st.context.cookies
    return cookies.get(SECURE_VISITOR) or cookies.get(VISITOR)


def own_habits(visit: Visit) -> Habits:
    return habits_of(visit.workspace, owner_of(visit))


def pages_of(visit: Visit) -> tuple[str, ...]:
    """The pages in the person's menu, in its order."""
    return tuple(name for pages in MENU.values() for name in pages if shown(name, visit.rights))


def visit_again() -> Visit | None:
    """The visit, judged anew: a dialog or a fragment runs by itself, without the frame. None when it is over or the rights
    are no longer the same; then the page is to be drawn anew.
    """
    visit = st.session_state.get(VISIT)
    if not isinstance(visit, Visit):
        return None
    signed_in = sign_in.way().signed_in(visit.workspace)
    if signed_in is None:
        return None
    rights = visit.workspace.rights_of(seen_identity(signed_in, visit.workspace))
    return replace(visit, signed_in=signed_in) if rights == visit.rights else None


def change(what: Callable[[Visit, Habits], None], part: str) -> None:
    """Does it, from a part of a page that runs by itself, if it may still be done; what stands in the way is told by
    `tell(part)`.
    """
    try:
        visit = visit_again()
        if visit is None:
            st.session_state[_OVER] = True
        else:
            what(visit, own_habits(visit))
    except HsfError as error:
        st.session_state[f"{_PROBLEMS}-{part}"] = shown_problems(error)


def tell(part: str, width: int | Literal["stretch"] = "stretch") -> None:
    """What stood in the way of `change`. Draws the page anew when it is another's, or the rights are others."""
    if st.session_state.pop(_OVER, False):
        st.rerun()
    for problem in st.session_state.pop(f"{_PROBLEMS}-{part}", ()):
        st.error(plain(f"{problem.what} {problem.todo}"), width=width)


def note_visit(visit: Visit, place: Place | None = None) -> None:
    """Notes where the person is, in the background, when the page, the unit or the measure is another than at the last run.

    place: of a page about figures. Nothing is noted of who can't be told from others.
    """
    if visit.signed_in.session is None and _browser() is None:
        return
    one = Visited(visit.page)
    if place is not None:
        one = Visited(place.page, place.selection.unit, place.shown_measure or "")
    if st.session_state.get(_LAST) != one:
        st.session_state[_LAST] = one
        own_habits(visit).visited(visit.rights, one)
