"""What a role gives: how far it reaches, which figures, and what may be done with them. Read from data/roles.toml."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Extent(StrEnum):
    """How far a role sees from its unit."""

    EVERYTHING = "everything"
    SUBTREE = "subtree"
    """Its unit and everything below, and the sums of the units above."""
    TOP = "top"
    """The root and the units directly under it: sums only."""
    NOTHING = "nothing"
    """No figures by that role."""


class Permission(StrEnum):
    """What may be done. `see` and the downloads hold where the role sees; the others at its unit and below."""

    SEE = "see"
    DOWNLOAD_DATA = "download_data"
    DOWNLOAD_PICTURE = "download_picture"
    COMMENT = "comment"
    IMPROVE = "improve"
    """Edit the register of improvement activities."""
    FOLLOW_UP = "follow_up"
    """Follow up the plan's åtgärder, HoS 2029 and intern kontroll, where the own function is responsible."""
    LOAD = "load"
    RELEASE = "release"
    ADMINISTER = "administer"


@dataclass(frozen=True, slots=True)
class Role:
    """`title` and `about` are Swedish. `measures`: the keys that it sees, None for all. `released_only`: nothing later
    than the last released month.
    """

    id: str
    title: str
    about: str
    extent: Extent
    may: frozenset[Permission]
    measures: frozenset[str] | None = None
    measures_title: str = ""
    released_only: bool = False

    @property
    def needs_unit(self) -> bool:
        """Whether the role is held for a unit; the others are held for the whole förvaltning."""
        return self.extent is Extent.SUBTREE


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held by a person, at a unit where the role needs one, from the first to the last day (None is open)."""

    role: str
    unit: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody to be on demo data, named by function only."""

    id: str
    title: str
    grants: tuple[Grant, ...]
