"""What the server adds around the pages: the document's language and head, who gets what, warm-up."""

from __future__ import annotations

import gc
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hsf_kpi.model.problems import HsfError
from hsf_kpi.settings import Operations, read_settings
from hsf_kpi.ui.document import HEAD
from hsf_kpi.ui.document.early import early_links
from hsf_kpi.ui.gate import Gate
from hsf_kpi.ui.headers import AllowedHosts, SecurityHeaders, content_policy
from hsf_kpi.ui.operations.request import RequestId
from hsf_kpi.ui.pinned import demand_pinned


def middleware() -> list[Middleware]:
    """What stands in front of Streamlit, outermost first: every answer gets the headers, also a refusal."""
    hosts: tuple[str, ...] = ()
    ancestors: tuple[str, ...] = ()
    with suppress(HsfError):  # told on every page instead, and no page shows anything else
        settings = read_settings()
        hosts, ancestors = settings.allowed_hosts, settings.frame_ancestors
    return [
        Middleware(SecurityHeaders, ancestors=ancestors),
        Middleware(RequestId),
        Middleware(AllowedHosts, hosts=hosts),
        Middleware(Gate),
        Middleware(SwedishDocument, ancestors=ancestors),
    ]


def swedish_document(html: str) -> str:
    """index.html with lang="sv" and what document.py puts into its head."""
    html = re.sub(r'<html\s+lang="[^"]*"', '<html lang="sv"', html, count=1)
    html = re.sub(r'\s*<link rel="service-desc"[^>]*>', "", html)  # leads to the agent API, which is closed
    html = re.sub(r"<noscript>.*?</noscript>", _NOSCRIPT, html, flags=re.DOTALL)
    return html.replace("<head>", f"<head>{HEAD}", 1).replace("</head>", f"{EARLY}</head>", 1)


EARLY = early_links()
_NOSCRIPT = "<noscript>Slå på JavaScript i webbläsaren för att använda HSF nyckeltal.</noscript>"


class SwedishDocument:
    """ASGI middleware: rewrites HTML documents, leaves everything else as it is."""

    def __init__(self, app: ASGIApp, ancestors: Sequence[str] = ()) -> None:
        self.app = app
        self.ancestors = tuple(ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not _asks_for_html(scope):
            await self.app(scope, receive, send)
            return
        # A compressed or unchanged document can't be rewritten: ask the app for a plain one.
        scope = dict(scope)
        scope["headers"] = [
            (k, v)
            for k, v in scope["headers"]
            if k not in (b"accept-encoding", b"if-none-match", b"if-modified-since")
        ]
        await self.app(scope, receive, _Rewriter(send, self.ancestors))


def _asks_for_html(scope: Scope) -> bool:
    return any(k == b"accept" and b"text/html" in v for k, v in scope["headers"])


class _Rewriter:
    """Holds an HTML response back until it is whole, rewrites it and sends it on."""

    def __init__(self, send: Send, ancestors: Sequence[str]) -> None:
        self.send = send
        self.ancestors = ancestors
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            content_type = MutableHeaders(raw=message["headers"]).get("content-type", "")
            if content_type.startswith("text/html"):
                self.start = message
                return
        if self.start is None or message["type"] != "http.response.body":
            await self.send(message)
            return
        self.body += message.get("body", b"")
        if message.get("more_body"):
            return
        html = swedish_document(self.body.decode("utf-8"))
        body = html.encode("utf-8")
        headers = MutableHeaders(raw=self.start["headers"])
        headers["content-security-policy"] = content_policy(html, self.ancestors)
        headers["content-length"] = str(len(body))
        headers["content-language"] = "sv"
        if "etag" in headers:
            del headers["etag"]
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Imports and opens everything before the first visitor, and takes it out of later garbage collections. Closes it when
    the server is stopped.

    SettingsError, and no server, when an option that guards something has been changed.
    """
    from hsf_kpi.ui.operations import gauges, stopping
    from hsf_kpi.ui.warm import warm_up

    demand_pinned()
    warm_up()
    gc.collect()
    gc.freeze()
    # Answers are kept by the hundred thousand small values: the default thresholds walk them all several times a click.
    gc.set_threshold(100_000, 20, 50)
    gauges.register()
    stopping.take_over(stop_seconds())
    try:
        yield {}
    finally:
        # Beside the loop: it still has to tell the browsers, and to count the time.
        await run_in_threadpool(stopping.clear_up)


def stop_seconds() -> int:
    try:
        return read_settings().operations.stop_seconds
    except HsfError:
        return Operations().stop_seconds
