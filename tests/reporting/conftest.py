"""The demo's workspace, opened once for all tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from hsf_kpi.settings import read_settings
from hsf_kpi.workspace import Workspace


@pytest.fixture(scope="session")
def workspace(demo_database: str) -> Iterator[Workspace]:
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": demo_database}))
    with closing(opened.store):
        yield opened
