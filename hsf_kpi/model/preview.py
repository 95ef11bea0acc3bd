"""What a file would change, before it is loaded: what is new, what changes by how much, what looks wrong.

Values are exact and as people read them: of a measure in its unit of measure, of the ledger and the forecasts in kronor.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from hsf_kpi.model.codes import Sex
from hsf_kpi.model.incoming import Holds
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month, Period


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the file that says otherwise than what is live.

    key: the measure, or the account. kind: of the ledger. detail: the cost centre. row: in the file. weight: by which the
    largest are chosen; of a measure the change as a share of the larger of the two, of the ledger kronor. masked: one of
    the two is hidden for everybody, and then neither is here.
    """

    unit: str
    key: str
    period: Period
    before: Fraction | None
    after: Fraction | None
    weight: float
    sex: Sex = Sex.ALL
    kind: AmountKind | None = None
    detail: str = ""
    row: int = 0
    masked: bool = False


class Held(StrEnum):
    """What a new value was held against."""

    LIMITS = "limits"
    """The control limits of the months before it, widened to what lies near the latest of them."""
    MEDIAN = "median"
    """A third and three times the median of the months before it, where they are too few for limits."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which a new value would have surprised nobody. middle: the mean, or the median. months: how many values they
    come from. seasonal: they follow the months of the year.
    """

    held: Held
    low: Fraction
    middle: Fraction
    high: Fraction
    months: int
    seasonal: bool = False

    def holds(self, value: Fraction) -> bool:
        return self.low <= value <= self.high

    def weight(self, value: Fraction) -> float:
        """How far outside: 1 at a bound, 2 twice as far from the middle. A large number where the bound is the middle."""
        reach = self.high - self.middle if value > self.middle else self.middle - self.low
        return float(abs(value - self.middle) / reach) if reach else 1e6


@dataclass(frozen=True, slots=True)
class Jump:
    """A new or changed month of a unit's own series that lies outside what the months before it lead to expect."""

    measure: str
    unit: str
    month: Month
    value: Fraction
    bounds: Bounds
    row: int = 0


@dataclass(frozen=True, slots=True)
class TotalMove:
    """A total at the lowest unit above all that the file touches, before and after the load.

    key: the measure, or the group of accounts. before: None where the period had none. whole: no unit that should be in the
    period is missing in the file. bounds: what it lies outside of, where it does. masked: one of the two is hidden for
    everybody, or would tell what is hidden below it; then neither is here.
    """

    unit: str
    key: str
    period: Period
    before: Fraction | None
    after: Fraction | None
    kind: AmountKind | None = None
    whole: bool = True
    bounds: Bounds | None = None
    masked: bool = False

    @property
    def difference(self) -> Fraction | None:
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def share(self) -> Fraction | None:
        """The difference as a share of what was before; None without one, and where that was zero."""
        return self.difference / abs(self.before) if self.difference is not None and self.before else None


@dataclass(frozen=True, slots=True)
class Vanished:
    """A unit that used to report, with the others in the file, and is not in it for the newest period.

    measure: "" for the outcome in the ledger. last: its latest month with a value.
    """

    unit: str
    measure: str
    period: Period
    last: Month


@dataclass(frozen=True)
class Preview:
    """new, changed, same: rows of the file. gone: live rows that the load takes away without another in their place.

    changes, totals, jumps, vanished: the weightiest first; more_…: how many are not here. months: of the file, in time
    order. released: those of them that are final and would become others. judged: series that were held against their
    months before; unjudged: those with too few. version: of the data that the file was held against.
    """

    holds: Holds
    unit: str
    new: int
    changed: int
    same: int
    gone: int
    months: tuple[Month, ...] = ()
    released: tuple[Month, ...] = ()
    changes: tuple[Change, ...] = ()
    totals: tuple[TotalMove, ...] = ()
    more_totals: int = 0
    jumps: tuple[Jump, ...] = ()
    more_jumps: int = 0
    vanished: tuple[Vanished, ...] = ()
    more_vanished: int = 0
    judged: int = 0
    unjudged: int = 0
    version: int = 0

    @property
    def rows(self) -> int:
        return self.new + self.changed + self.same

    @property
    def replaced(self) -> int:
        """Live rows that the load takes the place of."""
        return self.changed + self.same + self.gone

    @property
    def more_changes(self) -> int:
        return self.changed - len(self.changes)

    @property
    def nothing_new(self) -> bool:
        return not (self.new or self.changed or self.gone)
