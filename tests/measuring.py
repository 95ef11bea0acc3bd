"""Leaving out of coverage what other tests measure: the tracing takes more time than the work itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def unmeasured(config: pytest.Config) -> Iterator[None]:
    """What is done inside is not measured; nothing, when nothing is measured anyway."""
    plugin = config.pluginmanager.get_plugin("_cov")
    controller = getattr(plugin, "cov_controller", None)
    if controller is None or not controller.started:
        yield
        return
    controller.pause()
    try:
        yield
    finally:
        controller.resume()
