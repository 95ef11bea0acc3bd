"""The way in: a monthly series of one measure at one unit, judged as a process."""

from __future__ import annotations

from collections.abc import Sequence

from hsf_kpi.analysis.assess import is_judgeable
from hsf_kpi.analysis.spc import refuse
from hsf_kpi.analysis.spc.assurance import TargetOf, assurance
from hsf_kpi.analysis.spc.limits import LEAST_POINTS, LEAST_RANGES, PRELIMINARY_BELOW, Fit, fit
from hsf_kpi.analysis.spc.phases import Span, spans
from hsf_kpi.analysis.spc.points import Judge, bands_of
from hsf_kpi.analysis.spc.rules import found
from hsf_kpi.analysis.spc.season import LEAST_SEASONAL, is_seasonal
from hsf_kpi.analysis.spc.types import Hit, Judged, NoLimits, Phase, Process
from hsf_kpi.analysis.spc.whole import whole
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import View
from hsf_kpi.model.rebase import Rebase


def process(
    measure: Measure, outcomes: Sequence[Outcome], *, rebases: Sequence[Rebase] = (), target_of: TargetOf
) -> Process | NoLimits:
    """The series judged, or why it gets no limits.

    outcomes: every month in the view «månad», in time order up to the chosen one, which is last; a month without a value is
    there as a missing outcome. Values that can't be judged (an incomplete sum) are gaps too.
    rebases: those that hold for this measure and unit. target_of: the target that an outcome's own month is judged by, the
    same for all months of a year where it is a number; asked no more than it takes.
    ValueError when a month is left out, or given twice.
    """
    if (refused := refuse.refused_view(measure, View.MONTH)) is not None:
        return refused
    months = tuple([outcome.period.end for outcome in outcomes])
    numbers = [month.index for month in months]
    if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise ValueError("the months of a series follow one another")
    exact = [outcome.value if is_judgeable(outcome) else None for outcome in outcomes]
    if all(value is None for value in exact):
        return refuse.NO_VALUES
    values, denominator = whole(exact)
    numbers = [index % 12 for index in numbers]
    cut, notes = spans(months, values, rebases)
    seasonal = is_seasonal(values, numbers, cut)
    keys = numbers if seasonal else [0] * len(values)
    fits = [
        fit(
            values[span.first : span.last + 1],
            keys[span.first : span.last + 1],
            (span.base[0] - span.first, span.base[1] - span.first),
            denominator,
        )
        for span in cut
    ]
    if (refused := _refused(cut[-1], fits[-1], seasonal)) is not None:
        return refused
    now = target_of(outcomes[-1])
    judge = Judge(measure, months, exact, keys, bands_of(measure, outcomes, target_of, now))
    points, hits = _judged(judge, cut, fits, seasonal)
    last = cut[-1]
    return Process(
        measure=measure,
        unit=outcomes[-1].unit,
        months=months,
        points=points,
        phases=tuple(_phase(span, one, seasonal) for span, one in zip(cut, fits, strict=True)),
        hits=hits,
        seasonal=seasonal,
        assurance=assurance(
            now,
            [outcomes[point.index] for point in points[last.first :] if point and point.mean is not None],
            fits[-1].drawn.values(),
            target_of,
        ),
        target=now.target if now is not None else None,
        notes=notes,
    )


def _refused(span: Span, one: Fit, seasonal: bool) -> NoLimits | None:
    """Why the latest phase gets no limits; None where it gets them."""
    if (answer := refuse.few(one.points, one.ranges, span.rebase)) is not None:
        return answer
    if seasonal and one.points < LEAST_SEASONAL:
        return refuse.seasonal_short(one.points, span.rebase)
    return refuse.constant(seasonal) if one.half == 0 else None


def _has_limits(one: Fit, seasonal: bool) -> bool:
    least = LEAST_SEASONAL if seasonal else LEAST_POINTS
    return one.points >= least and one.ranges >= LEAST_RANGES and one.half > 0


def _judged(
    judge: Judge, cut: Sequence[Span], fits: Sequence[Fit], seasonal: bool
) -> tuple[tuple[Judged | None, ...], tuple[Hit, ...]]:
    points: list[Judged | None] = []
    hits: list[Hit] = []
    for span, one in zip(cut, fits, strict=True):
        at = span.first
        if _has_limits(one, seasonal):
            met, flags = found(one.deviations, one.half)
            hits += [Hit(hit.rule, hit.side, hit.first + at, hit.last + at) for hit in met]
            points += [judge.point(at + i, one.drawn, flags.get(i)) for i in range(span.last - at + 1)]
        else:
            points += [judge.point(i, {}, None) for i in range(at, span.last + 1)]
    return tuple(points), tuple(hits)


def _phase(span: Span, one: Fit, seasonal: bool) -> Phase:
    return Phase(
        first=span.first,
        last=span.last,
        points=one.points,
        mean=one.mean,
        moving_range=one.moving_range,
        reason=span.rebase.reason if span.rebase else "",
        base=span.base if span.base != (span.first, span.last) else None,
        preliminary=one.points < PRELIMINARY_BELOW,
        limits=_has_limits(one, seasonal),
    )
