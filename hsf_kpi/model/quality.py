"""Answers about the data's quality: which load a figure comes from, what has been corrected, what does not add up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hsf_kpi.model.codes import Origin, Sex
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month, Period
from hsf_kpi.model.provenance import Came


@dataclass(frozen=True, slots=True)
class SourceLoad:
    """A load that live values come from, of one measure (its key) or of the ledger («»): how many, and for which months."""

    measure: str
    came: Came
    rows: int
    first: Month
    last: Month

    @property
    def name(self) -> str:
        """The source as people call it: the profile that its files are read by, else what the rows or the load state."""
        return self.came.profile or self.came.source


@dataclass(frozen=True, slots=True)
class Correction:
    """A value that a later load has replaced with another, or taken away, in the stored scale.

    before, after: (numerator, denominator, ready). after is None where it was taken away. hidden: both are masked, and None.
    load: what replaced it; earlier: what it had come with.
    """

    measure: str
    unit: str
    period: Period
    sex: Sex
    before: tuple[int | None, int | None, int | None] | None
    after: tuple[int | None, int | None, int | None] | None
    hidden: bool
    earlier: int
    load: int
    source: str
    at: dt.datetime
    by: str
    undo: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class LedgerCorrection:
    """What a later load has made of a booked amount: kronor without the sign of its side; 0 where there is nothing."""

    unit: str
    kind: AmountKind
    account: str
    month: Month
    before: int
    after: int
    load: int
    source: str
    at: dt.datetime
    by: str
    undo: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class SexGap:
    """A stated total that is not women + men, in the stored scale. component: «numerator» or «denominator». A hidden one has
    no numbers.
    """

    measure: str
    unit: str
    period: Period
    component: str
    total: int | None
    women: int | None
    men: int | None
    hidden: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class TwoWays:
    """A finished value beside the same period summed from its parts, in the stored scale.

    numerator, denominator, months: of the sum. stated: the finished value, with its own origin and source.
    """

    measure: str
    unit: str
    period: Period
    stated: int
    origin: Origin
    source: str
    numerator: int
    denominator: int | None
    months: int


@dataclass(frozen=True, slots=True)
class TradeGap:
    """Internal trade of which the two sides differ, whole kronor. seller, buyer: None for one outside the scope.

    origin: the weakest of what the two have booked.
    """

    seller: str | None
    buyer: str | None
    month: Month
    kind: AmountKind
    sold: int
    bought: int
    origin: Origin
