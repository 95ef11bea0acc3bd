"""`report`: a meeting's report as files, of one unit or of every one, for a scheduled job."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from hsf_kpi.access.rights import Rights
from hsf_kpi.cli.common import open_workspace, read_month
from hsf_kpi.cli.loading import tell_wrong
from hsf_kpi.cli.progress import progress
from hsf_kpi.cli.taking import REFUSED, add_taking, folder_of, formats_of, rights_for, write_file
from hsf_kpi.figures.report import Report
from hsf_kpi.model.event import Event
from hsf_kpi.model.incoming import Progress
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import HsfError, NotFound, Problem
from hsf_kpi.model.selection import Selection
from hsf_kpi.model.template import ReportTemplate
from hsf_kpi.reporting.beside import make_beside
from hsf_kpi.reporting.compose import compose
from hsf_kpi.reporting.editions import freeze, open_edition
from hsf_kpi.reporting.making import MEDIA, file_name
from hsf_kpi.reporting.order import Order, unfitting
from hsf_kpi.reporting.taken import may_take_report
from hsf_kpi.reporting.templates import template_of, templates_of
from hsf_kpi.workspace import Workspace


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("report", help="gör rapporter som PowerPoint, PDF och Excel")
    command.add_argument(
        "--unit", metavar="ID", default="", help="verksamhetens id (annars hela förvaltningen)"
    )
    command.add_argument(
        "--all-units", action="store_true", help="verksamheten och alla under den, en rapport för var och en"
    )
    command.add_argument(
        "--through", "--month", dest="through", default="", metavar="ÅÅÅÅ-MM", help="till och med månaden"
    )
    command.add_argument(
        "--template", default="manadsuppfoljning", metavar="MALL", help="mallens id, se mappen data/reports"
    )
    command.add_argument(
        "--sections", default="", metavar="AVSNITT", help="mallens avsnitt med komma emellan (annars alla)"
    )
    command.add_argument(
        "--view", choices=[v.value for v in View], help="månad, ackumulerat, rullande 12 (annars mallens)"
    )
    command.add_argument("--freeze", action="store_true", help="frys varje rapport som utgåva")
    command.add_argument(
        "--edition", default="", metavar="ID", help="en fryst utgåva, i stället för en ny rapport"
    )
    add_taking(command, MEDIA, MEDIA)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    workspace = open_workspace()
    rights = rights_for(options, workspace)
    media = formats_of(options, MEDIA)
    if options.edition:
        report = open_edition(workspace, rights, options.edition).report
        folder = folder_of(options)
        return _finish(*_write(workspace, rights, folder, media, [lambda: report], [options.edition]))
    for problem in templates_of(workspace).problems:
        print(problem, file=sys.stderr)
    template = template_of(workspace, options.template)
    sections = _sections(options, template)
    selections = list(_selections(options, workspace, rights, template))
    makers = [_maker(workspace, rights, Order(template, one, sections), options.freeze) for one in selections]
    if not options.all_units:
        for line in unfitting(template, selections[0], workspace.catalogue):
            print(line, file=sys.stderr)
    names = [one.unit for one in selections]
    return _finish(*_write(workspace, rights, folder_of(options), media, makers, names))


def _maker(workspace: Workspace, rights: Rights, order: Order, frozen: bool) -> Callable[[], Report]:
    def made() -> Report:
        seen = workspace.version()[0]
        report = compose(workspace, rights, order)
        if not any(report.parts()):
            raise NotFound(
                Problem("Det finns inget att visa för verksamheten och månaden.", order.selection.unit)
            )
        return freeze(workspace, rights, report, seen=seen)[0].report if frozen else report

    return made


def _write(
    workspace: Workspace,
    rights: Rights,
    folder: Path,
    media: tuple[str, ...],
    makers: list[Callable[[], Report]],
    names: list[str],
) -> tuple[list[Path], list[str]]:
    """The files that were written, and what could not be made, a line each: the others are made all the same."""
    written: list[Path] = []
    wrong: list[str] = []
    every = tuple(workspace.catalogue.measures)
    with progress() as tell:
        for number, (made, name) in enumerate(zip(makers, names, strict=True)):
            tell(name, number / len(makers))
            try:
                report = made()
            except HsfError as error:
                wrong += [f"{name}: {problem}" for problem in error.problems]
                continue
            for at, medium in enumerate(media):
                told = _teller(tell, f"{name}: {MEDIA[medium].name}", number + at / len(media), len(makers))
                if not may_take_report(rights, report, MEDIA[medium], every):
                    # An edition holds what who froze it might take, not what who opens it may.
                    workspace.log(rights.identity, Event.DENIED, f"filen {file_name(report, medium)}")
                    wrong.append(f"{name}, {MEDIA[medium].name}: {REFUSED}")
                    continue
                try:
                    # Beside, so that the one that brings the process down is told too, and the rest are made.
                    content = make_beside(report, medium, told)
                    file = file_name(report, MEDIA[medium].extension)
                    workspace.log(rights.identity, Event.REPORTED, file)
                    written.append(write_file(folder, file, content))
                except HsfError as error:
                    wrong += [f"{name}, {MEDIA[medium].name}: {problem}" for problem in error.problems]
    return written, wrong


def _teller(tell: Progress, what: str, before: float, of: int) -> Callable[[int, int], None]:
    """before: how many of all the reports are done, and how much of this one."""

    def told(figures: int, of_figures: int) -> None:
        share = figures / of_figures if of_figures else 0.0
        tell(
            f"{what}, {figures} av {of_figures} figurer" if of_figures else what,
            (before + share / len(MEDIA)) / of,
        )

    tell(what, before / of)
    return told


def _finish(written: list[Path], wrong: list[str]) -> int:
    for path in written:
        print(path)
    return tell_wrong(wrong) if wrong else 0


def _sections(options: argparse.Namespace, template: ReportTemplate) -> tuple[str, ...] | None:
    if not options.sections:
        return None
    asked = tuple(part.strip() for part in options.sections.split(",") if part.strip())
    known = [section.id for section in template.sections]
    wrong = [one for one in asked if one not in known]
    if wrong or not asked:
        raise NotFound(
            Problem(
                f"mallen har inget avsnitt {', '.join(f'”{one}”' for one in wrong)}."
                if wrong
                else "inget avsnitt är valt.",
                "--sections",
                f"Välj bland {', '.join(known)}.",
            )
        )
    return asked


def _selections(
    options: argparse.Namespace, workspace: Workspace, rights: Rights, template: ReportTemplate
) -> Iterator[Selection]:
    """The unit, or it and all below it that stood in the month's organisation, in the order shown. Whether each may be seen
    is asked when it is made. NotFound for a unit or a month that there is not.
    """
    organisation = workspace.catalogue.organisation
    unit = options.unit or organisation.root
    rights.scope.demand(unit)
    view = View(options.view) if options.view else template.view
    chosen = Selection(unit, _month(options, workspace, rights), view)
    if not options.all_units:
        yield chosen
        return
    for one in organisation.below(unit, workspace.organisation_month(chosen)):
        yield Selection(one, chosen.month, view)


def _month(options: argparse.Namespace, workspace: Workspace, rights: Rights) -> Month:
    """The latest that may be seen, where none is named."""
    months = workspace.months(rights.scope)
    return months[0] if months and not options.through else read_month(options.through, months)
