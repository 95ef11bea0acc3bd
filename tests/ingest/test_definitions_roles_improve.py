"""A role that does not see every month can't edit what is saved whole."""

from __future__ import annotations

from hsf_kpi.ingest.definitions.roles import check_roles
from hsf_kpi.ingest.definitions.shapes import RolesShape


def told(*, released_only: bool, may: list[str]) -> list[str]:
    role = {"id": "a", "title": "A", "about": "A.", "extent": "subtree", "released_only": released_only}
    shape = RolesShape.model_validate({"role": [{**role, "may": may}]}, strict=False)
    found = check_roles(shape, "roles.toml", measures=[], measures_complete=False, units=None)
    return [str(problem) for problem in found]


def test_who_sees_released_months_only_does_not_edit_activities() -> None:
    assert told(released_only=True, may=["see", "improve"]) == [
        "roles.toml: role[a].may: Den som bara ser frisläppta månader kan inte ändra förbättringsarbeten. "
        "Ta bort improve, eller released_only."
    ]
    assert told(released_only=True, may=["see"]) == []
    assert told(released_only=False, may=["see", "improve"]) == []
