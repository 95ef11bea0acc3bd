"""Reports that are late, and which units report a measure themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsf_kpi.analysis.measured import is_measured_at
from hsf_kpi.analysis.outcome import due_date
from hsf_kpi.analysis.signals.types import Signal, SignalKind
from hsf_kpi.analysis.types import Setting
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month

Late = Mapping[tuple[str, Month], Sequence[str]]
"""(measure, the month that the period ends in) → the units that have not reported it."""


def reports(measure: Measure, unit: str, organisation: Organisation, month: Month, org: OrgView) -> bool:
    """Whether the measure's values are the unit's own: it is measured there, and at nothing below it."""
    if not is_measured_at(measure, unit, organisation, month, org):
        return False
    below = organisation.children(unit, month)
    return not any(is_measured_at(measure, child, organisation, month, org) for child in below)


def is_due(measure: Measure, end: Month, setting: Setting) -> bool:
    """Whether the last day for reporting the period has passed."""
    return setting.as_of > due_date(measure, end)


def missing_signals(chosen: str, late: Late, measures: Mapping[str, Measure]) -> list[Signal]:
    """One for each measure and period, at the chosen unit, with the units that are late."""
    return [
        Signal(SignalKind.MISSING, chosen, end, 0.0, measure=measures[key], also=tuple(units))
        for (key, end), units in late.items()
    ]
