"""Every test of a page opens a workspace of its own: the definitions are read once for all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.once import catalogue_once


@pytest.fixture(scope="session", autouse=True)
def _catalogue_once() -> Iterator[None]:
    with catalogue_once():
        yield
