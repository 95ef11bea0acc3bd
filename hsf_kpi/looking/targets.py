"""Targets of several units that were newly met or missed, and what is measured more seldom and late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hsf_kpi.analysis.assess import assess
from hsf_kpi.analysis.outcome import outcome_for
from hsf_kpi.analysis.signals.pieces import Targets
from hsf_kpi.analysis.signals.targets import by_chance, flipped, is_news, target_signal
from hsf_kpi.analysis.signals.types import Signal
from hsf_kpi.analysis.spc.refuse import refused_view
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.looking.what import Looking
from hsf_kpi.model.cell import MeasureSeries
from hsf_kpi.model.codes import Missing, Status
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.target import Target, TargetKind

_Series = Mapping[str, Mapping[str, MeasureSeries]]


def targets_at(looking: Looking, units: Sequence[str]) -> Iterator[Targets]:
    """What was found at each of the units, in their order, in the selection's view."""
    seen = {unit: _Seen() for unit in units}
    measures = [m for m in looking.workspace.catalogue.measures.values() if _asked(looking, m)]
    recent, accumulated = _recent(looking, units, measures)
    for measure in measures:
        moved: list[str] = []
        for unit in units:
            series = recent[unit].get(measure.key)
            if series is None or not looking.measured(measure, unit):
                continue
            if not measure.monthly and (end := _late(looking, measure, unit, series)) is not None:
                seen[unit].late.append((measure.key, end))
            if _may_have(looking, measure, unit):
                of_year = accumulated.get(unit, {}).get(measure.key)
                if _changed(looking, measure, unit, series, of_year) is not None:
                    moved.append(unit)
        if moved:
            _judge(looking, measure, moved, seen)
    for unit, one in seen.items():
        yield Targets(unit, tuple(one.signals), one.by_chance, tuple(one.late))


class _Seen:
    """Collects what is found at one unit."""

    def __init__(self) -> None:
        self.signals: list[Signal] = []
        self.by_chance = 0
        self.late: list[tuple[str, Month]] = []


def _judge(looking: Looking, measure: Measure, units: Sequence[str], seen: Mapping[str, _Seen]) -> None:
    """The units whose target seems to have been passed, read whole: told, or counted as chance."""
    view = looking.selection.view
    whole = looking.whole_series(measure, units, view)
    monthly = whole if view is View.MONTH else looking.whole_series(measure, units, View.MONTH)
    of_year = whole if view is View.YTD else looking.whole_series(measure, units, View.YTD)
    for unit in units:
        changed = _changed(looking, measure, unit, whole[unit], of_year[unit])
        if changed is None:
            continue
        before, now = changed
        refused = None if measure.monthly else refused_view(measure, View.MONTH)
        found = refused or looking.judged(measure, unit, monthly[unit])
        if measure.monthly and by_chance(found, met=now.status is Status.MET):
            seen[unit].by_chance += 1
        else:
            seen[unit].signals.append(target_signal(before, now, looking.selection.month, found))


def _changed(
    looking: Looking, measure: Measure, unit: str, series: MeasureSeries, accumulated: MeasureSeries | None
) -> tuple[Assessment, Assessment] | None:
    """The month before and the chosen month, where the target was met in one of them only."""
    here = looking.there(measure, unit)
    rest = {"setting": looking.setting, "accumulated": accumulated, "measured_here": True}
    now = assess(measure, series, selection=here, **rest)  # type: ignore[arg-type]
    if now.status is Status.NOT_ASSESSABLE:
        return None
    before = assess(measure, series, selection=replace(here, month=here.month - 1), **rest)  # type: ignore[arg-type]
    if not flipped(before.status, now.status) or not (measure.monthly or is_news(before, now)):
        return None
    return before, now


def _recent(looking: Looking, units: Sequence[str], measures: Sequence[Measure]) -> tuple[_Series, _Series]:
    """The months that the two judgements need, and for the budget the year to date; by unit and measure."""
    months, view = _months(looking.selection.month, measures), looking.selection.view
    recent = _read(looking, units, measures, view, months)
    if view is View.YTD:
        return recent, recent
    on_budget = [m for m in measures if any(t.kind is TargetKind.ON_BUDGET for t in m.targets)]
    return recent, _read(looking, units, on_budget, View.YTD, months)


def _read(
    looking: Looking, units: Sequence[str], measures: Sequence[Measure], view: View, months: Sequence[Month]
) -> _Series:
    workspace, org = looking.workspace, looking.selection.org
    found: dict[str, dict[str, MeasureSeries]] = {unit: {} for unit in units}
    for sex, keys in looking.by_sex(measures).items():
        rest = (keys, view, sex, org, months)
        read = workspace.store.series.recent(looking.scope, workspace.catalogue, units, *rest)
        for unit, by_measure in read.items():
            found[unit].update(by_measure)
    return found


def _months(month: Month, measures: Sequence[Measure]) -> list[Month]:
    """The chosen month and the one before, the same a year earlier, and of the years that targets compare with."""
    years = {t.fixed_year for m in measures for t in m.targets if t.fixed_year is not None}
    both = (month, month - 1)
    fixed = {Month.of(year, number) for year in years for number in (12, *(m.number for m in both))}
    return sorted({*both, *(m - 12 for m in both), *fixed})


def _asked(looking: Looking, measure: Measure) -> bool:
    return not measure.monthly or measure.target_for(looking.selection.month.year) is not None


def _may_have(looking: Looking, measure: Measure, unit: str) -> bool:
    """Whether a target can hold at the unit at all; `assess` says whether it does."""
    target: Target | None = measure.target_for(looking.selection.month.year)
    if target is None:
        return False
    root = unit == looking.setting.organisation.root
    return root or measure.unit_of_measure.is_relative or target.kind is TargetKind.ON_BUDGET


def _late(looking: Looking, measure: Measure, unit: str, series: MeasureSeries) -> Month | None:
    """The month that the latest period ended in, where the unit itself should have reported it."""
    if not looking.reported(measure, unit):
        return None
    here = looking.there(measure, unit)
    outcome = outcome_for(measure, series, selection=here, setting=looking.setting, measured_here=True)
    return outcome.period.end if outcome.missing is Missing.LATE else None
