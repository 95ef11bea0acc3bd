"""The questions about the dialogue that pages ask: what deviates, what has been handed in, who is ready; and handing in.

Beside the workspace and the economy. Every question takes a scope and demands it; answers are kept by data version, the
version of what has been handed in, scope and selection. What must be answered does not depend on the page's switches:
it is always the accumulated value of the total, and the chosen month's process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from weakref import WeakKeyDictionary, ref

from hsf_kpi.access.handing_in import closed, demand_measure_in, demand_open
from hsf_kpi.access.rights import Rights
from hsf_kpi.analysis.deviating import Deviation, answered, deviating
from hsf_kpi.analysis.handed_in import Overview, UnitHandIn, unit_hand_in
from hsf_kpi.analysis.measured import is_measured_at
from hsf_kpi.economy import Economy, economy_of
from hsf_kpi.figures.dialogue.comments import figure_comments, forecast_comments
from hsf_kpi.figures.figure import Comment
from hsf_kpi.figures.spc_words import rule_words
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.dialogue import Analysis, HandIn, OwnForecast, PlannedAction, Ready
from hsf_kpi.model.event import Event
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.signals import signals_of
from hsf_kpi.workspace import Version, Workspace

REMEMBERED = 3
"""So many months back a figure may show what was said of it, where nothing is said of the chosen month."""


class Dialogue:
    """One for a workspace. Safe to use from several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = ref(workspace)
        self._read = lru_cache(maxsize=512)(self._read_hand_ins)
        self._deviating = lru_cache(maxsize=512)(self._find_deviating)
        self._overview = lru_cache(maxsize=128)(self._make_overview)

    @property
    def workspace(self) -> Workspace:
        found = self._workspace()
        assert found is not None, "the workspace is open as long as it is asked"
        return found

    @property
    def _economy(self) -> Economy:
        return economy_of(self.workspace)

    def version(self) -> int:
        """What everything kept of what has been handed in belongs to: people change it between loads."""
        return self.workspace.store.handins.version()

    # What stands

    def hand_in(self, scope: Scope, selection: Selection) -> HandIn:
        """All that stands for the chosen unit and month; an empty one where nothing does."""
        self.workspace.demand(scope, selection)
        return self._hand_in(scope, selection.unit, selection.month)

    def history(self, scope: Scope, selection: Selection, key: str) -> tuple[Analysis, ...]:
        """Every version of the analysis of a measure at the chosen unit and month, newest first."""
        self.workspace.catalogue.measure(key)
        self.workspace.demand(scope, selection)
        scope.demand_measure(selection.unit, key)
        catalogue = self.workspace.catalogue
        return self.workspace.store.handins.history(scope, catalogue, selection.unit, selection.month, key)

    def deviating(self, scope: Scope, selection: Selection) -> tuple[Deviation, ...]:
        """What the chosen unit must answer for the month, of what may be seen, the budget first, with the answers so far."""
        self.workspace.demand(scope, selection)
        chosen = _fixed(selection)
        found = self._deviating(self.workspace.version(), scope, chosen)
        year = self._hand_ins(scope, (chosen.unit,), Month.of(chosen.month.year, 1), chosen.month)
        return answered(found, year, chosen.month)

    def forecasts(self, scope: Scope, selection: Selection) -> UnitHandIn:
        """How far the chosen unit itself has come, with its own forecast beside the ledger's latest and the budget."""
        self.workspace.demand(scope, selection)
        return self._rows(scope, _fixed(selection), (selection.unit,))[0]

    def overview(self, scope: Scope, selection: Selection, *, lowest: bool = False) -> Overview:
        """How far the units right below have come (lowest: those with nothing below them), of those that may be seen and
        exist in the month, with their own forecasts; and the chosen unit itself.
        """
        self.workspace.demand(scope, selection)
        return self._overview(self.workspace.version(), self.version(), scope, _fixed(selection), lowest)

    # What is shown with a figure

    def comments(self, scope: Scope, selection: Selection, key: str) -> tuple[Comment, ...]:
        """What has been handed in about the measure at the chosen unit for the chosen month; where nothing is, for the
        latest of the three months before, which is then told.
        """
        self.workspace.catalogue.measure(key)
        self.workspace.demand(scope, selection)
        if not scope.allows(selection.unit, key):
            return ()
        for hand_in in self._latest(scope, selection):
            if found := figure_comments(hand_in, key, shown=selection.month):
                return found
        return ()

    def forecast_comments(self, scope: Scope, selection: Selection) -> tuple[Comment, ...]:
        """The same of the own forecast, of the chosen year alone."""
        self.workspace.demand(scope, selection)
        for hand_in in self._latest(scope, selection):
            if hand_in.month.year == selection.month.year and hand_in.forecast is not None:
                return forecast_comments(hand_in, shown=selection.month)
        return ()

    def year_ends(self, scope: Scope, selection: Selection) -> Mapping[str, Analysis]:
        """Measure → the latest helårsbedömning of the chosen year, made for the chosen month or one before."""
        self.workspace.demand(scope, selection)
        month = selection.month
        found = self._hand_ins(scope, (selection.unit,), Month.of(month.year, 1), month)
        return {
            one.measure: one
            for hand_in in sorted(found, key=lambda hand_in: hand_in.month)
            for one in hand_in.analyses
            if one.year_end is not None
        }

    # Handing in

    def closed(self, scope: Scope, selection: Selection) -> str | None:
        """Why nothing more can be handed in for the chosen unit and month, as a sentence; None while it can."""
        self.workspace.demand(scope, selection)
        return self._closed(selection.unit, selection.month)

    def save_analysis(self, rights: Rights, analysis: Analysis) -> Analysis:
        """A new analysis with its helårsbedömning, or a new version of it. NotPermitted without the right at the unit or
        where the measure may not be seen in the month; DataError with every problem, or when the month is closed or «klar»,
        or somebody else has changed it in the meantime.
        """
        self._demand_measure(rights, analysis.unit, analysis.measure, analysis.month)
        by, store = rights.identity, self.workspace.store.handins
        saved = store.save_analysis(self.workspace.catalogue, analysis, by.login, by.name)
        self._log(rights, analysis.unit, analysis.month, f"analys av {analysis.measure}")
        return saved

    def save_action(self, rights: Rights, action: PlannedAction) -> PlannedAction:
        """A new åtgärd (without number), a changed or a removed one. Errors as `save_analysis`."""
        self._demand_measure(rights, action.unit, action.measure, action.month)
        by, store = rights.identity, self.workspace.store.handins
        saved = store.save_action(self.workspace.catalogue, action, by.login, by.name)
        what = "tog bort åtgärd" if action.removed else "åtgärd"
        self._log(rights, action.unit, action.month, f"{what} nr {saved.number} om {action.measure}")
        return saved

    def save_forecast(self, rights: Rights, forecast: OwnForecast) -> OwnForecast:
        """The own forecast of the year's result. Errors as `save_analysis`; it takes that the ledger may be seen."""
        self._demand_seen(rights, forecast.unit, self._economy.seen_with, forecast.month)
        by, store = rights.identity, self.workspace.store.handins
        saved = store.save_forecast(self.workspace.catalogue, forecast, by.login, by.name)
        self._log(rights, forecast.unit, forecast.month, "egen prognos")
        return saved

    def set_ready(self, rights: Rights, unit: str, month: Month, ready: bool, seen: int) -> Ready:
        """«Klar för dialog», or open again. seen: the version that the person saw, 0 for none. Errors as `save_analysis`."""
        self._demand_open(rights, unit, month)
        by, store = rights.identity, self.workspace.store.handins
        saved = store.set_ready(self.workspace.catalogue, unit, month, ready, seen, by.login, by.name)
        self._log(rights, unit, month, "klar för dialog" if ready else "öppnad igen")
        return saved

    # Inside

    def _hand_in(self, scope: Scope, unit: str, month: Month) -> HandIn:
        return _in_month(unit, self._hand_ins(scope, (unit,), month, month), month)

    def _hand_ins(
        self, scope: Scope, units: tuple[str, ...], first: Month, last: Month
    ) -> tuple[HandIn, ...]:
        return self._read(self.version(), self.workspace.version(), scope, units, first, last)

    def _latest(self, scope: Scope, selection: Selection) -> Sequence[HandIn]:
        """Of the chosen month and those before it that are remembered, newest first."""
        found = self._hand_ins(scope, (selection.unit,), selection.month - REMEMBERED, selection.month)
        return sorted(found, key=lambda one: one.month, reverse=True)

    def _read_hand_ins(
        self,
        _handed_in: int,
        _version: Version,
        scope: Scope,
        units: tuple[str, ...],
        first: Month,
        last: Month,
    ) -> tuple[HandIn, ...]:
        return self.workspace.store.handins.read(scope, self.workspace.catalogue, units, first, last)

    def _find_deviating(self, _version: Version, scope: Scope, selection: Selection) -> tuple[Deviation, ...]:
        return deviating(
            self.workspace.assessments(scope, selection),
            signals_of(self.workspace).processes(scope, selection),
            first=self._economy.seen_with,
            worse_words=rule_words,
        )

    def _make_overview(
        self, _version: Version, _handed_in: int, scope: Scope, selection: Selection, lowest: bool
    ) -> Overview:
        organisation = self.workspace.catalogue.organisation
        tree = self.workspace.organisation_month(selection)
        every = self._leaves(selection.unit, tree) if lowest else organisation.children(selection.unit, tree)
        belonging = [unit for unit in every if self._existed(unit, selection.month)]
        units = tuple(unit for unit in belonging if scope.sees(unit))
        own, *rows = self._rows(scope, selection, (selection.unit, *units))
        return Overview(selection.month, own, tuple(rows), len(units) == len(belonging))

    def _leaves(self, unit: str, tree: Month) -> tuple[str, ...]:
        """The units below one with nothing below them."""
        organisation = self.workspace.catalogue.organisation
        below = organisation.below(unit, tree)
        return tuple(one for one in below if one != unit and not organisation.children(one, tree))

    def _rows(self, scope: Scope, selection: Selection, units: tuple[str, ...]) -> list[UnitHandIn]:
        economy, month = self._economy, selection.month
        tree = self.workspace.organisation_month(selection)
        ledgers = economy.ledgers(scope, selection, [unit for unit in units if economy.may_see(scope, unit)])
        latest = economy.latest_forecasts(scope, selection, tuple(ledgers))
        leaves = {
            unit: [one for one in self._leaves(unit, tree) if scope.sees(one) and self._existed(one, month)]
            for unit in units
        }
        asked = dict.fromkeys([*units, *(leaf for under in leaves.values() for leaf in under)])
        year: dict[str, list[HandIn]] = {unit: [] for unit in asked}
        for hand_in in self._hand_ins(scope, tuple(asked), Month.of(month.year, 1), month):
            year[hand_in.unit].append(hand_in)
        now = {unit: _in_month(unit, found, month) for unit, found in year.items()}
        rows = []
        for unit in units:
            found = self._deviating(self.workspace.version(), scope, replace(selection, unit=unit))
            said = answered(found, year[unit], month)
            below = [now[leaf] for leaf in leaves[unit]]
            rows.append(unit_hand_in(now[unit], said, ledgers.get(unit), latest.get(unit), below))
        return rows

    def _existed(self, unit: str, month: Month) -> bool:
        return self.workspace.catalogue.organisation.get(unit).exists_at(month)

    def _demand_open(self, rights: Rights, unit: str, month: Month) -> None:
        rights.scope.demand(unit)
        demand_open(rights, unit, month, self._closed(unit, month))

    def _demand_seen(self, rights: Rights, unit: str, measure: str, month: Month) -> None:
        """As `_demand_open`, for what a measure tells of. Whether it is «klar» is asked by the store, in the transaction."""
        self._demand_open(rights, unit, month)
        demand_measure_in(rights, unit, measure, month)

    def _demand_measure(self, rights: Rights, unit: str, measure: str, month: Month) -> None:
        found, organisation = self.workspace.catalogue.measure(measure), self.workspace.catalogue.organisation
        self._demand_seen(rights, unit, measure, month)
        if not is_measured_at(found, unit, organisation, month, OrgView.AS_WAS):
            why = f"{found.name} mäts inte för den här verksamheten."
            raise DataError(Problem(why, "nyckeltal", "Välj ett annat nyckeltal."))

    def _closed(self, unit: str, month: Month) -> str | None:
        found, released = self.workspace.catalogue.organisation.get(unit), self.workspace.is_final(month)
        return closed(found, month, latest=self.workspace.state().latest, released=released)

    def _log(self, rights: Rights, unit: str, month: Month, what: str) -> None:
        """Who, where and what kind of thing; never the text."""
        self.workspace.log(rights.identity, Event.HANDED_IN, f"{unit}, {month.iso}, {what}")


def _in_month(unit: str, found: Sequence[HandIn], month: Month) -> HandIn:
    return next((one for one in found if one.month == month), HandIn(unit, month))


def _fixed(selection: Selection) -> Selection:
    return replace(selection, view=View.YTD, sex=Sex.ALL)


_DIALOGUES: WeakKeyDictionary[Workspace, Dialogue] = WeakKeyDictionary()


def dialogue_of(workspace: Workspace) -> Dialogue:
    """The one dialogue of a workspace."""
    found = _DIALOGUES.get(workspace)
    if found is None:
        found = _DIALOGUES.setdefault(workspace, Dialogue(workspace))
    return found
