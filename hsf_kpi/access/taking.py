"""What may be taken away from a page: everything in the file must be permitted, not only some of it."""

from __future__ import annotations

from collections.abc import Collection

from hsf_kpi.access.rights import Rights
from hsf_kpi.model.role import Permission
from hsf_kpi.model.scope import Scope


def scope_to_take(rights: Rights, permission: Permission) -> Scope:
    """What of the scope may be taken with the permission: of several roles, only those that let both see and take."""
    both = {Permission.SEE, permission}
    if rights.identity.seen_as:
        return Scope()
    reaches = frozenset().union(*(held.reaches for held in rights.held if both <= held.role.may))
    return Scope(reaches | ({rights.open} if rights.open else frozenset()))


def may_take(
    rights: Rights, permission: Permission, units: Collection[str], measures: Collection[str]
) -> bool:
    """Whether a file of these units and measures may be taken. `permission`: download_data or download_picture.

    Of somebody with several roles one may let see what only another one may download: then each unit and measure that is
    seen must be one that may be downloaded. What is not seen is not in the file.
    """
    if not units or not all(rights.may(permission, unit) for unit in units):
        return False
    if all(permission in held.role.may for held in rights.held if Permission.SEE in held.role.may):
        return True
    return all(
        rights.may(permission, unit, measure)
        for unit in units
        for measure in measures
        if rights.may(Permission.SEE, unit, measure)
    )
