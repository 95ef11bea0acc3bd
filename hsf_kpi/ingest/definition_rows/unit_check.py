"""The whole organisation as it becomes, checked as the definition files are, and told at the rows of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from hsf_kpi.ingest.definition_rows.rows import Row
from hsf_kpi.ingest.definitions.changes import OrganisationChangesShape, changed_organisation
from hsf_kpi.ingest.definitions.organisation import check_organisation
from hsf_kpi.ingest.definitions.shapes import OrganisationShape, PlacementShape, UnitShape
from hsf_kpi.model.organisation import Organisation, Unit
from hsf_kpi.model.problems import Problem

_WHERE: Final = re.compile(r": unit\[([a-z0-9-]+)\](?:\.placement\[\d+\])?(?:\.(\w+))?")
_FIELD: Final = {"placement": "first", "keys": "cost_centre", "id": "unit"}


def tell_of_organisation(
    content: Mapping[str, Any], rows: Mapping[str, Row], organisation: Organisation
) -> None:
    """Tells what is wrong with the organisation when the entries of `content` are laid upon it. rows: by unit."""
    known = organisation.units
    if any("parent" not in entry for entry in content["unit"] if entry["id"] not in known):
        return  # told where the cell was read
    try:
        changes = OrganisationChangesShape.model_validate(content)
    except ValueError:
        return
    changed, problems = changed_organisation(shape_of(organisation), changes, content, "")
    if problems:
        return
    for problem in check_organisation(changed, ""):
        found = _WHERE.match(problem.where)
        unit = found[1] if found else ""
        if unit in rows:
            _tell(rows[unit], problem, found[2] if found else None)
        elif (named := _named(problem, rows)) is not None:
            name = known[unit].name if unit in known else ""
            _tell(rows[named], problem, None, f"{name}: " if name else "")
        else:
            next(iter(rows.values())).fault(problem.what, problem.todo, "unit")


def _tell(row: Row, problem: Problem, field: str | None, before: str = "") -> None:
    row.fault(f"{before}{problem.what}", problem.todo, _FIELD.get(field or "", field or "unit"))


def _named(problem: Problem, rows: Mapping[str, Row]) -> str | None:
    """The first unit of the file that the problem speaks of."""
    return next((name for name in re.findall(r"”([a-z0-9-]+)”", problem.what) if name in rows), None)


def shape_of(organisation: Organisation) -> OrganisationShape:
    """The units as a definition file would have them; what is told of reorganisations is left out."""
    return OrganisationShape.model_construct(unit=[_shape(unit) for unit in organisation.units.values()])


def _shape(unit: Unit) -> UnitShape:
    several = len(unit.placements) > 1
    only = unit.placements[0]
    return UnitShape.model_construct(
        id=unit.id,
        name=unit.name,
        level=unit.level,
        parent=None if several else only.parent,
        first=None if several else only.first,
        last=None if several else only.last,
        placement=[
            PlacementShape.model_construct(parent=one.parent or "", first=one.first, last=one.last)
            for one in unit.placements
        ]
        if several
        else [],
        short_name=unit.short_name,
        successor=unit.successor,
        tags=sorted(unit.tags),
        keys=dict(unit.keys),
        source=unit.source or "-",
    )
