"""Editions (utgåvor): a report frozen as it was known, opened again later, and held against what is known now.

Who opens one sees the figures that their own rights reach, as in every report: a figure is shown whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.access.rights import Rights
from hsf_kpi.figures.changed import changes, changes_table
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.frozen import freeze as frozen
from hsf_kpi.figures.frozen import marked, thaw
from hsf_kpi.figures.report import EditionMark, Part, Report
from hsf_kpi.model.edition import Edition
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, NotFound, NotPermitted, Problem
from hsf_kpi.model.role import Permission
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.template import ReportTemplate
from hsf_kpi.reporting.kept import report_of
from hsf_kpi.reporting.order import Order
from hsf_kpi.reporting.seen import as_seen, common, without
from hsf_kpi.workspace import Workspace

FROZEN_WITH = Permission.COMMENT
"""Who may speak for a unit may say what was known of it."""


@dataclass(frozen=True)
class Opened:
    """edition: what is told of it. report: as much of it as may be seen, with its mark. hidden: the ids of the parts that
    may not be seen.
    """

    edition: Edition
    report: Report
    hidden: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        return not self.hidden


def freeze(
    workspace: Workspace, rights: Rights, report: Report, *, seen: int | None = None
) -> tuple[Opened, bool]:
    """Keeps the report for good, and whether it was new: the very same one is frozen once. seen: the data version that it
    was composed of; None for the workspace's.

    NotPermitted without the right to speak for the unit; DataError for an earlier day's knowledge, for data that have been
    changed since it was composed, and for a text with what looks like a person's number.
    """
    if report.edition is not None:
        return open_edition(workspace, rights, report.edition.id), False
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
    # First the load, then the version: it knew of that load and of no later one.
    load = store.loads.latest()
    if store.state().data_version != (workspace.version()[0] if seen is None else seen):
        raise DataError(
            Problem(
                "Uppgifterna har ändrats sedan rapporten sattes ihop.",
                "utgåva",
                "Gör rapporten på nytt och frys den sedan.",
            )
        )
    edition, new = store.editions.save(
        rights.scope,
        frozen(report),
        template=report.template,
        title=report.title,
        unit=unit,
        month=Month.parse(report.month),
        by=who.login,
        name=who.name,
        data=load,
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
    seen, hidden = as_seen(report, rights.scope, workspace.home.catalogue)
    return Opened(edition, marked(seen, mark), hidden)


def since(
    workspace: Workspace, rights: Rights, opened: Opened, templates: Iterable[ReportTemplate]
) -> Figure:
    """What has changed since it was frozen: every cell that would be another now, as a table.

    Held against what who made it would see now, as far as who asks sees it too. NotFound where its template, or its unit,
    is no longer there.
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
    both = replace(rights, scope=common(rights.scope, Scope(frozenset(report.reaches))))
    now = report_of(workspace.home, both, order, to_take=False)
    now = _with_written(report, without(now, opened.hidden))
    return changes_table(changes(report, now), now.context)


def _with_written(then: Report, now: Report) -> Report:
    """`now` with what was written in `then` itself, which nobody has handed in: that is no change."""
    before = {part.id: part.figure for part in then.parts()}

    def with_written(part: Part) -> Part:
        figure = part.figure
        frozen = before.get(part.id)
        for comment in (one for one in (frozen.comments if frozen else ()) if one.here):
            others = [one for one in figure.comments if one.kind != comment.kind]
            figure = figure if comment in figure.comments else replace(figure, comments=(comment, *others))
        return replace(part, figure=figure)

    return replace(
        now,
        sections=tuple(
            replace(section, parts=tuple(map(with_written, section.parts))) for section in now.sections
        ),
    )


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
