"""`figure`: the figures of a page as files, in every format of the export menu."""

from __future__ import annotations

import argparse
from pathlib import Path

from hsf_kpi.cli.common import add_selection, open_workspace, read_selection
from hsf_kpi.cli.loading import tell_wrong
from hsf_kpi.cli.progress import progress
from hsf_kpi.cli.taking import REFUSED, add_taking, folder_of, formats_of, rights_for, write_file
from hsf_kpi.composing.ask import ask_of
from hsf_kpi.composing.choices import ABOUT_A_MEASURE
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.registry import PAGES, figures_of
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import HsfError, NotFound, Problem
from hsf_kpi.render.files import FILES
from hsf_kpi.render.names import file_name


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    # --format is how other commands write their rows, and another name of --formats here.
    command = commands.add_parser(
        "figure", help="ta ut en sidas figurer som filer", conflict_handler="resolve"
    )
    command.add_argument("--page", required=True, choices=list(PAGES), metavar="SIDA", help=", ".join(PAGES))
    command.add_argument("--indicator", default="", metavar="NYCKELTAL", help="på sidor om ett nyckeltal")
    command.add_argument(
        "--choice",
        action="append",
        default=[],
        metavar="NAMN=KOD",
        help="sidans egna val, som i dess länk; kan anges flera gånger",
    )
    command.add_argument("--only", default="", metavar="FIGUR", help="bara den, med namnet ur filnamnet")
    add_selection(command)
    add_taking(command, FILES, ("png",))
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    workspace = open_workspace()
    rights = rights_for(options, workspace)
    formats = formats_of(options, FILES)
    selection = read_selection(options, workspace, rights.scope)
    measure = _measure(options)
    if measure is not None:
        workspace.catalogue.measure(measure)
    ask = ask_of(workspace, rights.scope, options.page, selection, measure, **_choices(options))
    workspace.demand(rights.scope, selection)
    written: list[Path] = []
    wrong: list[str] = []
    with progress() as tell:
        found = _wanted(options, figures_of(ask, options.page))
        folder = folder_of(options)
        for number, composed in enumerate(found):
            tell(composed.figure.slug, number / len(found))
            for kind in (FILES[one] for one in formats):
                name = file_name(composed.figure, kind.extension)
                try:
                    every = workspace.catalogue.measures
                    if not composed.may_be_taken(rights, kind.takes, selection.unit, measure, every):
                        workspace.log(rights.identity, Event.DENIED, f"filen {name}")
                        wrong.append(f"{name}: {REFUSED}")
                        continue
                    content = kind.make(composed.figure)
                    workspace.log(rights.identity, Event.EXPORTED, name)
                    written.append(write_file(folder, name, content))
                except HsfError as error:
                    wrong += [f"{name}: {problem}" for problem in error.problems]
    for path in written:
        print(path)
    return tell_wrong(wrong) if wrong else 0


def _measure(options: argparse.Namespace) -> str | None:
    about_one = options.page in ABOUT_A_MEASURE
    if about_one and not options.indicator:
        raise NotFound(Problem("sidan är om ett nyckeltal.", "--indicator", "Ange vilket."))
    return options.indicator if about_one else None


def _choices(options: argparse.Namespace) -> dict[str, str]:
    found = {}
    for text in options.choice:
        name, equal, code = text.partition("=")
        if not equal or not name or not code:
            raise NotFound(Problem(f"”{text}” är inget val.", "--choice", "Skriv till exempel mot=budget."))
        found[name] = code
    return found


def _wanted(options: argparse.Namespace, every: tuple[Composed, ...]) -> tuple[Composed, ...]:
    if not options.only:
        return every
    found = tuple(one for one in every if one.figure.slug == options.only)
    if not found:
        there = ", ".join(one.figure.slug for one in every)
        raise NotFound(Problem(f"sidan har ingen figur ”{options.only}”.", "--only", f"Välj bland {there}."))
    return found
