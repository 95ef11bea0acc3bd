"""A catalogue with roles, accounts by function, and what signing in needs."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

from hsf_kpi.model.role import Extent, Grant, Permission, Role
from hsf_kpi.store import Store
from tests.store.asking import CAT as WITHOUT_ROLES

SEE = frozenset({Permission.SEE})
ROLES = {
    role.id: role
    for role in (
        Role("ledning", "Ledning", "", Extent.EVERYTHING, SEE),
        Role("chef", "Verksamhetschef", "", Extent.SUBTREE, SEE),
        Role("admin", "Administratör", "", Extent.NOTHING, frozenset({Permission.ADMINISTER})),
    )
}
CAT = replace(WITHOUT_ROLES, roles=ROLES)
AS_OF = dt.date(2023, 11, 14)
NOW = dt.datetime.now(dt.UTC)
TODAY = dt.date.today()
HOUR, MINUTE, DAY = dt.timedelta(hours=1), dt.timedelta(minutes=1), dt.timedelta(days=1)
ADMIN = Grant("admin")
HASH = "$2b$04$" + "a" * 53
OTHER_HASH = "$2b$04$" + "b" * 53
HOME = "192.0.2.1"


def kept(secret: str) -> str:
    """What the server keeps of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_store(url: str, kind: str = "real") -> Store:
    return Store.create(url, kind, CAT, AS_OF)


def with_admin(store: Store, login: str = "admin1") -> int:
    """Adds an administrator; the grant's number."""
    store.accounts.add(login, "Administratör", "kommandoraden", password=HASH)
    return store.accounts.grant(login, ADMIN, CAT, "kommandoraden")


def told(store: Store) -> list[tuple[str, str, str]]:
    """The audit log, newest first, without its times."""
    return [(entry.who, entry.what, entry.detail) for entry in store.audit_log.entries()]
