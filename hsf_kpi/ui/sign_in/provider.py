"""What Streamlit's own sign-in needs from us: the client's secrets, and stricter cookies and addresses around it."""

from __future__ import annotations

import re
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from hsf_kpi.model.problems import HsfError
from hsf_kpi.settings import Oidc, read_settings
from hsf_kpi.ui.sign_in import cookies

_ROUTES = ("/auth/login", "/auth/logout", "/oauth2callback")
_OURS_ONLY = "/auth/logout"
_MAX_AGE = re.compile(r"(?i)(;\s*max-age=)(\d+)")
_SECURE = re.compile(r"(?i);\s*secure\b")


def auth_section() -> dict[str, Any] | None:
    """The secrets for st.App; None on other ways. A fault in the settings is told on the page, not here."""
    oidc = _oidc()
    if oidc is None:
        return None
    return {
        "auth": {
            "redirect_uri": oidc.redirect_url,
            "cookie_secret": oidc.cookie_secret,
            "client_id": oidc.client_id,
            "client_secret": oidc.client_secret,
            "server_metadata_url": oidc.metadata_url,
        }
    }


def share_cookie_secret() -> None:
    """Streamlit signs what it remembers between the way to the provider and the way back before it has read our
    secrets, so with one of its own making: another server could not read it. Call it when st.App has been made.
    """
    if (oidc := _oidc()) is not None:
        config.set_option("server.cookieSecret", oidc.cookie_secret)


def _oidc() -> Oidc | None:
    try:
        return read_settings().sign_in.oidc
    except HsfError:
        return None


class ProviderCookies:
    """ASGI middleware. Streamlit's cookies live thirty days and are sent without TLS too: here as long as a session, and
    Secure behind TLS. Its sign-in addresses are closed on other ways, and only our own pages sign anybody out.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["path"].endswith(_ROUTES) and not _open(scope["path"], headers):
            await PlainTextResponse("Finns inte.", 404)(scope, receive, send)
            return
        secure = cookies.is_secure(headers, scope["scheme"])

        async def send_with_rules(message: Message) -> None:
            if message["type"] == "http.response.start":
                _rewrite(MutableHeaders(raw=message["headers"]), secure)
            await send(message)

        await self.app(scope, receive, send_with_rules)


def _open(path: str, headers: Headers) -> bool:
    if _way_and_hours()[0] != "oidc":
        return False
    return not path.endswith(_OURS_ONLY) or headers.get("sec-fetch-site", "none") in ("same-origin", "none")


def _rewrite(headers: MutableHeaders, secure: bool) -> None:
    found = headers.getlist("set-cookie")
    if not any(cookie.startswith("_streamlit") for cookie in found):
        return
    longest = _way_and_hours()[1] * 3600
    del headers["set-cookie"]
    for cookie in found:
        headers.append(
            "set-cookie", strict(cookie, secure, longest) if cookie.startswith("_streamlit") else cookie
        )


def strict(cookie: str, secure: bool, longest: int) -> str:
    """The Set-Cookie with at most `longest` seconds to live, and Secure behind TLS."""
    cookie = _MAX_AGE.sub(lambda found: f"{found[1]}{min(int(found[2]), longest)}", cookie)
    return f"{cookie}; Secure" if secure and not _SECURE.search(cookie) else cookie


def _way_and_hours() -> tuple[str, int]:
    """A fault in the settings closes what it decides."""
    try:
        sign_in = read_settings().sign_in
    except HsfError:
        return "", 1
    return sign_in.way, sign_in.hours
