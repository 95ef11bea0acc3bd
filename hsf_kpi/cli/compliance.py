"""`compliance`: who did as an assignment says, month by month, and for how many months in a row."""

from __future__ import annotations

import argparse

from hsf_kpi.analysis.economy.types import ComplianceRow
from hsf_kpi.cli.common import (
    Row,
    add_selection,
    open_workspace,
    plain_number,
    read_selection,
    whole_scope,
    write,
)
from hsf_kpi.economy import economy_of

ASSIGNMENTS = ("medarbetare", "hyrpersonal")
COLUMNS = ("unit", "in_row", "broke_in_row", "since")
"""And then a column for each month of the year so far, with the verdict."""


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser(
        "compliance", help="efterlevnaden av ett av de fyra uppdragen, månad för månad"
    )
    add_selection(command)
    command.add_argument(
        "--uppdrag",
        required=True,
        choices=ASSIGNMENTS,
        help="antal medarbetare (personer) eller hyrpersonal (kronor)",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    workspace = open_workspace()
    selection = read_selection(options, workspace)
    found = economy_of(workspace).compliance(whole_scope(workspace), selection, options.uppdrag)
    months = tuple(month.iso for month in found.months)
    write((row(one) for one in (found.whole, *found.rows)), (*COLUMNS, *months), options.format)
    return 0


def row(found: ComplianceRow) -> Row:
    """since: the change since the December before, without moves; empty where a month is unknown."""
    return {
        "unit": found.unit,
        "in_row": found.in_row,
        "broke_in_row": found.broke_in_row,
        "since": plain_number(found.since),
        **{cell.month.iso: cell.verdict.value for cell in found.cells},
    }
