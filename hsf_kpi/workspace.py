"""Catalogue, store and analysis put together: the questions that pages and commands ask. Framework-free.

Every question about figures or about which units there are takes a scope and demands it. Every answer is computed once
per data version, scope and selection, and kept in a bounded cache; the scope is part of every key, so nobody is served what
was computed for somebody else.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from hsf_kpi import ROOT
from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights, Rule, rights_of
from hsf_kpi.analysis.assess import assess
from hsf_kpi.analysis.compare.groups import overlaps, own_group
from hsf_kpi.analysis.curve import curve
from hsf_kpi.analysis.measured import is_measured_at
from hsf_kpi.analysis.peers import Standing, peer_group, standing
from hsf_kpi.analysis.reasons import MISSING_SHARE
from hsf_kpi.analysis.types import Assessment, Outcome, Setting
from hsf_kpi.following import Definitions
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.aggregation import from_fixed
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.cell import MeasureSeries
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.comparison import ComparisonGroup
from hsf_kpi.model.event import Event
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Reorganisation, Unit
from hsf_kpi.model.peers import PeerValues, Withheld
from hsf_kpi.model.period import Month, Period, View
from hsf_kpi.model.problems import HsfError, NotFound, Problem
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.model.target import TargetKind
from hsf_kpi.settings import Settings
from hsf_kpi.store.state import StoreState
from hsf_kpi.store.store import Store
from hsf_kpi.swedish.dates import month_text

STATE_SECONDS = 1.0
Version = tuple[int, dt.date]
NATIONAL = "0000"
"""Riket in Kolada."""
RANKED_MONTHS = 36
"""How far back units are read that are only held against each other."""
REORGANISED = "Verksamheter utanför din behörighet berörs också."
"""Instead of the names, where a reorganisation touches units outside the scope."""


@dataclass(frozen=True, slots=True)
class MeasureView:
    """One measure in depth: its assessment, all its outcomes in time order, and the national value by year."""

    assessment: Assessment
    outcomes: tuple[Outcome, ...]
    national: Mapping[int, Fraction]


class Workspace:
    """What is open: the definitions and the database. One per process; safe to use from several threads."""

    def __init__(
        self,
        catalogue: Catalogue,
        store: Store,
        *,
        open_figures: bool = False,
        data_dir: Path | None = None,
    ) -> None:
        """open_figures: whether everybody signed in may see all figures that count no persons (the region decides).
        data_dir: where the definitions are read again when others have been loaded; without it they stay as they are.
        """
        self.definitions = Definitions(catalogue, store, data_dir)
        self.data_dir = data_dir or ROOT / "data"
        self.store = store
        self.open_figures = open_figures
        self.as_known_day: dt.date | None = None
        self._state: tuple[float, StoreState] | None = None
        self._all_series = lru_cache(maxsize=128)(self._read_all_series)
        self._all = lru_cache(maxsize=256)(self._assess_all)
        self._units = lru_cache(maxsize=512)(self._assess_units)
        self._national = lru_cache(maxsize=2)(self._read_national)
        self._setting = lru_cache(maxsize=8)(self._make_setting)
        self._rule = lru_cache(maxsize=2)(self._make_rule)
        self._rights = lru_cache(maxsize=512)(self._make_rights)
        self._peers = lru_cache(maxsize=512)(self._read_peers)

    @classmethod
    def open(cls, settings: Settings) -> Workspace:
        """DefinitionError or StoreError when something stands in the way."""
        store = Store.open(settings.database_url)
        try:
            catalogue = read_catalogue(settings.data_dir, store.definitions.overlay())
        except HsfError:
            store.close()
            raise
        return cls(catalogue, store, open_figures=settings.open_figures, data_dir=settings.data_dir)

    # What was known earlier

    @property
    def home(self) -> Workspace:
        """The workspace of what is known now, where people, sign-ins and the log are: itself, but for an earlier day's."""
        return self

    def as_known(self, day: dt.date) -> Workspace:
        """What was known when that day ended, before later corrections; itself from today on (see `hsf_kpi.as_known`)."""
        from hsf_kpi.as_known import as_known

        return as_known(self, day)

    # What is there

    @property
    def catalogue(self) -> Catalogue:
        """The definitions that the data are made with: those of the folder, and those loaded into the database."""
        if self.definitions.may_change:
            self.state()
        return self.definitions.catalogue

    def state(self) -> StoreState:
        """What the database holds, asked for at most once a second: a load elsewhere is seen within that."""
        now = time.monotonic()
        known = self._state
        if known is None or now - known[0] > STATE_SECONDS:
            state = self.store.state()
            # First the definitions, then the version: nothing is kept under a version that was made with others.
            self.definitions.follow(state.fingerprint, state.data_version)
            known = self._state = (now, state)
        return known[1]

    def version(self) -> Version:
        """What every kept answer belongs to: the data, and the day they are looked at (it decides what is late)."""
        return self.state().data_version, self.as_of()

    def is_final(self, month: Month) -> bool:
        """Whether the month has been released; until then its figures are preliminary."""
        released = self.state().released
        return released is not None and month <= released

    def rights_of(self, identity: Identity) -> Rights:
        """What the identity may see and do today: the calendar's day, also on demo data, where a role ended is ended."""
        state = self.state()
        return self._rights(identity, state.today, state.released, dt.date.today(), state.fingerprint)

    def rule(self) -> Rule:
        """What rights are judged by just now."""
        state = self.state()
        return self._rule(state.today, state.released, state.fingerprint)

    def scope_of(self, identity: Identity) -> Scope:
        return self.rights_of(identity).scope

    def months(self, scope: Scope) -> tuple[Month, ...]:
        """The months that can be chosen, latest first: those of which anything may be seen."""
        state = self.state()
        if state.latest is None or state.first is None or not scope.units:
            return ()
        horizon = scope.horizon()
        last = state.latest if horizon is None else min(state.latest, horizon)
        return tuple(Month(i) for i in range(last.index, state.first.index - 1, -1))

    def as_of(self) -> dt.date:
        """The day the data are looked at: today, but on demo data the demo's own day."""
        state = self.state()
        return state.as_of if state.kind == "demo" else dt.date.today()

    def log(self, identity: Identity, what: Event, detail: str = "") -> None:
        """Writes to the audit log who did what: the login, also while they look as another role."""
        self.store.log(identity.login, what, detail)

    def organisation_month(self, selection: Selection) -> Month:
        """The month whose tree is shown: today's, or the chosen month's in the organisation as it was."""
        return self._today() if selection.org is OrgView.TODAY else selection.month

    def units(self, scope: Scope, selection: Selection) -> tuple[str, ...]:
        """The units that may be chosen, depth first in the order shown."""
        organisation = self.catalogue.organisation
        below = organisation.below(organisation.root, self.organisation_month(selection))
        return tuple(unit for unit in below if scope.sees(unit))

    def children(self, scope: Scope, selection: Selection) -> tuple[str, ...]:
        month = self.organisation_month(selection)
        return tuple(u for u in self.catalogue.organisation.children(selection.unit, month) if scope.sees(u))

    def sees_all_below(self, scope: Scope, selection: Selection, key: str | None = None) -> bool:
        """Whether every unit right below the chosen one may be seen (and the measure at each of them)."""
        below = self.catalogue.organisation.children(selection.unit, self.organisation_month(selection))
        return all(scope.sees(unit) if key is None else scope.allows(unit, key) for unit in below)

    def path(self, scope: Scope, selection: Selection) -> tuple[str, ...]:
        """From the root down to and with the chosen unit; what may not be seen is left out."""
        path = self.catalogue.organisation.path(selection.unit, self.organisation_month(selection))
        return tuple(unit for unit in path if scope.sees(unit))

    def reorganisations(self, scope: Scope, unit: str) -> tuple[Reorganisation, ...]:
        """Those that touch the unit. One that names a unit outside the scope is told without its text."""
        scope.demand(unit)
        found = (r for r in self.catalogue.organisation.reorganisations if unit in r.units)
        return tuple(r if all(map(scope.sees, r.units)) else replace(r, text=REORGANISED) for r in found)

    def demand(self, scope: Scope, selection: Selection) -> None:
        """NotFound, in words, unless the unit exists, may be seen and stands in the chosen organisation."""
        scope.demand(selection.unit)
        unit = self.catalogue.organisation.get(selection.unit)
        month = self.organisation_month(selection)
        if unit.exists_at(month):
            return
        raise NotFound(self._gone(scope, unit, selection))

    def _gone(self, scope: Scope, unit: Unit, selection: Selection) -> Problem:
        """When the unit began or ended, and where to look instead, as far as that may be seen."""
        if unit.first is not None and self.organisation_month(selection) < unit.first:
            return Problem(
                f"{unit.name} började {month_text(unit.first)}.", "enhet", "Välj den månaden eller en senare."
            )
        organisation = self.catalogue.organisation
        heir = organisation.heir(unit.id, self._today())
        ended = (
            f"{unit.name} upphörde efter {month_text(unit.last)}."
            if unit.last
            else f"{unit.name} finns inte längre."
        )
        told = heir != unit.id and scope.sees(heir)
        if told:
            ended += f" Den ingår i dag i {organisation.get(heir).name}."
        if selection.org is OrgView.TODAY:
            where = "den verksamheten" if told else "en annan verksamhet"
            return Problem(ended, "enhet", f"Välj {where}, eller visa organisationen som den var.")
        return Problem(ended, "enhet", "Välj en tidigare månad, eller en annan verksamhet.")

    # What the figures say

    def assessments(self, scope: Scope, selection: Selection) -> tuple[Assessment, ...]:
        """Every measure that may be seen there, held against its target, the plan's rows first and in its order."""
        self.demand(scope, selection)
        return self._all(self.version(), scope, selection)

    def assessment(self, scope: Scope, selection: Selection, key: str) -> Assessment:
        self.catalogue.measure(key)
        scope.demand_measure(selection.unit, key)
        return next(a for a in self.assessments(scope, selection) if a.measure.key == key)

    def outcomes(
        self, scope: Scope, selection: Selection, key: str, first: Month | None = None
    ) -> tuple[Outcome, ...]:
        """Every period of the measure in time order, up to the chosen month, gaps told."""
        measure = self.catalogue.measure(key)
        self.demand(scope, selection)
        scope.demand_measure(selection.unit, key)
        version = self.version()
        series = self._all_series(version, scope, *_series_key(selection)).get(key)
        return curve(
            measure,
            series,
            selection=selection,
            setting=self._setting(version),
            measured_here=self._measured(measure, selection),
            first=first,
        )

    def outcomes_by_unit(
        self, scope: Scope, selection: Selection, key: str, units: Sequence[str], first: Month | None = None
    ) -> Mapping[str, tuple[Outcome, ...]]:
        """`outcomes` of several units in one question; a unit where the measure may not be seen is left out."""
        measure = self.catalogue.measure(key)
        self.demand(scope, selection)
        asked = tuple(unit for unit in units if scope.allows(unit, key))
        rest = (selection.view, selection.sex, selection.org, first)
        found = self.store.units_series(scope, self.catalogue, asked, key, *rest)
        setting = self._setting(self.version())
        return {
            unit: curve(
                measure,
                found.get(unit),
                selection=(there := replace(selection, unit=unit)),
                setting=setting,
                measured_here=self._measured(measure, there),
                first=first,
            )
            for unit in asked
        }

    def measure_view(self, scope: Scope, selection: Selection, key: str) -> MeasureView:
        return MeasureView(
            self.assessment(scope, selection, key),
            self.outcomes(scope, selection, key),
            self.national().get(key, {}),
        )

    def by_unit(self, scope: Scope, selection: Selection, key: str) -> tuple[Assessment, ...]:
        """The measure at each unit right below the chosen one, in the order of the organisation."""
        return self.at_units(scope, selection, key, self.children(scope, selection))

    def at_units(
        self, scope: Scope, selection: Selection, key: str, units: Sequence[str]
    ) -> tuple[Assessment, ...]:
        """The measure at each of the units where it may be seen, in their order."""
        self.catalogue.measure(key)
        self.demand(scope, selection)
        allowed = tuple(unit for unit in units if scope.allows(unit, key))
        return self._units(self.version(), scope, selection, key, allowed)

    def by_sex(self, scope: Scope, selection: Selection, key: str) -> tuple[Assessment, ...]:
        """The measure for all, women and men; empty where it is not kept by sex."""
        if not self.catalogue.measure(key).by_sex:
            return ()
        return tuple(self.assessment(scope, replace(selection, sex=sex), key) for sex in Sex)

    def series(self, scope: Scope, selection: Selection) -> Mapping[str, MeasureSeries]:
        """Measure → its series at the chosen unit, in the chosen view."""
        self.demand(scope, selection)
        return self._all_series(self.version(), scope, *_series_key(selection))

    def national(self) -> Mapping[str, Mapping[int, Fraction]]:
        """Measure → year → the national value, for the measures that share their definition with a public series."""
        return self._national(self.version())

    def setting(self) -> Setting:
        return self._setting(self.version())

    # Computed once per data version

    def _today(self) -> Month:
        return self.state().today

    def _make_rights(
        self, identity: Identity, today: Month, released: Month | None, day: dt.date, fingerprint: str
    ) -> Rights:
        return rights_of(identity, self._rule(today, released, fingerprint), day)

    def _make_rule(self, today: Month, released: Month | None, _fingerprint: str) -> Rule:
        catalogue = self.catalogue
        return Rule(
            catalogue.roles, catalogue.organisation, catalogue.measures, today, released, self.open_figures
        )

    def _make_setting(self, version: Version) -> Setting:
        return Setting(self.catalogue.organisation, self._national(version), self.as_of(), self._today())

    def _read_national(self, _version: Version) -> Mapping[str, Mapping[int, Fraction]]:
        series = {m.outcome_series(): m.key for m in self.catalogue.measures.values() if m.outcome_series()}
        found: dict[str, dict[int, Fraction]] = {}
        for value in self.store.external("kolada", [s for s in series if s], [NATIONAL]):
            found.setdefault(series[value.series], {})[value.year] = from_fixed(value.value)
        return found

    def _measured(self, measure: Measure, selection: Selection) -> bool:
        month = self.organisation_month(selection)
        return is_measured_at(measure, selection.unit, self.catalogue.organisation, month, selection.org)

    def _read_all_series(
        self, _version: Version, scope: Scope, unit: str, view: View, sex: Sex, org: OrgView
    ) -> Mapping[str, MeasureSeries]:
        return self.store.unit_series(scope, self.catalogue, unit, view, sex, org)

    def _assess_all(self, version: Version, scope: Scope, selection: Selection) -> tuple[Assessment, ...]:
        series = self._all_series(version, scope, *_series_key(selection))
        accumulated = self._all_series(version, scope, selection.unit, View.YTD, selection.sex, selection.org)
        setting = self._setting(version)
        plan = tuple(self.catalogue.plan_rows())
        others = tuple(m for m in self.catalogue.measures.values() if m.row is None)
        return tuple(
            assess(
                measure,
                series.get(measure.key),
                selection=selection,
                setting=setting,
                measured_here=self._measured(measure, selection),
                accumulated=accumulated.get(measure.key) if _judged_on_budget(measure) else None,
            )
            for measure in (*plan, *others)
            if scope.allows(selection.unit, measure.key)
        )

    def _assess_units(
        self, version: Version, scope: Scope, selection: Selection, key: str, units: Sequence[str]
    ) -> tuple[Assessment, ...]:
        measure = self.catalogue.measure(key)
        rest = (selection.sex, selection.org, _since(measure, selection.month))
        found = self.store.units_series(scope, self.catalogue, units, key, selection.view, *rest)
        accumulated = found
        if selection.view is not View.YTD and _judged_on_budget(measure):
            accumulated = self.store.units_series(scope, self.catalogue, units, key, View.YTD, *rest)
        setting = self._setting(version)
        return tuple(
            assess(
                measure,
                found.get(unit),
                selection=(there := replace(selection, unit=unit)),
                setting=setting,
                measured_here=self._measured(measure, there),
                accumulated=accumulated.get(unit),
            )
            for unit in units
        )

    # The own place among comparable units, of which those outside the scope have no name

    def peers(self, scope: Scope, selection: Selection, key: str) -> Standing | Withheld:
        """The unit's place among comparable units, or why it is not given. Amounts and counts, which follow the size of a
        unit, are not compared.
        """
        self.demand(scope, selection)
        scope.demand_measure(selection.unit, key)
        return self._peers(self.version(), scope, selection, key)

    def _read_peers(
        self, _version: Version, scope: Scope, selection: Selection, key: str
    ) -> Standing | Withheld:
        measure = self.catalogue.measure(key)
        outcome = self.assessment(scope, selection, key).outcome
        if outcome.value is None or not measure.unit_of_measure.is_relative:
            return Withheld.NO_VALUE
        group = own_group(self.catalogue.comparison_groups, selection.unit)
        if group is None:
            return Withheld.NO_GROUP
        found = self.compared(scope, selection, key, group, outcome.period)
        return found if isinstance(found, Withheld) else standing(measure, selection.unit, group.words, found)

    def compared(
        self, scope: Scope, selection: Selection, key: str, group: ComparisonGroup, period: Period
    ) -> PeerValues | Withheld:
        """The measure at the chosen unit and at the others of the group, which it must be one of: by name within the
        scope, else values alone, or why they are withheld. NotPermitted where the unit itself is outside the scope.
        """
        self.demand(scope, selection)
        scope.demand_measure(selection.unit, key)
        measure, month = self.catalogue.measure(key), self.organisation_month(selection)
        units = peer_group(measure, group, self.catalogue.organisation, month, selection.org).units
        outside = not all(scope.reaches_month(unit, key, period.end) for unit in units)
        if outside and overlaps(self.catalogue.comparison_groups, group):
            return Withheld.OVERLAPPING
        rest = (period, selection.sex, selection.org, MISSING_SHARE)
        return self.store.peers(scope, self.catalogue, selection.unit, units, key, *rest)


def _since(measure: Measure, month: Month) -> Month:
    """The first month that a ranking needs: three years back, and all of a year that a target is held against."""
    fixed = [Month.of(target.fixed_year, 1) for target in measure.targets if target.fixed_year is not None]
    return min([month - RANKED_MONTHS, *fixed])


def _judged_on_budget(measure: Measure) -> bool:
    """The budget is judged by the year so far, in whatever view."""
    return any(target.kind is TargetKind.ON_BUDGET for target in measure.targets)


def _series_key(selection: Selection) -> tuple[Any, ...]:
    return selection.unit, selection.view, selection.sex, selection.org
