"""What a file makes of the totals above it: the sums as people see them today, and what the file adds to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from sqlalchemy import Connection, func, select

from hsf_kpi.access.masking import components, is_masked
from hsf_kpi.model.aggregation import combine
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, Period
from hsf_kpi.model.preview import TotalMove
from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import Bools, Ints
from hsf_kpi.store.codes import ORG, SEX, WINDOW_OF
from hsf_kpi.store.ledger_arrays import summed
from hsf_kpi.store.preview_scope import Concerned, Places

_ABSENT: Final = -(1 << 60)
"""Below any sum: what is far under zero is a number that is not there."""

Key = tuple[int, int, int]
"""Place of the measure, code of the window, index of the month."""


@dataclass
class Added:
    """What a file adds to the parts of one total. below: the largest denominator in it."""

    up: int = 0
    down: int = 0
    below: int = 0
    hidden: bool = False


@dataclass
class Sums:
    """Collected a part of the file at a time; as many as measures and periods."""

    found: dict[Key, Added] = field(default_factory=dict)

    def add(self, keys: Ints, after: Ints, before: Ints, which: Bools, hidden: Bools) -> None:
        """Rows of (measure, window, month) and their two parts. which: the rows that are summed. hidden: those that would
        be told by the difference.
        """
        at = np.flatnonzero(which)
        if not len(at):
            return
        new, old = (np.where(parts[at] < _ABSENT, 0, parts[at]) for parts in (after, before))
        columns = tuple(keys[at].T)
        (measure, window, month), sums = summed(
            columns, new[:, 0] - old[:, 0], new[:, 1] - old[:, 1], hidden[at].astype(np.int64)
        )
        order = np.argsort(new[:, 1])
        largest: dict[tuple[int, ...], int] = dict(
            zip(map(tuple, keys[at][order].tolist()), new[order, 1].tolist(), strict=True)
        )
        for m, w, t, up, down, masked in zip(
            *(column.tolist() for column in (measure, window, month, *sums)), strict=True
        ):
            one = self.found.setdefault((m, w, t), Added())
            one.up += up
            one.down += down
            one.below = max(one.below, largest[m, w, t])
            one.hidden |= masked > 0


def total_moves(
    connection: Connection,
    sums: Sums,
    measures: tuple[Measure, ...],
    units: Places,
    measure_places: Places,
    concerned: Concerned,
    lacking: Mapping[tuple[int, int], Collection[int]],
) -> Iterator[TotalMove]:
    """Every total at the unit above all that may be seen there. lacking: measure and window → months without all units."""
    unit = concerned.above
    if not unit or not sums.found:
        return
    known = _live(connection, sums, units, measure_places, unit)
    for (place, window, month), added in sorted(sums.found.items()):
        measure = measures[place]
        if not concerned.may_tell(unit, measure.key, month):
            continue
        live = known.get((place, window, month))
        period = Period(Month(month), WINDOW_OF[window])
        whole = month not in lacking.get((place, window), ())
        up, down, months, masked = live or (0, 0, 0, False)
        now = (up + added.up, down + added.down)
        if measure.aggregation.shared_denominator:
            now = (now[0], added.below)
        hides = bool(components(measure)) and (
            masked or added.hidden or is_masked(measure, now[0], _below(measure, now[1]), 1)
        )
        if hides:
            yield TotalMove(unit, measure.key, period, None, None, whole=whole, masked=True)
            continue
        kind, scale = measure.aggregation, measure.scale
        before = combine(kind, up, _below(measure, down), months, scale) if live else None
        after = combine(kind, now[0], _below(measure, now[1]), 1, scale)
        yield TotalMove(unit, measure.key, period, before, after, whole=whole)


def _below(measure: Measure, denominator: int) -> int | None:
    return denominator if measure.aggregation.has_denominator else None


def _live(
    connection: Connection, sums: Sums, units: Places, measure_places: Places, unit: str
) -> dict[Key, tuple[int, int, int, bool]]:
    """(numerator, denominator, months, masked) of the sums that are there."""
    measure, window, month = (sorted(set(column)) for column in zip(*sums.found, strict=True))
    r = tables.rollup.c
    query = select(
        r.measure, r.window, r.month, r.numerator, func.coalesce(r.denominator, 0), r.months, r.masked
    ).where(
        r.unit == units.stored.get(unit, -1),
        r.org == ORG[OrgView.AS_WAS],
        r.sex == SEX[Sex.ALL],
        r.window.in_(window),
        r.measure.in_(measure_places.numbers(measure)),
        r.month.between(month[0], month[-1]),
        r.numerator.is_not(None),
    )
    names = {number: key for key, number in measure_places.stored.items()}
    return {
        (measure_places.at[names[number]], code, index): (up, down, months, bool(masked))
        for number, code, index, up, down, months, masked in connection.execute(query)
        if names[number] in measure_places.at
    }
