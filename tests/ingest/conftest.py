"""A copy of the definitions to break, and the problems that reading it gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.problems import DefinitionError
from tests.once import parsed_once

Change = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]
State = dict[Path, tuple[int, int, int]]


@pytest.fixture(scope="session", autouse=True)
def _parsed_once() -> Iterator[None]:
    with parsed_once():
        yield


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of data/ without the demo's settings; `folder` lends it out and puts it right again."""
    target = tmp_path_factory.mktemp("definitions") / "data"
    _copy(target)
    return target


@pytest.fixture
def folder(copied: Path) -> Iterator[Path]:
    """data/ as it is, without the demo's settings, to change at will."""
    before = _state(copied)
    yield copied
    after = _state(copied)
    changed = [path for path, state in before.items() if after.get(path) != state]
    if after.keys() == before.keys() and all(path.is_file() and not path.is_symlink() for path in changed):
        for path in changed:
            shutil.copy2(ROOT / "data" / path.relative_to(copied), path)
    elif changed:
        shutil.rmtree(copied)
        _copy(copied)


def _copy(target: Path) -> None:
    shutil.copytree(ROOT / "data", target, ignore=shutil.ignore_patterns("demo"))


def _state(folder: Path) -> State:
    """What tells that a file or a folder was changed, added or taken away."""
    found = ((path, path.lstat()) for path in (folder, *folder.rglob("*")))
    return {path: (each.st_mtime_ns, each.st_size, each.st_mode) for path, each in found}


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
