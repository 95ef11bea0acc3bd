"""`reopen`: makes a released month preliminary again, and those after it."""

from __future__ import annotations

import argparse

from hsf_kpi.cli.common import open_workspace
from hsf_kpi.cli.loading import BY, command_line_rights
from hsf_kpi.cli.months import read_month
from hsf_kpi.month import month_of
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.words import sentence_start


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("reopen", help="öppna en frisläppt månad igen, och de efter den")
    command.add_argument("month", metavar="ÅÅÅÅ-MM")
    command.add_argument("--note", required=True, help="varför")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    month = read_month(options.month)
    workspace = open_workspace()
    month_of(workspace).reopen(command_line_rights(workspace), month, options.note, BY)
    print(f"{sentence_start(month_text(month))} och månaderna efter den är preliminära.")
    return 0
