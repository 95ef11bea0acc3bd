"""Completeness: which figures have come in for a period, which are waited for, and which are late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hsf_kpi.analysis.outcome import due_date, outcome_at
from hsf_kpi.analysis.periods import own_period
from hsf_kpi.analysis.types import Setting
from hsf_kpi.model.cell import Cell, MeasureSeries
from hsf_kpi.model.codes import Missing, Origin, Sex
from hsf_kpi.model.ledger import AmountKind, UnitLedger
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, Period, View, Window
from hsf_kpi.model.selection import Selection


class Arrived(StrEnum):
    """How far a period's reports have come."""

    ALL = "all"
    SOME_LATE = "some_late"
    """Some are missing though the last day has passed."""
    SOME = "some"
    LATE = "late"
    WAITED = "waited"
    """Nothing yet; the last day has not passed."""
    NEVER = "never"
    """Nothing, and nothing is expected: before the series began, or it was never reported."""


@dataclass(frozen=True, slots=True)
class Cover:
    """One figure's reports for one period at one unit. key: the measure's; "" for the ledger.

    reported, expected: the lowest units that have, and should have; of a period without any the latest known ones are
    expected. due: the last day. source: where the values come from; "" where they have several sources, or none.
    """

    key: str
    name: str
    unit: str
    period: Period
    arrived: Arrived
    reported: int
    expected: int
    due: dt.date
    origin: Origin | None
    source: str

    @property
    def counts(self) -> bool:
        """Whether it is one of those that should come in."""
        return self.arrived is not Arrived.NEVER


@dataclass(frozen=True, slots=True)
class MonthCover:
    """One month's reports at a unit. final: whether the month has been released."""

    month: Month
    final: bool
    covers: tuple[Cover, ...]


def cover_of(
    measure: Measure,
    series: MeasureSeries | None,
    *,
    selection: Selection,
    setting: Setting,
    measured_here: bool,
) -> Cover | None:
    """The measure's own latest period that ends in or before the chosen month; None where it is not measured."""
    period = own_period(measure, series, selection.month, View.MONTH)
    monthly = replace(selection, view=View.MONTH, sex=Sex.ALL)
    outcome = outcome_at(
        measure, series, period, selection=monthly, setting=setting, measured_here=measured_here
    )
    if outcome.missing in (Missing.NOT_MEASURED_HERE, Missing.NOT_APPLICABLE, Missing.NOT_RELEASED):
        return None
    cell = series.cell(period) if series is not None else None
    due = due_date(measure, period.end)
    if cell is None:
        arrived = _NOTHING.get(outcome.missing or Missing.NOT_REPORTED, Arrived.NEVER)
        reported, expected, origin, source = 0, _last_expected(series, period), None, ""
    else:
        arrived = _some(cell.reported, cell.expected, late=setting.as_of > due)
        reported, expected, origin, source = cell.reported, cell.expected, cell.origin, cell.source
    return Cover(
        measure.key, measure.name, selection.unit, period, arrived, reported, expected, due, origin, source
    )


def ledger_cover(
    ledger: UnitLedger, month: Month, name: str, measure: Measure, as_of: dt.date
) -> Cover | None:
    """The ledger's outcome of a month; None where nothing is ever booked. measure: whose last day is the ledger's."""
    if not ledger.months or not ledger.expected:
        return None
    due = due_date(measure, month)
    period = Period(month, Window.MONTH)
    booked = ledger.months[0] <= month <= ledger.months[-1]
    at = month.index - ledger.months[0].index if booked else -1
    reported = ledger.reported[at] if booked else 0
    expected = ledger.expected[at] if booked else max(ledger.expected)
    if not reported or not ledger.has(AmountKind.ACTUAL, month):
        arrived = Arrived.LATE if as_of > due else Arrived.WAITED
        reported, expected = 0, expected or max(ledger.expected)
    else:
        arrived = _some(reported, expected, late=as_of > due)
    origin = max(ledger.origins, key=list(Origin).index) if ledger.origins else None
    source = ledger.sources[-1] if len(ledger.sources) == 1 else ""
    return Cover("", name, ledger.unit, period, arrived, reported, expected, due, origin, source)


def missing(covers: Sequence[Cover]) -> tuple[Cover, ...]:
    """Those of which nothing has come, that should."""
    return tuple(c for c in covers if c.arrived in (Arrived.LATE, Arrived.WAITED))


def late(covers: Sequence[Cover]) -> tuple[Cover, ...]:
    """Those of which nothing has come though the last day has passed."""
    return tuple(c for c in covers if c.arrived is Arrived.LATE)


def partial(covers: Sequence[Cover]) -> tuple[Cover, ...]:
    return tuple(c for c in covers if c.arrived in (Arrived.SOME, Arrived.SOME_LATE))


_NOTHING = {Missing.LATE: Arrived.LATE, Missing.NOT_YET_REPORTED: Arrived.WAITED}


def _some(reported: int, expected: int, *, late: bool) -> Arrived:
    if reported >= expected:
        return Arrived.ALL
    return Arrived.SOME_LATE if late else Arrived.SOME


def _last_expected(series: MeasureSeries | None, period: Period) -> int:
    known: dict[Month, Cell] = dict(series.cells.get(period.window, {})) if series is not None else {}
    before = [end for end in known if end < period.end]
    return known[max(before)].expected if before else 0
