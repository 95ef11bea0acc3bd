"""What the store answers with: summed components for one window, already masked, and series of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from hsf_kpi.model.aggregation import combine, from_fixed
from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, Period, Window


@dataclass(frozen=True, slots=True)
class Cell:
    """Sums over units and months for one measure, unit, sex and window.

    numerator, denominator: stored scale; `ready` instead of them where only a finished value exists.
    months: months with values in the window, of `months_expected`.
    reported, expected: lowest reporting units that are complete in the window, of those that should be.
    missing_share: the missing units' share of last year's denominator, 0–1 (1 where it is not known).
    A masked cell carries no numbers at all.
    """

    numerator: int | None
    denominator: int | None
    ready: int | None
    months: int
    months_expected: int
    reported: int
    expected: int
    missing_share: float
    masked: bool
    origin: Origin
    source: str = ""
    """The document, statistic or file that the value comes from («Kolada U70446»); of a sum: where all parts have one."""

    @property
    def complete(self) -> bool:
        return self.reported >= self.expected and self.months >= self.months_expected

    def value(self, measure: Measure) -> Fraction | None:
        """The exact value in the measure's unit of measure, or None (masked, or a zero denominator)."""
        if self.masked:
            return None
        if self.ready is not None:
            return from_fixed(self.ready)
        if self.numerator is None:
            return None
        return combine(measure.aggregation, self.numerator, self.denominator, self.months, measure.scale)


@dataclass(frozen=True)
class MeasureSeries:
    """All that is known of one measure for one unit and sex: windows → last month → cell.

    through: the last month that may be seen, None for all; what is later is not here, whether it exists or not.
    """

    measure: str
    unit: str
    sex: Sex
    org: OrgView
    cells: Mapping[Window, Mapping[Month, Cell]]
    through: Month | None = None

    def cell(self, period: Period) -> Cell | None:
        return self.cells.get(period.window, {}).get(period.end)

    @property
    def empty(self) -> bool:
        return not any(self.cells.values())

    def until(self, last: Month | None) -> MeasureSeries:
        """The series without what ends after the month; all of it for None."""
        if last is None:
            return self
        cells = {w: {m: c for m, c in by_month.items() if m <= last} for w, by_month in self.cells.items()}
        return replace(self, cells=cells, through=last)
