"""Totals that a load would move, and units that used to be in the file: which of them are told, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from hsf_kpi.analysis.incoming.bounds import bounds
from hsf_kpi.analysis.incoming.jumps import KEPT
from hsf_kpi.model.period import Window
from hsf_kpi.model.preview import TotalMove, Vanished
from hsf_kpi.model.rebase import Rebase

MOVED: Final = Fraction(1, 10)
"""Our convention: a total that was known and moves more than a tenth is to be looked at."""


def held(
    total: TotalMove, series: Mapping[int, Fraction], *, incomplete: bool, rebases: Sequence[Rebase] = ()
) -> TotalMove:
    """The total with the bounds that it lies outside of, where it does.

    series: the earlier months of the same total, by `Month.index`. incomplete: what a total with a unit missing is worth
    (`Aggregation.judged_when_incomplete`): another sum is simply too small, and is not judged. rebases: of the same series.
    """
    if total.after is None or total.period.window is not Window.MONTH or not (total.whole or incomplete):
        return total
    found = bounds(series, total.period.end, rebases)
    return total if found is None or found.holds(total.after) else replace(total, bounds=found)


def is_odd(total: TotalMove) -> bool:
    """Whether it is to be looked at: moved more than `MOVED` (or from zero), or beyond the limits of its own series."""
    if total.bounds is not None:
        return True
    if not total.difference:
        return False
    return total.share is None or abs(total.share) > MOVED


def ordered(totals: Iterable[TotalMove]) -> tuple[tuple[TotalMove, ...], int]:
    """At most `KEPT` of those that the load moves, and how many there are beside them: what is odd first, then by how much
    it moves, then the newest. Those that stay as they are are left out.
    """
    moved = [total for total in totals if total.masked or total.before is None or total.difference]
    moved.sort(key=_order)
    return tuple(moved[:KEPT]), max(0, len(moved) - KEPT)


def _order(total: TotalMove) -> tuple[bool, float, int, str]:
    weight = 0.0
    if total.share is not None:
        weight = float(abs(total.share) / MOVED)
    if total.bounds is not None and total.after is not None:
        weight = max(weight, total.bounds.weight(total.after))
    return not is_odd(total), -weight, -total.period.end.index, total.key


def by_unit(found: Iterable[Vanished]) -> tuple[tuple[Vanished, ...], int]:
    """At most `KEPT`, the units that lack most first, and how many there are beside them."""
    found = list(found)
    lacks = Counter(one.unit for one in found)
    found.sort(key=lambda one: (-lacks[one.unit], one.unit, -one.period.end.index, one.measure))
    return tuple(found[:KEPT]), max(0, len(found) - KEPT)
