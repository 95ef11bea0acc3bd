"""The addresses for those who run the server. None asks who is looking, and none tells what a person may not know."""

from __future__ import annotations

import hmac

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from hsf_kpi.model.problems import HsfError
from hsf_kpi.operations import metrics
from hsf_kpi.settings import read_settings
from hsf_kpi.ui.operations.ready import answer

_NOT_KEPT = {"cache-control": "no-store"}


async def healthz(_request: Request) -> Response:
    """The process lives. Nothing else is asked: a server without its database is not to be started anew for that."""
    return PlainTextResponse("ok", headers=_NOT_KEPT)


async def readyz(_request: Request) -> Response:
    """Whether visitors may be sent here: 200, or 503."""
    ready, told = await run_in_threadpool(answer)
    return JSONResponse(told, 200 if ready else 503, headers=_NOT_KEPT)


async def prometheus(request: Request) -> Response:
    """Closed unless a token is set and given: then nobody can tell whether the address is there."""
    if not _has_token(request):
        return PlainTextResponse("Finns inte.", 404, headers=_NOT_KEPT)
    text = await run_in_threadpool(metrics.text)
    return Response(text, media_type=CONTENT_TYPE_LATEST, headers=_NOT_KEPT)


def _has_token(request: Request) -> bool:
    try:
        token = read_settings().operations.metrics_token
    except HsfError:
        return False
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


ROUTES = [
    Route(path, endpoint, methods=["GET"])
    for name, endpoint in (("healthz", healthz), ("readyz", readyz), ("metrics", prometheus))
    # Also below the address that the app is served under (server.baseUrlPath).
    for path in (f"/{name}", f"/{{base:path}}/{name}")
]
