"""Accounts and passwords of our own: a form, a session on the server, a cookie that only carries its secret."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.access.identity import identity_of
from hsf_kpi.model.account import Account, Session
from hsf_kpi.ui.own_keys import own_keys
from hsf_kpi.ui.sign_in import browser, cookies, script
from hsf_kpi.ui.sign_in.account import about_account, account_controls
from hsf_kpi.ui.sign_in.login_form import login_form
from hsf_kpi.ui.sign_in.page import show, sign_in_page
from hsf_kpi.ui.sign_in.password_form import password_form
from hsf_kpi.ui.sign_in.port import SignedIn
from hsf_kpi.ui.sign_in.verify import NotVerified, ticket_for, verify
from hsf_kpi.workspace import Workspace


class LocalWay:
    def signed_in(self, workspace: Workspace) -> SignedIn | None:
        held = _held(workspace)
        browser.keep_for(held[0].login if held else None)
        if held is None or held[0].must_change:
            return None
        account, session = held
        return SignedIn(identity_of(account), session.number, session.ends)

    def form(self, workspace: Workspace) -> None:
        held = _held(workspace)
        if held is None:
            _sign_in(workspace)
        else:
            _must_change(workspace, held[0])

    def controls(self, workspace: Workspace, signed_in: SignedIn) -> None:
        account_controls(signed_in, lambda: _sign_out(workspace), lambda: _my_account(workspace, signed_in))

    def in_links(self, workspace: Workspace, signed_in: SignedIn) -> str | None:
        return None


def _held(workspace: Workspace) -> tuple[Account, Session] | None:
    secret = browser.secret()
    if secret is None:
        return None
    found = workspace.store.sessions.valid(cookies.kept(secret), browser.now())
    return found if found is not None and found[1].way == "local" else None


def _sign_in(workspace: Workspace) -> None:
    with sign_in_page("Logga in"):
        told = st.container()
        typed = login_form()
        if typed is None:
            _tell(told)
            return
        address = browser.address()
        try:
            account = verify(workspace.store, *typed, address, browser.now(), browser.device())
        except NotVerified as error:
            with told:
                show(error)
            return
        with told:
            script.hand_over(ticket_for(workspace.store, account, address, browser.now()))


def _tell(place: st.delta_generator.DeltaGenerator) -> None:
    """Why the person is here: signed out, or no longer signed in. A dead cookie is taken back."""
    secret = browser.secret()
    message = browser.told() or (browser.ENDED if secret is not None else "")
    if message:
        place.info(message)
    if secret is not None:
        with place:
            script.take_back(cookies.kept(secret))


def _must_change(workspace: Workspace, account: Account) -> None:
    with sign_in_page("Välj ett eget lösenord"):
        st.markdown(
            "Lösenordet som du loggade in med har bestämts av någon annan. Byt det innan du går vidare."
        )
        password_form(workspace.store, account)
        st.button("Logga ut", key="hsf-logga-ut", on_click=_sign_out, args=(workspace,))


def _sign_out(workspace: Workspace) -> None:
    try:
        held = _held(workspace)
        if held is not None:
            workspace.store.sessions.end(held[1].number, held[0].login)
    finally:
        # Also when the database is gone: what was shown is not shown to who comes after.
        browser.drop()
    browser.tell(browser.OUT)


def _my_account(workspace: Workspace, signed_in: SignedIn) -> None:
    held = _held(workspace)
    if held is None or held[0].login != signed_in.identity.login:
        st.rerun()
        return
    about_account(workspace, held[0], signed_in)
    own_keys(workspace, held[0])
    st.header("Byt lösenord", anchor=False)
    password_form(workspace.store, held[0])
