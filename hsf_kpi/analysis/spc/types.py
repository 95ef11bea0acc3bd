"""The answers of the SPC analysis: which points moved for a reason, and whether the target will be hit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month
from hsf_kpi.model.target import Target
from hsf_kpi.model.variation import Assurance, Side, Variation

__all__ = [
    "Assurance",
    "Hit",
    "Judged",
    "NoLimits",
    "Phase",
    "Process",
    "Refused",
    "Rule",
    "Side",
    "Variation",
]


class Rule(StrEnum):
    """A rule for special cause, in the order in which the leading one of a point is chosen."""

    OUTSIDE = "outside"
    """A point outside the limits."""
    TREND = "trend"
    """Seven points in a row rising or falling."""
    SHIFT = "shift"
    """Seven points in a row on one side of the mean."""
    TWO_OF_THREE = "two_of_three"
    """Two of three points beyond two thirds of the way to the same limit."""


class Refused(StrEnum):
    """Why a series gets no limits."""

    NOT_MONTHLY = "not_monthly"
    ACCUMULATED = "accumulated"
    ROLLING = "rolling"
    FORECAST = "forecast"
    FEW = "few"
    SEASONAL_SHORT = "seasonal_short"
    CONSTANT = "constant"
    NO_VALUES = "no_values"


@dataclass(frozen=True, slots=True)
class TargetAt:
    """The target that an outcome's own month is judged by. compared: the number that a comparing kind needs (last year's,
    the fixed year's, the national value); None where there is none, and for the other kinds.
    """

    target: Target
    compared: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule met by the points from `first` to `last` (indices, both included): the whole stretch, so that a shift of
    fourteen points is one hit. Of TWO_OF_THREE a point between the two need not be a part of it.
    """

    rule: Rule
    side: Side
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A point with a value, judged. mean, low and high are what it is held against, in the measure's unit (of a seasonal
    series they follow the months); None where its phase has too few points for limits, or nothing that the limits come
    from was in that calendar month, and then nothing is judged.

    variation, rule, side: COMMON and None for common cause. run: points in the pattern of the leading rule up to and
    with this point (14 months under the mean; of TWO_OF_THREE those among the point and the two before it). new: a
    special cause that the point before, as known then, did not have.
    """

    index: int
    value: Fraction
    mean: Fraction | None
    low: Fraction | None
    high: Fraction | None
    variation: Variation = Variation.COMMON
    side: Side | None = None
    rule: Rule | None = None
    run: int = 0
    new: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """Points that share limits: from index `first` to `last`. points: how many values the limits come from.

    moving_range: the mean of the moving ranges after the screening, of season-adjusted values in a seasonal series.
    reason: why the phase begins there, "" for the first one without a base period. base: the indices that the limits
    come from, where that is not the whole phase. preliminary: fewer than 20 points. limits: False with fewer than 12 (24
    in a seasonal series), or where they would have no width; the points are then drawn and not judged.
    """

    first: int
    last: int
    points: int
    mean: Fraction
    moving_range: Fraction
    reason: str = ""
    base: tuple[int, int] | None = None
    preliminary: bool = False
    limits: bool = True


@dataclass(frozen=True, slots=True)
class Process:
    """A monthly series judged. months, points: one place each, None where there is no value to judge (a gap).

    seasonal: judged on values minus month effects. assurance: None without a target that can be held against it.
    target: the chosen year's, which the assurance is about. notes: Swedish sentences that must be told (a rebase
    outside the series, for one).
    """

    measure: Measure
    unit: str
    months: tuple[Month, ...]
    points: tuple[Judged | None, ...]
    phases: tuple[Phase, ...]
    hits: tuple[Hit, ...]
    seasonal: bool
    assurance: Assurance | None
    target: Target | None = None
    notes: tuple[str, ...] = ()

    @property
    def latest(self) -> Judged | None:
        """The chosen month's point; None when it has no value."""
        return self.points[-1]

    @property
    def phase(self) -> Phase:
        return self.phases[-1]


@dataclass(frozen=True, slots=True)
class NoLimits:
    """In the place of a process: why there are no limits, and the same as a Swedish sentence."""

    why: Refused
    words: str
