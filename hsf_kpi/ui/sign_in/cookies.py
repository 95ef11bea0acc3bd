"""The cookie that carries a session: names, reading, writing, and what is kept of its secret on the server."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping

SESSION = "hsf_session"
"""Over plain HTTP (a machine of one's own, a test)."""
SECURE_SESSION = "__Host-hsf_session"
"""Behind TLS: the prefix makes browsers refuse one that another host or a plain connection has set."""
DEVICE = "hsf_enhet"
SECURE_DEVICE = "__Host-hsf_enhet"
"""A browser that has signed in before: nobody else's wrong passwords make it wait (store/throttle.py). Signs nobody in."""
DEVICE_SECONDS = 180 * 24 * 3600
VISITOR = "hsf_besok"
"""On demo data, where nobody signs in: whose browser a download was made for (ui/gate.py)."""
OIDC_USER = "_streamlit_user"
"""Streamlit's own, signed: the claims of the ID token. Split into several when it is long: `_streamlit_user_1` …"""

_BYTES = 32


def name_of(secure: bool) -> str:
    return SECURE_SESSION if secure else SESSION


def is_secure(headers: Mapping[str, str], scheme: str = "") -> bool:
    """Whether the browser came over TLS: by the connection's own scheme, by the proxy's word, or, on a websocket, by
    the page's origin. A client that lies only gets stricter cookies for itself. `headers` has lower-case names.
    """
    told = headers.get("x-forwarded-proto", "").split(",")[0].strip().lower()
    return (
        scheme in ("https", "wss")
        or told in ("https", "wss")
        or headers.get("origin", "").lower().startswith("https://")
    )


def new_secret() -> str:
    """256 random bits, as text."""
    return secrets.token_urlsafe(_BYTES)


def kept(secret: str) -> str:
    """What the server keeps of a secret: its SHA-256 in hex. It is random and long, so a plain hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def secret_in(cookies: Mapping[str, str], secure: bool) -> str | None:
    """The session's secret in a request; None when there is none. Behind TLS the plain name does not count."""
    return cookies.get(name_of(secure)) or None


def setting(secret: str, secure: bool, ends: dt.datetime, now: dt.datetime) -> str:
    """The Set-Cookie that gives the browser the secret until the session ends."""
    seconds = max(0, int((ends - now).total_seconds()))
    return _header(secret, secure, seconds)


def device_in(cookies: Mapping[str, str], secure: bool) -> str:
    """What the server keeps of the browser's own secret; "" for a browser without one."""
    secret = cookies.get(SECURE_DEVICE if secure else DEVICE)
    return kept(secret) if secret else ""


def setting_device(secret: str, secure: bool) -> str:
    """The Set-Cookie that gives the browser a secret of its own, or lengthens its life."""
    return _header(secret, secure, DEVICE_SECONDS, SECURE_DEVICE if secure else DEVICE)


def clearing(secure: bool) -> str:
    """The Set-Cookie that takes it back."""
    return _header("", secure, 0)


def _header(value: str, secure: bool, seconds: int, name: str = "") -> str:
    """SameSite=Lax: a link in a letter opens signed in, and no other site's form or picture carries the cookie."""
    parts = [f"{name or name_of(secure)}={value}", "Path=/", f"Max-Age={seconds}", "HttpOnly", "SameSite=Lax"]
    return "; ".join([*parts, "Secure"] if secure else parts)
