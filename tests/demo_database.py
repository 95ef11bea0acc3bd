"""The demo database, built once and shared by every test process that reads it."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hsf_kpi.build import bring_up_to_date
from hsf_kpi.settings import read_settings
from tests.measuring import unmeasured


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[str]:
    """The address of a demo database as `make run` builds it. Tests only read it, which is held at the end of the run;
    tests/test_build.py measures the build.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    path = shared / "demo.sqlite3"
    url = f"sqlite:///{path}"
    if _mine(shared / "demo.lock"):
        with unmeasured(pytestconfig):
            assert bring_up_to_date(read_settings({"HSF_KPI_DATABASE_URL": url})) == "Databasen är skapad."
    else:
        _wait_for(path)
    before = _logged(path)
    yield url
    assert _logged(path) == before, "a test wrote to the demo database that all tests share"


def _logged(path: Path) -> int:
    """Events of the database; whoever changes anything leaves one."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM audit_log").fetchone()[0])


def _mine(lock: Path) -> bool:
    """Whether this process is the one that builds."""
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def _wait_for(path: Path) -> None:
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.1)
    pytest.fail("the demo database was not built by the other test process")
