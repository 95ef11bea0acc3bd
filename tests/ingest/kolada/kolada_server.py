"""A Kolada of the tests' own: answers in the documented shapes, page by page, and fails on demand.

The same answers come from memory (`FakeKolada.transport`) and over a real socket (`served`).
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx

from hsf_kpi.ingest.kolada import KoladaClient, Patience

BASE = "https://kolada.exempel.se/v3"
REGIONS = {
    "0000": ("Riket", "L"),
    "0001": ("Region Stockholm", "R"),
    "0002": ("En kommun", "K"),
    "0014": ("Västra Götalandsregionen", "R"),
    "0019": ("Region Västmanland", "R"),
    "1980": ("Västerås", "K"),
}
Answer = tuple[int, Mapping[str, str], bytes]
Values = Mapping[tuple[str, str, int], str]
"""(series, region, year) → the value as JSON writes it."""


class FakeKolada:
    """per_page: rows a page, whatever is asked for. before: answers given instead of the next ones, in order; None lets one
    through. extra: rows put first on the first page of data.
    """

    def __init__(self, values: Values, *, base: str = BASE, per_page: int = 2) -> None:
        self.values, self.base, self.per_page = values, base, per_page
        self.regions: Mapping[str, tuple[str, str]] = REGIONS
        self.before: list[Answer | BaseException | None] = []
        self.extra: list[object] = []
        self.next_url: Callable[[str], str] = lambda link: link
        self.asked: list[str] = []

    def answer(self, address: str) -> Answer:
        """Raises what stands in `before` when it is an exception."""
        parts = urlsplit(address)
        self.asked.append(f"{parts.path}?{parts.query}")
        first = self.before.pop(0) if self.before else None
        if isinstance(first, BaseException):
            raise first
        if first is not None:
            return first
        path = parts.path.removeprefix(urlsplit(self.base).path).strip("/").split("/")
        query = parse_qs(parts.query)
        assert int(query["per_page"][0]) <= 5000
        if path == ["municipality"]:
            rows: list[object] = [
                {"id": id, "title": title, "type": kind} for id, (title, kind) in self.regions.items()
            ]
        elif (path[:2], path[3::2]) == (["data", "kpi"], ["municipality", "year"]):
            rows = [*self.extra, *self._data(path)]
        else:
            return 404, {}, b'{"detail": "Not Found"}'
        page = int(query.get("page", ["1"])[0])
        start = (page - 1) * self.per_page
        body: dict[str, object] = {"values": rows[start : start + self.per_page], "count": len(rows)}
        if start + self.per_page < len(rows):
            body["next_url"] = self.next_url(
                f"{self.base}/{'/'.join(path)}?per_page={query['per_page'][0]}&page={page + 1}"
            )
        else:
            body["next_url"] = None
        return 200, {"Content-Type": "application/json"}, _json(body)

    def _data(self, path: list[str]) -> list[object]:
        kpis, regions, years = (path[i].split(",") for i in (2, 4, 6))
        assert max(len(kpis), len(regions), len(years)) <= 25
        return [
            {
                "kpi": kpi,
                "municipality": region,
                "period": year,
                "values": [{"gender": "T", "count": 1, "status": "", "value": _Written(value)}],
            }
            for (kpi, region, year), value in self.values.items()
            if kpi in kpis and region in regions and str(year) in years
        ]

    @property
    def transport(self) -> httpx.MockTransport:
        def handle(request: httpx.Request) -> httpx.Response:
            status, headers, body = self.answer(str(request.url))
            return httpx.Response(status, headers=headers, content=body)

        return httpx.MockTransport(handle)

    def client(self, slept: list[float] | None = None, **options: object) -> KoladaClient:
        """Never sleeps: the seconds are written to `slept`."""
        kept = [] if slept is None else slept
        settings: dict[str, object] = {
            "sleep": kept.append,
            "jitter": lambda: 1.0,
            "patience": Patience(tries=4),
        }
        return KoladaClient(self.base, transport=self.transport, **(settings | options))  # type: ignore[arg-type]


@contextmanager
def served(fake: FakeKolada) -> Iterator[str]:
    """The base address of the fake on a free port of this machine, over a real socket. Path: /v3."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                status, headers, body = fake.answer(self.path)
            except ConnectionError:
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = "Content-Length" in headers

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on stderr."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """Nothing on stderr when the other side has hung up; it need not read an answer that it does not want."""
            if not isinstance(sys.exception(), ConnectionError):
                super().handle_error(request, client_address)  # type: ignore[arg-type]

    server = Server(("127.0.0.1", 0), Handler)
    fake.base = f"http://127.0.0.1:{server.server_address[1]}/v3"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield fake.base
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


class _Written(str):
    """A number that is written in the JSON as it was given."""


def _json(body: object) -> bytes:
    """Numbers exactly as written: «0.1000», not the nearest float."""
    return json.dumps(_marked(body)).replace('"<', "").replace('>"', "").encode()


def _marked(value: object) -> object:
    if isinstance(value, _Written):
        return f"<{value}>"
    if isinstance(value, dict):
        return {name: _marked(one) for name, one in value.items()}
    return [_marked(one) for one in value] if isinstance(value, list) else value
