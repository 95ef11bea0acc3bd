"""Demo data: anybody may be anyone of the roles, without a password. Refuses every other database."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.access.identity import Identity
from hsf_kpi.model.problems import NotFound, NotPermitted, Problem
from hsf_kpi.model.role import DemoPerson
from hsf_kpi.ui import links
from hsf_kpi.ui.sign_in.port import SignedIn
from hsf_kpi.workspace import Workspace

ROLE = "hsf_role"
_PICKED = "f_roll"


class DemoWay:
    """A role in a link counts; an unknown one is not somebody else."""

    def signed_in(self, workspace: Workspace) -> SignedIn | None:
        if workspace.state().kind != "demo":
            raise NotPermitted(
                Problem(
                    "Databasen innehåller verkliga uppgifter, och inloggning är inte inställd.",
                    "",
                    "Be den som sköter installationen att ställa in inloggning.",
                )
            )
        people = _people(workspace)
        if ROLE not in st.session_state:
            wanted = st.query_params.get(links.ROLE, _first(workspace).id)
            if wanted not in people:
                raise NotFound(
                    Problem(
                        f"Rollen ”{wanted}” i länken finns inte.",
                        links.ROLE,
                        f"Rollerna är {', '.join(people)}.",
                    )
                )
            st.session_state[ROLE] = wanted
        person = people[st.session_state[ROLE]]
        return SignedIn(Identity(f"demo-{person.id}", person.title, person.grants))

    def form(self, workspace: Workspace) -> None:
        """Never drawn: somebody is always looking at the demo."""

    def controls(self, workspace: Workspace, signed_in: SignedIn) -> None:
        people = _people(workspace)
        ids = list(people)
        st.selectbox(
            "Visa som (demo)",
            ids,
            index=ids.index(st.session_state[ROLE]),
            format_func=lambda person: people[person].title,
            key=_PICKED,
            on_change=_set_role,
        )

    def in_links(self, workspace: Workspace, signed_in: SignedIn) -> str | None:
        person: str = st.session_state[ROLE]
        return person if person != _first(workspace).id else None


def _people(workspace: Workspace) -> dict[str, DemoPerson]:
    return {person.id: person for person in workspace.catalogue.demo_people}


def _first(workspace: Workspace) -> DemoPerson:
    return workspace.catalogue.demo_people[0]


def _set_role() -> None:
    st.session_state[ROLE] = st.session_state[_PICKED]
    st.session_state["hsf_choice"] = None
