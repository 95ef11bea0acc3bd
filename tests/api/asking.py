"""How the tests of the API ask it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hsf_kpi.api.routes import api_routes
from hsf_kpi.workspace import Workspace

Ask = Callable[..., Response]


def client_of(workspace: Workspace, way: str = "demo") -> TestClient:
    app = Starlette(routes=api_routes(lambda: workspace, lambda: way))
    return TestClient(app, raise_server_exceptions=False)


def all_items(ask: Ask, path: str, person: str, **params: Any) -> list[dict[str, Any]]:
    """Every row, page after page."""
    found: list[dict[str, Any]] = []
    while True:
        answer = ask(path, person, offset=len(found), limit=5000, **params)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found += body["items"]
        if body["next"] is None:
            assert len(found) == body["total"]
            return found
