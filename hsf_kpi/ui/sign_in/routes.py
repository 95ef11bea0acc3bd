"""The two addresses that set and clear the session's cookie. Everything else about a page goes over the websocket."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hsf_kpi.model.problems import HsfError
from hsf_kpi.settings import read_settings
from hsf_kpi.ui.sign_in import cookies
from hsf_kpi.ui.sign_in.browser import now
from hsf_kpi.ui.sign_in.hours import ends_at
from hsf_kpi.ui.sign_in.script import SIGN_IN, SIGN_OUT
from hsf_kpi.ui.warm import workspace

_LONGEST = 512
"""Bytes. A ticket is 43 characters."""


async def sign_in(request: Request) -> Response:
    """Redeems a ticket and gives the browser a session of its own. The secret is made here: a cookie that was there
    before never becomes a session.
    """
    body = await _body_of(request)
    ticket = body.get("biljett") if body is not None else None
    if not isinstance(ticket, str):
        return _refused(400, "Begäran går inte att tolka.")
    secret = cookies.new_secret()
    secure = _secure(request)
    before = cookies.secret_in(request.cookies, secure)
    device = request.cookies.get(cookies.SECURE_DEVICE if secure else cookies.DEVICE, "")

    def redeem() -> tuple[str, ...]:
        store, at = workspace().store, now()
        session = store.sessions.redeem(cookies.kept(ticket), cookies.kept(secret), ends_at(at), at)
        if session is None:
            return ()
        _end(before)
        # One that we have not made (planted, or forgotten by now) is not taken over.
        own = device if store.throttle.knows(cookies.kept(device)) else cookies.new_secret()
        store.throttle.remember(session.login, cookies.kept(own), at)
        return cookies.setting(secret, secure, session.ends, at), cookies.setting_device(own, secure)

    return await _answer(redeem, "Inloggningen tog för lång tid eller är redan använd. Logga in igen.")


async def sign_out(request: Request) -> Response:
    """Takes back the cookie of a session that has ended (and ends it, should it still hold). 409 when the browser carries
    another one by now.
    """
    body = await _body_of(request)
    dead = body.get("avslutad") if body is not None else None
    if not isinstance(dead, str):
        return _refused(400, "Begäran går inte att tolka.")
    secure = _secure(request)
    secret = cookies.secret_in(request.cookies, secure)
    if secret is not None and cookies.kept(secret) != dead:
        return _refused(409, "En annan inloggning gäller nu.")

    def end() -> tuple[str, ...]:
        _end(secret)
        return (cookies.clearing(secure),)

    return await _answer(end, "")


ROUTES = [
    Route(path, endpoint, methods=["POST"])
    for name, endpoint in ((SIGN_IN, sign_in), (SIGN_OUT, sign_out))
    # Also below the address that the app is served under (server.baseUrlPath).
    for path in (f"/{name}", f"/{{base:path}}/{name}")
]


async def _answer(work: Callable[[], tuple[str, ...]], refusal: str) -> Response:
    """What the work says are the cookies of the answer; none refuses."""
    try:
        if read_settings().sign_in.way != "local":
            return _refused(404, "Finns inte.")
        cookies_set = await run_in_threadpool(work)
    except HsfError:
        return _refused(503, "Databasen går inte att använda just nu. Försök igen om en stund.")
    if not cookies_set:
        return _refused(403, refusal)
    response = Response(status_code=204, headers={"cache-control": "no-store"})
    for cookie in cookies_set:
        response.headers.append("set-cookie", cookie)
    return response


async def _body_of(request: Request) -> dict[str, object] | None:
    """The JSON object in a small request from one of our own pages; None for anything else."""
    if (
        not _from_our_page(request)
        or request.headers.get("content-type", "").split(";")[0] != "application/json"
    ):
        return None
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST:
            return None
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _from_our_page(request: Request) -> bool:
    """A browser always says where a POST comes from: one without an origin, or with another, is not from our page."""
    origin = urlsplit(request.headers.get("origin", ""))
    told_https = cookies.is_secure(
        {"x-forwarded-proto": request.headers.get("x-forwarded-proto", "")}, request.url.scheme
    )
    return (
        request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
        and origin.netloc.lower() == request.headers.get("host", "").lower()
        and (origin.scheme == "https" or (origin.scheme == "http" and not told_https))
    )


def _secure(request: Request) -> bool:
    return cookies.is_secure(request.headers, request.url.scheme)


def _end(secret: str | None) -> None:
    """Ends the session of a secret, if it has one."""
    if secret is None:
        return
    sessions = workspace().store.sessions
    found = sessions.valid(cookies.kept(secret), now())
    if found is not None:
        account, session = found
        sessions.end(session.number, account.login)


def _refused(status: int, why: str) -> Response:
    return JSONResponse({"fel": why}, status, headers={"cache-control": "no-store"})
