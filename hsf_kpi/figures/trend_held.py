"""What each month of a curve is held against, as drawn: mean and limits, cut where no value can be, and its signal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hsf_kpi.analysis.spc.types import Judged, Process, Variation
from hsf_kpi.figures.spc_points import signal_text
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.measure import Counted
from hsf_kpi.model.period import Month

_WHOLE = Fraction(100)


@dataclass(frozen=True, slots=True)
class Held:
    """mean, low, high: None where nothing is known, in a phase without limits for one. phase: 1, 2 …

    signal: «better», «worse», «neither» or "". text: the signal in words. cut_low, cut_high: whether the limit lies
    beyond what is possible, and is drawn at its end.
    """

    phase: int
    mean: Fraction | None
    low: Fraction | None
    high: Fraction | None
    signal: str = ""
    text: str = ""
    cut_low: bool = False
    cut_high: bool = False


def held_months(process: Process) -> Mapping[Month, Held]:
    """Every month of the process. A month without value has the limits that it would have been held against."""
    floor, ceiling = ends(process)
    found = {}
    for i, (month, phase, like) in enumerate(_alike(process)):
        mean, low, high = (None, None, None) if like is None else (like.mean, like.low, like.high)
        cut_low = floor is not None and low is not None and low < floor
        cut_high = ceiling is not None and high is not None and high > ceiling
        point = process.points[i]
        special = point is not None and point.variation is not Variation.COMMON
        found[month] = Held(
            phase,
            mean,
            floor if cut_low else low,
            ceiling if cut_high else high,
            point.variation.value if point is not None and special else "",
            signal_text(process, i),
            cut_low,
            cut_high,
        )
    return found


def ends(process: Process) -> tuple[Fraction | None, Fraction | None]:
    """The least and the largest value that there can be, as the measure's kind tells and no value contradicts.

    Shares lie between 0 and 100 %, what is counted or lasts is never below 0; amounts of money and growth have no end.
    """
    measure = process.measure
    values = [point.value for point in process.points if point is not None]
    if measure.unit_of_measure is UnitOfMeasure.MNKR or measure.aggregation is Aggregation.GROWTH:
        return None, None
    share = measure.unit_of_measure is UnitOfMeasure.PERCENT and measure.counted is not Counted.RATE
    floor = Fraction(0) if all(value >= 0 for value in values) else None
    return floor, _WHOLE if share and all(value <= _WHOLE for value in values) else None


def _alike(process: Process) -> Iterator[tuple[Month, int, Judged | None]]:
    """(month, its phase, a judged month of the phase with the same limits); in a seasonal series the same month's."""
    known: dict[tuple[int, int], Judged] = {}
    phases = [
        next((n for n, p in enumerate(process.phases, 1) if p.first <= i <= p.last), 0)
        for i in range(len(process.months))
    ]
    keys = [
        (phase, month.number if process.seasonal else 0)
        for phase, month in zip(phases, process.months, strict=True)
    ]
    for key, point in zip(keys, process.points, strict=True):
        if point is not None:
            known.setdefault(key, point)
    for month, key, point in zip(process.months, keys, process.points, strict=True):
        yield month, key[0], point or known.get(key)
