"""`status`: one row per indicator part of the plan, held against its target."""

from __future__ import annotations

import argparse

from hsf_kpi.analysis.baseline import latest_baseline
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.cli.common import (
    Row,
    add_selection,
    open_workspace,
    plain_number,
    read_selection,
    whole_scope,
    write,
)
from hsf_kpi.swedish.periods import period_words

COLUMNS = (
    "indicator", "part", "name", "goal_area", "goal", "target_year", "target_wording", "target_kind", "target_low",
    "target_high", "baseline", "baseline_period", "value", "unit_of_measure", "period", "status", "gap", "reason",
    "direction", "cadence", "origin", "source",
)  # fmt: skip


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("status", help="måluppfyllelsen, en rad per indikator eller del")
    add_selection(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    workspace = open_workspace()
    selection = read_selection(options, workspace)
    assessments = workspace.assessments(whole_scope(workspace), selection)
    areas = {area.id: area.name for area in workspace.catalogue.goal_areas}
    write((row(a, areas) for a in assessments if a.measure.row is not None), COLUMNS, options.format)
    return 0


def row(assessment: Assessment, areas: dict[str, str]) -> Row:
    """Shares as percent (78.0), amounts in mnkr, durations in decimal minutes; the baseline is the total's."""
    measure, target, outcome = assessment.measure, assessment.target, assessment.outcome
    baseline = latest_baseline(measure)
    return {
        "indicator": measure.indicator,
        "part": measure.part,
        "name": measure.name,
        "goal_area": areas[measure.goal_area],
        "goal": measure.goal,
        "target_year": target.year if target else None,
        "target_wording": target.wording if target else None,
        "target_kind": target.kind.value if target else None,
        "target_low": plain_number(target.low) if target else None,
        "target_high": plain_number(target.high) if target else None,
        "baseline": plain_number(baseline.value) if baseline else None,
        "baseline_period": baseline.label if baseline else None,
        "value": plain_number(outcome.value),
        "unit_of_measure": measure.unit_of_measure.value,
        "period": period_words(measure, outcome.period),
        "status": assessment.status.value,
        "gap": plain_number(assessment.gap),
        "reason": assessment.reason,
        "direction": measure.direction.value,
        "cadence": measure.reporting,
        "origin": outcome.origin.value if outcome.origin else None,
        "source": (outcome.cell.source if outcome.cell else "") or measure.source,
    }
