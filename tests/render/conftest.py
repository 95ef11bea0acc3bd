"""What the tests of pictures share: the demo, opened once."""

from __future__ import annotations

import pytest

from hsf_kpi.settings import read_settings
from hsf_kpi.workspace import Workspace


@pytest.fixture(scope="session")
def demo(demo_database: str) -> Workspace:
    """Only read."""
    return Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": demo_database}))
