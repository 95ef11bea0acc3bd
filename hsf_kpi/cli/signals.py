"""`signals`: what changed in a month for a reason, at a unit and all below it, the weightiest first."""

from __future__ import annotations

import argparse

from hsf_kpi.analysis.signals.types import Signal
from hsf_kpi.cli.common import (
    Row,
    add_selection,
    open_workspace,
    plain_number,
    read_selection,
    whole_scope,
    write,
)
from hsf_kpi.signals import signals_of

COLUMNS = (
    "kind",
    "unit",
    "indicator",
    "assignment",
    "better",
    "month",
    "rule",
    "side",
    "value",
    "mean",
    "low",
    "high",
    "status_before",
    "status",
    "amount",
    "share",
    "in_a_row",
    "also",
    "weight",
)


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("signals", help="månadens signaler: vad som har ändrats på riktigt")
    add_selection(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    workspace = open_workspace()
    selection = read_selection(options, workspace)
    found = signals_of(workspace).monthly(whole_scope(workspace), selection)
    write((row(signal) for signal in found.signals), COLUMNS, options.format)
    return 0


def row(signal: Signal) -> Row:
    """better: 1, 0, or empty where no way is better. also: unit ids with a space between. share: of 1."""
    latest = signal.process.latest if signal.process else None
    judged = (signal.now.judged or signal.now.outcome) if signal.now else latest
    return {
        "kind": signal.kind.value,
        "unit": signal.unit,
        "indicator": signal.measure.key if signal.measure else None,
        "assignment": signal.assignment or None,
        "better": None if signal.better is None else int(signal.better),
        "month": signal.month.iso,
        "rule": latest.rule.value if latest and latest.rule else None,
        "side": latest.side.value if latest and latest.side else None,
        "value": plain_number(judged.value) if judged else None,
        "mean": plain_number(latest.mean) if latest else None,
        "low": plain_number(latest.low) if latest else None,
        "high": plain_number(latest.high) if latest else None,
        "status_before": signal.before.status.value if signal.before else None,
        "status": signal.now.status.value if signal.now else None,
        "amount": signal.amount,
        "share": None if signal.share is None else round(signal.share, 6),
        "in_a_row": signal.in_a_row or None,
        "also": " ".join(signal.also) or None,
        "weight": signal.weight,
    }
