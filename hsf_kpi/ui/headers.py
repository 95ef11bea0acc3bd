"""Security headers on every answer: what the browser may load, embed and send on. docs/security.md lists them."""

from __future__ import annotations

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' ws: wss:",
    "worker-src": "'self' blob:",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "object-src": "'none'",
}
"""Without inline scripts and without eval; a document's own inline scripts are let in by their hashes."""

FIXED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}
CLOSED = ("/_stcore/metrics",)
"""Streamlit answers these to anyone; nobody outside the server needs them."""

_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


def content_policy(html: str = "") -> str:
    """The Content-Security-Policy for a document: its inline scripts by hash, computed from the very text that is sent."""
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode()}'"
        for script in _INLINE.findall(html)
    ]
    policy = POLICY | {"script-src": " ".join((POLICY["script-src"], *hashes))}
    return "; ".join(f"{name} {value}" for name, value in policy.items())


class SecurityHeaders:
    """ASGI middleware. A policy that a document has set for itself stands."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        secure = scope.get("scheme") == "https" or (b"x-forwarded-proto", b"https") in scope["headers"]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in FIXED.items():
                    headers[name] = value
                headers.setdefault("content-security-policy", content_policy())
                if secure:
                    headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
            await send(message)

        if scope["path"].endswith(CLOSED):
            await PlainTextResponse("Not found", 404)(scope, receive, send_with_headers)
            return
        await self.app(scope, receive, send_with_headers)
