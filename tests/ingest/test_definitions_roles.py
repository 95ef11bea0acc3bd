"""data/roles.toml: what a wrong one is told, and what a right one means."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.role import Extent, Permission

ROLES = "roles.toml"
AT = "data/roles.toml"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('extent = "top"', 'extent = "allt"', "role[namnd].extent: ”allt” är inget tillåtet värde."),
        ('may = ["administer"]', 'may = ["allt"]', "role[admin].may[1]: ”allt” är inget tillåtet värde."),
        ('may = ["administer"]', "may = []", "role[admin].may: Fältet får inte vara tomt."),
        ('figures = "personal"', 'figures = "okänd"', "role[hr].figures: "),
        ('figures = "personal"', 'figures = "ekonomi"', "role[hr].figures: Gruppen ”ekonomi” finns inte."),
        ('    "hme",', '    "hme",\n    "finns-inte",', "figure_group[personal].measures: Nyckeltalet ”finns-inte”"),
        ('id = "hr"\ntitle = "HR"\nabout', 'id = "admin"\ntitle = "HR"\nabout', "role[admin].id: Id används flera"),
        ('role = "namnd"', 'role = "kung"', "demo_person[namnd].role: Rollen ”kung” finns inte."),
        ('unit = "kirurgkliniken"', 'unit = "kirurgen"', "demo_person[verksamhetschef].unit: Verksamheten ”kirurgen”"),
        ('unit = "kirurgkliniken"\n', "", "demo_person[verksamhetschef].unit: Rollen gäller en verksamhet"),
        ('role = "namnd"', 'role = "namnd"\nunit = "hsf"', "demo_person[namnd].unit: Rollen gäller hela förvaltningen"),
    ],
)  # fmt: skip
def test_a_wrong_role_is_told(change, problems, old: str, new: str, expected: str) -> None:  # type: ignore[no-untyped-def]
    change(ROLES, old, new)
    assert any(problem.startswith(f"{AT}: {expected}") for problem in problems()), problems()


def test_a_missing_file_is_told(folder: Path, problems) -> None:  # type: ignore[no-untyped-def]
    (folder / ROLES).unlink()
    assert problems() == [f"{AT}: Filen saknas. Återställ filen eller skapa den."]


def test_nothing_is_looked_up_in_files_that_could_not_be_read(folder: Path, change, problems) -> None:  # type: ignore[no-untyped-def]
    change("organisation.toml", "[[unit]]", "[[unit]")
    assert not any(problem.startswith(AT) for problem in problems())


def test_a_group_that_names_an_indicator_takes_all_its_parts(folder: Path, change) -> None:  # type: ignore[no-untyped-def]
    change(ROLES, '    "hme",', '    "hme",\n    "trycksar",\n    "vardgaranti.besok",')
    seen = read_catalogue(folder).roles["hr"].measures
    assert seen is not None
    assert {key for key in seen if key.startswith("trycksar")} == {"trycksar.kat-1-4", "trycksar.kat-2-4"}
    assert {key for key in seen if key.startswith("vardgaranti")} == {"vardgaranti.besok"}


def test_the_roles_of_the_product_are_those_of_the_plan_of_rights(folder: Path) -> None:
    catalogue = read_catalogue(folder)
    roles = catalogue.roles
    assert {role.id: role.extent for role in roles.values()} == {
        "ledning": Extent.EVERYTHING,
        "omradeschef": Extent.SUBTREE,
        "verksamhetschef": Extent.SUBTREE,
        "controller": Extent.SUBTREE,
        "hr": Extent.EVERYTHING,
        "namnd": Extent.TOP,
        "admin": Extent.NOTHING,
    }
    assert {role.id for role in roles.values() if Permission.LOAD in role.may} == {"controller"}
    assert {role.id for role in roles.values() if Permission.RELEASE in role.may} == {"controller"}
    assert {role.id for role in roles.values() if Permission.ADMINISTER in role.may} == {"admin"}
    may_follow_up = {role.id for role in roles.values() if Permission.FOLLOW_UP in role.may}
    assert may_follow_up == {"ledning", "omradeschef", "controller"}
    assert roles["admin"].may == {Permission.ADMINISTER}
    assert {role.id for role in roles.values() if role.released_only} == {"namnd"}
    assert roles["hr"].measures is not None
    assert all(role.measures is None for role in roles.values() if role.id != "hr")
    assert [person.grants[0].role for person in catalogue.demo_people] == list(roles)
