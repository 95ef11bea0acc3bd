"""A database of the pages' own: what is refused on a page is written to its log."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hsf_kpi.ui import warm


@pytest.fixture(scope="session")
def pages_database(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a copy of the demo database."""
    copy = tmp_path_factory.mktemp("pages") / "demo.sqlite3"
    shutil.copyfile(Path(demo_database.removeprefix("sqlite:///")), copy)
    return f"sqlite:///{copy}"


@pytest.fixture(scope="module")
def demo(pages_database: str) -> Iterator[None]:
    """One workspace on it for the whole module, as in a server; a test that breaks something closes it as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSF_KPI_DATABASE_URL", pages_database)
        warm.close()
        yield
        warm.close()
