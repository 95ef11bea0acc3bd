"""Editions (utgåvor): a report frozen as it was known, opened again later, and held against what is known now.

Who opens one sees the figures that their own rights reach, as in every report: a figure is shown whole or not at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.access.rights import Rights
from hsf_kpi.figures.changed import changes, changes_table
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.frozen import freeze as frozen
from hsf_kpi.figures.frozen import marked, thaw
from hsf_kpi.figures.report import EditionMark, LeftOut, Part, Report, Section
from hsf_kpi.model.edition import Edition
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, NotFound, NotPermitted, Problem
from hsf_kpi.model.role import Permission
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.template import ReportTemplate
from hsf_kpi.reporting.compose import compose
from hsf_kpi.reporting.order import Order
from hsf_kpi.workspace import Workspace

FROZEN_WITH = Permission.COMMENT
"""Who may speak for a unit may say what was known of it."""
HIDDEN = "Den ingår inte i din behörighet."
SUMMARY_HIDDEN = "Sammanfattningen visas inte, eftersom en del av rapporten ligger utanför din behörighet."


@dataclass(frozen=True)
class Opened:
    """edition: what is told of it. report: as much of it as may be seen, with its mark. whole: whether that is all."""

    edition: Edition
    report: Report
    whole: bool


def freeze(workspace: Workspace, rights: Rights, report: Report) -> tuple[Opened, bool]:
    """Keeps the report for good, and whether it was new: the very same one is frozen once.

    NotPermitted without the right to speak for the unit; DataError for an earlier day's knowledge, and for a text with what
    looks like a person's number.
    """
    unit = report.context.unit_id
    if workspace.as_known_day is not None:
        raise DataError(
            Problem(
                "En rapport över vad som var känt en tidigare dag kan inte frysas.",
                "uppgifter per",
                "Välj det som är känt nu.",
            )
        )
    if not rights.may(FROZEN_WITH, unit):
        raise NotPermitted(
            Problem(
                "Din behörighet räcker inte för att frysa rapporter här.",
                "",
                "Be verksamhetens chef eller en controller att göra det.",
            )
        )
    _demand_no_persons(report)
    store, who = workspace.store, rights.identity
    edition, new = store.editions.save(
        rights.scope,
        frozen(report),
        template=report.template,
        title=report.title,
        unit=unit,
        month=Month.parse(report.month),
        by=who.login,
        name=who.name,
        data=store.loads.latest(dt.datetime.now(dt.UTC)),
    )
    return open_edition(workspace, rights, edition.id), new


def listed(workspace: Workspace, scope: Scope, unit: str) -> tuple[Edition, ...]:
    """Of the unit, newest first."""
    return workspace.home.store.editions.list(scope, unit)


def open_edition(workspace: Workspace, rights: Rights, edition_id: str) -> Opened:
    """NotFound or NotPermitted in the same words; StoreError when it can't be read or has been changed."""
    edition, content = workspace.home.store.editions.get(rights.scope, edition_id)
    report = thaw(content)
    mark = EditionMark(edition.id, edition.hash, edition.at, edition.by_name or edition.by, edition.data)
    seen, whole = _as_seen(report, rights.scope, tuple(workspace.home.catalogue.measures))
    return Opened(edition, marked(seen, mark), whole)


def since(
    workspace: Workspace, rights: Rights, opened: Opened, templates: Iterable[ReportTemplate]
) -> Figure:
    """What has changed since it was frozen: every cell that would be another now, as a table.

    Only of what may be seen both then and now. NotFound where its template, or its unit, is no longer there.
    """
    report = opened.report
    template = next((one for one in templates if one.id == report.template), None)
    if template is None or report.selection is None:
        raise NotFound(
            Problem(
                "Mallen som utgåvan gjordes efter finns inte längre, så den kan inte jämföras med det som är känt nu.",
                f"mall {report.template}",
                "Utgåvan själv är som den var.",
            )
        )
    order = Order(template, report.selection, tuple(section.id for section in report.sections))
    now = compose(workspace, rights, order)
    return changes_table(changes(report, now), now.context)


def _as_seen(report: Report, scope: Scope, every: Collection[str]) -> tuple[Report, bool]:
    """The report without the parts that the scope does not reach; then without its summary too, which may tell of them."""
    made = Scope(frozenset(report.reaches))
    month = Month.parse(report.month)
    sections = [_section_seen(section, made, scope, month, every) for section in report.sections]
    whole = all(len(new.parts) == len(old.parts) for new, old in zip(sections, report.sections, strict=True))
    if whole:
        return report, True
    bare = tuple(replace(section, intro=()) for section in sections)
    return replace(report, sections=bare, findings=(SUMMARY_HIDDEN,)), False


def _section_seen(
    section: Section, made: Scope, scope: Scope, month: Month, every: Collection[str]
) -> Section:
    parts = tuple(part for part in section.parts if _reaches(part, made, scope, month, every))
    hidden = len(section.parts) - len(parts)
    if not hidden:
        return section
    count = "En figur" if hidden == 1 else f"{hidden} figurer"
    return replace(section, parts=parts, left_out=(LeftOut(f"{count} i {section.title}", HIDDEN),))


def _reaches(part: Part, made: Scope, scope: Scope, month: Month, every: Collection[str]) -> bool:
    """Whether the scope has all of what it was made with: each unit and measure that who made it could see."""
    measures = part.measures or tuple(every)
    return all(
        scope.reaches_month(unit, measure, month)
        for unit in part.units
        for measure in measures
        if made.reaches_month(unit, measure, month)
    ) and all(scope.sees(unit) for unit in part.units)


def _demand_no_persons(report: Report) -> None:
    wrong = [
        part.figure.title
        for part in report.parts()
        for comment in part.figure.comments
        if like_person_number(comment.text)
    ]
    if wrong:
        raise DataError(
            Problem(
                "En kommentar innehåller något som liknar ett personnummer, och rapporten kan inte frysas.",
                wrong[0],
                "Ta bort det ur kommentaren.",
            )
        )
