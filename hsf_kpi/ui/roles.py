"""Who is looking. On demo data a picker without passwords; on anything else nobody, until sign-in is set up."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.roles import DEMO_ROLES
from hsf_kpi.model.problems import NotFound, NotPermitted, Problem
from hsf_kpi.model.scope import Scope
from hsf_kpi.ui import links
from hsf_kpi.workspace import Workspace

ROLE = "hsf_role"
FIRST = DEMO_ROLES[0].id
_TITLES = {role.id: role.title for role in DEMO_ROLES}


def signed_in(workspace: Workspace) -> Identity:
    """The identity of this session. A role in a link counts on demo data only; an unknown one is not somebody else."""
    if workspace.state().kind != "demo":
        raise NotPermitted(
            Problem(
                "Databasen innehåller verkliga uppgifter, och inloggning är inte inställd.",
                "",
                "Be den som sköter installationen att ställa in inloggning.",
            )
        )
    if ROLE not in st.session_state:
        wanted = st.query_params.get(links.ROLE, FIRST)
        if wanted not in _TITLES:
            raise NotFound(
                Problem(
                    f"Rollen ”{wanted}” i länken finns inte.",
                    links.ROLE,
                    f"Rollerna är {', '.join(_TITLES)}.",
                )
            )
        st.session_state[ROLE] = wanted
    role = st.session_state[ROLE]
    return Identity(f"demo-{role}", _TITLES[role], role)


def own_unit(identity: Identity, workspace: Workspace, scope: Scope) -> str:
    """The unit that the dashboard opens on for this person."""
    unit = next((role.unit for role in DEMO_ROLES if role.id == identity.role), None)
    return unit if unit is not None and scope.sees(unit) else workspace.catalogue.organisation.root


def role_in_links(identity: Identity, workspace: Workspace) -> str | None:
    return identity.role if workspace.state().kind == "demo" and identity.role != FIRST else None


def role_picker() -> None:
    """In the filter bar's «Mer»: look at the demo as another role."""
    roles = list(_TITLES)
    st.selectbox(
        "Visa som (demo)",
        roles,
        index=roles.index(st.session_state[ROLE]),
        format_func=_TITLES.__getitem__,
        key="f_roll",
        on_change=_set_role,
    )


def _set_role() -> None:
    st.session_state[ROLE] = st.session_state["f_roll"]
    st.session_state["hsf_choice"] = None


def measure_labels(workspace: Workspace) -> dict[str, str]:
    """Measure key → name with its målområde last, the plan's order first, then the nyckeltal outside the plan."""
    plan = {m.key: m.name for m in workspace.catalogue.plan_rows()}
    return plan | {m.key: m.name for m in workspace.catalogue.measures.values() if m.row is None}
