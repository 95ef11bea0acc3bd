"""How far the making of a file has come, told to whoever waits."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""(figures done, figures in all). It may raise, to stop the making."""


def unheard(_done: int, _of: int) -> None:
    """For who does not wait."""
