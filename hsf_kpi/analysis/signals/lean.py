"""Outcomes and known months made straight from points, where thousands of series are looked through."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from hsf_kpi.analysis.economy.compliance import Known
from hsf_kpi.analysis.reasons import MISSING_SHARE
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.codes import Missing, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.point import Point


def outcomes_from(
    measure: Measure, unit: str, sex: Sex, points: Sequence[Point], last: Month
) -> tuple[Outcome, ...]:
    """Every month from the first point through `last`: its value where it can be judged, else a gap.

    Which months have a value is what `curve` and `is_judgeable` say together; why there is none, and the cells, are not
    told. Empty without a point.
    """
    if not points:
        return ()
    known = {point.month: value for point in points if (value := _judged(measure, point)) is not None}
    return tuple(
        _outcome(measure, unit, sex, index, known.get(index))
        for index in range(points[0].month, last.index + 1)
    )


def known_from(measure: Measure, points: Sequence[Point], *, cost: bool) -> dict[Month, Known]:
    """What an assignment is judged by: values, or (cost) numerators in kronor; as `known_of` makes them of outcomes."""
    found: dict[Month, Known] = {}
    for point in points:
        value = point.value(measure)
        if cost:
            value = None if point.numerator is None else Fraction(point.numerator, FIXED)
        found[Month(point.month)] = Known(value, starred=not point.whole)
    return found


def _judged(measure: Measure, point: Point) -> Fraction | None:
    if not point.whole and not (
        measure.aggregation.judged_when_incomplete and point.missing_share < MISSING_SHARE
    ):
        return None
    return point.value(measure)


def _outcome(measure: Measure, unit: str, sex: Sex, index: int, value: Fraction | None) -> Outcome:
    missing = Missing.NOT_REPORTED if value is None else None
    return Outcome(measure, unit, sex, _month(index), value, missing, "", None)


@lru_cache(maxsize=1024)
def _month(index: int) -> Period:
    return Period(Month(index), Window.MONTH)
