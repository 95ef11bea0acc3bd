"""Who asks, told by the key in the Authorization header and by nothing else: no cookie, nothing in the address."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from hsf_kpi.access.identity import Identity, identity_of
from hsf_kpi.access.rights import Rights
from hsf_kpi.access.taking import scope_to_take
from hsf_kpi.access.token import DEMO, is_token, kept
from hsf_kpi.api.problems import Refusal
from hsf_kpi.model.event import Event
from hsf_kpi.model.role import Permission
from hsf_kpi.model.scope import Scope
from hsf_kpi.workspace import Workspace

_HEADER: Final = re.compile(r"[Bb][Ee][Aa][Rr][Ee][Rr] +(\S+) *")
_CHALLENGE: Final = 'Bearer realm="HSF nyckeltal", charset="UTF-8"'


@dataclass(frozen=True, slots=True)
class Caller:
    """`scope`: what may be seen and downloaded, judged anew for each call. `key`: which key it is, for what is counted."""

    rights: Rights
    scope: Scope
    key: str

    @property
    def identity(self) -> Identity:
        return self.rights.identity

    def demand_anything(self) -> None:
        """Refusal with 403 for one who may download nothing at all, or no longer."""
        if not self.scope.units:
            raise Refusal.of(
                403,
                "Kontot får inte ladda ner uppgifter.",
                "Authorization",
                "Be den som hanterar behörigheter, om du behöver det i ditt uppdrag.",
            )


def caller_of(workspace: Workspace, way: str, headers: list[str], address: str, now: dt.datetime) -> Caller:
    """way: how people sign in (`settings.SignIn.way`). headers: the values of Authorization. Refusal with 401 or 429."""
    token = _token(headers)
    found = _demo(workspace, token) if way == "demo" else _account(workspace, token, now)
    if found is None:
        wait = workspace.store.tokens.refused(kept(token), address, now)
        if wait:
            seconds = str(int(wait.total_seconds()) + 1)
            raise Refusal.of(
                429,
                "För många försök med nycklar som inte gäller, från samma adress.",
                "Authorization",
                "Rätta nyckeln och försök igen om en stund.",
                retry_after=seconds,
            )
        raise _unknown("Nyckeln finns inte, har gått ut eller har tagits tillbaka.", "Skapa en ny nyckel.")
    identity, key = found
    rights = workspace.rights_of(identity)
    scope = scope_to_take(rights, Permission.DOWNLOAD_DATA)
    return Caller(rights, scope, key)


class Denials:
    """Refusals in the audit log, each once a day for a key: one who asks in a loop does not fill it."""

    MOST: Final = 10_000

    def __init__(self) -> None:
        self._day = dt.date.min
        self._told: set[tuple[str, str]] = set()

    def log(self, workspace: Workspace, caller: Caller, what: str) -> None:
        today = dt.date.today()
        if today != self._day or len(self._told) >= self.MOST:
            self._day, self._told = today, set()
        one = (caller.key, what)
        if one not in self._told:
            workspace.log(caller.identity, Event.DENIED, f"API: {what}")
            self._told.add(one)


def _token(headers: list[str]) -> str:
    match = _HEADER.fullmatch(headers[0]) if len(headers) == 1 else None
    if match is None or not is_token(match[1]):
        raise _unknown(
            "Begäran har ingen åtkomstnyckel.",
            "Skicka den i huvudet Authorization: Bearer hsfk_…, aldrig i adressen.",
        )
    return match[1]


def _unknown(what: str, todo: str) -> Refusal:
    return Refusal.of(401, what, "Authorization", todo, www_authenticate=_CHALLENGE)


def _account(workspace: Workspace, token: str, now: dt.datetime) -> tuple[Identity, str] | None:
    found = workspace.store.tokens.valid(kept(token), now)
    if found is None:
        return None
    account, key = found
    return identity_of(account), f"{key.number}"


def _demo(workspace: Workspace, token: str) -> tuple[Identity, str] | None:
    """Anybody may be anyone of the roles, where the pages let them: demo data without sign-in. No account's key counts."""
    if workspace.state().kind != "demo" or not token.startswith(DEMO):
        return None
    wanted = token.removeprefix(DEMO)
    person = next((one for one in workspace.catalogue.demo_people if one.id == wanted), None)
    if person is None:
        return None
    return Identity(f"demo-{person.id}", person.title, person.grants), f"demo-{person.id}"
