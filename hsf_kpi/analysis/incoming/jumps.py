"""The months of a file that jump away from what the unit's own series leads to expect."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hsf_kpi.analysis.incoming.bounds import bounds
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month
from hsf_kpi.model.preview import Jump
from hsf_kpi.model.rebase import Rebase

KEPT = 50
"""Of what looks wrong so many are told one by one; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one series. judged: whether any of its months could be held against the months before it."""

    jumps: tuple[Jump, ...]
    judged: bool


def is_judged(measure: Measure) -> bool:
    """Whether the months of the measure are held against those before: a forecast is of the same year again and again."""
    return measure.monthly and measure.aggregation is not Aggregation.LATEST_AMOUNT


def jumps(
    measure: Measure,
    unit: str,
    before: Mapping[int, Fraction],
    arriving: Mapping[int, Fraction],
    news: Collection[int],
    rows: Mapping[int, int],
    rebases: Sequence[Rebase] = (),
) -> Found:
    """before: what is live, by `Month.index`. arriving: what the file has, which takes its place. news: the months of it
    that are judged, each by those before it, the file's own among them. rows: the file's row of each of those.
    """
    series = {**before, **arriving}
    found: list[Jump] = []
    judged = False
    for index in sorted(news):
        held = bounds(series, Month(index), rebases)
        if held is None:
            continue
        judged = True
        if not held.holds(arriving[index]):
            found.append(Jump(measure.key, unit, Month(index), arriving[index], held, rows.get(index, 0)))
    return Found(tuple(found), judged)


def heaviest(found: Iterable[Jump]) -> tuple[tuple[Jump, ...], int]:
    """At most `KEPT`, those farthest outside first, and how many there are beside them."""
    ordered = sorted(
        found, key=lambda one: (-one.bounds.weight(one.value), one.measure, one.unit, one.month.index)
    )
    return tuple(ordered[:KEPT]), max(0, len(ordered) - KEPT)
