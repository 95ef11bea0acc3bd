"""Every monthly series of several units, looked at for special causes that are new and months that are late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from hsf_kpi.analysis.outcome import outcome_at
from hsf_kpi.analysis.signals.causes import cause_signal, is_new_cause
from hsf_kpi.analysis.signals.lean import outcomes_from
from hsf_kpi.analysis.signals.missing import is_due
from hsf_kpi.analysis.signals.pieces import Looked
from hsf_kpi.analysis.signals.types import Signal
from hsf_kpi.analysis.spc.process import process
from hsf_kpi.analysis.spc.types import NoLimits, Process, Refused, TargetAt
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.looking.economy import breaches, budgets
from hsf_kpi.looking.what import Looking, Points
from hsf_kpi.model.cell import MeasureSeries
from hsf_kpi.model.codes import Missing
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, Period, View, Window
from hsf_kpi.model.point import Point


def look_at(looking: Looking, units: Sequence[str]) -> Iterator[Looked]:
    """What was found at each of the units, in their order, whatever the view."""
    monthly = [m for m in looking.workspace.catalogue.measures.values() if m.monthly]
    points = _points(looking, units, monthly)
    seen = {unit: _Seen() for unit in units}
    special: dict[str, list[str]] = {}
    silent: dict[str, list[str]] = {}
    month = looking.selection.month
    for measure in monthly:
        due = is_due(measure, month, looking.setting)
        for unit in units:
            if not looking.measured(measure, unit):
                continue
            found = points[unit].get(measure.key, ())
            if seen[unit].count(_leanly(looking, measure, unit, found)):
                special.setdefault(measure.key, []).append(unit)
            if due and not (found and found[-1].month == month.index) and looking.reported(measure, unit):
                silent.setdefault(measure.key, []).append(unit)
    for measure in monthly:
        own, without = special.get(measure.key, []), silent.get(measure.key, [])
        if own or without:
            series = looking.whole_series(measure, [*own, *without], View.MONTH)
            for unit in own:
                exact = looking.judged(measure, unit, series[unit])
                if isinstance(exact, Process) and is_new_cause(exact):
                    cell = series[unit].cell(Period(month, Window.MONTH))
                    origins = frozenset({cell.origin} if cell is not None else ())
                    seen[unit].causes.append(cause_signal(exact, month, origins))
            for unit in without:
                if _is_late(looking, measure, unit, series[unit]):
                    seen[unit].late.append((measure.key, month))
    broken, deviating = breaches(looking, units, points), budgets(looking, units)
    organisation = looking.setting.organisation
    for unit, one in seen.items():
        yield Looked(
            unit,
            one.series,
            one.judged,
            dict(one.refused),
            tuple(one.causes),
            tuple(broken.get(unit, ())),
            deviating.get(unit),
            not organisation.children(unit, looking.tree),
            tuple(one.late),
        )


class _Seen:
    """Collects what is found at one unit."""

    def __init__(self) -> None:
        self.series = self.judged = 0
        self.refused: Counter[Refused] = Counter()
        self.causes: list[Signal] = []
        self.late: list[tuple[str, Month]] = []

    def count(self, found: Process | NoLimits) -> bool:
        """Whether the series seems to have something to tell."""
        self.series += 1
        if isinstance(found, NoLimits):
            self.refused[found.why] += 1
            return False
        self.judged += 1
        return is_new_cause(found)


def _points(looking: Looking, units: Sequence[str], measures: Sequence[Measure]) -> Points:
    found: dict[str, dict[str, Sequence[Point]]] = {unit: {} for unit in units}
    for sex, keys in looking.by_sex(measures).items():
        for unit, by_measure in looking.points(units, keys, sex).items():
            found[unit].update(by_measure)
    return found


def _leanly(looking: Looking, measure: Measure, unit: str, points: Sequence[Point]) -> Process | NoLimits:
    """Judged without its target, which decides neither whether a point is special nor whether that is new."""
    outcomes = outcomes_from(measure, unit, looking.sex(measure), points, looking.selection.month)
    return process(measure, outcomes, rebases=looking.rebases(measure, unit), target_of=_no_target)


def _no_target(_outcome: Outcome) -> TargetAt | None:
    return None


def _is_late(looking: Looking, measure: Measure, unit: str, series: MeasureSeries) -> bool:
    selection = looking.there(measure, unit)
    period = Period(selection.month, Window.MONTH)
    here = looking.measured(measure, unit)
    outcome = outcome_at(
        measure, series, period, selection=selection, setting=looking.setting, measured_here=here
    )
    return outcome.missing is Missing.LATE
