"""What the roles see and may do: the union of those in force, nothing without a rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rule, rights_of
from hsf_kpi.model.problems import NotPermitted
from hsf_kpi.model.role import Extent, Grant, Permission, Role
from hsf_kpi.model.scope import NOTHING
from tests.store.builders import m, organisation, unit

ORG = organisation(
    unit("hsf", None),
    unit("akutsjukvard", "hsf"),
    unit("nara-vard", "hsf"),
    unit("kirurgkliniken", "akutsjukvard"),
    unit("avdelning-1", "kirurgkliniken"),
    unit("kirurgen-sala", "nara-vard", None, "2022-12", "kirurgkliniken"),
    unit("medicinkliniken", "akutsjukvard"),
    unit("habilitering", "nara-vard"),
)
LOOK = frozenset({Permission.SEE, Permission.DOWNLOAD_DATA, Permission.DOWNLOAD_PICTURE})
ROLES: Mapping[str, Role] = {
    role.id: role
    for role in (
        Role("ledning", "Ledning", "", Extent.EVERYTHING, LOOK),
        Role("chef", "Chef", "", Extent.SUBTREE, LOOK | {Permission.COMMENT}),
        Role("controller", "Controller", "", Extent.SUBTREE, LOOK | {Permission.LOAD}),
        Role("hr", "HR", "", Extent.EVERYTHING, LOOK, frozenset({"personal"})),
        Role("namnd", "Nämnd", "", Extent.TOP, LOOK, released_only=True),
        Role("admin", "Admin", "", Extent.NOTHING, frozenset({Permission.ADMINISTER})),
    )
}
RULE = Rule(ROLES, ORG, {}, m("2023-10"), m("2023-08"))
DAY = dt.date(2023, 11, 14)


def who(*grants: Grant) -> Identity:
    return Identity("a", "A", grants)


def seen(*grants: Grant) -> set[str]:
    return set(rights_of(who(*grants), RULE, DAY).scope.units)


def test_some_see_everything_that_has_ever_been() -> None:
    assert seen(Grant("ledning")) == set(ORG.units)


def test_an_area_is_seen_with_all_under_it_and_the_sums_above() -> None:
    own = {"akutsjukvard", "kirurgkliniken", "avdelning-1", "medicinkliniken", "kirurgen-sala"}
    assert seen(Grant("chef", "akutsjukvard")) == {"hsf"} | own


def test_a_clinic_is_seen_with_its_heritage_and_the_sums_above_but_no_neighbour() -> None:
    own = {"kirurgkliniken", "avdelning-1", "kirurgen-sala"}
    assert seen(Grant("chef", "kirurgkliniken")) == {"hsf", "akutsjukvard"} | own


def test_the_board_sees_released_months_of_the_top_only() -> None:
    scope = rights_of(who(Grant("namnd")), RULE, DAY).scope
    assert scope.units == {"hsf", "akutsjukvard", "nara-vard"}
    assert scope.horizon() == m("2023-08")
    assert scope.reaches_month("hsf", "x", m("2023-08"))
    assert not scope.reaches_month("hsf", "x", m("2023-09"))
    assert rights_of(who(Grant("namnd")), replace(RULE, released=None), DAY).scope == NOTHING


def test_hr_sees_the_staff_figures_everywhere_and_all_of_the_sums() -> None:
    scope = rights_of(who(Grant("hr")), RULE, DAY).scope
    assert scope.allows("avdelning-1", "personal")
    assert not scope.allows("avdelning-1", "ekonomi")
    assert scope.allows("hsf", "ekonomi")
    with pytest.raises(NotPermitted):
        scope.demand_measure("avdelning-1", "ekonomi")


def test_an_administrator_sees_no_figures_by_that_role() -> None:
    rights = rights_of(who(Grant("admin")), RULE, DAY)
    assert rights.scope == NOTHING
    assert rights.may(Permission.ADMINISTER)
    assert not rights.may(Permission.SEE)


def test_several_roles_are_a_union() -> None:
    both = rights_of(who(Grant("namnd"), Grant("chef", "kirurgkliniken")), RULE, DAY)
    assert both.scope.units == {
        "hsf", "akutsjukvard", "nara-vard", "kirurgkliniken", "avdelning-1", "kirurgen-sala"
    }  # fmt: skip
    assert both.scope.horizon() is None
    assert not both.scope.reaches_month("nara-vard", "x", m("2023-09"))
    assert both.scope.reaches_month("akutsjukvard", "x", m("2023-09"))


def test_doing_is_tied_to_the_own_unit_and_seeing_is_not() -> None:
    rights = rights_of(who(Grant("chef", "kirurgkliniken")), RULE, DAY)
    assert rights.may(Permission.SEE, "hsf")
    assert rights.may(Permission.COMMENT, "avdelning-1")
    assert not rights.may(Permission.COMMENT, "akutsjukvard")
    assert not rights.may(Permission.LOAD, "kirurgkliniken")
    with pytest.raises(NotPermitted):
        rights.demand(Permission.COMMENT, "hsf")


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (DAY + dt.timedelta(1), None, False),
        (None, DAY - dt.timedelta(1), False),
    ],
)
def test_a_role_holds_from_its_first_to_its_last_day(
    first: dt.date | None, last: dt.date | None, holds: bool
) -> None:
    assert bool(seen(Grant("ledning", None, first, last))) is holds


@pytest.mark.parametrize("grant", [Grant("gäst"), Grant("chef"), Grant("chef", "finns-inte")])
def test_an_unknown_role_or_unit_sees_nothing(grant: Grant) -> None:
    assert rights_of(who(grant), RULE, DAY).scope == NOTHING
    with pytest.raises(NotPermitted):
        NOTHING.demand("hsf")


def test_who_looks_as_another_role_may_only_look() -> None:
    identity = replace(who(Grant("controller", "hsf")), seen_as="Controller")
    rights = rights_of(identity, RULE, DAY)
    assert rights.may(Permission.SEE, "hsf")
    assert not any(rights.may(p) for p in Permission if p is not Permission.SEE)
