"""A page on another origin that the setting names shows the dashboard in a frame; one that it does not name stays empty."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import serving


@contextmanager
def intranet(target: dict[str, str]) -> Iterator[str]:
    """A site of its own, whose only page has `target["url"]` in a frame; its origin."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = (
                f'<h1>Intranät</h1><iframe src="{target["url"]}" width="1200" height="800"></iframe>'.encode()
            )
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def sites(economy_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """A site that may frame the dashboard, one that may not, and the dashboard."""
    target = {"url": ""}
    folder: Path = tmp_path_factory.mktemp("framed")
    with intranet(target) as named, intranet(target) as other:
        settings = {"HSF_KPI_DATABASE_URL": economy_database, "HSF_KPI_FRAME_ANCESTORS": named}
        with serving(folder, **settings) as url:
            target["url"] = f"{url}/"
            yield named, other, url


def test_who_is_named_shows_the_page_and_it_works(page: Page, sites: tuple[str, str, str]) -> None:
    named, _, _ = sites
    page.goto(named)
    framed = page.frame_locator("iframe")
    expect(framed.get_by_role("heading", name="Översikt", level=1)).to_be_visible(timeout=30_000)
    # What is drawn comes over the websocket, which the frame has opened too.
    expect(framed.get_by_text("bedömda målvärden nås").first).to_be_visible(timeout=30_000)


def test_who_is_not_named_shows_nothing(page: Page, sites: tuple[str, str, str]) -> None:
    _, other, _ = sites
    with page.expect_event("framenavigated", lambda frame: frame.parent_frame is not None):
        page.goto(other)
    framed = page.frames[1]
    assert "HSF nyckeltal" not in framed.content()
    assert framed.locator("[data-testid=stApp]").count() == 0


def test_the_headers_name_whom_the_setting_names_and_nobody_else(
    page: Page, sites: tuple[str, str, str]
) -> None:
    named, _, url = sites
    for path in ("/", "/api/v1/units", "/finns-inte", "/_stcore/metrics"):
        answer = page.request.get(url + path)
        assert f"frame-ancestors {named};" in answer.headers["content-security-policy"]
        assert "x-frame-options" not in answer.headers


def test_the_api_answers_in_the_app_itself(page: Page, sites: tuple[str, str, str]) -> None:
    """Behind the gate and the headers, compressed where asked for, and never with a page."""
    url = sites[2]
    key = {"authorization": "Bearer hsfk_demo_controller"}
    answer = page.request.get(f"{url}/api/v1/values?unit=hsf", headers={**key, "accept-encoding": "gzip"})
    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["items"][0]["unit"] == "hsf"
    tag = {**key, "if-none-match": answer.headers["etag"]}
    assert page.request.get(f"{url}/api/v1/values?unit=hsf", headers=tag).status == 304
    assert page.request.get(f"{url}/api/v1/units").status == 401
    for path in ("/api/v1/finns-inte", "/api/", "/api/v1"):
        answer = page.request.get(f"{url}{path}", headers={**key, "accept": "text/html"})
        assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
    assert page.request.post(f"{url}/api/v1/units", headers=key).status == 405
