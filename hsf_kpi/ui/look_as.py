"""An administrator looks as another role: that role's figures, nothing but looking, told on every page and logged.

Kept in the browser's session only, and judged anew at every run: without the right to administer it is over.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from hsf_kpi.access.explain import role_held
from hsf_kpi.access.identity import Identity
from hsf_kpi.composing import choices
from hsf_kpi.model.event import Event
from hsf_kpi.model.role import Grant, Permission, Role
from hsf_kpi.ui.choice import CHOICE
from hsf_kpi.ui.menu import USERS, page_named
from hsf_kpi.ui.sign_in.port import SignedIn
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.users_units import unit_paths
from hsf_kpi.ui.warm import workspace as open_workspace
from hsf_kpi.workspace import Workspace

_LOOK = "hsf_look_as"


@dataclass(frozen=True, slots=True)
class _Look:
    """`login`: whose looking it is, so that nobody inherits it."""

    login: str
    grant: Grant
    title: str


def seen_identity(signed_in: SignedIn, workspace: Workspace) -> Identity:
    """The person's own identity, or the role that an administrator has chosen to look as. Checked anew at each run."""
    own, look = signed_in.identity, st.session_state.get(_LOOK)
    if not isinstance(look, _Look):
        return own
    if look.login != own.login:
        _forget()
        return own
    if not workspace.rights_of(own).may(Permission.ADMINISTER) or look.grant.role not in _roles(workspace):
        _end(workspace, look, "avslutat, eftersom behörigheten inte gäller längre")
        return own
    return Identity(own.login, own.name, (look.grant,), look.title)


def banner(identity: Identity) -> None:
    """«Du ser som …» with «Avsluta», above everything on the page; nothing for somebody who looks as themselves."""
    look = st.session_state.get(_LOOK)
    if not identity.seen_as or not isinstance(look, _Look):
        return
    with st.container(horizontal=True, border=True, vertical_alignment="center", key="visa-som"):
        st.markdown(
            f"**Du ser som {plain(identity.seen_as)}.** Du kan bara titta: inget går att ladda ner eller ändra. "
            "Det står i loggen.",
            width="stretch",
        )
        if st.button("Avsluta", key="visa-som-avsluta"):
            _end(open_workspace(), look, "avslutat")
            st.switch_page(page_named(USERS))


def controls(signed_in: SignedIn, workspace: Workspace) -> None:
    """How an administrator chooses whom to look as; nothing for others."""
    if not workspace.rights_of(signed_in.identity).may(Permission.ADMINISTER):
        return
    roles = _roles(workspace)
    role_id = st.selectbox(
        "Visa som en roll",
        list(roles),
        index=None,
        format_func=lambda key: roles[key].title,
        placeholder="Välj roll",
        key="visa-som-roll",
    )
    unit = None
    if role_id is not None and roles[role_id].needs_unit:
        paths = unit_paths(workspace)
        unit = st.selectbox(
            "Verksamhet",
            list(paths),
            index=None,
            format_func=paths.__getitem__,
            placeholder="Välj verksamhet",
            key="visa-som-enhet",
            filter_mode="contains",
        )
    st.caption("Du kan bara titta, och det skrivs i loggen.")
    chosen = role_id is not None and (unit is not None or not roles[role_id].needs_unit)
    if st.button("Visa som", key="visa-som-borja", disabled=not chosen) and role_id is not None and chosen:
        _begin(signed_in, workspace, Grant(role_id, unit))


def _begin(signed_in: SignedIn, workspace: Workspace, grant: Grant) -> None:
    """Logged before anything is seen: what can't be logged is not shown."""
    title = role_held(grant, workspace.rule())
    workspace.log(signed_in.identity, Event.LOOKED_AS, title)
    _forget()
    st.session_state[_LOOK] = _Look(signed_in.identity.login, grant, title)
    st.switch_page(page_named(choices.OVERVIEW))


def _end(workspace: Workspace, look: _Look, how: str) -> None:
    _forget()
    workspace.log(Identity(look.login, look.login), Event.LOOKED_AS, f"{look.title}, {how}")


def _forget() -> None:
    """What was chosen while looking belongs to the role looked as."""
    st.session_state.pop(_LOOK, None)
    st.session_state[CHOICE] = None


def _roles(workspace: Workspace) -> dict[str, Role]:
    """Those that see figures: an administrator sees what administrators see without this."""
    return {
        key: role for key, role in workspace.catalogue.roles.items() if Permission.ADMINISTER not in role.may
    }
