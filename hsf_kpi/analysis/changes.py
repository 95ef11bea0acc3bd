"""What moved most against last year, told as what happened. Whether it is more than chance is not asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from hsf_kpi.analysis.periods import comparison_period
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.model.cell import MeasureSeries
from hsf_kpi.model.codes import Direction
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Period
from hsf_kpi.swedish.numbers import (
    decimals_that_add_up,
    decimals_to_tell_apart,
    difference_text,
    value_text,
)
from hsf_kpi.swedish.periods import period_words
from hsf_kpi.swedish.words import comparative_for

ENOUGH_HISTORY = 12
"""So many earlier year-on-year changes must be known before they say what is usual."""

CHANGES_THEMSELVES = frozenset({"resultat-mot-foregaende-ar"})
"""Measures that are a difference to last year already: a change of a change says nothing to a reader."""

_DEFAULT_SHARE = Fraction(5, 100)


@dataclass(frozen=True, slots=True)
class Change:
    """headline: what happened. detail: the figures, and what they mean where the direction is defined.

    score: the change in relation to what is usual, for ordering only. better: None where no way is better.
    """

    assessment: Assessment
    headline: str
    detail: str
    score: Fraction
    better: bool | None


def largest_changes(
    assessments: Iterable[Assessment],
    n: int = 3,
    *,
    series: Mapping[str, MeasureSeries] | None = None,
) -> tuple[Change, ...]:
    """The n measures that moved most against the same period last year, the largest first.

    Largest is in relation to the median year-on-year change of the measure's own history, when `series`
    (measure → series of the shown unit, view and sex) holds at least twelve; else to the tolerance for
    «nära», else to 5 % of last year's value. Missing, masked and incomplete values never take part, nor
    what is not compared (see `comparable`), measures without any movement, and those that are a change
    themselves.
    """
    found = []
    for assessment in assessments:
        now, then = assessment.outcome.value, assessment.last_year.value
        if assessment.measure.indicator in CHANGES_THEMSELVES:
            continue
        if now is not None and then is not None and assessment.change:
            scale = _scale(assessment, then, series or {})
            if scale:
                found.append(_told(assessment, now, then, abs(now - then) / scale))
    return tuple(sorted(found, key=lambda change: change.score, reverse=True)[:n])


def usual_change(measure: Measure, series: MeasureSeries, before: Period) -> Fraction | None:
    """The median of |value − last year's value| over the periods of the same window before `before`.

    None with fewer than twelve pairs of complete values.
    """
    # As floats: the median only puts changes in order, and exact differences of ratios are slow.
    values = {
        end: float(value)
        for end, cell in series.cells.get(before.window, {}).items()
        if end < before.end and cell.complete and (value := cell.value(measure)) is not None
    }
    moves = []
    for end, now in values.items():
        then = values.get(comparison_period(Period(end, before.window)).end)
        if then is not None:
            moves.append(abs(now - then))
    return Fraction(median(moves)) if len(moves) >= ENOUGH_HISTORY else None


def _scale(assessment: Assessment, then: Fraction, series: Mapping[str, MeasureSeries]) -> Fraction:
    """What a change of this measure is held against; zero where nothing says what is usual."""
    measure = assessment.measure
    own = series.get(measure.key)
    usual = usual_change(measure, own, assessment.outcome.period) if own is not None else None
    if usual:
        return usual
    if measure.tolerance is None:
        return abs(then) * _DEFAULT_SHARE
    amount = Fraction(measure.tolerance.amount)
    return amount * abs(then) if measure.tolerance.relative else amount


def _told(assessment: Assessment, now: Fraction, then: Fraction, score: Fraction) -> Change:
    measure, more = assessment.measure, now > then
    word = comparative_for(measure, more, assessment.outcome.period.window)
    before = period_words(measure, assessment.last_year.period)
    fitting = decimals_that_add_up(now, then, measure)
    decimals = decimals_to_tell_apart(now, then, measure) if fitting is None else fitting
    difference = difference_text(abs(now - then), measure, decimals=decimals)
    about = "cirka " if fitting is None else ""
    better = _better(measure.direction, more)
    meaning = "" if better is None else f", vilket är {'bättre' if better else 'sämre'}"
    return Change(
        assessment=assessment,
        headline=f"{measure.short_name}: {word} än {before}",
        detail=(
            f"{value_text(now, measure, decimals=decimals)} "
            f"{period_words(measure, assessment.outcome.period)} mot "
            f"{value_text(then, measure, decimals=decimals)} {before}, "
            f"{about}{difference} {word}{meaning}"
        ),
        score=score,
        better=better,
    )


def _better(direction: Direction, more: bool) -> bool | None:
    if direction is Direction.UP:
        return more
    return not more if direction is Direction.DOWN else None
