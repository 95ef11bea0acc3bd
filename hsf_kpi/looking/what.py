"""What is looked through, by whom, and how one measure of it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from hsf_kpi.analysis.curve import curve
from hsf_kpi.analysis.measured import is_measured_at
from hsf_kpi.analysis.signals.missing import reports
from hsf_kpi.analysis.spc.process import process
from hsf_kpi.analysis.spc.rebases import rebases_for
from hsf_kpi.analysis.spc.targets import targets_of
from hsf_kpi.analysis.spc.types import NoLimits, Process
from hsf_kpi.analysis.types import Setting
from hsf_kpi.model.cell import MeasureSeries
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.point import Point
from hsf_kpi.model.rebase import Rebase
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.workspace import Workspace

Points = Mapping[str, Mapping[str, Sequence[Point]]]
"""Unit → measure → its months in time order."""


@dataclass(frozen=True)
class Looking:
    """What is looked through: a month, a view, an organisation, by whom. The selection's unit plays no part."""

    workspace: Workspace
    scope: Scope
    selection: Selection

    @cached_property
    def setting(self) -> Setting:
        return self.workspace.setting()

    @cached_property
    def tree(self) -> Month:
        return self.workspace.organisation_month(self.selection)

    def measured(self, measure: Measure, unit: str) -> bool:
        """Whether the measure may be seen at the unit and is measured there or below it."""
        if not self.scope.allows(unit, measure.key):
            return False
        return is_measured_at(measure, unit, self.setting.organisation, self.tree, self.selection.org)

    def reported(self, measure: Measure, unit: str) -> bool:
        return reports(measure, unit, self.setting.organisation, self.tree, self.selection.org)

    def there(self, measure: Measure, unit: str) -> Selection:
        """The selection at that unit; of a measure that is not kept by sex, for all."""
        return replace(self.selection, unit=unit, sex=self.sex(measure))

    def sex(self, measure: Measure) -> Sex:
        return self.selection.sex if measure.by_sex else Sex.ALL

    def by_sex(self, measures: Iterable[Measure]) -> dict[Sex, list[str]]:
        """Sex that is asked for → the keys of the measures that are asked so."""
        found: dict[Sex, list[str]] = {}
        for measure in measures:
            found.setdefault(self.sex(measure), []).append(measure.key)
        return found

    def points(self, units: Sequence[str], keys: Sequence[str], sex: Sex) -> Points:
        """The single months of the measures at each unit, up to the chosen month."""
        store, catalogue, chosen = self.workspace.store, self.workspace.catalogue, self.selection
        return store.series.points(self.scope, catalogue, units, keys, sex, chosen.org, chosen.month)

    def whole_series(self, measure: Measure, units: Sequence[str], view: View) -> Mapping[str, MeasureSeries]:
        store, catalogue = self.workspace.store, self.workspace.catalogue
        rest = (view, self.sex(measure), self.selection.org)
        return store.units_series(self.scope, catalogue, units, measure.key, *rest)

    def judged(self, measure: Measure, unit: str, series: MeasureSeries) -> Process | NoLimits:
        """The measure's monthly series at the unit, judged as it is everywhere."""
        selection = replace(self.there(measure, unit), view=View.MONTH)
        outcomes = curve(
            measure,
            series,
            selection=selection,
            setting=self.setting,
            measured_here=self.measured(measure, unit),
        )
        target_of = targets_of(series, selection, self.setting)
        return process(measure, outcomes, rebases=self.rebases(measure, unit), target_of=target_of)

    def rebases(self, measure: Measure, unit: str) -> tuple[Rebase, ...]:
        path = self.setting.organisation.path(unit, self.tree)
        return rebases_for(self.workspace.catalogue.rebases, measure.key, unit, path)
