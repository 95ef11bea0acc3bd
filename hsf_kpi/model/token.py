"""A key of an account to the API: what is kept of it, and what it may be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

DAYS: Final = 90
"""How long a key holds when nothing else is said."""
MOST_DAYS: Final = 365
MOST_KEYS: Final = 5
"""Keys that hold at the same time, of one account."""
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Token:
    """hint: how it begins, to be recognised by. used: the last Swedish day that it was used. Times are in UTC.

    It holds until `ends`, or until it was taken back (`ended`). The key itself is kept nowhere.
    """

    number: int
    login: str
    name: str
    hint: str
    created: dt.datetime
    ends: dt.datetime
    used: dt.date | None
    ended: dt.datetime | None

    def holds(self, now: dt.datetime) -> bool:
        return self.ended is None and now < self.ends
