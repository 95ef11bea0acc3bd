"""A tile of words: what Översikt's tiles are for a measure, for anything else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordsTile:
    """name, value with its unit («mnkr», "" for none), and at most three lines of what it means."""

    id: str
    name: str
    value: str
    unit: str = ""
    lines: tuple[str, ...] = ()
