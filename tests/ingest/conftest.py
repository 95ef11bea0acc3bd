"""A copy of the definitions to break, and the problems that reading it gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.problems import DefinitionError

Change = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """data/ as it is, without the demo's settings."""
    target = tmp_path / "data"
    shutil.copytree(ROOT / "data", target, ignore=shutil.ignore_patterns("demo"))
    return target


@pytest.fixture
def change(folder: Path) -> Change:
    """Replaces a text that occurs in the file (the first time it does) by another."""

    def replace(name: str, old: str, new: str) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} does not contain {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def problems(folder: Path) -> Problems:
    """Reads the catalogue, which must fail, and gives its problems as text."""

    def read() -> list[str]:
        with pytest.raises(DefinitionError) as caught:
            read_catalogue(folder)
        return [str(problem) for problem in caught.value.problems]

    return read
