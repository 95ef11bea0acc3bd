"""Months to take on: a small ledger with three months booked, and roles that may do different things with them."""

from __future__ import annotations

from dataclasses import replace

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights
from hsf_kpi.model.ledger import LedgerEntry
from hsf_kpi.model.role import Extent, Grant, Permission, Role
from hsf_kpi.store import Store
from hsf_kpi.workspace import Workspace
from tests.store.asking import AS_OF
from tests.store.builders import m
from tests.store.ledger_builders import delivery, entry, trade, with_accounts

_SEES = frozenset({Permission.SEE})
_ALL = _SEES | {Permission.LOAD, Permission.RELEASE, Permission.COMMENT}
ROLES = {
    "controller": Role("controller", "Controller", "", Extent.SUBTREE, _ALL),
    "ledning": Role("ledning", "Ledning", "", Extent.EVERYTHING, _SEES),
    "namnd": Role("namnd", "Nämnd", "", Extent.TOP, _SEES, released_only=True),
    "blind": Role("blind", "Blind", "", Extent.EVERYTHING, _SEES, measures=frozenset({"belopp"})),
}
CAT = replace(with_accounts(), roles=ROLES)
MARCH = m("2023-03")
UNITS = ("kirurgi", "medicin", "primar", "rontgen")
THREE = ("2023-01", "2023-02", "2023-03")


def books(month: str, cost: int = 60) -> list[LedgerEntry]:
    """Revenue 400 and cost 4 × `cost` from outside, 7 sold within, and one uppdragsprojekt."""
    found = [entry(unit, month, "ersattning", 100) for unit in UNITS]
    found += [entry(unit, month, "personal", cost) for unit in UNITS]
    found += trade("rontgen", "kirurgi", month, 7)
    return [*found, entry("medicin", month, "personal", 5, project=True)]


def small_store() -> Store:
    store = Store.create("sqlite://", "demo", CAT, AS_OF)
    store.take(CAT, delivery([one for month in THREE for one in books(month)]))
    return store


def rights_of(workspace: Workspace, role: str, unit: str | None = None, seen_as: str = "") -> Rights:
    return workspace.rights_of(Identity(f"{role}.login", f"{role} i verket", (Grant(role, unit),), seen_as))
