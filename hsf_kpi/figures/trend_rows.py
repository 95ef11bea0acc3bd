"""The columns and rows of a trend: each period with its outcome, what it is compared with, and its target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.figures.figure import Column, Role, Value
from hsf_kpi.figures.phrases import is_curve, outcome_text
from hsf_kpi.figures.shape import as_float
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Period, Window
from hsf_kpi.swedish.numbers import value_text
from hsf_kpi.swedish.periods import period_words

NATIONAL = 6
"""The place of the national value in a row."""


def trend_columns(measure: Measure) -> tuple[Column, ...]:
    """The columns that every trend has."""
    unit, decimals = measure.unit_of_measure, measure.decimals
    return (
        Column("period", "Period", Role.LABEL),
        Column("date", "Periodens första dag", Role.TIME),
        Column("outcome", "Utfall", Role.OUTCOME, unit, decimals),
        Column("outcome_text", "Utfall", Role.TEXT),
        Column("last_year", "Föregående år", Role.LAST_YEAR, unit, decimals),
        Column("last_year_text", "Föregående år", Role.TEXT),
        Column("national", "Riket", Role.NATIONAL, unit, decimals),
        Column("national_text", "Riket", Role.TEXT),
        Column("target_low", "Mål, lägst", Role.TARGET_LOW, unit, decimals),
        Column("target_high", "Mål, högst", Role.TARGET_HIGH, unit, decimals),
        Column("note", "Anmärkning", Role.NOTE),
    )


def trend_row(
    outcome: Outcome, before: Outcome | None, national: Fraction | None, a: Assessment
) -> tuple[Value, ...]:
    """A period's row. before: the same period a year earlier. national: the value that it may be seen beside."""
    measure, latest = a.measure, outcome.period == a.outcome.period
    bound = a.bound if latest and outcome.value is not None else None
    low, high = (a.target.low, a.target.high) if a.target and _holds(a, outcome) else (None, None)
    return (
        period_words(measure, outcome.period),
        _month_drawn(outcome.period),
        as_float(outcome),
        outcome_text(outcome, bound),
        as_float(before),
        "" if before is None else outcome_text(before),
        None if national is None else float(national),
        "" if national is None else value_text(national, measure),
        None if low is None else float(low),
        None if high is None else float(high),
        outcome_text(outcome) if outcome.value is None else outcome.note,
    )


def _holds(a: Assessment, outcome: Outcome) -> bool:
    """Whether the target is shown at an outcome: those of its own year, and the one that is held against it."""
    return a.target is not None and (
        outcome.period.end.year == a.target.year or outcome.period == a.outcome.period
    )


def target_since(a: Assessment, outcomes: Sequence[Outcome]) -> int | None:
    """The first dot that the target holds for; None for a curve, where it is one line, or where it holds for none."""
    if is_curve(a.measure, outcomes):
        return None
    return next((i for i, outcome in enumerate(outcomes) if _holds(a, outcome)), None)


def national_for(national: Mapping[int, Fraction], outcome: Outcome) -> Fraction | None:
    """The national value that an outcome may be seen beside: one of the same span (a spring measurement is delår 1).

    A month has none: the year that it is part of is not known until it has ended. Nor has one sex: the national values are
    of women and men together.
    """
    if outcome.sex is not Sex.ALL:
        return None
    spans = [x.window for x in outcome.measure.external if x.role == "outcome"] or [Window.YEAR]
    span = Window.YEAR if outcome.period.window is Window.TWO_YEARS else outcome.period.window
    return national.get(outcome.period.end.year) if span in spans else None


def _month_drawn(period: Period) -> Value:
    """A month of a curve stands at its own first day, whatever the view adds up; other periods at theirs."""
    monthly = period.window in (Window.MONTH, Window.YTD, Window.R12)
    return (period.end if monthly else period.start).first_day
