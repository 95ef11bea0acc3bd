"""Security headers on every answer: what the browser may load, embed, keep and send on. docs/security.md lists them."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from hsf_kpi.ui.sign_in.cookies import is_secure

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
"""Without inline scripts, without eval, without frames, and with no other server to send anything to; a document's own
inline scripts are let in by their hashes. Styles: Streamlit writes its own into the page while it runs.
"""

FRAMES = "x-frame-options"
FIXED = {
    "x-content-type-options": "nosniff",
    FRAMES: "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-permitted-cross-domain-policies": "none",
}
KEPT = "/static/"
"""Streamlit's own scripts and fonts: the only answers that a browser or a proxy may keep."""

_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


def content_policy(html: str = "", ancestors: Sequence[str] = ()) -> str:
    """The Content-Security-Policy for a document: its inline scripts by hash, computed from the very text that is sent.
    ancestors: the origins whose pages may show it in a frame.
    """
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode()}'"
        for script in _INLINE.findall(html)
    ]
    policy = POLICY | {"script-src": " ".join((POLICY["script-src"], *hashes))}
    if ancestors:
        policy["frame-ancestors"] = " ".join(ancestors)
    return "; ".join(f"{name} {value}" for name, value in policy.items())


class SecurityHeaders:
    """ASGI middleware. A policy that a document has set for itself stands."""

    def __init__(self, app: ASGIApp, ancestors: Sequence[str] = ()) -> None:
        """ancestors: the origins whose pages may show ours in a frame; X-Frame-Options knows none, and is then left out."""
        self.app = app
        self.policy = content_policy(ancestors=ancestors)
        self.fixed = {name: value for name, value in FIXED.items() if not ancestors or name != FRAMES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        secure = is_secure(Headers(scope=scope), scope["scheme"])
        kept = KEPT in scope["path"]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in self.fixed.items():
                    headers[name] = value
                headers.setdefault("content-security-policy", self.policy)
                if not kept or message["status"] >= 400:
                    headers["cache-control"] = "no-store"
                if secure:
                    headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
            await send(message)

        await self.app(scope, receive, send_with_headers)


class AllowedHosts:
    """ASGI middleware: answers only to the host names that it is given, over HTTP and websockets; none given: to any.

    Against DNS rebinding: a page elsewhere that points its own name here must not reach anything.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str] = ()) -> None:
        self.app = app
        self.hosts = {host.lower().rstrip(".") for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or not self.hosts or self._allowed(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(1008)(scope, receive, send)
        else:
            await PlainTextResponse("Servern svarar inte på det namnet.", 421)(scope, receive, send)

    def _allowed(self, scope: Scope) -> bool:
        named = Headers(scope=scope).getlist("host")
        if len(named) != 1:
            return False
        try:
            host = urlsplit(f"//{named[0]}").hostname or ""
        except ValueError:
            return False
        return host.lower().rstrip(".") in self.hosts
