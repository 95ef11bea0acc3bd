"""Rankings, funnels and curves for the tests of the figures of the comparison: plain values, no store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from statistics import median, quantiles

from hsf_kpi.analysis.compare.types import (
    Funnel,
    FunnelLimit,
    FunnelPoint,
    FunnelZone,
    Ranked,
    Ranking,
    Uncertainty,
)
from hsf_kpi.model.codes import Direction, Origin, Status
from hsf_kpi.model.comparison import ComparisonGroup
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.target import Target, TargetKind
from tests.figures.figure_samples import CONTEXT, assessment, measure, outcome, target

GOAL = target(TargetKind.AT_MOST, "6,0%", high="6.0")
BAND = target(TargetKind.BETWEEN, "85‐90%", "85", "90")
HERE = replace(CONTEXT, unit_id="kir", unit="Kirurgkliniken", path="HSF › Akutsjukvård › Kirurgkliniken")
GROUP = ComparisonGroup("lika", "Kliniker", "bland kliniker med patientvård", ())
LONG = "Sjukvårdens larmcentral och ambulansdirigering"
NAMES = {
    "kir": "Kirurgkliniken", "lar": LONG, "ost": "Närsjukvård Öst", "bup": "Barn- och ungdomspsykiatri",
    "epo": "EPOS Sala", "med": "Medicinkliniken", "kop": "Medicinkliniken Köping", "akm": "Akutmottagningen",
    "onk": "Onkologkliniken", "vux": "Vuxenpsykiatri", "hja": "Hjärtavdelningen", "aht": "AH-teamet",
    "ope": "Operation, anestesi och IVA", "rat": "Rättspsykiatri Sala",
}  # fmt: skip


def names_of(count: int) -> dict[str, str]:
    """So many units: the first by the names above, the rest numbered."""
    more = {f"u{i}": f"Enhet {i}" for i in range(count)}
    return dict([*NAMES.items(), *more.items()][:count])


def ranking(
    values: Sequence[float | str | None],
    *,
    widths: Sequence[float | None] = (),
    own: str | None = "kir",
    unnamed: Sequence[float | str] = (),
    measured: Measure | None = None,
    goal: Target | None = GOAL,
    missing: tuple[tuple[str, str], ...] = (),
    left_out: int = 0,
    origins: frozenset[Origin] = frozenset({Origin.DEMO}),
) -> Ranking:
    """values: of the units of `names_of` in order, None for one to pass over. widths: half of each interval."""
    m = measured or measure()
    half = [*widths, *([None] * (len(values) - len(widths)))]
    known: list[tuple[str | None, Fraction, float | None]] = [
        (unit, Fraction(str(value)), w)
        for unit, value, w in zip(names_of(len(values)), values, half, strict=True)
        if value is not None
    ]
    known += [(None, Fraction(str(value)), None) for value in unnamed]
    known.sort(
        key=lambda one: (one[1] * (-1 if m.direction is Direction.UP else 1), one[0] != own, one[0] or "~")
    )
    sorted_values = [value for _, value, _ in known]
    middle = float(median(sorted_values))
    first = {value: i for i, value in reversed(list(enumerate(sorted_values, 1)))}
    cuts = quantiles(sorted_values, n=4, method="inclusive") if len(known) > 1 else None
    return Ranking(
        measure=m,
        group=GROUP,
        rows=tuple(_ranked(m, first[v], unit, v, w, middle, goal) for unit, v, w in known),
        missing=missing,
        left_out=left_out,
        median=middle,
        quartiles=None if cuts is None else (float(cuts[0]), float(cuts[2])),
        own=own,
        uncertainty=Uncertainty.WILSON if any(w is not None for _, _, w in known) else Uncertainty.NONE,
        origins=origins,
    )


def _ranked(
    m: Measure,
    place: int,
    unit: str | None,
    value: Fraction,
    half: float | None,
    middle: float,
    goal: Target | None,
) -> Ranked:
    exact = float(value)
    low, high = (None, None) if half is None else (exact - half, exact + half)
    apart = low is not None and high is not None and (low > middle or high < middle)
    a = None
    if unit is not None:
        status = Status.MET if exact <= 6 else Status.MISSED
        a = assessment(outcome(m, value, unit=unit), goal, status, bound="6.0")
    return Ranked(place, unit, exact, low, high, apart, a)


def funnel(
    *pairs: tuple[float, float],
    own: str | None = "kir",
    measured: Measure | None = None,
    factor: float = 1.0,
    left_out: int = 0,
    words: str = "patienter",
) -> Funnel:
    """pairs: (size, value in percent) of the units of `names_of` in order; factor: how much the limits are widened."""
    m = measured or measure()
    centre = sum(size * value for size, value in pairs) / sum(size for size, _ in pairs)

    def limits(size: float) -> FunnelLimit:
        error = 100 * (max(centre, 0) / 100 * (1 - centre / 100) / size) ** 0.5 * factor
        inner, outer = 1.96 * error, 3.09 * error
        return FunnelLimit(
            size,
            max(0.0, centre - inner),
            min(100.0, centre + inner),
            max(0.0, centre - outer),
            min(100.0, centre + outer),
        )

    def point(unit: str, size: float, value: float) -> FunnelPoint:
        at = limits(size)
        inside = at.low_95 <= value <= at.high_95
        near = at.low_998 <= value <= at.high_998
        zone = FunnelZone.INSIDE if inside else FunnelZone.OUTSIDE_95 if near else FunnelZone.OUTSIDE_998
        one_way = m.direction in (Direction.UP, Direction.DOWN)
        better = (value > centre) == (m.direction is Direction.UP) if one_way and not inside else None
        return FunnelPoint(unit, size, value, zone, value > centre, better)

    names = names_of(len(pairs))
    small, large = 0.8 * min(size for size, _ in pairs), 1.05 * max(size for size, _ in pairs)
    sizes = [small * (large / small) ** (i / 79) for i in range(80)]
    return Funnel(
        measure=m,
        group=GROUP,
        points=tuple(point(unit, *pair) for unit, pair in zip(names, pairs, strict=True)),
        limits=tuple(limits(size) for size in sizes),
        centre=centre,
        dispersion=factor**2,
        adjusted=factor > 1,
        size_words=words,
        own=own,
        left_out=left_out,
        origins=frozenset({Origin.DEMO}),
        outcomes=tuple(outcome(m, value, unit=unit) for unit, (_, value) in zip(names, pairs, strict=True)),
    )
