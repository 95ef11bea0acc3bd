"""The API on a copy of the demo database, asked as each of the demo's people."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from httpx import Response
from starlette.testclient import TestClient

from hsf_kpi.access.token import DEMO
from hsf_kpi.api import pace
from hsf_kpi.settings import read_settings
from hsf_kpi.workspace import Workspace
from tests.api.asking import Ask, client_of


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "BURST", 1_000_000)


@pytest.fixture(scope="module")
def workspace(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A copy, since refusals are logged."""
    path = tmp_path_factory.mktemp("api") / "demo.sqlite3"
    shutil.copyfile(demo_database.removeprefix("sqlite:///"), path)
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": f"sqlite:///{path}"}))
    with closing(opened.store):
        yield opened


@pytest.fixture
def client(workspace: Workspace) -> TestClient:
    return client_of(workspace)


@pytest.fixture
def ask(client: TestClient) -> Ask:
    """ask("units", "hr", limit=3): the resource as that person, with these parameters; `headers` besides the key."""

    def asked(
        path: str, person: str = "controller", headers: dict[str, str] | None = None, **params: Any
    ) -> Response:
        query = {name.rstrip("_"): str(value) for name, value in params.items()}
        key = {"authorization": f"Bearer {DEMO}{person}"}
        return client.get(f"/api/v1/{path}", params=query, headers={**key, **(headers or {})})

    return asked
