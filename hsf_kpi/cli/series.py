"""`series`: the values behind a page's curve."""

from __future__ import annotations

import argparse

from hsf_kpi.analysis.types import Outcome
from hsf_kpi.cli.common import (
    Row,
    add_selection,
    open_workspace,
    plain_number,
    read_selection,
    whole_scope,
    write,
)
from hsf_kpi.model.problems import NotFound, Problem

COLUMNS = (
    "indicator",
    "part",
    "unit",
    "sex",
    "window",
    "start",
    "end",
    "value",
    "unit_of_measure",
    "missing",
    "note",
    "origin",
)


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("series", help="serien bakom ett nyckeltals kurva")
    add_selection(command)
    command.add_argument(
        "--indicator",
        required=True,
        metavar="ID",
        help="indikatorns id, med del efter punkt: vardgaranti.besok",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    workspace = open_workspace()
    selection = read_selection(options, workspace)
    keys = [k for k, m in workspace.catalogue.measures.items() if options.indicator in (k, m.indicator)]
    if not keys:
        raise NotFound(
            Problem(
                f"indikatorn ”{options.indicator}” finns inte.", "--indicator", "Se python -m hsf_kpi status."
            )
        )
    scope = whole_scope(workspace)
    write(
        (row(outcome) for key in keys for outcome in workspace.outcomes(scope, selection, key)),
        COLUMNS,
        options.format,
    )
    return 0


def row(outcome: Outcome) -> Row:
    measure = outcome.measure
    return {
        "indicator": measure.indicator,
        "part": measure.part,
        "unit": outcome.unit,
        "sex": outcome.sex.value,
        "window": outcome.period.window.value,
        "start": outcome.period.start.iso,
        "end": outcome.period.end.iso,
        "value": plain_number(outcome.value),
        "unit_of_measure": measure.unit_of_measure.value,
        "missing": outcome.missing.value if outcome.missing else None,
        "note": outcome.note or None,
        "origin": outcome.origin.value if outcome.origin else None,
    }
