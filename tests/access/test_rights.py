"""What the roles see."""

from __future__ import annotations

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.roles import DEMO_ROLES, Reach, Role, scope_for
from hsf_kpi.model.problems import NotPermitted
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


def seen(role: str, roles: tuple[Role, ...] = DEMO_ROLES) -> set[str]:
    return set(scope_for(Identity("a", "A", role), ORG, m("2023-10"), roles).units)


@pytest.mark.parametrize("role", ["ledning", "controller"])
def test_some_see_everything_that_has_ever_been(role: str) -> None:
    assert seen(role) == set(ORG.units)


def test_an_area_is_seen_with_all_under_it_and_the_sums_above() -> None:
    assert seen("omradeschef") == {
        "hsf",
        "akutsjukvard",
        "kirurgkliniken",
        "avdelning-1",
        "medicinkliniken",
        "kirurgen-sala",
    }


def test_a_clinic_is_seen_with_its_heritage_and_the_sums_above_but_no_neighbour() -> None:
    assert seen("verksamhetschef") == {
        "hsf",
        "akutsjukvard",
        "kirurgkliniken",
        "avdelning-1",
        "kirurgen-sala",
    }


def test_the_board_sees_the_top_only() -> None:
    assert seen("namnd") == {"hsf", "akutsjukvard", "nara-vard"}


def test_an_unknown_role_or_unit_sees_nothing() -> None:
    assert scope_for(Identity("a", "A", "gäst"), ORG, m("2023-10")) == NOTHING
    assert seen("x", (Role("x", "X", Reach.SUBTREE, "finns-inte"),)) == set()
    assert seen("x", (Role("x", "X", Reach.SUBTREE),)) == set()
    with pytest.raises(NotPermitted):
        NOTHING.demand("hsf")


def test_role_ids_are_their_own() -> None:
    assert len({role.id for role in DEMO_ROLES}) == len(DEMO_ROLES)
