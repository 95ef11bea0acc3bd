"""Files of changes: what a loaded file (or a file in data/) adds to the organisation and to a year's targets, row by row.

The file that is changed stays as it is, so what it says of everything else still counts when it is changed later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import Field, ValidationError

from hsf_kpi.ingest.definitions.fields import Id, MonthText, Text
from hsf_kpi.ingest.definitions.shapes import (
    OrganisationShape,
    PlacementShape,
    ReorganisationShape,
    Shape,
    TargetsShape,
    UnitShape,
)
from hsf_kpi.ingest.definitions.words import shape_problems
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import Problem

TargetFiles = Sequence[tuple[str, TargetsShape]]
CHANGES_FOLDER = "organisation"
"""Files of changes to the organisation lie here, below data/."""


class UnitChangeShape(Shape):
    """A new unit, with the fields of organisation.toml; or what is changed of a known one, the rest left out.

    parent with first: where a known unit stands from that month on. last: its last month. keys are added to those it has.
    """

    id: Id
    name: Text | None = None
    short_name: str | None = None
    level: Text | None = None
    parent: Id | None = None
    first: MonthText | None = None
    last: MonthText | None = None
    successor: Id | None = None
    tags: list[Id] | None = None
    keys: dict[str, Text] = Field(default={})
    note: str | None = None
    source: Text | None = None


class OrganisationChangesShape(Shape):
    unit: list[UnitChangeShape] = Field(default=[])
    reorganisation: list[ReorganisationShape] = Field(default=[])


def is_change(stem: str, year: int) -> bool:
    """Whether a file in targets/ holds changes to the year's file: «2024-andringar»."""
    return stem.startswith(f"{year}-")


def changed_targets(files: TargetFiles, changes: TargetFiles) -> list[tuple[str, TargetsShape]]:
    """The years' files and the changes to them. A measure that has a target (or baseline) in a file of changes has none in
    the files of that year before it.
    """
    found = list(files)
    for name, change in changes:
        targets = {row.measure for row in change.target}
        baselines = {row.measure for row in change.baseline}
        found = [
            (other, _without(file, targets, baselines) if file.year == change.year else file)
            for other, file in found
        ]
        found.append((name, change))
    return found


def _without(file: TargetsShape, targets: set[str], baselines: set[str]) -> TargetsShape:
    return file.model_copy(
        update={
            "target": [row for row in file.target if row.measure not in targets],
            "baseline": [row for row in file.baseline if row.measure not in baselines],
        }
    )


def changed_organisation(
    shape: OrganisationShape, changes: OrganisationChangesShape, raw: Mapping[str, Any], name: str
) -> tuple[OrganisationShape, list[Problem]]:
    """The organisation with the changes, and what is wrong with them as they stand. raw: the tables of the file, name: what
    it is called. New units come last, in the order of the file; whether the whole holds together is checked afterwards.
    """
    units = {unit.id: unit for unit in shape.unit}
    problems: list[Problem] = []
    for change, table in zip(changes.unit, raw.get("unit", ()), strict=True):
        known = units.get(change.id)
        if known is not None:
            problems += _misplaced(known, change, f"{name}: unit[{change.id}]")
            units[change.id] = changed_unit(known, change)
            continue
        try:
            units[change.id] = UnitShape.model_validate(table)
        except ValidationError as error:
            for problem in shape_problems(error, name, table, UnitShape):
                field = problem.where.removeprefix(f"{name}: ")
                problems.append(replace(problem, where=f"{name}: unit[{change.id}].{field}"))
    moves = [*shape.reorganisation, *changes.reorganisation]
    old = [units[unit.id] for unit in shape.unit]
    known_before = {unit.id for unit in shape.unit}
    new = [unit for key, unit in units.items() if key not in known_before]
    return shape.model_copy(update={"unit": [*old, *new], "reorganisation": moves}), problems


def _misplaced(unit: UnitShape, change: UnitChangeShape, where: str) -> Iterator[Problem]:
    if change.parent is not None and change.first is None:
        yield Problem(
            "Enheten finns redan, och ändringen säger inte från vilken månad den står under en annan.",
            f"{where}.first",
            "Ange månaden (first).",
        )
    if change.first is not None and change.parent is None:
        yield Problem(
            "Enheten finns redan, och ändringen säger inte var den står från den månaden.",
            f"{where}.parent",
            "Ange överordnad enhet (parent), eller ta bort first.",
        )
    if change.parent is not None and unit.parent is None and not unit.placement:
        yield Problem("Enheten står överst och kan inte flyttas.", f"{where}.parent", "Ta bort parent.")


def changed_unit(unit: UnitShape, change: UnitChangeShape) -> UnitShape:
    """The known unit with what the change says."""
    plain = ("name", "short_name", "level", "successor", "tags", "note", "source")
    found: dict[str, Any] = {name: v for name in plain if (v := getattr(change, name)) is not None}
    if change.keys:
        found["keys"] = {**unit.keys, **change.keys}
    placements = unit.placement or (
        [_placement(unit.parent, unit.first, unit.last)] if unit.parent is not None else []
    )
    if change.parent is not None and change.first is not None:
        placements = _moved(placements, change.parent, change.first)
    if change.last is not None:
        placements = _ended(placements, change.last)
        if not placements:
            found["last"] = change.last
    if len(placements) == 1:
        only = placements[0]
        found |= {"parent": only.parent, "first": only.first, "last": only.last, "placement": []}
    elif placements:
        found |= {"parent": None, "first": None, "last": None, "placement": placements}
    return unit.model_copy(update=found)


def _moved(placements: Sequence[PlacementShape], parent: str, first: Month) -> list[PlacementShape]:
    """As they were until the month before, then under `parent` for as long as the unit was to last."""
    kept = _ended(placements, first - 1)
    last = placements[-1].last if placements else None
    if last is not None and last < first:
        last = None
    return [*kept, _placement(parent, first, last)]


def _ended(placements: Sequence[PlacementShape], last: Month) -> list[PlacementShape]:
    """Those that began by then, the last of them ended with the month."""
    kept = [one for one in placements if one.first is None or one.first <= last]
    return [*kept[:-1], kept[-1].model_copy(update={"last": last})] if kept else []


def _placement(parent: str, first: Month | None, last: Month | None) -> PlacementShape:
    return PlacementShape.model_construct(parent=parent, first=first, last=last)
