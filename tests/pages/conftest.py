"""A database of the pages' own: what is refused on a page is written to its log."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def pages_database(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a copy of the demo database."""
    copy = tmp_path_factory.mktemp("pages") / "demo.sqlite3"
    shutil.copyfile(Path(demo_database.removeprefix("sqlite:///")), copy)
    return f"sqlite:///{copy}"
