"""The identity port: what the frame asks of a way to sign in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from hsf_kpi.access.identity import Identity
from hsf_kpi.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`session`: the number of the server's own session, `ends`: when it ends at the latest (UTC); both None on demo
    data.
    """

    identity: Identity
    session: int | None = None
    ends: dt.datetime | None = None


class Way(Protocol):
    """Asked anew at every run of the script: nothing about who is signed in is kept in the browser's session."""

    def signed_in(self, workspace: Workspace) -> SignedIn | None:
        """Who is looking right now, checked against the server; None for nobody, and for somebody who must do something
        first (choose a password of their own): `form` tells what.
        """

    def form(self, workspace: Workspace) -> None:
        """Draws what somebody who is not signed in meets instead of a page."""

    def controls(self, workspace: Workspace, signed_in: SignedIn) -> None:
        """Draws, in the filter bar's «Mer», what belongs to the account: who, sign out; on demo data the roles."""

    def in_links(self, workspace: Workspace, signed_in: SignedIn) -> str | None:
        """What links carry about who is looking: a role on demo data, nothing elsewhere."""
