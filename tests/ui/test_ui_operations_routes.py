"""The addresses for those who run the server, through everything that stands in front of them."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from hsf_kpi import ROOT
from hsf_kpi.composing import overview  # noqa: F401
from hsf_kpi.operations import trail
from hsf_kpi.ui import warm
from hsf_kpi.ui.operations import gauges
from hsf_kpi.ui.operations.routes import ROUTES
from hsf_kpi.ui.web import middleware

TOKEN = "nyckel-" * 6
DOCUMENTED = (ROOT / "docs" / "operations.md").read_text("utf-8")


async def noted(request: Request) -> Response:
    _log.warning("inne")
    return JSONResponse({"seen": request.headers["x-request-id"], "noted": trail.noted()["request"]})


async def broken(_request: Request) -> Response:
    raise ZeroDivisionError


async def away(_request: Request) -> Response:
    return Response(status_code=503)


_log = logging.getLogger("hsf_kpi.test")
INNER = [
    Route("/noted", noted),
    Route("/broken/{of:path}", broken),
    Route("/away", away),
    Route("/x/readyz", away),
]


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", "postgresql://hsf:hemligt@127.0.0.1:1/hsf")
    warm.close()
    app = Starlette(routes=[*ROUTES, *INNER], middleware=middleware())
    yield TestClient(app, raise_server_exceptions=False)
    warm.close()


def test_health_asks_for_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSF_KPI_PORT", "x")
    for path in ("/healthz", "/hsf/healthz"):
        answer = client.get(path)
        assert (answer.status_code, answer.text) == (200, "ok")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_readiness_is_503_and_gives_nothing_away(client: TestClient) -> None:
    for path in ("/readyz", "/hsf/readyz"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.headers["cache-control"] == "no-store"
        assert not answer.json()["checks"]["database"]
        assert not {"hemligt", "127.0.0.1", "postgres"} & set(answer.text.replace('"', " ").split())
        assert "hemligt" not in answer.text


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_nothing_is_changed_from_here(client: TestClient, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/metrics", "/hsf/metrics"])
def test_metrics_are_closed_until_a_token_is_set_and_given(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    given = {"Authorization": f"Bearer {TOKEN}"}
    assert client.get(path, headers=given).status_code == 404
    monkeypatch.setenv("HSF_KPI_METRICS_TOKEN", TOKEN)
    for wrong in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": "Basic x"},
                  {"Authorization": "Bearer åäö".encode()}):  # fmt: skip
        answer = client.get(path, headers=wrong)  # type: ignore[arg-type]
        assert (answer.status_code, answer.text) == (404, "Finns inte.")
    answer = client.get(path, headers=given)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert "hsf_kpi_build_info" in answer.text


def test_settings_that_can_not_be_used_close_the_metrics(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSF_KPI_METRICS_TOKEN", TOKEN)
    monkeypatch.setenv("HSF_KPI_PORT", "x")
    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 404


def test_a_request_has_one_id_in_the_answer_and_in_all_that_happens(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get("/noted", headers={"X-Request-ID": "proxyns-id-1"})
    assert answer.json() == {"seen": "proxyns-id-1", "noted": "proxyns-id-1"}
    assert answer.headers["x-request-id"] == "proxyns-id-1"
    made = client.get("/noted", headers={"X-Request-ID": 'ond"\\t{}'})
    assert made.json()["seen"] == made.json()["noted"] == made.headers["x-request-id"]
    assert len(made.headers["x-request-id"]) == 12
    assert [record.message for record in caplog.records] == ["inne"] * 2


def test_an_answer_that_failed_is_a_line_without_what_stands_in_its_address(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    failed = client.get("/broken/hemlig-session?enhet=hemligt")
    for path in ("/away?x=hemligt", "/x/readyz", "/noted"):
        client.get(path)
    lines = [record for record in caplog.records if record.name.endswith("operations.request")]
    assert [line.message for line in lines] == ["a request failed", "answered /broken", "answered /away"]
    assert [line.__dict__.get("status") for line in lines] == [None, 500, 503]
    assert lines[0].__dict__["code"] == failed.headers["x-request-id"]
    assert failed.headers["x-content-type-options"] == "nosniff"
    assert failed.text == f"Något gick fel. Felkod {failed.headers['x-request-id']}."
    assert "hemlig" not in caplog.text


def test_what_is_looked_up_is_documented_and_bounded(
    demo_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", demo_database)
    warm.close()
    warm.workspace()
    found = {metric.name: metric for metric in gauges.Looked(gauges.Probe(patience=60)).collect()}
    warm.close()
    assert {f"`{name}`" in DOCUMENTED or f"`{name}_total`" in DOCUMENTED for name in found} == {True}
    assert found["hsf_kpi_ready"].samples[0].value == 1
    assert found["hsf_kpi_latest_load_number"].samples[0].value >= 1
    parts = {sample.labels["cache"] for sample in found["hsf_kpi_cache_entries"].samples}
    assert {"workspace", "composing", "signals"} <= parts
    assert parts <= {path.stem for path in (ROOT / "hsf_kpi").iterdir()}
    for name, most in (("hsf_kpi_cache_entries", "hsf_kpi_cache_entries_max"),):
        for kept, limit in zip(found[name].samples, found[most].samples, strict=True):
            assert kept.value <= limit.value


def test_kept_answers_are_counted(demo_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", demo_database)
    warm.close()
    workspace = warm.workspace()

    def hits() -> float:
        text = "\n".join(
            f"{s.name} {s.labels['cache']} {s.labels['result']} {s.value}"
            for metric in gauges._kept_answers()
            for s in metric.samples
            if s.name == "hsf_kpi_cache_lookups_total"
        )
        return float(next(line for line in text.splitlines() if "workspace hit" in line).rsplit(" ", 1)[1])

    workspace.setting()
    before = hits()
    workspace.setting()
    assert hits() >= before + 1
    warm.close()


def test_the_text_of_everything_can_be_parsed(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSF_KPI_METRICS_TOKEN", TOKEN)
    text = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    assert len(list(text_string_to_metric_families(text))) > 10
