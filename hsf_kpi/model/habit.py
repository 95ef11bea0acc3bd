"""What a person keeps for themselves: views under names of their own, favourites, where they have just been, what they
have closed for good. It changes no figure, and shows nobody anything that they may not see anyway.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_FAVOURITES: Final = 8
MOST_RECENT: Final = 8
MOST_VIEWS: Final = 50
MOST_SHARED: Final = 50
"""So many of others' views are told."""
LONGEST_TITLE: Final = 80
VISITOR: Final = "besok:"
"""How the owner begins of habits that nobody has signed in to: of a browser that looks at demo data."""
UNIT, MEASURE, MONTH, ROLE = "enhet", "nyckeltal", "manad", "roll"
"""What the links call the chosen unit, measure and month, and who is looking."""


class Closed(StrEnum):
    """What is shown until the person has closed it for good."""

    TOUR = "rundtur"


@dataclass(frozen=True, slots=True)
class Visited:
    """A place where the person has been: a page, with the unit and the measure ("" where the page has none) then chosen."""

    page: str
    unit: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A place under a name of somebody's own.

    page, params: what the link to it holds, without who is looking (`ROLE`). latest: it opens on the latest month
    instead of the one in `params`. shared: others may open it too, those who may see its unit and measure.
    number: None before it is saved; owner: the login, name: the person's name as shown when it was saved.
    """

    title: str
    page: str
    params: tuple[tuple[str, str], ...]
    latest: bool = True
    shared: bool = False
    number: int | None = None
    owner: str = ""
    name: str = ""
    at: dt.datetime | None = None

    def param(self, name: str) -> str:
        return dict(self.params).get(name, "")

    @property
    def unit(self) -> str:
        """ "" where the link names none."""
        return self.param(UNIT)

    @property
    def measure(self) -> str:
        """ "" where the link names none."""
        return self.param(MEASURE)
