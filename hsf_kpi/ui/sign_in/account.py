"""What belongs to the account in «Mer», on the ways where somebody has signed in: who, own account, sign out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from hsf_kpi.model.account import Account
from hsf_kpi.model.role import Grant
from hsf_kpi.ui.sign_in import browser, hours
from hsf_kpi.ui.sign_in.port import SignedIn
from hsf_kpi.ui.text import plain
from hsf_kpi.workspace import Workspace

_WARNED = "hsf_warned"


def account_controls(
    signed_in: SignedIn, sign_out: Callable[[], None], my_account: Callable[[], None]
) -> None:
    """my_account draws the dialog's content. It runs by itself, without the frame, so it checks who asks anew."""
    st.markdown(f":small[Inloggad som **{plain(signed_in.identity.name)}**]")
    if st.button("Mitt konto", key="hsf-mitt-konto"):
        st.dialog("Mitt konto")(my_account)()
    st.button("Logga ut", key="hsf-logga-ut", on_click=sign_out)
    _warn(signed_in)


def _warn(signed_in: SignedIn) -> None:
    """Told once, so that nobody is cut off in the middle of something."""
    ends = signed_in.ends
    if ends is None or not hours.is_soon(ends, browser.now()) or st.session_state.get(_WARNED) == ends:
        return
    st.session_state[_WARNED] = ends
    st.toast(
        f"Inloggningen går ut {hours.clock(ends)}. Logga ut och in igen för att fortsätta längre.",
        duration="infinite",
    )


def about_account(workspace: Workspace, account: Account, signed_in: SignedIn) -> None:
    """Name, login, roles in force, and when the sign-in ends."""
    day = dt.date.today()
    lines = [f"**{plain(account.name)}** ({plain(account.login)})"]
    lines += [_held(workspace, held.grant) for held in account.held if held.grant.holds(day)]
    if signed_in.ends is not None:
        lines.append(f"Inloggningen gäller till {hours.clock(signed_in.ends)}.")
    st.markdown("  \n".join(lines))


def _held(workspace: Workspace, grant: Grant) -> str:
    role = workspace.catalogue.roles.get(grant.role)
    unit = workspace.catalogue.organisation.units.get(grant.unit) if grant.unit else None
    parts = (role.title if role else grant.role, unit.name if unit else "")
    return plain(", ".join(part for part in parts if part))
