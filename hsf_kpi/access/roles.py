"""The roles that can be tried on demo data, and the units that each of them sees."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hsf_kpi.access.identity import Identity
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month
from hsf_kpi.model.scope import NOTHING, Scope


class Reach(StrEnum):
    """How far a role sees from its unit."""

    EVERYTHING = "everything"
    SUBTREE = "subtree"
    TOP = "top"
    """The root and the units directly under it: sums only."""


@dataclass(frozen=True, slots=True)
class Role:
    """`title` is Swedish. `unit` is where a subtree begins; None is the whole organisation."""

    id: str
    title: str
    reach: Reach
    unit: str | None = None


DEMO_ROLES: tuple[Role, ...] = (
    Role("ledning", "Förvaltningsledning", Reach.EVERYTHING),
    Role("omradeschef", "Områdeschef, Akutsjukvård", Reach.SUBTREE, "akutsjukvard"),
    Role("verksamhetschef", "Verksamhetschef, Kirurgkliniken", Reach.SUBTREE, "kirurgkliniken"),
    Role("controller", "Controller", Reach.EVERYTHING),
    Role("namnd", "Hälso- och sjukvårdsnämnden", Reach.TOP),
)


def scope_for(
    identity: Identity, organisation: Organisation, month: Month, roles: tuple[Role, ...] = DEMO_ROLES
) -> Scope:
    """What the identity may see with the organisation of `month`. An unknown role, or a role at an unknown
    unit, sees nothing.

    A subtree takes with it the units whose history it carries, and the sums of every unit above it.
    """
    role = next((role for role in roles if role.id == identity.role), None)
    if role is None:
        return NOTHING
    if role.reach is Reach.EVERYTHING:
        return Scope(frozenset(organisation.units))
    if role.reach is Reach.TOP:
        root = organisation.root
        return Scope(frozenset({root, *organisation.children(root, month)}))
    if role.unit is None or role.unit not in organisation.units:
        return NOTHING
    own = frozenset(organisation.below(role.unit, month))
    heritage = frozenset(unit for unit in organisation.units if organisation.heir(unit, month) in own)
    return Scope(own | heritage | frozenset(organisation.path(role.unit, month)))
