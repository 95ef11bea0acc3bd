"""A database of the pages' own: what is refused on a page is written to its log."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hsf_kpi.settings import read_settings
from hsf_kpi.ui import warm
from hsf_kpi.workspace import Workspace
from tests.once import catalogue_once


@pytest.fixture(scope="session", autouse=True)
def _catalogue_once() -> Iterator[None]:
    with catalogue_once():
        yield


@pytest.fixture(scope="session")
def pages_database(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a copy of the demo database."""
    copy = tmp_path_factory.mktemp("pages") / "demo.sqlite3"
    shutil.copyfile(Path(demo_database.removeprefix("sqlite:///")), copy)
    return f"sqlite:///{copy}"


@pytest.fixture(scope="session")
def pages_workspace(pages_database: str) -> Iterator[Workspace]:
    """The one workspace on it, whose answers are kept from module to module, as from visitor to visitor in a server."""
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": pages_database}))
    with closing(opened.store):
        yield opened


@pytest.fixture(scope="module")
def demo(pages_database: str, pages_workspace: Workspace) -> Iterator[None]:
    """It is the server's; a test that breaks something closes it, and what comes after opens one of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSF_KPI_DATABASE_URL", pages_database)
        warm.close()
        warm._open = pages_workspace
        yield
        warm.close()
