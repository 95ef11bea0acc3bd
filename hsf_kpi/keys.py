"""Keys to the API: made for who may download figures, told once."""

from __future__ import annotations

import datetime as dt

from hsf_kpi.access.identity import identity_of
from hsf_kpi.access.taking import scope_to_take
from hsf_kpi.access.token import new_token
from hsf_kpi.model.account import Account
from hsf_kpi.model.problems import NotFound, NotPermitted, Problem
from hsf_kpi.model.role import Permission
from hsf_kpi.model.token import DAYS, Token
from hsf_kpi.workspace import Workspace


def may_have_key(workspace: Workspace, account: Account) -> bool:
    """Whether the account may download anything today. What a key then gives is judged at each call."""
    rights = workspace.rights_of(identity_of(account))
    return account.active and bool(scope_to_take(rights, Permission.DOWNLOAD_DATA).units)


def make_key(
    workspace: Workspace, login: str, name: str, by: str, now: dt.datetime, days: int = DAYS
) -> tuple[str, Token]:
    """The key, which is kept nowhere, and what is kept of it. by: who makes it, a login or «kommandoraden».

    NotFound for an unknown or disabled account, NotPermitted for one that may download nothing, DataError for a name or a
    time that won't do and for one key too many.
    """
    account = workspace.store.accounts.find(login)
    if account is None or not account.active:
        raise NotFound(
            Problem(f"Användaren ”{login}” finns inte.", "användarnamn", "Se listan över användare.")
        )
    if not may_have_key(workspace, account):
        raise NotPermitted(
            Problem(
                "Kontot får inte ladda ner uppgifter, och kan därför inte ha någon åtkomstnyckel.",
                "användarnamn",
                "Ge kontot en roll som får det.",
            )
        )
    key = new_token()
    return key, workspace.store.tokens.add(account.login, name, key, by, now, days)
