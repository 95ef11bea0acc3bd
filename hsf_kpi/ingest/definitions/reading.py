"""Step one: every definition file read and held against its shape. Nothing is looked up between files yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from hsf_kpi.ingest.definitions.changes import (
    CHANGES_FOLDER,
    OrganisationChangesShape,
    changed_organisation,
    changed_targets,
    is_change,
)
from hsf_kpi.ingest.definitions.files import DefinitionFiles
from hsf_kpi.ingest.definitions.plan_tables_shapes import (
    AccountPlanShape,
    LeversShape,
    PlanTableShape,
)
from hsf_kpi.ingest.definitions.rebases import TrendShape
from hsf_kpi.ingest.definitions.shapes import (
    ComparisonShape,
    MeasureShape,
    OrganisationShape,
    PlanShape,
    RolesShape,
    SourceErrorsShape,
    TargetsShape,
)
from hsf_kpi.ingest.definitions.words import row_name, shape_problems
from hsf_kpi.model.problems import Problem

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class MeasureFile:
    """One measure as read. `where` leads to its fields: «data/indicators/hme.toml: » or «…: part[besok].»."""

    file: str
    where: str
    indicator: str
    part: str
    shape: MeasureShape

    @property
    def key(self) -> str:
        return f"{self.indicator}.{self.part}" if self.part else self.indicator


@dataclass
class Files:
    """What the files hold. None, or incomplete, where one had the wrong shape: nothing is looked up in it."""

    plan: PlanShape | None = None
    organisation: OrganisationShape | None = None
    source_errors: SourceErrorsShape | None = None
    roles: RolesShape | None = None
    measures: list[MeasureFile] = field(default_factory=list)
    measures_complete: bool = True
    targets: list[tuple[str, TargetsShape]] = field(default_factory=list)
    """The years' files, and after them the files of changes: see `changes.changed_targets`."""
    target_changes: list[tuple[str, TargetsShape]] = field(default_factory=list)
    targets_complete: bool = True
    changed_units: dict[str, str] = field(default_factory=dict)
    """Unit → the file of changes that spoke of it last."""
    plan_tables: list[tuple[str, PlanTableShape]] = field(default_factory=list)
    account_plan: tuple[str, AccountPlanShape] | None = None
    levers: tuple[str, LeversShape] | None = None
    comparison: tuple[str, ComparisonShape] | None = None
    trend: tuple[str, TrendShape] | None = None
    problems: list[Problem] = field(default_factory=list)

    def parse(self, name: str, raw: dict[str, Any] | Problem, shape: type[T]) -> T | None:
        if isinstance(raw, Problem):
            self.problems.append(raw)
            return None
        try:
            return shape.model_validate(raw)
        except ValidationError as error:
            self.problems += shape_problems(error, name, raw, shape)
            return None


def read_files(folder: DefinitionFiles) -> Files:
    """Reads all files but published/ and demo/. Problems are kept, not raised."""
    files = Files()

    def one(name: str, shape: type[T]) -> T | None:
        return files.parse(folder.label(name), folder.toml(name), shape)

    files.plan = one("plan.toml", PlanShape)
    files.organisation = one("organisation.toml", OrganisationShape)
    files.source_errors = one("source_errors.toml", SourceErrorsShape)
    files.roles = one("roles.toml", RolesShape)
    if folder.has("comparison.toml"):
        comparison = one("comparison.toml", ComparisonShape)
        if comparison is not None:
            files.comparison = (folder.label("comparison.toml"), comparison)
    if folder.has("trend.toml"):
        trend = one("trend.toml", TrendShape)
        if trend is not None:
            files.trend = (folder.label("trend.toml"), trend)
    for kind in ("indicators", "targets"):
        found = folder.below(kind)
        if not found:
            files.problems.append(
                Problem("Mappen saknas eller är tom.", folder.label(kind), "Lägg dit minst en fil.")
            )
        complete = bool(found)
        for path in found:
            read = _read_indicator if kind == "indicators" else _read_targets
            told = (folder.label(path), PurePosixPath(path).stem, folder.toml(path))
            complete = read(files, *told) and complete
        if kind == "indicators":
            files.measures_complete = complete
        else:
            files.targets_complete = complete
            files.targets = changed_targets(files.targets, files.target_changes)
    for path in folder.below("economy"):
        _read_economy(files, folder.label(path), PurePosixPath(path).stem, folder.toml(path))
    for path in folder.below(CHANGES_FOLDER):
        _read_changes(files, folder.label(path), folder.toml(path))
    return files


def _read_changes(files: Files, name: str, raw: dict[str, Any] | Problem) -> None:
    """A file of changes is laid upon the organisation as it was read so far."""
    changes = files.parse(name, raw, OrganisationChangesShape)
    if changes is None or files.organisation is None or isinstance(raw, Problem):
        return
    files.organisation, problems = changed_organisation(files.organisation, changes, raw, name)
    files.problems += problems
    files.changed_units |= {unit.id: name for unit in changes.unit}


def _read_economy(files: Files, name: str, stem: str, raw: dict[str, Any] | Problem) -> None:
    """The folder may be missing: a region without the plan's tables has none."""
    if stem == "accounts":
        accounts = files.parse(name, raw, AccountPlanShape)
        files.account_plan = (name, accounts) if accounts is not None else None
    elif stem == "levers":
        levers = files.parse(name, raw, LeversShape)
        files.levers = (name, levers) if levers is not None else None
    elif (table := files.parse(name, raw, PlanTableShape)) is not None:
        files.plan_tables.append((name, table))
        _same_name(files, name, stem, table.id, "tabellen")


def _read_targets(files: Files, name: str, stem: str, raw: dict[str, Any] | Problem) -> bool:
    targets = files.parse(name, raw, TargetsShape)
    if targets is None:
        return False
    if is_change(stem, targets.year):
        files.target_changes.append((name, targets))
        return True
    files.targets.append((name, targets))
    if stem != str(targets.year):
        files.problems.append(
            Problem(
                f"Filen heter ”{stem}” men året är {targets.year}.",
                f"{name}: year",
                "Ge filen årets namn.",
            )
        )
    return True


def _read_indicator(files: Files, name: str, stem: str, raw: dict[str, Any] | Problem) -> bool:
    """One file holds one indicator, or parts that share its fields: each part is checked as a measure."""
    if isinstance(raw, Problem):
        files.problems.append(raw)
        return False
    parts = raw.get("part")
    if parts is None:
        shape = files.parse(name, raw, MeasureShape)
        if shape is not None:
            files.measures.append(MeasureFile(name, f"{name}: ", shape.id, "", shape))
            _same_name(files, name, stem, shape.id)
        return shape is not None
    if not isinstance(parts, list) or not parts or not all(isinstance(part, dict) for part in parts):
        files.problems.append(
            Problem("Delarna har fel form.", f"{name}: part", "Skriv varje del som en tabell [[part]].")
        )
        return False
    _same_name(files, name, stem, raw.get("id"))
    common = {key: value for key, value in raw.items() if key not in ("part", "id")}
    complete = True
    for number, part in enumerate(parts, 1):
        shape = _read_part(files, name, common, part, number)
        if shape is None:
            complete = False
        else:
            files.measures.append(MeasureFile(name, f"{name}: part[{shape.id}].", stem, shape.id, shape))
    return complete


def _read_part(
    files: Files, name: str, common: Mapping[str, Any], part: Mapping[str, Any], number: int
) -> MeasureShape | None:
    merged = {**common, **part}
    for key in ("definition", "tolerance"):
        if isinstance(common.get(key), dict) and isinstance(part.get(key), dict):
            merged[key] = {**common[key], **part[key]}
    try:
        return MeasureShape.model_validate(merged)
    except ValidationError as error:
        own = f"part[{row_name(part) or number}]."
        for problem in shape_problems(error, name, merged, MeasureShape):
            field_ = problem.where.removeprefix(f"{name}: ")
            # A fault in a common field is told once, at its own place, not once a part.
            inherited = field_.split(".")[0].split("[")[0] in common and not _in(part, field_)
            told = Problem(
                problem.what, f"{name}: {field_}" if inherited else f"{name}: {own}{field_}", problem.todo
            )
            if told not in files.problems:
                files.problems.append(told)
        return None


def _in(part: Mapping[str, Any], path: str) -> bool:
    first, _, rest = path.partition(".")
    value = part.get(first.split("[")[0])
    if value is None:
        return False
    return rest.split("[")[0] in value if rest and isinstance(value, dict) else True


def _same_name(files: Files, name: str, stem: str, found: Any, what: str = "indikatorn") -> None:
    if found != stem:
        files.problems.append(
            Problem(
                f"Filen heter ”{stem}” men id är ”{found or ''}”.",
                f"{name}: id",
                f"Ge filen och {what} samma namn.",
            )
        )
