"""An outcome held against its target: status, gap, and the reason in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from hsf_kpi.analysis import reasons
from hsf_kpi.analysis.comparable import why_not_compared
from hsf_kpi.analysis.judge import COMPARISONS, Verdict, judge
from hsf_kpi.analysis.outcome import outcome_at, outcome_for
from hsf_kpi.analysis.periods import comparison_period
from hsf_kpi.analysis.types import Assessment, Outcome, Setting
from hsf_kpi.analysis.year_to_date import with_year_to_date
from hsf_kpi.model.cell import MeasureSeries
from hsf_kpi.model.codes import Direction, Missing, Sex, Status
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Unit
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.selection import Selection
from hsf_kpi.model.target import Target, TargetKind
from hsf_kpi.swedish.periods import period_words


class _CannotJudge(Exception):
    """An answer on its way out, not an error: carries the reason as a Swedish sentence."""


def assess(
    measure: Measure,
    series: MeasureSeries | None,
    *,
    selection: Selection,
    setting: Setting,
    measured_here: bool,
    accumulated: MeasureSeries | None = None,
) -> Assessment:
    """The measure's outcome held against the target of the chosen month's year, and against last year's.

    accumulated: the same measure's series in the accumulated view, which the budget is judged by in every
    view. It is not needed where `series` holds the year to date, or an amount's months.
    """
    case = _Case(measure, series, accumulated, selection, setting, measured_here)
    outcome = outcome_for(measure, series, selection=selection, setting=setting, measured_here=measured_here)
    last_year = case.at(comparison_period(outcome.period))
    target, inherited_from = _target_here(measure, selection, setting)
    not_compared = case.not_compared(outcome, last_year)
    verdict: Verdict | None = None
    about = compared = None
    try:
        about = case.about(outcome, target)
        verdict, reason, compared = case.judged(about, outcome, last_year, target, inherited_from)
    except _CannotJudge as because:
        reason = str(because)
    return Assessment(
        measure=measure,
        outcome=outcome,
        target=target,
        inherited_from=inherited_from,
        status=verdict.status if verdict else Status.NOT_ASSESSABLE,
        gap=verdict.gap if verdict else None,
        reason=reason,
        last_year=last_year,
        change=None if not_compared else _change(outcome, last_year),
        bound=verdict.bound if verdict else None,
        judged=about if about is not None and about.period != outcome.period else None,
        compared=compared,
        not_compared=not_compared,
    )


def is_judgeable(outcome: Outcome) -> bool:
    """Whether the value can be judged and compared: nothing is missing in it, or little of a share."""
    if outcome.value is None:
        return False
    if not outcome.starred:
        return True
    return (
        outcome.measure.aggregation.judged_when_incomplete
        and outcome.cell is not None
        and outcome.cell.missing_share < reasons.MISSING_SHARE
    )


def target_at(
    outcome: Outcome, series: MeasureSeries, *, selection: Selection, setting: Setting
) -> tuple[Target, Fraction | None] | None:
    """The target that an outcome of `series` is judged by in its own year, and the number that it compares with.

    None where no target holds at the unit that year. The number is None for a target that does not compare, and where there
    is nothing to compare with.
    """
    measure = outcome.measure
    target, _ = _target_here(measure, replace(selection, month=outcome.period.end), setting)
    if target is None or target.kind not in COMPARISONS:
        return None if target is None else (target, None)
    case = _Case(measure, series, None, selection, setting, measured_here=True)
    try:
        number, _ = case._compared(target, outcome, case.at(comparison_period(outcome.period)))
    except _CannotJudge:
        number = None
    return target, number


@dataclass(frozen=True, slots=True)
class _Case:
    """One measure at one unit: what all steps of a judgement ask about."""

    measure: Measure
    series: MeasureSeries | None
    accumulated: MeasureSeries | None
    selection: Selection
    setting: Setting
    measured_here: bool

    def at(self, period: Period, series: MeasureSeries | None = None) -> Outcome:
        return outcome_at(
            self.measure,
            series or self.series,
            period,
            selection=self.selection,
            setting=self.setting,
            measured_here=self.measured_here,
        )

    def not_compared(self, now: Outcome, then: Outcome) -> str:
        return why_not_compared(
            now, then, self.series, organisation=self.setting.organisation, org=self.selection.org
        )

    def about(self, shown: Outcome, target: Target | None) -> Outcome:
        """The outcome that is judged: the shown one, but for the budget the year to date in every view."""
        judged_so_far = target is not None and target.kind is TargetKind.ON_BUDGET and self.measure.monthly
        if judged_so_far and shown.missing is not Missing.NOT_RELEASED:
            return self._year_to_date(shown)
        return shown

    def judged(
        self,
        outcome: Outcome,
        shown: Outcome,
        last_year: Outcome,
        target: Target | None,
        inherited_from: str | None,
    ) -> tuple[Verdict, str, Outcome | None]:
        """The verdict, its sentence, and the earlier outcome in it. _CannotJudge with the sentence why not."""
        through = period_words(self.measure, outcome.period) if outcome.period != shown.period else ""
        if outcome.value is None:
            raise _CannotJudge(reasons.missing_reason(outcome))
        if target is None:
            raise _CannotJudge(self._without_target())
        if target.kind is TargetKind.ACCORDING_TO_PLAN:
            raise _CannotJudge(reasons.NO_PLAN_SERIES)
        if not is_judgeable(outcome):
            raise _CannotJudge(reasons.incomplete_reason(outcome))
        number, compared = self._compared(target, outcome, last_year)
        verdict = judge(
            target,
            outcome.value,
            compared=number,
            direction=self.measure.direction,
            tolerance=self.measure.tolerance,
        )
        sentence = reasons.verdict_reason(
            target, verdict, outcome, compared=compared, inherited_from=inherited_from, through=through
        )
        return verdict, sentence, compared

    def _year_to_date(self, outcome: Outcome) -> Outcome:
        period = Period(outcome.period.end, Window.YTD)
        for series in (self.accumulated, self.series):
            if series is not None and (whole := with_year_to_date(self.measure, series, period)) is not None:
                return self.at(period, whole)
        if outcome.missing is None:
            raise _CannotJudge(reasons.NO_YEAR_TO_DATE)
        return outcome

    def _without_target(self) -> str:
        year = self.selection.month.year
        if self.measure.target_for(year) is None:
            return reasons.no_target_reason(self.measure, year)
        root = self.setting.organisation.root
        return reasons.not_inherited_reason(self.measure, _short(self.setting.organisation.get(root)))

    def _compared(
        self, target: Target, outcome: Outcome, last_year: Outcome
    ) -> tuple[Fraction | None, Outcome | None]:
        """The number that a comparing target needs, and the outcome that it comes from, if any."""
        if target.kind not in COMPARISONS:
            return None, None
        if target.kind is TargetKind.BETTER_THAN_NATIONAL:
            return self._national(outcome), None
        against = last_year
        if target.kind is TargetKind.LESS_THAN_FIXED_YEAR:
            against = self._fixed_year(target, outcome)
        if why := self.not_compared(outcome, against):
            raise _CannotJudge(reasons.not_compared_reason(why))
        if not is_judgeable(against):
            raise _CannotJudge(reasons.no_comparison_reason(against))
        return against.value, against

    def _fixed_year(self, target: Target, outcome: Outcome) -> Outcome:
        """The same period of the fixed year; to a rolling twelve the year itself."""
        year, period = target.fixed_year, outcome.period
        if year is None or period.end.year == year:
            raise _CannotJudge(reasons.same_year_reason(outcome))
        month = 12 if period.window is Window.R12 else period.end.number
        return self.at(Period(Month.of(year, month), period.window))

    def _national(self, outcome: Outcome) -> Fraction:
        year = outcome.period.end.year
        if self.selection.sex is not Sex.ALL:
            raise _CannotJudge("Rikets värde finns bara för kvinnor och män tillsammans")
        if self.measure.direction not in (Direction.UP, Direction.DOWN):
            raise _CannotJudge("Nyckeltalet har ingen riktning, så bättre än riket går inte att avgöra")
        national = self.setting.national.get(self.measure.key, {}).get(year)
        if national is None:
            raise _CannotJudge(f"Rikets värde för {year} saknas, så det finns inget att jämföra med")
        return national


def _target_here(
    measure: Measure, selection: Selection, setting: Setting
) -> tuple[Target | None, str | None]:
    """The target that holds at the chosen unit, and the name of the unit above that it may come from.

    The plan's targets are the root's. Shares, durations and indices hold all the way down; amounts and counts
    do not, except the budget, of which every unit has its own.
    """
    target = measure.target_for(selection.month.year)
    root = setting.organisation.root
    if target is None or selection.unit == root or target.kind is TargetKind.ON_BUDGET:
        return target, None
    if measure.unit_of_measure.is_relative:
        return target, _short(setting.organisation.get(root))
    return None, None


def _change(outcome: Outcome, last_year: Outcome) -> Fraction | None:
    if outcome.value is None or last_year.value is None:
        return None
    return outcome.value - last_year.value if is_judgeable(outcome) and is_judgeable(last_year) else None


def _short(unit: Unit) -> str:
    """The förvaltning is named in most sentences at a unit: by its short name."""
    return unit.short_name or unit.name
