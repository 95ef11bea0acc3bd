"""What an identity may see and do on a day: the union of the roles that it holds then. Without a rule, nothing.

Every decision can be explained (`Rights.explain`), in the words that «Varför ser jag detta?» shows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from hsf_kpi.access.identity import Identity
from hsf_kpi.model.codes import Persons
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotPermitted, Problem
from hsf_kpi.model.role import Extent, Grant, Permission, Role
from hsf_kpi.model.scope import Reach, Scope

LOOKING = frozenset({Permission.SEE, Permission.DOWNLOAD_DATA, Permission.DOWNLOAD_PICTURE})
"""Permissions that follow what is seen; the others are tied to the role's own unit."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What rights are judged by: the roles, the organisation of `today`, the last released month, and whether the
    region has opened all figures without persons to everybody signed in.
    """

    roles: Mapping[str, Role]
    organisation: Organisation
    measures: Mapping[str, Measure]
    today: Month
    released: Month | None = None
    open_figures: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A grant in force: its role, what it lets see, and the units where it lets do things."""

    grant: Grant
    role: Role
    reaches: frozenset[Reach]
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rights:
    """`held`: the grants in force. `scope`: all that they let see together. `looking`: whether nothing else than looking and
    taking with one is permitted.
    """

    identity: Identity
    held: tuple[Held, ...]
    scope: Scope
    open: Reach | None = None
    """What everybody signed in may see, where the region has decided so."""
    looking: bool = False

    def only_looking(self) -> Rights:
        """The same without all that changes anything, for what was known earlier."""
        return replace(self, looking=True)

    def may(self, permission: Permission, unit_id: str | None = None, measure: str | None = None) -> bool:
        """Whether it is permitted at the unit and for the measure (None: anywhere, any)."""
        return any(self._gives(held, permission, unit_id, measure) for held in self.held) or (
            permission in LOOKING and self.open is not None and _reaches((self.open,), unit_id, measure)
        )

    def demand(self, permission: Permission, unit_id: str | None = None, measure: str | None = None) -> None:
        """NotPermitted unless it is permitted."""
        if not self.may(permission, unit_id, measure):
            raise NotPermitted(
                Problem(
                    f"Din behörighet räcker inte för att {DOING[permission]}.",
                    "",
                    "Be den som hanterar behörigheter, om du behöver det i ditt uppdrag.",
                )
            )

    def _gives(self, held: Held, permission: Permission, unit_id: str | None, measure: str | None) -> bool:
        if permission not in held.role.may or (self.identity.seen_as and permission is not Permission.SEE):
            return False
        if self.looking and permission not in LOOKING:
            return False
        if permission in LOOKING:
            return _reaches(held.reaches, unit_id, measure)
        return unit_id is None or unit_id in held.own


DOING: Mapping[Permission, str] = {
    Permission.SEE: "se det här",
    Permission.DOWNLOAD_DATA: "ladda ner uppgifterna",
    Permission.DOWNLOAD_PICTURE: "ladda ner bilden",
    Permission.COMMENT: "kommentera",
    Permission.IMPROVE: "ändra förbättringsarbeten här",
    Permission.FOLLOW_UP: "följa upp det här",
    Permission.LOAD: "läsa in data",
    Permission.RELEASE: "frisläppa månader",
    Permission.ADMINISTER: "hantera användare och logg",
}


def rights_of(identity: Identity, rule: Rule, day: dt.date) -> Rights:
    """The rights on `day`. A grant gives nothing when it is out of its time, its role or unit is unknown, or it lacks the
    unit that its role needs.
    """
    held = tuple(
        found for grant in identity.grants if grant.holds(day) if (found := _held(grant, rule)) is not None
    )
    opened = _opened(rule) if rule.open_figures and not identity.seen_as else None
    reaches = frozenset().union(*(h.reaches for h in held if Permission.SEE in h.role.may))
    return Rights(identity, held, Scope(reaches | ({opened} if opened else frozenset())), opened)


def _held(grant: Grant, rule: Rule) -> Held | None:
    role, organisation = rule.roles.get(grant.role), rule.organisation
    if role is None or (role.needs_unit and grant.unit not in organisation.units):
        return None
    if role.released_only and rule.released is None:
        return Held(grant, role, frozenset(), frozenset())
    through = rule.released if role.released_only else None
    if role.extent is Extent.NOTHING:
        return Held(grant, role, frozenset(), frozenset(organisation.units))
    if role.extent is Extent.EVERYTHING:
        own = frozenset(organisation.units)
        reaches = {Reach(own, role.measures, through), Reach(frozenset({organisation.root}), None, through)}
        return Held(grant, role, frozenset(reaches), own)
    if role.extent is Extent.TOP:
        root = organisation.root
        top = frozenset({root, *organisation.children(root, rule.today)})
        return Held(grant, role, frozenset({Reach(top, role.measures, through)}), frozenset())
    assert grant.unit is not None
    own = subtree(organisation, grant.unit, rule.today)
    above = frozenset(organisation.path(grant.unit, rule.today)[:-1])
    reaches = {Reach(own, role.measures, through)} | ({Reach(above, None, through)} if above else set())
    return Held(grant, role, frozenset(reaches), own)


def subtree(organisation: Organisation, unit_id: str, month: Month) -> frozenset[str]:
    """The unit, all below it in `month`, and the units whose history they carry."""
    own = frozenset(organisation.below(unit_id, month))
    return own | {unit for unit in organisation.units if organisation.heir(unit, month) in own}


def _opened(rule: Rule) -> Reach:
    harmless = frozenset(key for key, m in rule.measures.items() if m.persons is Persons.NEITHER)
    return Reach(frozenset(rule.organisation.units), harmless)


def _reaches(reaches: Iterable[Reach], unit_id: str | None, measure: str | None) -> bool:
    return any(
        (unit_id is None or unit_id in reach.units)
        and (measure is None or reach.measures is None or measure in reach.measures)
        for reach in reaches
    )
