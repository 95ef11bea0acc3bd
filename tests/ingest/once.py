"""What many tests read alike is read once: texts of TOML that are parsed again and again."""

from __future__ import annotations

import pickle
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import pytest


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
