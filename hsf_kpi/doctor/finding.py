"""What an examination says of one thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """The worst one is the command's exit code."""

    FINE = 0
    WARNING = 1
    WRONG = 2


SIGN = {Level.FINE: "✓", Level.WARNING: "!", Level.WRONG: "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """area: what was looked at, as a word. what: how it is. todo: what to do, empty where all is well."""

    level: Level
    area: str
    what: str
    todo: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (SIGN[self.level], f"{self.area}:", self.what, self.todo) if part)


def fine(area: str, what: str) -> Finding:
    return Finding(Level.FINE, area, what)


def warning(area: str, what: str, todo: str) -> Finding:
    return Finding(Level.WARNING, area, what, todo)


def wrong(area: str, what: str, todo: str) -> Finding:
    return Finding(Level.WRONG, area, what, todo)
