"""Who may sign in, what they hold, and where they are signed in."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Final

from hsf_kpi.model.role import Grant

_LOGIN: Final = re.compile(r"[A-Za-z0-9ÅÄÖÉÜåäöéü._@+|-]{1,200}")
"""No look-alikes: a letter from another alphabet, or one that only becomes a plain letter in lower case, is refused."""


def login_of(text: str) -> str | None:
    """A login as it is stored and compared: lower case, no spaces around. None for what can't be a login."""
    text = text.strip()
    return text.lower() if _LOGIN.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A grant with the number that it has in the database."""

    number: int
    grant: Grant


@dataclass(frozen=True, slots=True)
class Account:
    """login: stored in lower case. password: a bcrypt hash, None where the person can't sign in with one.

    must_change: the password was made by somebody else. held: every grant, also what holds no longer or not yet.
    """

    login: str
    name: str
    active: bool
    created: dt.datetime
    password: str | None = field(default=None, repr=False)
    must_change: bool = False
    held: tuple[HeldGrant, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in on the server. It holds until `ends`, or until it was ended. Times are in UTC.

    way: local or oidc. seen: the last click, to the minute. address: where it was begun.
    """

    number: int
    login: str
    way: str
    began: dt.datetime
    seen: dt.datetime
    ends: dt.datetime
    ended: dt.datetime | None
    address: str
