"""The questions about other regions that Omvärld asks: every region's values of the public key figures, year by year.

Beside the workspace. The values are public statistics, the same for everybody who may see figures at all; the chosen month
does not hold them back, since they tell of the world around and not of the month that is followed up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from weakref import WeakKeyDictionary, ref

from hsf_kpi.analysis.regions import possible
from hsf_kpi.model.aggregation import from_fixed
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.model.surroundings import KeyFigure
from hsf_kpi.workspace import NATIONAL, Version, Workspace

KOLADA = "kolada"


@dataclass(frozen=True)
class Values:
    """One key figure. years: year → region → value, the country left out; national: year → value.

    faults: (year, region, value) of values that can't be, which are in neither.
    """

    years: Mapping[int, Mapping[str, Fraction]] = field(default_factory=dict)
    national: Mapping[int, Fraction] = field(default_factory=dict)
    faults: tuple[tuple[int, str, Fraction], ...] = ()

    def of(self, region: str) -> dict[int, Fraction]:
        """Year → the region's value."""
        return {year: found[region] for year, found in self.years.items() if region in found}


class Regions:
    """One for a workspace. Safe to use from several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = ref(workspace)
        self._regions = lru_cache(maxsize=2)(self._read_regions)

    @property
    def workspace(self) -> Workspace:
        found = self._workspace()
        assert found is not None, "the workspace is open as long as it is asked"
        return found

    def values(self, scope: Scope, selection: Selection) -> Mapping[str, Values]:
        """Series → its values, for each defined key figure that has any."""
        self.workspace.demand(scope, selection)
        return self._regions(self.workspace.version())[0]

    def names(self, scope: Scope, selection: Selection) -> Mapping[str, str]:
        """Region → its name in the statistics, the country not with them."""
        self.workspace.demand(scope, selection)
        return self._regions(self.workspace.version())[1]

    def _read_regions(self, _version: Version) -> tuple[dict[str, Values], dict[str, str]]:
        figures = {one.id: one for one in self.workspace.catalogue.surroundings.figures}
        names: dict[str, str] = {}
        found: dict[str, dict[int, dict[str, Fraction]]] = {}
        for value in self.workspace.store.external(KOLADA, list(figures)):
            names[value.region_id] = value.region
            years = found.setdefault(value.series, {})
            years.setdefault(value.year, {})[value.region_id] = from_fixed(value.value)
        names.pop(NATIONAL, None)
        return {series: _values(figures[series], years) for series, years in found.items()}, names


def _values(figure: KeyFigure, years: Mapping[int, Mapping[str, Fraction]]) -> Values:
    sound = {year: found for year, found in years.items() if year not in figure.wrong_years}
    kept, faults = possible(sound, figure.most)
    national = {year: found.pop(NATIONAL) for year, found in kept.items() if NATIONAL in found}
    return Values({year: found for year, found in kept.items() if found}, national, faults)


_OF: WeakKeyDictionary[Workspace, Regions] = WeakKeyDictionary()


def regions_of(workspace: Workspace) -> Regions:
    found = _OF.get(workspace)
    if found is None:
        found = _OF.setdefault(workspace, Regions(workspace))
    return found
