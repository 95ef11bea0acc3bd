"""The roles, the groups of figures that they may be limited to, and who can be tried on demo data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from hsf_kpi.ingest.definitions.reading import MeasureFile
from hsf_kpi.ingest.definitions.shapes import FigureGroupShape, RoleShape, RolesShape
from hsf_kpi.ingest.definitions.words import told_twice
from hsf_kpi.model.organisation import Unit
from hsf_kpi.model.problems import Problem
from hsf_kpi.model.role import DemoPerson, Extent, Grant, Permission, Role


def build_roles(shape: RolesShape, measures: Collection[str]) -> Mapping[str, Role]:
    """Role id → role. `measures`: every key there is; a group that names an indicator takes all its parts."""
    groups = {group.id: group for group in shape.figure_group}
    return {role.id: _role(role, groups.get(role.figures or ""), measures) for role in shape.role}


def build_demo_people(shape: RolesShape) -> tuple[DemoPerson, ...]:
    return tuple(DemoPerson(p.id, p.title, (Grant(p.role, p.unit),)) for p in shape.demo_person)


def check_roles(
    shape: RolesShape,
    file: str,
    *,
    measures: list[MeasureFile],
    measures_complete: bool,
    units: Mapping[str, Unit] | None,
) -> list[Problem]:
    """Ids used once, and that what is named exists. Nothing is looked up in files that could not be read."""
    known = {m.indicator for m in measures} | {m.key for m in measures} if measures_complete else None
    return [
        *told_twice(file, "figure_group", [g.id for g in shape.figure_group]),
        *told_twice(file, "role", [r.id for r in shape.role]),
        *told_twice(file, "demo_person", [p.id for p in shape.demo_person]),
        *_check_groups(shape, file, known),
        *_check_role_groups(shape, file),
        *_check_improve(shape, file),
        *_check_people(shape, file, units),
    ]


def _role(shape: RoleShape, group: FigureGroupShape | None, measures: Collection[str]) -> Role:
    keys = None
    if group is not None:
        named = set(group.measures)
        keys = frozenset(key for key in measures if key in named or key.partition(".")[0] in named)
    return Role(
        id=shape.id,
        title=shape.title,
        about=shape.about,
        extent=shape.extent,
        may=frozenset(shape.may),
        measures=keys,
        measures_title=group.title if group else "",
        released_only=shape.released_only,
    )


def _check_groups(shape: RolesShape, file: str, known: Collection[str] | None) -> Iterator[Problem]:
    for group in shape.figure_group:
        for measure in group.measures if known is not None else ():
            if measure not in known:  # type: ignore[operator]
                yield Problem(
                    f"Nyckeltalet ”{measure}” finns inte.",
                    f"{file}: figure_group[{group.id}].measures",
                    "Ange ett id från data/indicators, eller id, punkt och del.",
                )


def _check_role_groups(shape: RolesShape, file: str) -> Iterator[Problem]:
    groups = {group.id for group in shape.figure_group}
    for role in shape.role:
        if role.figures is not None and role.figures not in groups:
            yield Problem(
                f"Gruppen ”{role.figures}” finns inte.",
                f"{file}: role[{role.id}].figures",
                "Ange id för en [[figure_group]], eller ta bort fältet för alla nyckeltal.",
            )


def _check_improve(shape: RolesShape, file: str) -> Iterator[Problem]:
    """An activity is saved whole: who does not see its later months would take them away."""
    for role in shape.role:
        if role.released_only and Permission.IMPROVE in role.may:
            yield Problem(
                "Den som bara ser frisläppta månader kan inte ändra förbättringsarbeten.",
                f"{file}: role[{role.id}].may",
                "Ta bort improve, eller released_only.",
            )


def _check_people(shape: RolesShape, file: str, units: Mapping[str, Unit] | None) -> Iterator[Problem]:
    roles = {role.id: role for role in shape.role}
    for person in shape.demo_person:
        where = f"{file}: demo_person[{person.id}]"
        role = roles.get(person.role)
        if role is None:
            yield Problem(f"Rollen ”{person.role}” finns inte.", f"{where}.role", "Ange id för en [[role]].")
        elif (role.extent is Extent.SUBTREE) != (person.unit is not None):
            yield Problem(
                "Rollen gäller en verksamhet, och ingen är angiven."
                if person.unit is None
                else "Rollen gäller hela förvaltningen, och en verksamhet är angiven.",
                f"{where}.unit",
                "Ange verksamheten." if person.unit is None else "Ta bort fältet.",
            )
        if person.unit is not None and units is not None and person.unit not in units:
            yield Problem(
                f"Verksamheten ”{person.unit}” finns inte.",
                f"{where}.unit",
                "Ange ett id från organisation.toml.",
            )
