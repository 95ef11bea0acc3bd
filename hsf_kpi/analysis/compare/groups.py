"""Which units are held against each other: the groups of the region, cut to where a measure is measured."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from hsf_kpi.analysis.measured import is_measured_at
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.comparison import ComparisonGroup
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month


def own_group(groups: Sequence[ComparisonGroup], unit: str) -> ComparisonGroup | None:
    """The first group, in the file's order, that the unit stands in; None where it stands in none."""
    return next((group for group in groups if unit in group.units), None)


def overlaps(groups: Sequence[ComparisonGroup], group: ComparisonGroup) -> bool:
    """Whether a unit of the group stands in another one too. Two lists of unnamed values from groups that differ by one
    unit would tell whose value it is.
    """
    others = {unit for other in groups if other.id != group.id for unit in other.units}
    return not others.isdisjoint(group.units)


def units_at(group: ComparisonGroup, organisation: Organisation, month: Month) -> tuple[str, ...]:
    """The group's units that exist in the organisation of `month`, in the order of the organisation."""
    members = frozenset(group.units)
    return tuple(
        unit.id for unit in organisation.units.values() if unit.id in members and unit.exists_at(month)
    )


def measured_in(
    group: ComparisonGroup, measure: Measure, organisation: Organisation, month: Month, view: OrgView
) -> tuple[str, ...]:
    """Those of them that the measure is measured at. Who asks must never matter here: two answers about units that differ
    by one would name it.
    """
    return tuple(
        unit
        for unit in units_at(group, organisation, month)
        if is_measured_at(measure, unit, organisation, month, view)
    )


def cut_to(group: ComparisonGroup, units: Collection[str]) -> ComparisonGroup:
    """The group with those of its units alone."""
    return replace(group, units=tuple(unit for unit in group.units if unit in units))
