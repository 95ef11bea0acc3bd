"""`undo`: takes back a load; what it replaced holds again."""

from __future__ import annotations

import argparse

from hsf_kpi.cli.common import open_workspace
from hsf_kpi.cli.loading import command_line_rights
from hsf_kpi.loading import loading_of


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("undo", help="ångra en inläsning")
    command.add_argument("number", type=int, metavar="NUMMER", help="inläsningens nummer, se kommandot loads")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    workspace = open_workspace()
    undone = loading_of(workspace).undo(command_line_rights(workspace), options.number)
    print(f"Inläsning {undone.number} är ångrad (genom inläsning {undone.undone_by}).")
    return 0
