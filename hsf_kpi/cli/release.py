"""`release`: makes a month final, and those before it that are not."""

from __future__ import annotations

import argparse

from hsf_kpi.cli.common import open_workspace
from hsf_kpi.cli.loading import BY, command_line_rights
from hsf_kpi.cli.months import read_month
from hsf_kpi.figures.month import months_text
from hsf_kpi.month import month_of
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.words import sentence_start


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("release", help="frisläpp en månad, och de före som inte är det")
    command.add_argument("month", metavar="ÅÅÅÅ-MM")
    command.add_argument("--note", default="", help="anmärkning; krävs för månader som inte är avstämda")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    month = read_month(options.month)
    workspace = open_workspace()
    flow, rights = month_of(workspace), command_line_rights(workspace)
    stage = flow.stage(rights.scope, month)
    edition = flow.release(rights, month, BY, options.note, seen=stage.seen)
    if stage.final:
        print(f"{sentence_start(month_text(month))} var redan frisläppt, utgåva {edition}.")
        return 0
    several = len(stage.releases) > 1
    told = f"är frisläppta, {month_text(month)} i" if several else "är frisläppt,"
    print(f"{sentence_start(months_text(stage.releases))} {told} utgåva {edition}.")
    if stage.not_handed_in:
        print(f"{stage.not_handed_in} av {stage.handed_in[1]} verksamheter hade inte lämnat in.")
    return 0
