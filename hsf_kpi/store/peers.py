"""Values of comparable units, of which those outside the asker's scope may be known only without their names.

What leaves this file of a unit outside the scope is one rounded value in a sorted list of at least five, and nothing
else: no id, name, numerator, denominator, count of months or source. Against recognition:

- A masked value is left out, and not told apart from one that is missing or incomplete.
- One to four unnamed values are never shown: with four of five members known by name, the fifth would be known too.
  So the values outside the scope are none (then all are named) or at least five, counted after masking.
- Nor are unnamed values that are all alike: everybody's value would be known without any name.
- Values are rounded as they are printed, before they are sorted, so that no exact fraction tells the size of a group
  and no order tells more than what is printed.
- Unnamed values are given in today's organisation only. Given in both, the values that differ would be those of the
  units that a reorganisation touched.
- The group must not depend on who asks or what is asked for (`analysis.peers.peer_group`), so that two answers never
  differ by one unit.

What remains: who sees a sum and all but one of its parts (the own område, or the förvaltning and the own område) can
estimate the last part, and may then find it in the list. The estimate follows from the sums that everybody may see, with
or without the list. Two people who put their lists together know what both of them know.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from sqlalchemy import Connection

from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import OrgView, Sex, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.peers import SMALLEST_GROUP, PeerValues, Withheld
from hsf_kpi.model.period import Period, Window
from hsf_kpi.model.problems import NotPermitted, Problem
from hsf_kpi.model.scope import Scope
from hsf_kpi.store.queries import read_period
from hsf_kpi.swedish.periods import is_moment

SECONDS = 60


def demand_period(scope: Scope, unit: str, measure: str, period: Period) -> None:
    """NotPermitted unless the measure may be seen at the unit for the period."""
    scope.demand_measure(unit, measure)
    if not scope.reaches_month(unit, measure, period.end):
        raise NotPermitted(
            Problem("Månaden ingår inte i din behörighet.", "månad", "Välj en månad i listan.")
        )


def read_peers(
    connection: Connection,
    scope: Scope,
    unit: str,
    group: Collection[str],
    number: int,
    measure: Measure,
    period: Period,
    sex: Sex,
    org: OrgView,
    most_missing: float,
) -> PeerValues | Withheld:
    """`number`: the measure's in the database. most_missing: the share of last year's denominator that may be missing
    from a share that is compared; other kinds must be complete. NotPermitted when the scope does not reach the unit,
    the measure or the period.
    """
    demand_period(scope, unit, measure.key, period)
    if not measure.unit_of_measure.is_relative:
        raise ValueError(f"{measure.key} depends on the size of the unit and is not compared")
    units = frozenset({*group, unit})
    cells = read_period(connection, units, number, period, sex, org)
    return _answer(scope, unit, units, cells, measure, period, org, most_missing)


def _answer(
    scope: Scope,
    unit: str,
    units: Collection[str],
    cells: Mapping[str, Cell],
    measure: Measure,
    period: Period,
    org: OrgView,
    most_missing: float,
) -> PeerValues | Withheld:
    values = {
        u: value
        for u, cell in cells.items()
        if not _too_short(measure, cell, period)
        and (value := _value(measure, cell, most_missing)) is not None
    }
    if unit not in values:
        return Withheld.NO_VALUE
    if len(values) < SMALLEST_GROUP:
        return Withheld.FEW
    seen = {u for u in values if scope.reaches_month(u, measure.key, period.end)}
    unnamed = tuple(sorted(value for u, value in values.items() if u not in seen))
    if unnamed and org is not OrgView.TODAY:
        return Withheld.EARLIER
    if unnamed and (len(unnamed) < SMALLEST_GROUP or len(set(unnamed)) == 1):
        return Withheld.HIDDEN
    return PeerValues(
        own=values[unit],
        named=tuple((u, values[u]) for u in sorted(seen - {unit})),
        unnamed=unnamed,
        left_out=len(units) - len(values),
        origins=frozenset(cells[u].origin for u in values),
    )


def _too_short(measure: Measure, cell: Cell, period: Period) -> bool:
    """A rolling twelve that reaches back before the unit began is no value to show, and none to compare."""
    rolling = period.window is Window.R12 and not is_moment(measure, period.window)
    return rolling and cell.months_expected < period.window.length


def _value(measure: Measure, cell: Cell, most_missing: float) -> Fraction | None:
    """The value as it is printed; None where there is none, or too much of it is missing to be compared."""
    part = measure.aggregation.judged_when_incomplete and cell.missing_share < most_missing
    if not (cell.complete or part):
        return None
    value = cell.value(measure)
    return None if value is None else as_printed(value, measure)


def as_printed(value: Fraction, measure: Measure) -> Fraction:
    """Rounded to what is printed without a need for more: the measure's decimals, whole seconds of a duration.

    Halves away from zero, as `swedish.numbers` writes them.
    """
    step = SECONDS if measure.unit_of_measure is UnitOfMeasure.MINUTES else 10**measure.decimals
    whole = (2 * abs(value.numerator) * step + value.denominator) // (2 * value.denominator)
    return Fraction(-whole if value < 0 else whole, step)
