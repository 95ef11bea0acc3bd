"""Giving a role: which, for which verksamhet where the role needs one, and from when to when."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.model.account import Account
from hsf_kpi.model.role import Grant
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.users_units import unit_paths
from hsf_kpi.ui.users_words import change, keyed, role_words

GIVE = "ändra"
"""Where it is told: at the user."""


def give_role(visit: Visit, account: Account) -> None:
    """Not a form: whether a verksamhet is asked for follows from the role."""
    roles = visit.catalogue.roles
    role_id = st.selectbox(
        "Roll",
        list(roles),
        format_func=lambda key: roles[key].title,
        index=None,
        placeholder="Välj roll",
        key=keyed("roll"),
    )
    if role_id is None:
        return
    st.caption(plain(roles[role_id].about))
    unit = None
    if roles[role_id].needs_unit:
        paths = unit_paths(visit.workspace)
        unit = st.selectbox(
            "Verksamhet",
            list(paths),
            format_func=paths.__getitem__,
            index=None,
            placeholder="Välj verksamhet",
            key=keyed("enhet"),
            filter_mode="contains",
        )
    left, right = st.columns(2)
    with left:
        first = st.date_input("Från och med", None, format="YYYY-MM-DD", key=keyed("fran"))
    with right:
        last = st.date_input("Till och med", None, format="YYYY-MM-DD", key=keyed("till"))
    st.caption("Utan datum gäller rollen genast och tills vidare.")
    if st.button("Ge rollen", key=keyed("ge-rollen")):
        change(GIVE, lambda: _give(visit, account, Grant(role_id, unit, first, last)))


def _give(visit: Visit, account: Account, grant: Grant) -> str:
    visit.workspace.store.accounts.grant(account.login, grant, visit.catalogue, visit.identity.login)
    return f"{account.name} har fått rollen {role_words(grant, visit)}."
