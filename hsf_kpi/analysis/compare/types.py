"""The answers of the comparison of units. Values in the measure's unit of measure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.comparison import ComparisonGroup
from hsf_kpi.model.measure import Measure


class Uncertainty(StrEnum):
    """How the interval of a value was made."""

    WILSON = "wilson"
    """Wilson's score interval: the numerator counts some of those that the denominator counts."""
    BYAR = "byar"
    """Byar's interval for counted events per something."""
    MONTHS = "months"
    """From how much the unit's own months vary."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Ranked:
    """One unit of a ranking. unit: None for one outside the scope (a rounded value alone, no interval, no assessment).

    low, high: 95 % interval; None without one. place: 1 first, equal printed values share a place. apart: whether the
    interval lies wholly on one side of the group's median.
    """

    place: int
    unit: str | None
    value: float
    low: float | None
    high: float | None
    apart: bool
    assessment: Assessment | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """rows: first place first; missing: units within the scope that have no value, with why (a Swedish word), in order.
    left_out: units outside the scope without a value. own: the chosen unit, where it is in the group.
    """

    measure: Measure
    group: ComparisonGroup
    rows: tuple[Ranked, ...]
    missing: tuple[tuple[str, str], ...]
    left_out: int
    median: float
    quartiles: tuple[float, float] | None
    own: str | None
    uncertainty: Uncertainty
    origins: frozenset[Origin]


@dataclass(frozen=True, slots=True)
class NoRanking:
    """In the place of a ranking: why, as a Swedish sentence."""

    words: str


class FunnelZone(StrEnum):
    INSIDE = "inside"
    OUTSIDE_95 = "outside_95"
    OUTSIDE_998 = "outside_998"


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """size: the denominator as it counts (persons, samtal, person-months), value: in the unit of measure.
    better: outside on the better side; None inside, or where no way is better.
    """

    unit: str
    size: float
    value: float
    zone: FunnelZone
    high: bool
    better: bool | None


@dataclass(frozen=True, slots=True)
class FunnelLimit:
    """The limits at one size: inner 95 %, outer 99,8 %."""

    size: float
    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """centre: Σ numerators / Σ denominators of the units shown. dispersion: the over-dispersion factor φ (1 when there is
    none to adjust for); adjusted: whether the limits were widened by √φ. limits: a curve over sizes, smallest first.
    size_words: what the denominator counts («patienter», «personmånader»). outcomes: of the points, in their order, for
    their period and source.
    """

    measure: Measure
    group: ComparisonGroup
    points: tuple[FunnelPoint, ...]
    limits: tuple[FunnelLimit, ...]
    centre: float
    dispersion: float
    adjusted: bool
    size_words: str
    own: str | None
    left_out: int
    origins: frozenset[Origin]
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class NoFunnel:
    """In the place of a funnel: why, as a Swedish sentence."""

    words: str
