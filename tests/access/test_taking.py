"""What may be taken away: everything in the file, or nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from hsf_kpi import ROOT
from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights, Rule, rights_of
from hsf_kpi.access.taking import may_take, scope_to_take
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.period import Month
from hsf_kpi.model.role import Extent, Grant, Permission, Role

CATALOGUE = read_catalogue(ROOT / "data")
PEOPLE = {person.id: person for person in CATALOGUE.demo_people}
DATA, PICTURE = Permission.DOWNLOAD_DATA, Permission.DOWNLOAD_PICTURE
ALL = frozenset(CATALOGUE.measures)
LOOKS = Role("looks", "Tittar", "Ser en del.", Extent.EVERYTHING, frozenset({Permission.SEE}))
"""A role that the region could make: it sees and takes nothing away."""


def rights(*grants: Grant, roles: dict[str, Role] | None = None, seen_as: str = "") -> Rights:
    month = Month.of(2023, 10)
    known = {**CATALOGUE.roles, **(roles or {})}
    rule = Rule(known, CATALOGUE.organisation, CATALOGUE.measures, month, month)
    return rights_of(Identity("prov", "Prov", grants, seen_as), rule, dt.date(2023, 11, 14))


@pytest.mark.parametrize("person", ["ledning", "verksamhetschef", "hr", "namnd"])
def test_the_roles_take_what_they_see_and_nothing_else(person: str) -> None:
    held = rights(*PEOPLE[person].grants)
    taken = {unit for unit in CATALOGUE.organisation.units if may_take(held, DATA, {unit}, ALL)}
    assert taken == {unit for unit in CATALOGUE.organisation.units if held.scope.sees(unit)}
    assert taken == {unit for unit in taken if may_take(held, PICTURE, {unit}, ALL)}


def test_one_unit_that_may_not_be_taken_stops_the_file() -> None:
    held = rights(*PEOPLE["verksamhetschef"].grants)
    assert may_take(held, DATA, {"kirurgkliniken"}, ALL)
    assert not may_take(held, DATA, {"kirurgkliniken", "medicinkliniken"}, ALL)


def test_an_administrator_takes_nothing() -> None:
    held = rights(*PEOPLE["admin"].grants)
    assert not any(may_take(held, permission, {"hsf"}, ALL) for permission in (DATA, PICTURE))
    assert not may_take(held, DATA, (), ALL)


def test_looking_as_somebody_takes_nothing() -> None:
    assert not may_take(rights(*PEOPLE["ledning"].grants, seen_as="Förvaltningsledning"), DATA, {"hsf"}, ALL)


def test_what_one_role_sees_is_not_taken_by_right_of_another() -> None:
    """HR takes the staff figures; a second role sees all of them and takes none."""
    held = rights(Grant("hr"), Grant("looks"), roles={"looks": LOOKS})
    staff = CATALOGUE.roles["hr"].measures
    assert staff is not None
    others = ALL - staff
    assert may_take(held, DATA, {"kirurgkliniken"}, staff)
    assert held.scope.allows("kirurgkliniken", next(iter(others)))
    assert not may_take(held, DATA, {"kirurgkliniken"}, ALL)
    assert not may_take(held, DATA, {"kirurgkliniken"}, others)


@pytest.mark.parametrize("person", list(PEOPLE))
def test_what_a_role_takes_is_what_it_sees(person: str) -> None:
    """So that what is composed for pages and for files shares its key."""
    held = rights(*PEOPLE[person].grants)
    assert scope_to_take(held, DATA) == scope_to_take(held, PICTURE) == held.scope


def test_the_scope_to_take_leaves_out_what_only_may_be_seen() -> None:
    held = rights(Grant("hr"), Grant("looks"), roles={"looks": LOOKS})
    assert scope_to_take(held, DATA) == rights(Grant("hr")).scope != held.scope
    assert not scope_to_take(rights(Grant("looks"), roles={"looks": LOOKS}), DATA).units
    takes = Role("takes", "Tar", "Ser inget.", Extent.EVERYTHING, frozenset({DATA}))
    assert not scope_to_take(rights(Grant("takes"), roles={"takes": takes}), DATA).units


def test_looking_as_somebody_and_a_role_that_has_ended_have_nothing_to_take() -> None:
    assert not scope_to_take(rights(*PEOPLE["ledning"].grants, seen_as="Ledning"), DATA).units
    ended = tuple(Grant(g.role, g.unit, None, dt.date(2020, 1, 1)) for g in PEOPLE["ledning"].grants)
    assert not scope_to_take(rights(*ended), DATA).units
