"""Attacks by hand-made requests on the running server: closed addresses, other origins and hosts, paths, addresses."""

from __future__ import annotations

import base64
import contextlib
import http.client
import os
from urllib.parse import urljoin, urlsplit

import pytest

Answer = tuple[int, dict[str, str], bytes]


def ask(url: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """Sends the path exactly as it is written."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        # A document is whole; a refused or opened websocket has no end to wait for.
        body = answer.read() if answer.status != 101 else b""
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, body
    finally:
        connection.close()


def handshake(url: str, path: str = "/_stcore/stream", **headers: str) -> int:
    key = base64.b64encode(os.urandom(16)).decode()
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    return ask(
        url, path, **upgrade, **{"Sec-WebSocket-Key": key, "Sec-WebSocket-Protocol": "streamlit"}, **headers
    )[0]


def test_the_server_is_up_and_its_health_open(app_url: str) -> None:
    assert ask(app_url, "/_stcore/health")[0] == 200
    status, headers, body = ask(app_url, "/", accept="text/html")
    assert status == 200
    assert b'lang="sv"' in body
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics?families=cache_memory_bytes",
        "/_stcore/script-health-check",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/message",
        "/_stcore/allowed-message-origins",
        "/component/x/index.html",
        "/app/static/x",
        "/media/0123456789abcdef.csv",
        "/auth/login",
        "/oauth2callback?code=1&state=2",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_addresses_that_are_closed_give_nothing_away(app_url: str, path: str, method: str) -> None:
    status, headers, body = ask(
        app_url, path, method, content_length="0", cookie="hsf_besok=x; hsf_session=y"
    )
    assert status in (404, 405)
    assert len(body) < 100
    assert headers["x-frame-options"] == "DENY"


def test_a_file_can_be_put_only_into_a_session_of_ones_own(app_url: str) -> None:
    assert ask(app_url, "/_stcore/upload_file/en-session/en-fil", "PUT", content_length="0")[0] == 404
    assert ask(app_url, "/_stcore/upload_file/en-session/en-fil", "DELETE")[0] == 404


@pytest.mark.parametrize(
    "origin",
    ["https://ond.example", "http://localhost:1", "http://127.0.0.1", "null", "http://localhost.ond.example"],
)
def test_a_websocket_from_another_origin_is_refused(app_url: str, origin: str) -> None:
    assert handshake(app_url, Origin=app_url) == 101
    assert handshake(app_url, Origin=origin) == 403


def test_another_origin_is_given_no_leave_to_read(app_url: str) -> None:
    for path in ("/", "/_stcore/health", "/_stcore/host-config", "/media/x.csv"):
        _, headers, _ = ask(app_url, path, origin="https://ond.example")
        assert not [name for name in headers if name.startswith("access-control-")]


def test_a_wrong_host_is_refused(app_url: str) -> None:
    port = urlsplit(app_url).port
    assert ask(app_url, "/", Host=f"localhost:{port}", accept="text/html")[0] == 200
    for host in (f"ond.example:{port}", "ond.example", f"127.0.0.1:{port}", "localhost.ond.example", ""):
        status, headers, body = ask(app_url, "/", Host=host, accept="text/html")
        assert status == 421
        assert b"<html" not in body
        assert "set-cookie" not in headers
        assert handshake(app_url, Host=host, Origin=f"http://{host}") == 403
    assert handshake(app_url, Host=f"localhost:{port}", Origin=app_url) == 101


@pytest.mark.parametrize(
    "path",
    [
        "/../../app.py",
        "/..%2f..%2fapp.py",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/../../../../app.py",
        "/static/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/static/%5c..%5c..%5capp.py",
        "/media/..%2f..%2fapp.py",
        "/component/../app.py",
        "/_stcore/bidi-components/..%2fapp.py",
        "/app/static/..%2fapp.py",
        "/C:/Windows/win.ini",
        "/.streamlit/config.toml",
        "/data/roles.toml",
        "/var/hsf_kpi.sqlite3",
        "/static/%00",
    ],
)
def test_no_path_leads_out_to_the_servers_own_files(app_url: str, path: str) -> None:
    status, _, body = ask(app_url, path)
    assert status in (200, 400, 404)
    if status == 200:
        assert body.lstrip().startswith(b"<!--") or b"<!DOCTYPE html>" in body[:3000], (
            "only the document itself"
        )
    for content in (b"import streamlit", b"root:", b"[server]", b"[[role]]", b"SQLite format"):
        assert content not in body


@pytest.mark.parametrize(
    "path",
    [
        "//ond.example/",
        "//ond.example/%2f..",
        "/\\ond.example/",
        "/%5cond.example/",
        "/%2f%2fond.example/",
        "/.ond.example/",
        "/https://ond.example/",
        "/x//ond.example/",
        "/inloggning?till=https://ond.example",
        "/auth/login?provider=https://ond.example",
        "/auth/logout?next=https://ond.example",
        "/oauth2callback?next=https://ond.example",
        "/nyckeltal/?next=//ond.example",
    ],
)
def test_nothing_redirects_to_another_site(app_url: str, path: str) -> None:
    status, headers, _ = ask(app_url, path)
    assert status < 500
    if "location" in headers:
        target = urljoin(app_url, headers["location"])
        assert urlsplit(target).netloc == urlsplit(app_url).netloc
        assert "\\" not in target


def test_huge_addresses_and_headers_are_refused_and_the_server_lives(app_url: str) -> None:
    assert ask(app_url, f"/?enhet={'a' * 9000}")[0] == 414
    for path, headers in ((f"/?enhet={'a' * 1_000_000}", {}), ("/", {"x-stor": "a" * 1_000_000})):
        with contextlib.suppress(ConnectionError, http.client.HTTPException):  # hung up on: just as good
            assert ask(app_url, path, **headers)[0] in (400, 414, 431)
    assert ask(app_url, "/_stcore/health")[0] == 200


def test_every_answer_forbids_framing_guessing_and_keeping(app_url: str) -> None:
    for path in ("/", "/nyckeltal", "/_stcore/health", "/finns-inte", "/media/x", "/_stcore/metrics"):
        _, headers, _ = ask(app_url, path, accept="text/html")
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_what_a_proxy_says_about_tls_makes_cookies_stricter(app_url: str) -> None:
    _, headers, _ = ask(app_url, "/", accept="text/html", x_forwarded_proto="https")
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    assert headers["set-cookie"].startswith("__Host-hsf_besok=")
    assert "; Secure" in headers["set-cookie"]
