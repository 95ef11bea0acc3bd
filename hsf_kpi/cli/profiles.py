"""`profiles`: how files may be ordered, by the keys that `check` and `load` take."""

from __future__ import annotations

import argparse

from hsf_kpi.cli.common import FORMATS, Row, open_workspace, write
from hsf_kpi.cli.loading import command_line_rights, seen
from hsf_kpi.loading import loading_of
from hsf_kpi.model.profile import Profile

COLUMNS = ("profile", "holds", "system", "title", "saved", "version")


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("profiles", help="skriv ut källprofilerna: hur filer kan vara ordnade")
    command.add_argument("--format", choices=FORMATS, default="table")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    workspace = open_workspace()
    profiles = loading_of(workspace).profiles(command_line_rights(workspace))
    write(map(row, profiles), COLUMNS, options.format)
    return 0


def row(profile: Profile) -> Row:
    """saved: 1 where it was written in the page, 0 where it is shipped."""
    return {
        "profile": profile.key,
        "holds": profile.holds.value,
        "system": seen(profile.system),
        "title": seen(profile.title),
        "saved": int(profile.saved),
        "version": profile.version,
    }
