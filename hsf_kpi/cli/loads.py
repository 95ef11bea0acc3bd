"""`loads`: the log of loads, newest first."""

from __future__ import annotations

import argparse

from hsf_kpi.cli.common import FORMATS, Row, open_workspace, write
from hsf_kpi.cli.loading import command_line_rights, seen
from hsf_kpi.loading import loading_of
from hsf_kpi.model.load import Load

COLUMNS = (
    "number",
    "kind",
    "at",
    "by",
    "rows",
    "origin",
    "source",
    "unit",
    "first",
    "last",
    "file",
    "profile",
    "undoes",
    "undone_by",
    "undone_at",
    "sha256",
)
TABLE = ("number", "kind", "at", "by", "rows", "source", "unit", "first", "last", "undone_by")


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("loads", help="skriv ut inläsningarna, den senaste först")
    command.add_argument("--format", choices=FORMATS, default="table")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    workspace = open_workspace()
    loads = loading_of(workspace).loads(command_line_rights(workspace))
    columns = TABLE if options.format == "table" else COLUMNS
    write(({name: row(load)[name] for name in columns} for load in loads), columns, options.format)
    return 0


def row(load: Load) -> Row:
    """at, undone_at: ISO, to the second. undone_by: the load that undid it; empty while it holds."""
    return {
        "number": load.number,
        "kind": load.kind.value,
        "at": load.at.isoformat(timespec="seconds"),
        "by": load.by,
        "rows": load.rows,
        "origin": load.origin.value,
        "source": seen(load.source),
        "unit": load.unit,
        "first": load.first.iso if load.first else None,
        "last": load.last.iso if load.last else None,
        "file": seen(load.file_name) if load.file_name else None,
        "profile": load.profile,
        "undoes": load.undoes,
        "undone_by": load.undone_by,
        "undone_at": load.undone_at.isoformat(timespec="seconds") if load.undone_at else None,
        "sha256": load.sha256,
    }
