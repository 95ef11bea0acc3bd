"""What many tests read alike is read once: texts of TOML that are parsed again and again, the project's own definitions."""

from __future__ import annotations

import pickle
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from hsf_kpi import ROOT, workspace
from hsf_kpi.model.catalogue import Catalogue


@contextmanager
def parsed_once() -> Iterator[None]:
    """Each text is parsed the first time it is met. Every caller gets tables of its own, and faults are met every time."""
    real = tomllib.loads

    @lru_cache(maxsize=512)
    def kept(text: str) -> bytes:
        return pickle.dumps(real(text))

    def loads(text: str, /, *, parse_float: Any = float) -> dict[str, Any]:
        if parse_float is not float or not isinstance(text, str):
            return real(text, parse_float=parse_float)
        found: dict[str, Any] = pickle.loads(kept(text))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tomllib, "loads", loads)
        yield


@contextmanager
def catalogue_once() -> Iterator[None]:
    """Workspaces of the project's own definitions share the catalogue, as the pages of one workspace do; other folders, and
    definitions that were loaded, are read each time.
    """
    real = workspace.read_catalogue
    kept: list[Catalogue] = []

    def read(folder: Path, overlay: Mapping[str, str]) -> Catalogue:
        if overlay or folder.resolve() != (ROOT / "data").resolve():
            return real(folder, overlay)
        if not kept:
            kept.append(real(folder, overlay))
        return kept[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workspace, "read_catalogue", read)
        yield
