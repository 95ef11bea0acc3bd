"""The questions about the data itself: what has come in, what has been corrected, what does not add up, and what a value
is made of.

Beside the workspace, which knows the measures. Every question takes a scope and demands it; answers are kept by data
version, scope and selection, the scope part of the key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from weakref import WeakKeyDictionary, ref

from hsf_kpi.analysis.measured import is_measured_at
from hsf_kpi.analysis.quality import Cover, MonthCover, cover_of, ledger_cover
from hsf_kpi.economy import economy_of
from hsf_kpi.ingest.profiles import read_profiles
from hsf_kpi.model.cell import MeasureSeries
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.provenance import Contributions, LedgerContributions
from hsf_kpi.model.quality import Correction, LedgerCorrection, SexGap, SourceLoad, TradeGap, TwoWays
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.workspace import Version, Workspace

LEDGER = "Huvudboken"
MONTHS_BACK = 12
"""Months that are told of, the chosen one with them; sums are checked in twice as many."""
SOURCES_BACK = 36
"""Months back that a source is looked for in: what is measured every second year has one then."""


class Quality:
    """One for a workspace. Safe to use from several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = ref(workspace)
        self._series = lru_cache(maxsize=32)(self._read_series)
        self._covers = lru_cache(maxsize=256)(self._make_covers)
        self._months = lru_cache(maxsize=64)(self._make_months)
        self._sources_of = lru_cache(maxsize=64)(self._read_sources)
        self._corrections_of = lru_cache(maxsize=64)(self._read_corrections)
        self._profiles = lru_cache(maxsize=8)(self._read_profiles)
        self._sums = lru_cache(maxsize=64)(self._read_sums)
        self._contributions_of = lru_cache(maxsize=256)(self._read_contributions)
        self._ledger_rows = lru_cache(maxsize=64)(self._read_ledger_rows)

    @property
    def workspace(self) -> Workspace:
        found = self._workspace()
        assert found is not None, "the workspace is open as long as it is asked"
        return found

    # What has come in

    def completeness(self, scope: Scope, selection: Selection) -> tuple[Cover, ...]:
        """Each measure that may be seen at the chosen unit, in its own latest period; the ledger's month first."""
        self.workspace.demand(scope, selection)
        found = self._covers(self.workspace.version(), scope, _plain(selection))
        return next((covers for unit, covers in found if unit == selection.unit), ())

    def by_unit(self, scope: Scope, selection: Selection) -> tuple[tuple[str, tuple[Cover, ...]], ...]:
        """The same at each unit right below that may be seen, in the order of the organisation."""
        self.workspace.demand(scope, selection)
        found = self._covers(self.workspace.version(), scope, _plain(selection))
        return tuple((unit, covers) for unit, covers in found if unit != selection.unit)

    def by_month(self, scope: Scope, selection: Selection) -> tuple[MonthCover, ...]:
        """The monthly figures of the chosen unit in each of the latest months, newest first."""
        self.workspace.demand(scope, selection)
        return self._months(self.workspace.version(), scope, _plain(selection))

    def sources(self, scope: Scope, selection: Selection) -> tuple[SourceLoad, ...]:
        """The loads that the live values of the chosen unit and all below it come from, newest first."""
        self.workspace.demand(scope, selection)
        return self._sources_of(self.workspace.version(), scope, _plain(selection))

    def profile_names(self, scope: Scope) -> Mapping[str, str]:
        """Key → name of the source profiles; nobody's who sees nothing."""
        return self._profiles(self.workspace.version(), scope)

    # What has been corrected, and what does not add up

    def corrections(self, scope: Scope, selection: Selection) -> tuple[Correction, ...]:
        """Values of the chosen unit and all below it, up to the chosen month, that a later load has made others."""
        self.workspace.demand(scope, selection)
        return self._corrections_of(self.workspace.version(), scope, _plain(selection))[0]

    def ledger_corrections(self, scope: Scope, selection: Selection) -> tuple[LedgerCorrection, ...]:
        self.workspace.demand(scope, selection)
        return self._corrections_of(self.workspace.version(), scope, _plain(selection))[1]

    def sex_gaps(self, scope: Scope, selection: Selection) -> tuple[SexGap, ...]:
        """Totals that are not women + men, in the two latest years."""
        self.workspace.demand(scope, selection)
        return self._sums(self.workspace.version(), scope, _plain(selection))[0]

    def two_ways(self, scope: Scope, selection: Selection) -> tuple[TwoWays, ...]:
        """Finished values beside another sum of their parts."""
        self.workspace.demand(scope, selection)
        return self._sums(self.workspace.version(), scope, _plain(selection))[1]

    def trade_gaps(self, scope: Scope, selection: Selection) -> tuple[TradeGap, ...]:
        """Internal trade of which the two sides differ."""
        self.workspace.demand(scope, selection)
        return self._sums(self.workspace.version(), scope, _plain(selection))[2]

    # What a value is made of

    def contributions(self, scope: Scope, selection: Selection, key: str) -> Contributions | None:
        """The rows that the shown value of the measure is made of; None where there is no value."""
        self.workspace.demand(scope, selection)
        scope.demand_measure(selection.unit, key)
        return self._contributions_of(self.workspace.version(), scope, selection, key)

    def ledger_contributions(
        self, scope: Scope, selection: Selection, account: str, kind: AmountKind, months: Sequence[Month]
    ) -> LedgerContributions | None:
        """The entries that one account's amount is made of; no outcome after the chosen month."""
        self.workspace.demand(scope, selection)
        scope.demand_measure(selection.unit, self.workspace.catalogue.ledger_seen_with)
        asked = tuple(month for month in months if month <= selection.month or kind is AmountKind.BUDGET)
        return self._ledger_rows(self.workspace.version(), scope, _plain(selection), account, kind, asked)

    # Inside

    def _months_back(self, selection: Selection) -> list[Month]:
        first = self.workspace.state().first or selection.month
        months = [selection.month - back for back in range(MONTHS_BACK)]
        return [month for month in months if month >= first]

    def _below(self, scope: Scope, selection: Selection) -> tuple[str, ...]:
        """The unit, those below it and those whose history they carry, as far as they may be seen."""
        organisation = self.workspace.catalogue.organisation
        month = self.workspace.organisation_month(selection)
        below = frozenset(organisation.below(selection.unit, month))
        return tuple(
            unit
            for unit in organisation.units
            if scope.sees(unit) and (unit in below or organisation.heir(unit, month) in below)
        )

    def _read_series(
        self, _version: Version, scope: Scope, selection: Selection
    ) -> dict[str, dict[str, MeasureSeries]]:
        units = (selection.unit, *self.workspace.children(scope, selection))
        months = [selection.month - back for back in range(2 * MONTHS_BACK)]
        catalogue, keys = self.workspace.catalogue, tuple(self.workspace.catalogue.measures)
        rest = (View.MONTH, Sex.ALL, selection.org, months)
        return self.workspace.store.series.recent(scope, catalogue, units, keys, *rest)

    def _make_covers(
        self, version: Version, scope: Scope, selection: Selection
    ) -> tuple[tuple[str, tuple[Cover, ...]], ...]:
        found = self._series(version, scope, selection)
        return tuple(
            (unit, self._of_unit(scope, replace(selection, unit=unit), series))
            for unit, series in found.items()
        )

    def _make_months(self, version: Version, scope: Scope, selection: Selection) -> tuple[MonthCover, ...]:
        series = self._series(version, scope, selection)[selection.unit]
        unit = self.workspace.catalogue.organisation.get(selection.unit)
        months = []
        for month in self._months_back(selection):
            there = replace(selection, month=month)
            if unit.exists_at(self.workspace.organisation_month(there)):
                covers = self._of_unit(scope, there, series)
                own = tuple(cover for cover in covers if cover.period.end == month)
                months.append(MonthCover(month, self.workspace.is_final(month), own))
        return tuple(months)

    def _of_unit(
        self, scope: Scope, selection: Selection, series: dict[str, MeasureSeries]
    ) -> tuple[Cover, ...]:
        workspace, catalogue = self.workspace, self.workspace.catalogue
        covers: list[Cover] = []
        economy = economy_of(workspace)
        if economy.may_see(scope, selection.unit):
            ledger = economy.ledger(scope, selection)
            due_as = catalogue.measure(economy.seen_with)
            if (
                cover := ledger_cover(ledger, selection.month, LEDGER, due_as, workspace.as_of())
            ) is not None:
                covers.append(cover)
        plan = tuple(catalogue.plan_rows())
        for measure in (*plan, *(m for m in catalogue.measures.values() if m.row is None)):
            if not scope.allows(selection.unit, measure.key):
                continue
            cover = cover_of(
                measure,
                series.get(measure.key),
                selection=selection,
                setting=workspace.setting(),
                measured_here=self._measured(measure, selection),
            )
            if cover is not None:
                covers.append(cover)
        return tuple(covers)

    def _measured(self, measure: Measure, selection: Selection) -> bool:
        month = self.workspace.organisation_month(selection)
        organisation = self.workspace.catalogue.organisation
        return is_measured_at(measure, selection.unit, organisation, month, selection.org)

    def _read_sources(self, _version: Version, scope: Scope, selection: Selection) -> tuple[SourceLoad, ...]:
        units, last = self._below(scope, selection), selection.month
        store, catalogue = self.workspace.store.quality, self.workspace.catalogue
        return tuple(store.sources(scope, catalogue, units, last - SOURCES_BACK, last))

    def _read_profiles(self, _version: Version, scope: Scope) -> Mapping[str, str]:
        if not scope.units:
            return {}
        saved = self.workspace.store.profiles.saved()
        return {profile.key: profile.title for profile in read_profiles(self.workspace.data_dir, saved)}

    def _read_corrections(
        self, _version: Version, scope: Scope, selection: Selection
    ) -> tuple[tuple[Correction, ...], tuple[LedgerCorrection, ...]]:
        units, last = self._below(scope, selection), selection.month
        store, catalogue = self.workspace.store.quality, self.workspace.catalogue
        values = store.corrections(scope, catalogue, units, last)
        booked: list[LedgerCorrection] = []
        if any(scope.allows(unit, catalogue.ledger_seen_with) for unit in units):
            booked = store.ledger_corrections(scope, catalogue, units, last)
        return tuple(values), tuple(booked)

    def _read_sums(
        self, _version: Version, scope: Scope, selection: Selection
    ) -> tuple[tuple[SexGap, ...], tuple[TwoWays, ...], tuple[TradeGap, ...]]:
        units, last = self._below(scope, selection), selection.month
        first = last - (2 * MONTHS_BACK - 1)
        store, catalogue = self.workspace.store.quality, self.workspace.catalogue
        rest = (scope, catalogue, units, first, last)
        return tuple(store.sex_gaps(*rest)), tuple(store.two_ways(*rest)), tuple(store.trade_gaps(*rest))

    def _read_contributions(
        self, _version: Version, scope: Scope, selection: Selection, key: str
    ) -> Contributions | None:
        outcome = self.workspace.assessment(scope, selection, key).outcome
        if outcome.cell is None:
            return None
        store, catalogue = self.workspace.store.provenance, self.workspace.catalogue
        rest = (outcome.period, selection.sex, selection.org)
        return store.contributions(scope, catalogue, key, selection.unit, *rest)

    def _read_ledger_rows(
        self,
        _version: Version,
        scope: Scope,
        selection: Selection,
        account: str,
        kind: AmountKind,
        months: tuple[Month, ...],
    ) -> LedgerContributions | None:
        store, catalogue = self.workspace.store.provenance, self.workspace.catalogue
        where = (selection.unit, account, kind, months, selection.org)
        return store.ledger_contributions(scope, catalogue, *where)


def _plain(selection: Selection) -> Selection:
    """What does not depend on view or sex is kept once."""
    return replace(selection, view=View.MONTH, sex=Sex.ALL)


_QUALITIES: WeakKeyDictionary[Workspace, Quality] = WeakKeyDictionary()


def quality_of(workspace: Workspace) -> Quality:
    """The one of a workspace."""
    found = _QUALITIES.get(workspace)
    if found is None:
        found = _QUALITIES.setdefault(workspace, Quality(workspace))
    return found
