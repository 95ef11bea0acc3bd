"""Which addresses are open, and to whom a file goes. The browser tries the rest in tests/e2e/test_attacks_http.py."""

from __future__ import annotations

import asyncio
import inspect
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send
from streamlit.runtime import Runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from hsf_kpi import ROOT
from hsf_kpi.ui import gate, uploads
from hsf_kpi.ui.gate import CREDENTIALS, LONGEST_HEADERS, LONGEST_QUERY, Gate, Ledger, same_browser

SECURITY = (ROOT / "docs" / "security.md").read_text("utf-8")

ROUTES = """
import json, app
built = app.app._build_starlette_app()
print(json.dumps([[type(route).__name__, route.path] for route in built.routes]))
"""


def ask(
    path: str, kind: str = "http", query: bytes = b"", scheme: str = "http", **headers: str
) -> list[Message]:
    """What the gate sends, in front of an app that answers everything with a document."""
    sent: list[Message] = []

    async def behind(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            return
        seen = [[k.decode(), v.decode()] for k, v in scope["headers"]]
        head = [(b"content-type", b"text/html; charset=utf-8")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": json.dumps(seen).encode()})

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": kind, "method": "GET", "path": path, "query_string": query, "scheme": scheme,
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
    }  # fmt: skip
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(Gate(behind)(scope, receive, send))).result()
    return sent


def status(path: str, **rest: Any) -> int:
    return int(ask(path, **rest)[0]["status"])


# Addresses


def test_every_address_that_the_app_answers_is_judged_in_the_documentation() -> None:
    """A new version of Streamlit with a new address, or a new route of ours, has to be thought about first."""
    run = subprocess.run(
        [sys.executable, "-c", ROUTES], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    routes = json.loads(run.stdout.strip().splitlines()[-1])
    assert len(routes) > 15
    for kind, path in routes:
        assert f"| `{path}`" in SECURITY, f"docs/security.md does not judge {kind} {path}"


@pytest.mark.parametrize("path", ["/", "/nyckeltal", "/static/media/typsnitt.woff2", "/static/js/index.js"])
def test_pages_and_streamlits_own_files_are_open(path: str) -> None:
    assert status(path) == 200


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config"])
def test_what_a_page_needs_before_its_websocket_is_open(path: str) -> None:
    assert status(path) == 200


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore",
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "/_stcore/health/mer",
        "/_stcore/script-health-check",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/agent/openapi.json",
        "/_stcore/bidi-components/x/y.js",
        "/_stcore/stream",
        "/_stcore/vad-som-helst-nytt",
        "/component/x/index.html",
        "/app/static/hemligt.txt",
        "/media/abc.csv",
        "/media/",
        "/_stcore/upload_file/en-session/en-fil",
        "//media/abc.csv",
    ],
)
def test_everything_else_of_streamlits_is_closed(path: str) -> None:
    assert status(path) == 404


def test_an_address_of_unreasonable_length_is_refused() -> None:
    assert status("/", query=b"a" * LONGEST_QUERY) == 200
    assert status("/", query=b"a" * (LONGEST_QUERY + 1)) == 414
    assert status("/", cookie="a" * (LONGEST_HEADERS - 6)) == 200
    assert status("/", cookie="a" * LONGEST_HEADERS) == 431


@pytest.mark.parametrize(
    ("path", "headers", "open_"),
    [
        ("/_stcore/stream", {"host": "hsf.example", "origin": "https://hsf.example"}, True),
        ("/_stcore/stream", {"host": "hsf.example:8501", "origin": "http://HSF.example:8501"}, True),
        ("/_stcore/stream", {"host": "hsf.example"}, True),
        ("/_stcore/stream", {"host": "hsf.example", "origin": "https://ond.example"}, False),
        ("/_stcore/stream", {"host": "hsf.example:8501", "origin": "http://hsf.example:9000"}, False),
        ("/_stcore/stream", {"host": "localhost:8501", "origin": "http://127.0.0.1:8501"}, False),
        ("/_stcore/stream", {"host": "hsf.example", "origin": "null"}, False),
        ("/_stcore/annat", {"host": "hsf.example", "origin": "https://hsf.example"}, False),
    ],
)
def test_a_websocket_opens_from_our_own_pages_only(
    path: str, headers: dict[str, str], open_: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "ledger", lambda: None)
    first = ask(path, "websocket", **headers)[0]
    assert first["type"] == ("websocket.accept" if open_ else "websocket.close")


def test_streamlit_never_judges_another_origin() -> None:
    """It would look up its own address on the internet, in the middle of everybody's traffic."""
    answer = ask("/_stcore/health", origin="https://ond.example", accept="*/*")
    assert json.loads(answer[1]["body"]) == [["accept", "*/*"]]
    answer = ask("/sida", origin="https://ond.example")
    assert json.loads(answer[1]["body"]) == [["origin", "https://ond.example"]]


def cookies_set(sent: list[Message]) -> list[str]:
    return [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]


def test_a_document_gives_a_new_browser_its_cookie_and_an_old_one_none() -> None:
    (cookie,) = cookies_set(ask("/"))
    assert cookie.startswith("hsf_besok=")
    assert "; Path=/; HttpOnly; SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert cookie != cookies_set(ask("/"))[0]
    assert cookies_set(ask("/", cookie="hsf_besok=abc")) == []
    (secure,) = cookies_set(ask("/", scheme="https", cookie="hsf_besok=abc"))
    assert secure.startswith("__Host-hsf_besok=")
    assert secure.endswith("; Secure")


# Whose a file is

values = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=";,"), min_size=1)
jars = st.dictionaries(st.sampled_from([*CREDENTIALS, "_streamlit_xsrf", "annan"]), values)


@given(jars, jars)
def test_the_same_browser_has_every_credential_of_the_other_and_at_least_one(
    opened: dict[str, str], asks: dict[str, str]
) -> None:
    held = {name: value for name, value in opened.items() if name in CREDENTIALS}
    expected = bool(held) and all(asks.get(name) == value for name, value in held.items())
    assert same_browser(opened, asks) == expected


def test_a_browser_where_somebody_else_has_signed_in_is_another() -> None:
    first = {"hsf_besok": "webbläsaren", "hsf_session": "forsta"}
    assert same_browser(first, first)
    assert not same_browser(first, first | {"hsf_session": "bo"})
    assert not same_browser(first, {"hsf_session": "forsta"})
    assert not same_browser({}, {})
    assert not same_browser({"hsf_besok": ""}, {"hsf_besok": ""})


def test_a_file_belongs_to_each_session_that_was_handed_it_until_it_has_ended() -> None:
    manager = MediaFileManager(MemoryMediaFileStorage("/media"))
    active = {"a", "b"}
    book = Ledger(manager, active.__contains__)
    first = manager.add(b"bild", "image/png", "1")
    book.note(first, "a")
    book.note(first, "b")
    file_id = first.removeprefix("/media/").removesuffix(".png")
    assert book.sessions(file_id) == {"a", "b"}
    assert book.sessions("annat") == frozenset()
    active.remove("a")
    book.note(first, "b")
    assert book.sessions(file_id) == {"b"}
    manager._storage.delete_file(file_id)
    book.note(manager.add(b"annan bild", "image/png", "2"), "b")
    assert book.sessions(file_id) == frozenset()


def test_streamlit_is_still_built_the_way_that_the_gate_leans_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything private that `ledger` touches; a new version that changes it fails here, not in production."""
    manager = MediaFileManager(MemoryMediaFileStorage("/media"))
    runtime = type("R", (), {"media_file_mgr": manager, "is_active_session": lambda self, session: True})()
    monkeypatch.setattr(Runtime, "_instance", runtime)
    book = gate.ledger()
    assert gate.ledger() is book
    shown = manager.add(b"bild", "image/png", "1")
    assert book.sessions(_id(shown)) == {"dontcare"}
    placeholder = manager.add_deferred(lambda: b"rad;rad", "text/csv", "2", "fil.csv")
    manager._deferred_callables[placeholder]["session_id"] = "forsta"
    made = manager.execute_deferred(placeholder)
    assert book.sessions(_id(made)) == {"forsta"}
    assert list(inspect.signature(MediaFileManager.execute_deferred).parameters) == ["self", "file_id"]
    assert "execute_deferred" in inspect.getsource(
        __import__("streamlit.runtime.backend_operation_handler", fromlist=["x"]).DeferredFileHandler
    )


def _id(url: str) -> str:
    return url.rpartition("/")[2].partition(".")[0]


def test_a_file_is_sent_only_to_a_session_that_may_load_and_from_its_own_browser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Streamlit would keep it in memory: every visitor of the sign-in page has a session."""
    cookies = {"hsf_besok": "x"}
    client = type("Client", (), {"client_context": type("Context", (), {"cookies": cookies})()})()
    runtime = type("R", (), {"get_client": lambda self, session: client})()
    monkeypatch.setattr(Runtime, "_instance", runtime)
    assert gate._is_own("s", cookies)
    assert status("/_stcore/upload_file/s/f", cookie="hsf_besok=x") == 404
    monkeypatch.setattr(uploads, "_open", {"s"})
    assert status("/_stcore/upload_file/s/f", cookie="hsf_besok=x") == 200, "it stands on the page for files"
    for path, cookie in (("s/f", "hsf_besok=y"), ("s/f", ""), ("t/f", "hsf_besok=x"), ("s/", "hsf_besok=x"),
                         ("s/f/g", "hsf_besok=x"), ("s", "hsf_besok=x")):  # fmt: skip
        assert status(f"/_stcore/upload_file/{path}", cookie=cookie) == 404, (path, cookie)


def test_nobody_fetches_from_a_server_without_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Runtime, "_instance", None)
    assert status("/media/abc.csv", cookie="hsf_besok=x") == 404
    assert status("/_stcore/upload_file/s/f", cookie="hsf_besok=x") == 404
