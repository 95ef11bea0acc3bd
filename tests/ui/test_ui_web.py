"""The document around the pages: Swedish, whole, and nothing else touched."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from hsf_kpi.ui.document import HEAD, SCRIPTS
from hsf_kpi.ui.headers import FIXED, AllowedHosts, SecurityHeaders, content_policy
from hsf_kpi.ui.web import SwedishDocument, swedish_document

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")


def test_streamlits_own_document_becomes_swedish() -> None:
    html = swedish_document(INDEX)
    assert '<html lang="sv"' in html
    assert "service-desc" in INDEX
    assert "service-desc" not in html
    assert 'lang="en"' not in html
    assert "You need to enable JavaScript" not in html
    assert [html.count(script) for script in SCRIPTS] == [1] * len(SCRIPTS)
    assert all(html.index(script) < html.index('type="module"') for script in SCRIPTS)


class Answer:
    def __init__(self, start: dict[str, Any], body: bytes) -> None:
        self.status = start.get("status")
        self.kind = start["type"]
        self.headers = {k.decode(): v.decode() for k, v in start.get("headers", ())}
        self.body = body


def get(
    path: str,
    *,
    hosts: tuple[str, ...] = (),
    ancestors: tuple[str, ...] = (),
    kind: str = "http",
    **headers: str,
) -> Answer:
    """One GET through the middleware, without a server."""

    async def page(request: Request) -> Response:
        return HTMLResponse('<html lang="en"><head></head><body>å</body></html>', headers={"etag": '"1"'})

    async def data(request: Request) -> Response:
        return JSONResponse({"encoding": request.headers.get("accept-encoding")})

    app = Starlette(
        routes=[Route("/", page), Route("/data", data)],
        middleware=[
            Middleware(SecurityHeaders, ancestors=ancestors),
            Middleware(AllowedHosts, hosts=hosts),
            Middleware(SwedishDocument, ancestors=ancestors),
        ],
    )
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": kind, "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
        "scheme": "http", "server": ("localhost", 80), "http_version": "1.1",
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
    }  # fmt: skip
    # In a thread of its own: a browser test before may have left a running loop in the main thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    return Answer(sent[0], b"".join(m.get("body", b"") for m in sent[1:]))


def test_a_document_is_rewritten_with_the_right_length() -> None:
    answer = get("/", accept="text/html")
    assert answer.body.startswith(b'<html lang="sv"><head><script>')
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert answer.headers["content-language"] == "sv"
    assert "etag" not in answer.headers


def test_what_is_no_document_passes_untouched() -> None:
    assert json.loads(get("/data", accept="text/html", accept_encoding="gzip").body) == {"encoding": None}
    assert json.loads(get("/data", accept="*/*", accept_encoding="gzip").body) == {"encoding": "gzip"}
    assert get("/", accept="*/*").headers["etag"] == '"1"'


def test_every_answer_carries_the_headers() -> None:
    for path, accept in (("/", "text/html"), ("/data", "*/*"), ("/finns-inte", "*/*")):
        answer = get(path, accept=accept)
        assert {name: answer.headers[name] for name in FIXED} == FIXED
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "strict-transport-security" not in answer.headers
    assert "strict-transport-security" in get("/data", accept="*/*", x_forwarded_proto="https").headers


def test_a_documents_inline_scripts_are_let_in_by_hash_and_no_others() -> None:
    answer = get("/", accept="text/html")
    script_src = answer.headers["content-security-policy"].split("script-src ")[1].split(";")[0]
    assert "unsafe" not in script_src
    assert script_src.count("sha256-") == HEAD.count("<script>") > 0
    assert "sha256-" not in get("/data", accept="*/*").headers["content-security-policy"]
    assert content_policy("<script>1</script>") != content_policy("<script>2</script>")
    assert "sha256-" not in content_policy('<script src="a.js"></script>')


def test_the_policy_lets_a_page_talk_to_its_own_server_and_nobody_else() -> None:
    policy = dict(part.split(" ", 1) for part in content_policy().split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["connect-src"] == policy["form-action"] == policy["script-src"] == "'self'"
    for sources in policy.values():
        assert not {"*", "http:", "https:", "ws:", "wss:", "'unsafe-eval'"} & set(sources.split())


def test_only_the_origins_that_are_named_may_frame_a_page() -> None:
    two = ("https://a.exempel.se", "https://b.exempel.se:8443")
    for path, accept in (("/", "text/html"), ("/data", "*/*"), ("/finns-inte", "*/*")):
        named, nobody = get(path, ancestors=two, accept=accept), get(path, accept=accept)
        assert f"frame-ancestors {' '.join(two)};" in named.headers["content-security-policy"]
        assert "x-frame-options" not in named.headers
        assert "frame-ancestors 'none';" in nobody.headers["content-security-policy"]
        assert nobody.headers["x-frame-options"] == "DENY"
        rest = {
            name: value
            for name, value in nobody.headers.items()
            if name in FIXED and name != "x-frame-options"
        }
        assert rest.items() <= named.headers.items(), "nothing else is loosened"


def test_only_streamlits_own_files_are_kept() -> None:
    for path, accept in (
        ("/", "text/html"),
        ("/data", "*/*"),
        ("/finns-inte", "*/*"),
        ("/static/x.js", "*/*"),
    ):
        assert get(path, accept=accept).headers["cache-control"] == "no-store"


def test_a_host_that_is_not_ours_gets_nothing() -> None:
    ours = ("nyckeltal.exempel.se", "intra.exempel.se")
    for host in ("nyckeltal.exempel.se", "NYCKELTAL.exempel.se.", "intra.exempel.se:8443"):
        assert get("/data", hosts=ours, host=host).status == 200
    for host in (
        "ond.exempel.se",
        "",
        "localhost",
        "nyckeltal.exempel.se.ond.se",
        "x@ond.se",
        "[",
        "exempel.se",
    ):
        answer = get("/data", hosts=ours, host=host)
        assert answer.status == 421
        assert b"encoding" not in answer.body
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert get("/data", hosts=ours).status == 421
    assert get("/data", host="vad.som.helst").status == 200
    assert get("/data", hosts=ours, kind="websocket", host="ond.exempel.se").kind == "websocket.close"
