"""Sorting by the question: the worst first by the measure's direction, what has no value last."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hsf_kpi.analysis.types import Assessment
from hsf_kpi.model.codes import Direction
from hsf_kpi.model.measure import Measure
from hsf_kpi.swedish.sorting import swedish_key

Row = tuple[str, str, Assessment]


def worst_first(measure: Measure, rows: Sequence[Row]) -> list[Row]:
    """rows: (unit id, name, assessment). Ties and missing ones in Swedish alphabetical order.

    up: lowest first; down: highest first; band: furthest outside first (by the gap, else highest first);
    none: highest first.
    """
    valued = [row for row in rows if row[2].outcome.value is not None]
    missing = [row for row in rows if row[2].outcome.value is None]
    valued.sort(key=lambda row: swedish_key(row[1]))
    valued.sort(key=lambda row: _badness(measure.direction, row[2]))
    return valued + sorted(missing, key=lambda row: swedish_key(row[1]))


def _badness(direction: Direction, a: Assessment) -> Fraction:
    value = a.outcome.value or Fraction(0)
    if direction is Direction.UP:
        return value
    if direction is Direction.BAND and a.gap is not None:
        return a.gap
    return -value
