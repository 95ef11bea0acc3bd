"""Signing in at an OpenID provider, with a session of our own on top.

Streamlit keeps the ID token's claims in a signed cookie: it would work for thirty days, after signing out too, and
the token's end is not looked at. Here the first sight of a token begins a session on the server; when that has ended the
token is dead, wherever a copy of the cookie lies.
"""

from __future__ import annotations

import contextlib

import streamlit as st

from hsf_kpi.access.identity import identity_of
from hsf_kpi.model.account import Account, Session
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import DataError, HsfError, NotFound, Problem
from hsf_kpi.operations.metrics import SIGN_INS_REFUSED
from hsf_kpi.settings import Oidc, read_settings
from hsf_kpi.store.throttle import UNKNOWN
from hsf_kpi.ui.own_keys import own_keys
from hsf_kpi.ui.sign_in import browser
from hsf_kpi.ui.sign_in.account import about_account, account_controls
from hsf_kpi.ui.sign_in.claims import Claims, read_claims
from hsf_kpi.ui.sign_in.page import sign_in_page
from hsf_kpi.ui.sign_in.port import SignedIn
from hsf_kpi.ui.sign_in.script import TO_PROVIDER
from hsf_kpi.ui.text import plain
from hsf_kpi.workspace import Workspace

_REFUSED = "hsf_refused"


class OidcWay:
    def signed_in(self, workspace: Workspace) -> SignedIn | None:
        held = _held(workspace, begin=True)
        browser.keep_for(held[0].login if held else None)
        if held is None:
            return None
        account, session = held
        return SignedIn(identity_of(account), session.number, session.ends)

    def form(self, workspace: Workspace) -> None:
        claims = _claims()
        if claims is not None and not _has_account(workspace, claims):
            _no_access(workspace, claims)
            return
        message = browser.told() or (browser.ENDED if claims is not None else "")
        with sign_in_page("Logga in"):
            if message:
                st.info(message)
            st.markdown("Du loggar in med ditt vanliga arbetskonto.")
            st.button("Logga in", key=TO_PROVIDER, on_click=_to_provider)

    def controls(self, workspace: Workspace, signed_in: SignedIn) -> None:
        account_controls(signed_in, lambda: _sign_out(workspace), lambda: _my_account(workspace, signed_in))

    def in_links(self, workspace: Workspace, signed_in: SignedIn) -> str | None:
        return None


def _settings() -> Oidc:
    oidc = read_settings().sign_in.oidc
    if oidc is None:
        raise HsfError(Problem("Inloggning är inte inställd.", "", "Be den som sköter installationen."))
    return oidc


def _claims() -> Claims | None:
    return read_claims(st.user.to_dict(), _settings().claim, read_settings().sign_in.hours)


def _held(workspace: Workspace, *, begin: bool) -> tuple[Account, Session] | None:
    """The account and session of the token in the browser's cookie. begin: a token that is new here begins one."""
    claims, now = _claims(), browser.now()
    if claims is None or claims.login is None or claims.ends <= now:
        return None
    sessions = workspace.store.sessions
    found = sessions.valid(claims.token, now)
    if found is None and begin:
        # Refused: no such account; or the token is used, by another tab a moment ago or up to its session's end.
        with contextlib.suppress(NotFound, DataError):
            sessions.begin(claims.login, "oidc", claims.token, claims.ends, browser.address(), now)
        found = sessions.valid(claims.token, now)
    if found is None or found[0].login != claims.login or found[1].way != "oidc":
        return None
    return found


def _has_account(workspace: Workspace, claims: Claims) -> bool:
    account = workspace.store.accounts.find(claims.login) if claims.login else None
    return account is not None and account.active


def _no_access(workspace: Workspace, claims: Claims) -> None:
    """Known at the provider, not here: who is signed in, that there is no access, and whom to ask."""
    if st.session_state.get(_REFUSED) != claims.token:
        st.session_state[_REFUSED] = claims.token
        SIGN_INS_REFUSED.labels("no_account").inc()
        workspace.store.audit_log.write(UNKNOWN, Event.DENIED, "inloggad hos leverantören, utan konto här")
    with sign_in_page("Du har inte tillgång"):
        st.markdown(
            plain(
                f"Du är inloggad som ”{claims.shown}”, men det kontot har inte tillgång till HSF nyckeltal."
            )
        )
        st.button("Logga ut", key="hsf-logga-ut", on_click=_sign_out, args=(workspace,))


def _to_provider() -> None:
    _settings()
    st.login()


def _sign_out(workspace: Workspace) -> None:
    """Here first, then Streamlit's cookie, then the provider."""
    try:
        held = _held(workspace, begin=False)
        if held is not None:
            workspace.store.sessions.end(held[1].number, held[0].login)
    finally:
        # Also when the database is gone: what was shown is not shown to who comes after.
        browser.drop()
    browser.tell(browser.OUT)
    st.logout()


def _my_account(workspace: Workspace, signed_in: SignedIn) -> None:
    held = _held(workspace, begin=False)
    if held is None or held[0].login != signed_in.identity.login:
        st.rerun()
        return
    about_account(workspace, held[0], signed_in)
    st.markdown("Lösenordet byter du där du har ditt arbetskonto.")
    own_keys(workspace, held[0])
