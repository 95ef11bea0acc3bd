"""Judged processes for the tests of figures and renderers, made by a plain XmR chart of their own."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

from hsf_kpi.analysis.spc.types import (
    Assurance,
    Hit,
    Judged,
    NoLimits,
    Phase,
    Process,
    Refused,
    Rule,
    Side,
    Variation,
)
from hsf_kpi.model.codes import Direction
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.target import Target
from tests.figures.figure_samples import OCTOBER, measure

Values = Sequence[float | str | None]

REFUSED = NoLimits(Refused.FEW, "Serien har 9 månader med värde; styrgränser kräver minst tolv.")

NOISE = [66, 70, 63, 67, 71, 68, 74, 65, 67, 63, 68, 72, 66, 70, 69, 64, 67, 73, 69, 65, 68, 66, 70, 67]
"""Tenths; around 6,8 %."""
COMMON: Values = [n / 10 for n in NOISE]
SHIFT: Values = [*COMMON[:17], *[5.9, 6.1, 5.8, 6.0, 6.2, 5.9, 6.0]]
OUTSIDE: Values = [*COMMON[:-1], 9.4]
RISING: Values = [*COMMON[:-7], 6.3, 6.5, 6.6, 6.7, 6.9, 7.0, 7.2]
GAP: Values = [*COMMON[:9], None, *COMMON[10:]]
SEASONAL: Values = [v + (2 if i % 12 in (6, 7) else 0) for i, v in enumerate(map(float, COMMON))]
TWO_PHASES: Values = [v + (3 if i < 12 else 0) for i, v in enumerate(map(float, COMMON))]


def judged(
    values: Values,
    m: Measure | None = None,
    *,
    steps: Sequence[tuple[int, str]] = (),
    base: tuple[int, int] | None = None,
    seasonal: bool = False,
    assurance: Assurance | None = None,
    target: Target | None = None,
    notes: tuple[str, ...] = (),
) -> Process:
    """A process that ends in October 2023. steps: (index, reason) where a phase begins; a phase of under 12 values, or with
    under 6 moving ranges, has no limits. seasonal: the mean of each month of the year moves the limits. Rules: outside,
    trend and shift, and 2 of 3.
    """
    m = m or measure()
    exact = [None if v is None else Fraction(str(v)) for v in values]
    starts = [0, *(i for i, _ in steps)]
    phases: list[Phase] = []
    held: list[Fraction | None] = [None] * len(exact)
    rows: list[tuple[Fraction, Fraction, Fraction] | None] = [None] * len(exact)
    effects = _effects(exact) if seasonal else [Fraction(0)] * 12
    for n, (first, last) in enumerate(itertools.pairwise([*starts, len(exact)])):
        own = base if base is not None and n == len(starts) - 1 else None
        span = range(own[0], own[1] + 1) if own else range(first, last)
        level = [None if (v := exact[i]) is None else v - effects[i % 12] for i in span]
        found = [v for v in level if v is not None]
        mean = sum(found, Fraction(0)) / len(found)
        pairs = itertools.pairwise(level)
        ranges = [abs(b - a) for a, b in pairs if a is not None and b is not None]
        limits = len(found) >= 12 and len(ranges) >= 6
        moving = sum(ranges, Fraction(0)) / len(ranges) if limits else Fraction(0)
        reason = dict(steps).get(first, "")
        phases.append(Phase(first, last - 1, len(found), mean, moving, reason, own, len(found) < 20, limits))
        reach = moving * Fraction("2.66")
        for i in range(first, last):
            if exact[i] is not None and limits:
                center = mean + effects[i % 12]
                rows[i] = (center, center - reach, center + reach)
                held[i] = (exact[i] or Fraction(0)) - center
    hits = _hits(held, rows, exact, starts)
    points = tuple(_point(i, v, rows[i], hits, m) for i, v in enumerate(exact))
    first_month = OCTOBER - (len(exact) - 1)
    months = tuple(first_month + i for i in range(len(exact)))
    return Process(m, "hsf", months, points, tuple(phases), hits, seasonal, assurance, target, notes)


def _effects(exact: Sequence[Fraction | None]) -> list[Fraction]:
    known = [v for v in exact if v is not None]
    mean = sum(known, Fraction(0)) / len(known)
    by_month = [[v for v in exact[k::12] if v is not None] for k in range(12)]
    return [sum(vs, Fraction(0)) / len(vs) - mean if vs else Fraction(0) for vs in by_month]


def _hits(
    held: Sequence[Fraction | None],
    rows: Sequence[tuple[Fraction, Fraction, Fraction] | None],
    exact: Sequence[Fraction | None],
    starts: Sequence[int],
) -> tuple[Hit, ...]:
    hits = []
    for i in range(len(held)):
        row, value = rows[i], exact[i]
        if row is None or value is None:
            continue
        if not row[1] <= value <= row[2]:
            hits.append(Hit(Rule.OUTSIDE, Side.HIGH if value > row[2] else Side.LOW, i, i))
        span = range(i - 6, i + 1)
        if span[0] < 0 or any(held[k] is None for k in span) or any(k in starts for k in span[1:]):
            continue
        seven = [held[k] or Fraction(0) for k in span]
        for side, sign in ((Side.HIGH, 1), (Side.LOW, -1)):
            if all(v * sign > 0 for v in seven):
                hits.append(Hit(Rule.SHIFT, side, span[0], i))
            if all((b - a) * sign > 0 for a, b in itertools.pairwise(seven)):
                hits.append(Hit(Rule.TREND, side, span[0], i))
            near = [
                (v - r[0]) * sign * 3 > (r[2] - r[0]) * 2
                for v, r in ((exact[k], rows[k]) for k in span[-3:])
                if v is not None and r is not None
            ]
            if sum(near) >= 2 and near[-1]:
                hits.append(Hit(Rule.TWO_OF_THREE, side, i - 2, i))
    return tuple(hits)


def _point(
    index: int,
    value: Fraction | None,
    row: tuple[Fraction, Fraction, Fraction] | None,
    hits: Sequence[Hit],
    m: Measure,
) -> Judged | None:
    if value is None:
        return None
    if row is None:
        return Judged(index, value, None, None, None)
    for rule in Rule:
        for hit in hits:
            if hit.rule is rule and hit.first <= index <= hit.last:
                return Judged(
                    index, value, *row, variation_of(m, hit.side), hit.side, rule, _run(index, hit, hits)
                )
    return Judged(index, value, *row)


def _run(index: int, hit: Hit, hits: Sequence[Hit]) -> int:
    alike = [h for h in hits if h.rule is hit.rule and h.side is hit.side]
    if hit.rule is Rule.TWO_OF_THREE:
        return 2
    run, at = 1, index
    while any(h.first <= at - 1 <= h.last and (h.rule is Rule.OUTSIDE or h.last >= at) for h in alike):
        run, at = run + 1, at - 1
    return run


def variation_of(m: Measure, side: Side) -> Variation:
    if m.direction not in (Direction.UP, Direction.DOWN):
        return Variation.NEITHER
    return Variation.BETTER if (side is Side.HIGH) == (m.direction is Direction.UP) else Variation.WORSE
