"""What the ledger and the assignments say of several units: deviations from the budget, and breaches."""

from __future__ import annotations

from collections.abc import Sequence

from hsf_kpi.analysis.economy.compliance import headcount, hired
from hsf_kpi.analysis.signals.assignments import assignment_signal
from hsf_kpi.analysis.signals.budget import budget_signal
from hsf_kpi.analysis.signals.lean import known_from
from hsf_kpi.analysis.signals.types import Signal
from hsf_kpi.economy import HEADCOUNT, HIRED, economy_of
from hsf_kpi.looking.what import Looking, Points
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.period import Month


def breaches(looking: Looking, units: Sequence[str], points: Points) -> dict[str, list[Signal]]:
    """Unit → the assignments that it broke in the month. They are about everybody, whatever the sex chosen."""
    measures = looking.workspace.catalogue.measures
    followed = [key for key in (HEADCOUNT, HIRED) if key in measures]
    apart = [key for key in followed if looking.sex(measures[key]) is not Sex.ALL]
    if apart:
        whole = looking.points(units, apart, Sex.ALL)
        points = {unit: {**points[unit], **whole[unit]} for unit in units}
    counted = [unit for unit in units if HEADCOUNT in points[unit]]
    moved = economy_of(looking.workspace).moved(looking.scope, looking.selection, counted)
    month = looking.selection.month
    months = tuple(Month.of(month.year, number) for number in range(1, month.number + 1))
    root = looking.setting.organisation.root
    found: dict[str, list[Signal]] = {}
    for unit in units:
        for key in followed:
            if key in points[unit]:
                # The month before January is December: no more than a year back is asked for.
                recent = [point for point in points[unit][key] if point.month >= months[0].index - 1]
                known = known_from(measures[key], recent, cost=key == HIRED)
                if key == HIRED:
                    compliance = hired(unit, known, {}, months)
                else:
                    compliance = headcount(unit, known, {}, months, moved, falls=unit == root)
                origins = frozenset(point.origin for point in recent[-2:])
                signal = assignment_signal(compliance.assignment, compliance.whole, month, origins)
                if signal is not None:
                    found.setdefault(unit, []).append(signal)
    return found


def budgets(looking: Looking, units: Sequence[str]) -> dict[str, Signal]:
    """Of the units with nothing below them whose ledger may be seen: those that deviate enough to be told."""
    workspace, organisation = looking.workspace, looking.setting.organisation
    economy = economy_of(workspace)
    lowest = [
        unit
        for unit in units
        if economy.may_see(looking.scope, unit) and not organisation.children(unit, looking.tree)
    ]
    month, org = looking.selection.month, looking.selection.org
    ledgers = workspace.store.ledger.read(looking.scope, workspace.catalogue, lowest, org, month.year)
    found = ((unit, budget_signal(ledger.until(month), month)) for unit, ledger in ledgers.items())
    return {unit: signal for unit, signal in found if signal is not None}
