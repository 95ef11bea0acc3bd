"""The whole curve of a measure up to the chosen month, with its gaps."""

from __future__ import annotations

from hsf_kpi.analysis.outcome import outcome_at
from hsf_kpi.analysis.periods import periods_through
from hsf_kpi.analysis.types import Outcome, Setting
from hsf_kpi.model.cell import MeasureSeries
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month
from hsf_kpi.model.selection import Selection


def curve(
    measure: Measure,
    series: MeasureSeries | None,
    *,
    selection: Selection,
    setting: Setting,
    measured_here: bool,
    first: Month | None = None,
) -> tuple[Outcome, ...]:
    """Every outcome in time order from `first` (else the first known) through the chosen month.

    A period without a value is there as a missing outcome, so that a line breaks instead of joining. Monthly
    measures in the chosen view; the others in the windows that they are measured in. Empty without a series.
    """
    if series is None or not measured_here:
        return ()
    return tuple(
        outcome_at(measure, series, period, selection=selection, setting=setting, measured_here=True)
        for period in periods_through(measure, series, selection.month, selection.view, first)
    )
