"""Every request gets an id: the proxy's, if it has given one, else our own. The answer carries it, and so does each line in
the log that is written meanwhile.
"""

from __future__ import annotations

import logging
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hsf_kpi.operations import trail

HEADER = "x-request-id"
_FAILS = 500
_EXPECTED = "/readyz"
"""Its 503 is an answer, not a fault, and comes every few seconds."""
_log = logging.getLogger(__name__)


class RequestId:
    """ASGI middleware. A fault is answered here, with its id, and goes no further. Of a websocket, the id of its beginning:
    the runs of its pages carry it (`runs.py`).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        mine = trail.request_id(Headers(scope=scope).get(HEADER))
        # Not taken back afterwards: the server logs what the app raised in the same task, and ends it.
        trail.note(request=mine)
        begun, answered = time.perf_counter(), False

        async def send_with_id(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                MutableHeaders(raw=message["headers"])[HEADER] = mine
                _tell(scope["path"], message["status"], time.perf_counter() - begun)
            await send(message)

        kept = [(name, value) for name, value in scope["headers"] if name != HEADER.encode()]
        given = {**scope, "headers": [*kept, (HEADER.encode(), mine.encode())]}
        if scope["type"] == "websocket":
            await self.app(given, receive, send)
            return
        try:
            await self.app(given, receive, send_with_id)
        except Exception:
            _log.exception("a request failed", extra={"code": mine})
            if answered:
                raise  # half an answer is on its way: the server breaks the connection
            await PlainTextResponse(f"Något gick fel. Felkod {mine}.", 500)(given, receive, send_with_id)


def _tell(path: str, status: int, seconds: float) -> None:
    """The first part of the path: further parts may name a session or a file, and what follows a ? what is looked at."""
    level = logging.WARNING if status >= _FAILS and not path.endswith(_EXPECTED) else logging.DEBUG
    if _log.isEnabledFor(level):
        first = path.lstrip("/").split("/", 1)[0]
        _log.log(level, "answered /%s", first, extra={"status": status, "ms": round(seconds * 1000, 1)})
