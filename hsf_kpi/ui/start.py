"""Where somebody begins: the own unit, the latest month, before anything is chosen."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.access.rights import Rights
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.period import View
from hsf_kpi.model.selection import Selection
from hsf_kpi.ui.choice import CHOICE, Choice
from hsf_kpi.workspace import Workspace


def own_unit(rights: Rights, open_workspace: Workspace) -> str:
    """The unit that the dashboard opens on for this person: of the first role held for a unit that still exists, else the
    root.
    """
    organisation, today = open_workspace.catalogue.organisation, open_workspace.state().today
    units = (organisation.units.get(held.grant.unit or "") for held in rights.held)
    return next(
        (u.id for u in units if u and rights.scope.sees(u.id) and u.exists_at(today)), organisation.root
    )


def chosen(rights: Rights, open_workspace: Workspace) -> Selection:
    """What the session has chosen on the pages with a filter bar; on one without, before any of them, where they begin."""
    choice = st.session_state.get(CHOICE)
    held = choice.selection() if isinstance(choice, Choice) else None
    if held is not None and rights.scope.sees(held.unit):
        return held
    months = open_workspace.months(rights.scope)
    month = months[0] if months else open_workspace.state().today
    return Selection(own_unit(rights, open_workspace), month, View.YTD, Sex.ALL, OrgView.TODAY)
