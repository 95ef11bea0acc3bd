"""The report templates (reports/*.toml). A file that is wrong is told and left out; the others work all the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import Field, ValidationError

from hsf_kpi.ingest.definitions.fields import Id, Key, Text
from hsf_kpi.ingest.definitions.files import REPORTS, label, parse_toml, read_text
from hsf_kpi.ingest.definitions.shapes import Shape
from hsf_kpi.ingest.definitions.words import shape_problems, told_twice
from hsf_kpi.model.period import View
from hsf_kpi.model.problems import Problem
from hsf_kpi.model.template import MeantFor, ReportTemplate, SectionKind, SectionPlan

_code = Field(strict=False)
WITH_MEASURES = (SectionKind.MEASURES, SectionKind.COMPARE)
"""The kinds of section that name their measures."""


class SectionShape(Shape):
    id: Id
    kind: Annotated[SectionKind, _code]
    title: Text
    measures: list[Key] = Field(default=[])


class ReportShape(Shape):
    id: Id
    order: int = Field(ge=1)
    name: Text
    meeting: Text
    source: Text
    meant_for: Annotated[MeantFor, _code]
    months: list[Annotated[int, Field(ge=1, le=12)]] = Field(default=[])
    view: Annotated[View, _code]
    section: list[SectionShape] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class ReportTemplates:
    """templates: in their order. problems: of the files that were left out, and of the measures that are not known."""

    templates: tuple[ReportTemplate, ...]
    problems: tuple[Problem, ...]


def read_templates(folder: Path, measures: Collection[str]) -> ReportTemplates:
    """Every template of `folder`/reports. measures: the keys there are; a template that names another is kept, and what it
    names so is told: it is left out of the report that is made.
    """
    found: list[tuple[int, ReportTemplate]] = []
    problems: list[Problem] = []
    for path in template_files(folder):
        name = label(folder, path)
        shape = _read(path, name, problems)
        if shape is None:
            continue
        wrong = [*told_twice(name, "section", [s.id for s in shape.section]), *_check(shape, path, name)]
        problems += wrong
        if not wrong:
            template = _build(shape, name)
            problems += unknown_measures(template, measures)
            found.append((shape.order, template))
    found.sort(key=lambda one: (one[0], one[1].id))
    return ReportTemplates(tuple(template for _, template in found), tuple(problems))


def template_files(folder: Path) -> list[Path]:
    """The template files of `folder`/reports, by name; hidden ones, which editors leave while they save, are none."""
    return sorted(path for path in (folder / REPORTS).glob("*.toml") if not path.name.startswith("."))


def unknown_measures(template: ReportTemplate, measures: Collection[str]) -> Iterator[Problem]:
    for section in template.sections:
        for key in section.measures:
            if key not in measures:
                yield Problem(
                    f"Nyckeltalet ”{key}” finns inte.",
                    f"{template.file}: section[{section.id}].measures",
                    "Rätta nyckeln, eller ta bort den. Resten av rapporten görs ändå.",
                )


def _read(path: Path, name: str, problems: list[Problem]) -> ReportShape | None:
    text = read_text(path, name)
    raw = text if isinstance(text, Problem) else parse_toml(text, name)
    if isinstance(raw, Problem):
        problems.append(raw)
        return None
    try:
        return ReportShape.model_validate(raw)
    except ValidationError as error:
        problems += shape_problems(error, name, raw, ReportShape)
        return None


def _check(shape: ReportShape, path: Path, name: str) -> Iterator[Problem]:
    stem = PurePosixPath(path.name).stem
    if stem != shape.id:
        yield Problem(
            f"Filen heter ”{stem}” men id är ”{shape.id}”.",
            f"{name}: id",
            "Ge filen och mallen samma namn.",
        )
    for section in shape.section:
        where = f"{name}: section[{section.id}].measures"
        if section.kind in WITH_MEASURES and not section.measures:
            yield Problem("Avsnittet namnger inga nyckeltal.", where, "Ange minst ett nyckeltal.")
        if section.kind not in WITH_MEASURES and section.measures:
            kinds = ", ".join(WITH_MEASURES)
            yield Problem(
                f"Avsnitt av slaget ”{section.kind}” har egna figurer.",
                where,
                f"Ta bort fältet, eller välj ett av slagen {kinds}.",
            )


def _build(shape: ReportShape, name: str) -> ReportTemplate:
    return ReportTemplate(
        id=shape.id,
        name=shape.name,
        meeting=shape.meeting,
        source=shape.source,
        meant_for=shape.meant_for,
        months=tuple(shape.months),
        view=shape.view,
        sections=tuple(SectionPlan(s.id, s.kind, s.title, tuple(s.measures)) for s in shape.section),
        file=name,
    )
