"""Units of one kind in order, each with how uncertain its value is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from statistics import median, quantiles

from hsf_kpi.analysis.compare.counts import counts_of
from hsf_kpi.analysis.compare.interval import Interval, of_counts, of_months
from hsf_kpi.analysis.compare.types import Ranked, Ranking, Uncertainty
from hsf_kpi.analysis.compare.words import why_missing
from hsf_kpi.analysis.reasons import MISSING_SHARE
from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.model.codes import Direction
from hsf_kpi.model.comparison import ComparisonGroup
from hsf_kpi.model.measure import Counted, Measure
from hsf_kpi.model.peers import PeerValues


def comparable(outcome: Outcome) -> bool:
    """Whether the value may be compared: complete, or a share of which little is missing."""
    cell = outcome.cell
    if outcome.value is None or cell is None:
        return False
    part = outcome.measure.aggregation.judged_when_incomplete and cell.missing_share < MISSING_SHARE
    return cell.complete or part


def method(measure: Measure) -> Uncertainty:
    """How the measure's values get their intervals, where they can have one."""
    if measure.counted is not None:
        return Uncertainty.WILSON if measure.counted is Counted.SHARE else Uncertainty.BYAR
    return Uncertainty.MONTHS if measure.monthly else Uncertainty.NONE


def ranking(
    measure: Measure,
    group: ComparisonGroup,
    values: PeerValues,
    assessments: Mapping[str, Assessment],
    months: Mapping[str, Sequence[Fraction]],
    *,
    asked: str,
    own: str | None,
) -> Ranking:
    """Highest first where higher is better, else lowest first (also where no direction is better).

    values: of the unit `asked` and the others, as printed. assessments: of every unit within the scope whose outcome is
    of that period, in order. months: the values of the months of the period, for a measure whose interval comes from them.

    Places and median are those of the printed values, so that no place tells more than they do and everybody gets the
    same; a unit within the scope is shown with its exact value, which its interval lies around. Of equal ones `own` comes
    first, then the named by id.
    """
    printed = {asked: values.own, **dict(values.named)}
    sign = -1 if measure.direction is Direction.UP else 1
    everyone: list[tuple[str | None, Fraction]] = [*printed.items(), *((None, v) for v in values.unnamed)]
    everyone.sort(key=lambda one: (sign * one[1], one[0] != own, one[0] is None, one[0] or ""))
    first: dict[Fraction, int] = {}
    for number, (_, value) in enumerate(everyone, 1):
        first.setdefault(value, number)
    middle = median(value for _, value in everyone)
    rows = tuple(
        _ranked(first[value], unit, value, float(middle), assessments, months) for unit, value in everyone
    )
    missing = tuple((u, why_missing(a.outcome)) for u, a in assessments.items() if u not in printed)
    low, _, high = quantiles((value for _, value in everyone), n=4, method="inclusive")
    return Ranking(
        measure=measure,
        group=group,
        rows=rows,
        missing=missing,
        left_out=values.left_out - len(missing),
        median=float(middle),
        quartiles=(float(low), float(high)),
        own=own,
        uncertainty=method(measure) if any(row.low is not None for row in rows) else Uncertainty.NONE,
        origins=values.origins,
    )


def _ranked(
    place: int,
    unit: str | None,
    value: Fraction,
    middle: float,
    assessments: Mapping[str, Assessment],
    months: Mapping[str, Sequence[Fraction]],
) -> Ranked:
    assessment = None if unit is None else assessments.get(unit)
    if unit is None or assessment is None:
        return Ranked(place, unit, float(value), None, None, apart=False, assessment=None)
    exact = assessment.outcome.value
    interval = _interval(assessment.outcome, months.get(unit, ()))
    low, high = interval if interval is not None else (None, None)
    apart = interval is not None and (interval[0] > middle or interval[1] < middle)
    return Ranked(place, unit, float(value if exact is None else exact), low, high, apart, assessment)


def _interval(outcome: Outcome, months: Sequence[Fraction]) -> Interval | None:
    measure = outcome.measure
    if measure.counted is not None:
        counts = counts_of(measure, outcome.cell)
        return None if counts is None else of_counts(measure, counts)
    return None if outcome.value is None else of_months(measure, outcome.value, months)
