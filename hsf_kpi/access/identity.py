"""Who is signed in. How they signed in is another matter; everything else asks only for this."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """login: what identifies the person in logs. name: what is shown. role: the id of a role in `roles`."""

    login: str
    name: str
    role: str
