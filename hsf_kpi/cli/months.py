"""`months`: where the months are, the latest first: loaded, reconciled, handed in, released."""

from __future__ import annotations

import argparse

from hsf_kpi.cli.common import FORMATS, Row, open_workspace, write
from hsf_kpi.cli.loading import command_line_rights
from hsf_kpi.model.month_step import MonthStage
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotFound, Problem
from hsf_kpi.month import month_of

COLUMNS = (
    "month",
    "loaded",
    "reconciled",
    "by",
    "revenue_difference",
    "cost_difference",
    "result_difference",
    "stale",
    "ready",
    "expected",
    "final",
    "edition",
    "released",
    "released_by",
)
LATEST = 12


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("months", help="månaderna: inläst, avstämd, inlämnad, frisläppt")
    command.add_argument("--all", action="store_true", help=f"alla månader, inte bara de {LATEST} senaste")
    command.add_argument("--format", choices=FORMATS, default="table")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    workspace = open_workspace()
    flow, scope = month_of(workspace), command_line_rights(workspace).scope
    months = workspace.months(scope)
    shown = months if options.all else months[:LATEST]
    write((row(flow.stage(scope, month)) for month in shown), COLUMNS, options.format)
    return 0


def row(stage: MonthStage) -> Row:
    """Yes and no are 1 and 0. Differences in kronor, ours minus the ledger's."""
    step = stage.reconciled
    apart = step.books.difference if step is not None and step.books is not None else None
    ready, expected = stage.handed_in
    return {
        "month": stage.month.iso,
        "loaded": int(stage.loaded),
        "reconciled": step.at.isoformat(timespec="seconds") if step else None,
        "by": step.name if step else None,
        "revenue_difference": apart.revenue if apart else None,
        "cost_difference": apart.cost if apart else None,
        "result_difference": apart.result if apart else None,
        "stale": int(stage.stale),
        "ready": ready,
        "expected": expected,
        "final": int(stage.final),
        "edition": stage.edition or None,
        "released": stage.released.at.isoformat(timespec="seconds") if stage.released else None,
        "released_by": stage.released.name if stage.released else None,
    }


def read_month(text: str) -> Month:
    """NotFound, in words, for what is no month."""
    try:
        return Month.parse(text)
    except ValueError:
        raise NotFound(
            Problem(f"”{text}” är ingen månad.", "ÅÅÅÅ-MM", "Skriv till exempel 2023-10.")
        ) from None
