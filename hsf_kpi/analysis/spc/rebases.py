"""Which rebases hold for a measure at a unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hsf_kpi.model.rebase import Rebase


def rebases_for(
    rebases: Iterable[Rebase], measure_key: str, unit: str, path: Sequence[str]
) -> tuple[Rebase, ...]:
    """The unit's own and those that units above it hand down (`below`), in time order.

    path: unit ids from the root down to and with the unit. Of two that begin in the same month the one decided nearest to
    the unit holds.
    """
    depth = {name: level for level, name in enumerate(path)} | {unit: len(path)}
    own = [
        rebase
        for rebase in rebases
        if rebase.measure == measure_key and (rebase.unit == unit or (rebase.below and rebase.unit in depth))
    ]
    nearest = {rebase.first: rebase for rebase in sorted(own, key=lambda one: depth[one.unit])}
    return tuple(sorted(nearest.values(), key=lambda one: one.first))
