"""`units`: the organisation as a tree of ids and names."""

from __future__ import annotations

import argparse

from hsf_kpi.cli.common import FORMATS, open_workspace, write
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotFound, Problem

COLUMNS = ("unit", "name", "level", "parent", "depth", "assumed")


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("units", help="skriv ut organisationen")
    command.add_argument("--through", metavar="ÅÅÅÅ-MM", help="organisationen den månaden (annars dagens)")
    command.add_argument("--format", choices=("tree", *FORMATS), default="tree")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    workspace = open_workspace()
    organisation = workspace.catalogue.organisation
    month = workspace.setting().today
    if options.through:
        try:
            month = Month.parse(options.through)
        except ValueError:
            raise NotFound(
                Problem(f"”{options.through}” är ingen månad.", "--through", "Skriv till exempel 2022-12.")
            ) from None
    rows: list[dict[str, str | int | float | None]] = []
    for unit_id in organisation.below(organisation.root, month):
        unit = organisation.units[unit_id]
        path = organisation.path(unit_id, month)
        parent = path[-2] if len(path) > 1 else ""
        rows.append(
            {
                "unit": unit_id,
                "name": unit.name,
                "level": unit.level,
                "parent": parent,
                "depth": len(path) - 1,
                "assumed": int(unit.assumed),
            }
        )
    if options.format != "tree":
        write(rows, COLUMNS, options.format)
        return 0
    for row in rows:
        assumed = "  (område antaget)" if row["assumed"] else ""
        print(f"{'  ' * int(row['depth'] or 0)}{row['unit']}  {row['name']}{assumed}")
    return 0
