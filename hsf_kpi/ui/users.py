"""The users: who they are, what they hold, when they last signed in. Only for those who administer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import streamlit as st

from hsf_kpi.model.account import Account
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.tables import show_rows
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.users_edit import add_user, edit_user
from hsf_kpi.ui.users_words import current, literal, moment, role_words, today

PAGE = 50
"""Users in the table at a time."""


def users(visit: Visit) -> None:
    """What can be changed, and under it the list with its search."""
    if visit.signed_in.session is None:
        _demo(visit)
    accounts = visit.workspace.store.accounts.all()
    left, right = st.columns(2, gap="large")
    with left:
        edit_user(visit, accounts)
    with right:
        add_user(visit)
    st.header("Alla användare", anchor=False)
    if not accounts:
        st.info("Inga användare än.")
        return
    sought = st.text_input(
        "Sök användare", key="anv-sok", placeholder="Namn, användarnamn, roll eller verksamhet", width=400
    )
    found = [account for account in accounts if _matches(account, sought, visit)]
    st.caption(_how_many(accounts, found, sought))
    if found:
        _table(found, visit.workspace.store.sessions.last_sign_ins(), visit)


def _table(found: Sequence[Account], signed_in: Mapping[str, dt.datetime], visit: Visit) -> None:
    place = st.container(key="bred-anvandare")
    pages = -(-len(found) // PAGE)
    page = st.pagination(pages, key="anv-sida") if pages > 1 else 1
    day = today()
    with place:
        show_rows(
            [
                {
                    "Namn": plain(account.name),
                    "Användarnamn": literal(account.login),
                    "Roller": plain("; ".join(role_words(g, visit) for g in current(account, day)))
                    or "Ingen roll",
                    "Konto": "Aktivt" if account.active else "**Avstängt**",
                    "Senast inloggad": moment(signed_in.get(account.login)),
                }
                for account in found[(page - 1) * PAGE : page * PAGE]
            ],
            key="anvandare",
            alt="Användare",
        )


def _matches(account: Account, sought: str, visit: Visit) -> bool:
    """Every word sought is somewhere in the name, the login or a role that holds."""
    roles = " ".join(role_words(grant, visit) for grant in current(account, today()))
    text = f"{account.name} {account.login} {roles}".casefold()
    return all(word in text for word in sought.casefold().split())


def _how_many(accounts: Sequence[Account], found: Sequence[Account], sought: str) -> str:
    active = sum(account.active for account in accounts)
    told = f"{len(accounts)} användare, {active} med aktivt konto."
    if not sought.strip():
        return told
    return f"{told} {len(found) or 'Ingen'} stämmer med sökningen."


def _demo(visit: Visit) -> None:
    st.info(
        "Det här är demodata: ingen loggar in, och alla kan prova alla roller. "
        "Konton som läggs till här gäller först när inloggning är inställd."
    )
    with st.expander("De roller som går att prova"):
        show_rows(
            [
                {
                    "Visas som": plain(person.title),
                    "Roller": plain("; ".join(role_words(grant, visit) for grant in person.grants)),
                }
                for person in visit.catalogue.demo_people
            ],
            key="provas",
            alt="Roller att prova på demodata",
        )
