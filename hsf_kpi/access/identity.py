"""Who is signed in. How they signed in is another matter; everything else asks only for this."""

from __future__ import annotations

from dataclasses import dataclass

from hsf_kpi.model.account import Account
from hsf_kpi.model.role import Grant


@dataclass(frozen=True, slots=True)
class Identity:
    """login: what identifies the person in logs. name: what is shown. grants: all that the person holds, also what
    holds no longer or not yet.

    seen_as: where an administrator looks as another role, that role's title; then nothing but looking is permitted.
    """

    login: str
    name: str
    grants: tuple[Grant, ...] = ()
    seen_as: str = ""


def identity_of(account: Account) -> Identity:
    return Identity(account.login, account.name, tuple(held.grant for held in account.held))
