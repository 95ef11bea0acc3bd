"""The target that each month of a series is judged by, found as the assessments find it."""

from __future__ import annotations

from dataclasses import replace

from hsf_kpi.analysis.assess import target_at
from hsf_kpi.analysis.spc.assurance import TargetOf
from hsf_kpi.analysis.spc.types import TargetAt
from hsf_kpi.analysis.types import Outcome, Setting
from hsf_kpi.model.cell import MeasureSeries
from hsf_kpi.model.period import View
from hsf_kpi.model.selection import Selection


def targets_of(series: MeasureSeries, selection: Selection, setting: Setting) -> TargetOf:
    """What `process` takes as `target_of`, for the outcomes of `series` in the view «månad» at the chosen unit.

    The plan's targets reach units below the förvaltning only for shares, durations and indices. A target that compares is
    given with its number, from the same series (last year, the fixed year) or the national values.
    """
    monthly = replace(selection, view=View.MONTH)

    def target_of(outcome: Outcome) -> TargetAt | None:
        found = target_at(outcome, series, selection=monthly, setting=setting)
        return None if found is None else TargetAt(*found)

    return target_of
