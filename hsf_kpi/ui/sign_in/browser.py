"""What the server knows of the browser at the other end, and what is kept of it in the session's state.

Cookies and headers are those of the websocket's handshake: a reconnect brings new ones, and everything is checked
again at the next run.
"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from hsf_kpi.ui.sign_in import cookies

_WHO = "hsf_signed_in"
_TOLD = "hsf_told"
_LOCAL = "127.0.0.1"
ENDED = "Inloggningen gäller inte längre: den har gått ut eller avslutats, eller så har kontot ändrats. Logga in igen."
OUT = "Du är utloggad."


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def secret() -> str | None:
    """The secret in our own session cookie."""
    secure = cookies.is_secure({name.lower(): value for name, value in st.context.headers.items()})
    return cookies.secret_in(st.context.cookies.to_dict(), secure)


def device() -> str:
    """What the server keeps of this browser's own secret; "" before its first sign-in."""
    secure = cookies.is_secure({name.lower(): value for name, value in st.context.headers.items()})
    return cookies.device_in(st.context.cookies.to_dict(), secure)


def address() -> str:
    """The other end of the connection. Behind a proxy the server (uvicorn) takes the address that the proxy tells, from
    those proxies only that FORWARDED_ALLOW_IPS names; nobody else's word counts.
    """
    return st.context.ip_address or _LOCAL


def keep_for(login: str | None) -> None:
    """Drops everything kept for somebody else, before anything of it is used. `login`: who is signed in now."""
    known = st.session_state.get(_WHO)
    if known is not None and known != login:
        drop()
        if login is None:
            tell(ENDED)
    if login is not None:
        st.session_state[_WHO] = login
        st.session_state.pop(_TOLD, None)


def drop() -> None:
    for key in list(st.session_state):
        del st.session_state[key]


def tell(message: str) -> None:
    """Kept until somebody signs in: what the sign-in page says first."""
    st.session_state[_TOLD] = message


def told() -> str:
    return str(st.session_state.get(_TOLD, ""))
