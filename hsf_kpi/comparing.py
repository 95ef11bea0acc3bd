"""The questions about units of the same kind: in order with their uncertainty, as a funnel, as curves, as a matrix.

Beside the workspace, which knows the measures. Every question takes a scope and demands it; answers are kept by data
version, scope and selection. Of a unit outside the scope nothing leaves this file but one rounded value in a ranking,
under the rules of `store.peers`; a group is told with those of its units alone that may be seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from weakref import WeakKeyDictionary, ref

from hsf_kpi.analysis.compare.counts import counts_of
from hsf_kpi.analysis.compare.funnel import FEWEST_UNITS, funnel
from hsf_kpi.analysis.compare.groups import cut_to, measured_in, own_group, units_at
from hsf_kpi.analysis.compare.ranking import comparable, method, ranking
from hsf_kpi.analysis.compare.types import Funnel, NoFunnel, NoRanking, Ranking, Uncertainty
from hsf_kpi.analysis.compare.words import (
    MONTH_OUTSIDE,
    NOT_COUNTED,
    NOT_MEASURED,
    NOT_PERMITTED,
    SIZED,
    WITHHELD,
    no_value,
    too_few,
)
from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.model.comparison import ComparisonGroup
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.peers import Withheld
from hsf_kpi.model.period import Period, View
from hsf_kpi.model.problems import NotFound, Problem
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.swedish.periods import is_moment
from hsf_kpi.workspace import RANKED_MONTHS, Version, Workspace

FEWEST_MEASURED = 2
"""Units of a group that a measure is measured at, at the least, for it to be compared there."""


class Comparing:
    """One for a workspace. Safe to use from several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = ref(workspace)
        self._rankings = lru_cache(maxsize=512)(self._make_ranking)
        self._funnels = lru_cache(maxsize=512)(self._make_funnel)
        self._curves = lru_cache(maxsize=128)(self._read_curves)

    @property
    def workspace(self) -> Workspace:
        found = self._workspace()
        assert found is not None, "the workspace is open as long as it is asked"
        return found

    # The groups

    def groups(self, scope: Scope, selection: Selection) -> tuple[ComparisonGroup, ...]:
        """Those with a unit that may be seen in the chosen organisation, each with such units alone."""
        self.workspace.demand(scope, selection)
        cut = (cut_to(group, self._seen(scope, selection, group)) for group in self._all_groups)
        return tuple(group for group in cut if group.units)

    def own_group(self, scope: Scope, unit: str) -> ComparisonGroup | None:
        """The group that the unit's place among comparable units is taken in, with the units alone that may be seen; None
        where it stands in none. NotPermitted outside the scope.
        """
        scope.demand(unit)
        found = own_group(self._all_groups, unit)
        return None if found is None else cut_to(found, [one for one in found.units if scope.sees(one)])

    def measures(self, scope: Scope, selection: Selection, group_id: str) -> tuple[str, ...]:
        """What may be compared in the group: measured at two of its units or more, not following their size, and to be
        seen at one of them. In the order of the catalogue.
        """
        group = self._group(scope, selection, group_id)
        return tuple(
            measure.key
            for measure in self.workspace.catalogue.measures.values()
            if measure.unit_of_measure.is_relative
            and len(units := self._measured(selection, group, measure)) >= FEWEST_MEASURED
            and any(scope.allows(unit, measure.key) for unit in units)
        )

    # The answers

    def ranking(self, scope: Scope, selection: Selection, key: str, group_id: str) -> Ranking | NoRanking:
        """The group's units in order, in the chosen view: by name within the scope, the others without."""
        group = self._group(scope, selection, group_id)
        self.workspace.catalogue.measure(key)
        return self._rankings(self.workspace.version(), scope, selection, key, group.id)

    def funnel(self, scope: Scope, selection: Selection, key: str, group_id: str) -> Funnel | NoFunnel:
        """The group's units within the scope against what they have in common, in the chosen view."""
        group = self._group(scope, selection, group_id)
        self.workspace.catalogue.measure(key)
        return self._funnels(self.workspace.version(), scope, selection, key, group.id)

    def curves(
        self, scope: Scope, selection: Selection, key: str, group_id: str
    ) -> Mapping[str, tuple[Outcome, ...]]:
        """Unit → its months up to the chosen one, of three years at the most (a measure that is not monthly: all its
        periods), for the units within the scope. Whatever the view.
        """
        group = self._group(scope, selection, group_id)
        self.workspace.catalogue.measure(key)
        return self._curves(
            self.workspace.version(), scope, replace(selection, view=View.MONTH), key, group.id
        )

    def grid(
        self, scope: Scope, selection: Selection, group_id: str
    ) -> tuple[tuple[Measure, Mapping[str, Assessment]], ...]:
        """The plan's measures, in its order, that are measured at two of the group's units within the scope (or at the only
        one there is), each with what those units have reached.
        """
        group = self._group(scope, selection, group_id)
        units = self._seen(scope, selection, group)
        found = {
            unit: {a.measure.key: a for a in self.workspace.assessments(scope, replace(selection, unit=unit))}
            for unit in units
        }
        rows: list[tuple[Measure, Mapping[str, Assessment]]] = []
        for measure in self.workspace.catalogue.plan_rows():
            here = [u for u in self._measured(selection, group, measure) if measure.key in found.get(u, {})]
            if len(here) >= min(FEWEST_MEASURED, len(units)):
                rows.append((measure, {unit: found[unit][measure.key] for unit in here}))
        return tuple(rows)

    # Inside

    @property
    def _all_groups(self) -> tuple[ComparisonGroup, ...]:
        return self.workspace.catalogue.comparison_groups

    def _group(self, scope: Scope, selection: Selection, group_id: str) -> ComparisonGroup:
        """The whole group. NotFound, in the same words, when there is none or none of its units may be seen."""
        self.workspace.demand(scope, selection)
        for group in self._all_groups:
            if group.id == group_id and self._seen(scope, selection, group):
                return group
        raise NotFound(
            Problem(
                f"Gruppen ”{group_id}” finns inte eller ingår inte i din behörighet.",
                "grupp",
                "Välj en grupp i listan.",
            )
        )

    def _seen(self, scope: Scope, selection: Selection, group: ComparisonGroup) -> tuple[str, ...]:
        month = self.workspace.organisation_month(selection)
        units = units_at(group, self.workspace.catalogue.organisation, month)
        return tuple(unit for unit in units if scope.sees(unit))

    def _measured(self, selection: Selection, group: ComparisonGroup, measure: Measure) -> tuple[str, ...]:
        month = self.workspace.organisation_month(selection)
        return measured_in(group, measure, self.workspace.catalogue.organisation, month, selection.org)

    def _known(
        self, scope: Scope, selection: Selection, measure: Measure, group: ComparisonGroup
    ) -> Mapping[str, Assessment] | str:
        """The measure at the group's units within the scope, also in the month; or why there are none."""
        units = self._measured(selection, group, measure)
        if not units:
            return NOT_MEASURED
        found = self.workspace.at_units(scope, selection, measure.key, units)
        if not found:
            return NOT_PERMITTED
        within = {
            a.outcome.unit: a
            for a in found
            if scope.reaches_month(a.outcome.unit, measure.key, a.outcome.period.end)
        }
        return within or MONTH_OUTSIDE

    def _make_ranking(
        self, _version: Version, scope: Scope, selection: Selection, key: str, group_id: str
    ) -> Ranking | NoRanking:
        measure, group = self.workspace.catalogue.measure(key), self._group(scope, selection, group_id)
        if not measure.unit_of_measure.is_relative:
            return NoRanking(SIZED)
        known = self._known(scope, selection, measure, group)
        if isinstance(known, str):
            return NoRanking(known)
        asked = next((unit for unit, a in known.items() if comparable(a.outcome)), None)
        if asked is None:
            return NoRanking(no_value([a.outcome for a in known.values()]))
        period = known[asked].outcome.period
        values = self.workspace.compared(scope, replace(selection, unit=asked), key, group, period)
        if isinstance(values, Withheld):
            return NoRanking(WITHHELD[values])
        return ranking(
            measure,
            cut_to(group, self._seen(scope, selection, group)),
            values,
            {unit: a for unit, a in known.items() if a.outcome.period == period},
            self._months(scope, selection, measure, period, [unit for unit, _ in values.named] + [asked]),
            asked=asked,
            own=selection.unit if selection.unit in group.units else None,
        )

    def _months(
        self, scope: Scope, selection: Selection, measure: Measure, period: Period, units: Sequence[str]
    ) -> Mapping[str, Sequence[Fraction]]:
        """Unit → the values of the months of the period, where a value's interval comes from them."""
        if method(measure) is not Uncertainty.MONTHS or is_moment(measure, period.window):
            return {}
        monthly = replace(selection, view=View.MONTH)
        curves = self.workspace.outcomes_by_unit(scope, monthly, measure.key, units, period.start)
        return {
            unit: [o.value for o in outcomes if o.value is not None and o.period.end <= period.end]
            for unit, outcomes in curves.items()
        }

    def _make_funnel(
        self, _version: Version, scope: Scope, selection: Selection, key: str, group_id: str
    ) -> Funnel | NoFunnel:
        measure, group = self.workspace.catalogue.measure(key), self._group(scope, selection, group_id)
        if measure.counted is None:
            return NoFunnel(NOT_COUNTED)
        known = self._known(scope, selection, measure, group)
        if isinstance(known, str):
            return NoFunnel(known)
        shown = {unit: a.outcome for unit, a in known.items() if comparable(a.outcome)}
        counts = {unit: c for unit, o in shown.items() if (c := counts_of(measure, o.cell)) is not None}
        if len(counts) < FEWEST_UNITS:
            return NoFunnel(too_few(len(counts), FEWEST_UNITS))
        found = funnel(
            measure,
            cut_to(group, self._seen(scope, selection, group)),
            counts,
            own=selection.unit,
            left_out=len(known) - len(counts),
            origins=frozenset(cell.origin for unit in counts if (cell := shown[unit].cell) is not None),
        )
        return replace(found, outcomes=tuple(shown[unit] for unit in counts))

    def _read_curves(
        self, _version: Version, scope: Scope, selection: Selection, key: str, group_id: str
    ) -> Mapping[str, tuple[Outcome, ...]]:
        measure, group = self.workspace.catalogue.measure(key), self._group(scope, selection, group_id)
        units = self._measured(selection, group, measure)
        first = selection.month - (RANKED_MONTHS - 1) if measure.monthly else None
        return self.workspace.outcomes_by_unit(scope, selection, key, units, first)


_COMPARINGS: WeakKeyDictionary[Workspace, Comparing] = WeakKeyDictionary()


def comparing_of(workspace: Workspace) -> Comparing:
    """The one comparing of a workspace."""
    found = _COMPARINGS.get(workspace)
    if found is None:
        found = _COMPARINGS.setdefault(workspace, Comparing(workspace))
    return found
