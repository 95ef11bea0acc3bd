"""What the server lets out over HTTP: Streamlit's own addresses one by one, and files only to the browser they are for.

Streamlit serves /media/<hash> to anyone who has the address, and has more addresses than a dashboard needs. Here every
address under its prefixes is closed unless it is listed, and a file (a picture on a page, a download) goes only to a
request that carries the same cookies as the websocket session which was handed it. docs/security.md lists them all.
"""

from __future__ import annotations

import functools
import os.path
import secrets
import threading
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit import config
from streamlit.runtime import Runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError

from hsf_kpi.ui.sign_in.cookies import OIDC_USER, SECURE_SESSION, SESSION, VISITOR, is_secure
from hsf_kpi.ui.uploads import may_upload

SECURE_VISITOR = f"__Host-{VISITOR}"
"""The visitor cookie behind TLS. It is set with every document and readable by no script: which browser, not who."""
CREDENTIALS = (VISITOR, SECURE_VISITOR, SESSION, SECURE_SESSION, OIDC_USER)
"""The cookies that tell one browser, and one sign-in, from another."""

OPEN = frozenset({"_stcore/health", "_stcore/host-config"})
STREAM = "_stcore/stream"
MEDIA = "media/"
UPLOAD = "_stcore/upload_file/"
CLOSED = ("_stcore/", "media/", "component/", "app/static/")
"""Everything under these is Streamlit's, and answers 404 unless it is named above.

Uploads only for sessions that stand on a page which takes files (ui/uploads.py), from the same browser: Streamlit keeps in
memory whatever any open session sends, also one where nobody has signed in.
"""
LONGEST_QUERY = 8192
"""Bytes. The whole choice in a link is under 300; a sign-in provider's answer is under 4 000."""

LONGEST_HEADERS = 32768
"""Bytes of all headers together, cookies too."""


class Gate:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            if _path(scope) == STREAM and _same_origin(scope):
                ledger()
                await self.app(scope, receive, send)
            else:
                await WebSocketClose(1008)(scope, receive, send)
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        elif sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST_HEADERS:
            await PlainTextResponse("Begäran är för stor.", 431)(scope, receive, send)
        elif len(scope["query_string"]) > LONGEST_QUERY:
            await PlainTextResponse("Adressen är för lång.", 414)(scope, receive, send)
        elif not _let_out(_path(scope), scope):
            await PlainTextResponse("Finns inte.", 404)(scope, receive, send)
        else:
            await self.app(_without_origin(scope), receive, _with_visitor(scope, send))


def _path(scope: Scope) -> str:
    """The path below the address that the app is served under, without the first slash."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    path = str(scope["path"]).lstrip("/")
    return path.removeprefix(f"{base}/") if base else path


def _let_out(path: str, scope: Scope) -> bool:
    if not _is_streamlits(path) or path in OPEN:
        return True
    if path.startswith(MEDIA):
        return may_fetch(path.removeprefix(MEDIA), HTTPConnection(scope).cookies)
    if path.startswith(UPLOAD):
        return may_send(path.removeprefix(UPLOAD), HTTPConnection(scope).cookies)
    return False


def _is_streamlits(path: str) -> bool:
    return f"{path}/".startswith(CLOSED)


def _without_origin(scope: Scope) -> Scope:
    """Streamlit answers other origins with leave to read, and looks up its own address on the internet to judge them.

    Nobody but our own pages has any business here, and they are never another origin.
    """
    if not _is_streamlits(_path(scope)):
        return scope
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"origin"]}


def _same_origin(scope: Scope) -> bool:
    """A browser always says where a websocket comes from; what says nothing is no browser and carries nobody's cookies."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _with_visitor(scope: Scope, send: Send) -> Send:
    """Gives a document's browser its visitor cookie, unless it has one."""
    secure = is_secure(Headers(scope=scope), scope["scheme"])
    name = SECURE_VISITOR if secure else VISITOR
    if HTTPConnection(scope).cookies.get(name):
        return send

    async def send_with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            if headers.get("content-type", "").startswith("text/html"):
                cookie = f"{name}={secrets.token_urlsafe(24)}; Path=/; HttpOnly; SameSite=Lax"
                headers.append("set-cookie", cookie + ("; Secure" if secure else ""))
        await send(message)

    return send_with_cookie


# Whose a file is


def may_fetch(name: str, cookies: Mapping[str, str]) -> bool:
    """Whether a request with these cookies comes from a browser that the file was made for. `name` as in /media/<name>."""
    if not Runtime.exists():
        return False
    return any(_is_own(session, cookies) for session in ledger().sessions(os.path.splitext(name)[0]))


def may_send(path: str, cookies: Mapping[str, str]) -> bool:
    """Whether a file may be sent to the session that the path names, by a request with these cookies. `path` as in
    /_stcore/upload_file/<path>: the session and the file.
    """
    session, _, file = path.partition("/")
    return bool(file) and "/" not in file and may_upload(session) and _is_own(session, cookies)


def _is_own(session: str, cookies: Mapping[str, str]) -> bool:
    """Whether the session's websocket is open and was opened with the same credentials."""
    client = Runtime.instance().get_client(session) if Runtime.exists() else None
    context = client.client_context if client is not None else None
    return context is not None and same_browser(context.cookies, cookies)


def same_browser(opened_with: Mapping[str, str], asks_with: Mapping[str, str]) -> bool:
    """Every credential that the websocket was opened with must be there and equal; without any, nobody is the same."""
    held = {name: value for name in CREDENTIALS if (value := opened_with.get(name))}
    return bool(held) and all(
        secrets.compare_digest(value.encode(), asks_with.get(name, "").encode())
        for name, value in held.items()
    )


class Ledger:
    """Which sessions have been handed which file. Streamlit's own list is empty in the middle of a run, and has no
    entry for a file that is made when it is asked for.
    """

    def __init__(self, manager: MediaFileManager, is_active: Callable[[str], bool]) -> None:
        """is_active: whether a session's websocket is open."""
        self._manager = manager
        self._is_active = is_active
        self._lock = threading.Lock()
        self._sessions: dict[str, set[str]] = {}

    def sessions(self, file_id: str) -> frozenset[str]:
        with self._lock:
            return frozenset(self._sessions.get(file_id, ()))

    def note(self, url: str, session: str) -> None:
        """`url`: the address that Streamlit gave the file. What is over is forgotten here too: sessions that have
        ended, and files that Streamlit has let go of.
        """
        file_id = os.path.splitext(url.rpartition("/")[2])[0]
        with self._lock:
            before = self._sessions.get(file_id, set())
            self._sessions[file_id] = {known for known in before if self._is_active(known)} | {session}
            for known in [known for known in self._sessions if not self._is_there(known)]:
                del self._sessions[known]

    def _is_there(self, file_id: str) -> bool:
        try:
            return self._manager.read_file(file_id) is not None
        except MediaFileStorageError:
            return False


def ledger() -> Ledger:
    """The ledger of the running server, kept from the first websocket on. All that is Streamlit's own and not promised
    stands in this function; tests/ui/test_ui_gate.py tells when it no longer fits.
    """
    manager: Any = Runtime.instance().media_file_mgr
    found = getattr(manager, "hsf_ledger", None)
    if isinstance(found, Ledger):
        return found
    with _starting:
        if not hasattr(manager, "hsf_ledger"):
            book = Ledger(manager, Runtime.instance().is_active_session)
            add, execute = manager.add, manager.execute_deferred

            @functools.wraps(add)
            def noted_add(*args: Any, **kwargs: Any) -> str:
                url: str = add(*args, **kwargs)
                book.note(url, _running_session())
                return url

            @functools.wraps(execute)
            def noted_execute(file_id: str) -> str:
                entry = manager._deferred_callables.get(file_id)
                url: str = execute(file_id)
                if entry is not None:
                    book.note(url, entry["session_id"])
                return url

            manager.add, manager.execute_deferred = noted_add, noted_execute
            manager.hsf_ledger = book
        kept: Ledger = manager.hsf_ledger
        return kept


_starting = threading.Lock()


def _running_session() -> str:
    from streamlit.runtime.media_file_manager import _get_session_id

    return _get_session_id()
