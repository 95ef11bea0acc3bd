"""The questions about the economy that pages and commands ask: ledger, path, deviation, forecast, registers.

Beside the workspace, which knows the measures. Every question takes a scope and demands it, for the measure that the
catalogue says the ledger is seen with; answers are kept by data version, scope and selection, the scope part of the key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from weakref import WeakKeyDictionary, ref

from hsf_kpi.access.rights import Rights
from hsf_kpi.analysis.economy.compliance import Moved, headcount, hired, known_of
from hsf_kpi.analysis.economy.contribution import contribution
from hsf_kpi.analysis.economy.path import trajectory
from hsf_kpi.analysis.economy.statistical import statistical
from hsf_kpi.analysis.economy.types import (
    Compliance,
    Contribution,
    NoForecast,
    Phasing,
    StatisticalForecast,
    Trajectory,
    Yardstick,
)
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.event import Event
from hsf_kpi.model.ledger import CostCentreLine, Submitted, UnitLedger
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import NotPermitted, Problem
from hsf_kpi.model.register import Improvement, Move
from hsf_kpi.model.role import Permission
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.workspace import Version, Workspace

HEADCOUNT, HIRED = "antal-medarbetare", "hyrpersonal"
"""The measures that the second and the third assignment are followed by."""


class Economy:
    """One for a workspace. Safe to use from several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = ref(workspace)
        self._ledgers = lru_cache(maxsize=512)(self._read_ledgers)
        self._submitted_of = lru_cache(maxsize=512)(self._read_submitted)
        self._statistical = lru_cache(maxsize=512)(self._make_statistical)

    @property
    def workspace(self) -> Workspace:
        found = self._workspace()
        assert found is not None, "the workspace is open as long as it is asked"
        return found

    @property
    def seen_with(self) -> str:
        return self.workspace.catalogue.ledger_seen_with

    def may_see(self, scope: Scope, unit: str) -> bool:
        """Whether the ledger of the unit may be seen."""
        return scope.allows(unit, self.seen_with)

    def parts(self, scope: Scope, selection: Selection, *, lowest: bool = False) -> tuple[str, ...]:
        """The units right below the chosen one (lowest: those with nothing below them) whose ledger may be seen."""
        below = self.workspace.children(scope, selection)
        if lowest:
            organisation, month = self.workspace.catalogue.organisation, self._tree_month(selection)
            below = tuple(
                unit for unit in organisation.below(selection.unit, month)
                if unit != selection.unit and not organisation.children(unit, month)
            )  # fmt: skip
        return tuple(unit for unit in below if self.may_see(scope, unit))

    def ledger(self, scope: Scope, selection: Selection) -> UnitLedger:
        """What is booked at the chosen unit and below, no outcome after the chosen month."""
        self.workspace.demand(scope, selection)
        return self._of(scope, selection, (selection.unit,))[selection.unit]

    def ledgers(self, scope: Scope, selection: Selection, units: Sequence[str]) -> Mapping[str, UnitLedger]:
        """The same for several units. NotPermitted when one of them is outside the scope."""
        self.workspace.demand(scope, selection)
        return self._of(scope, selection, tuple(units))

    def submitted(self, scope: Scope, selection: Selection) -> tuple[Submitted, ...]:
        """Every forecast submitted at the chosen unit up to and with the chosen month, of all years, oldest first."""
        self.workspace.demand(scope, selection)
        scope.demand_measure(selection.unit, self.seen_with)
        version = self.workspace.version()
        found = self._submitted_of(version, scope, (selection.unit,), selection.org)[selection.unit]
        end = scope.through(selection.unit, self.seen_with)
        last = selection.month if end is None else min(end, selection.month)
        return tuple(one for one in found if one.month <= last)

    def latest_forecasts(
        self, scope: Scope, selection: Selection, units: Sequence[str]
    ) -> Mapping[str, Submitted]:
        """The latest forecast of the chosen year at each unit that has submitted one by the chosen month."""
        self.workspace.demand(scope, selection)
        for unit in units:
            scope.demand_measure(unit, self.seen_with)
        version = self.workspace.version()
        found = self._submitted_of(version, scope, tuple(units), selection.org)
        year, last = selection.month.year, selection.month
        known = {u: [s for s in every if s.year == year and s.month <= last] for u, every in found.items()}
        return {unit: every[-1] for unit, every in known.items() if every}

    def statistical(self, scope: Scope, selection: Selection) -> StatisticalForecast | NoForecast:
        """The year's landing by statistics, made from what is known in the chosen month."""
        self.workspace.demand(scope, selection)
        scope.demand_measure(selection.unit, self.seen_with)
        key = replace(selection, view=View.MONTH, sex=Sex.ALL)
        return self._statistical(self.workspace.version(), scope, key)

    def trajectory(
        self,
        scope: Scope,
        selection: Selection,
        phasing: Phasing = Phasing.LOADED,
        *,
        forecasts: bool = True,
    ) -> Trajectory:
        """The year's result against its lines. forecasts: with the submitted ones and the statistical one, which takes
        most of the time.
        """
        submitted = self.submitted(scope, selection) if forecasts else ()
        return trajectory(
            self.ledger(scope, selection),
            selection.month,
            submitted=tuple(s for s in submitted if s.year == selection.month.year),
            statistical=self.statistical(scope, selection) if forecasts else NoForecast(""),
            phasing=phasing,
        )

    def contribution(
        self,
        scope: Scope,
        selection: Selection,
        months: Sequence[Month],
        yardstick: Yardstick,
        *,
        lowest: bool = False,
    ) -> Contribution:
        """Which units below make the deviation. What is outside the scope is one row without a unit."""
        units = self.parts(scope, selection, lowest=lowest)
        return contribution(
            self.ledger(scope, selection), self.ledgers(scope, selection, units), months, yardstick
        )

    def cost_centres(
        self, scope: Scope, selection: Selection, months: Sequence[Month]
    ) -> tuple[CostCentreLine, ...]:
        """The kostnadsställen of the chosen unit itself."""
        self.workspace.demand(scope, selection)
        scope.demand_measure(selection.unit, self.seen_with)
        end = scope.through(selection.unit, self.seen_with)
        known = [month for month in months if end is None or month <= end]
        if not known:
            return ()
        store = self.workspace.store.ledger
        return store.cost_centres(scope, self.workspace.catalogue, selection.unit, known[0], known[-1])

    # The four assignments

    def compliance(self, scope: Scope, selection: Selection, assignment: str) -> Compliance:
        """«medarbetare» or «hyrpersonal», the months of the chosen year, the units right below."""
        key = {"medarbetare": HEADCOUNT, "hyrpersonal": HIRED}[assignment]
        scope.demand_measure(selection.unit, key)
        months = tuple(Month.of(selection.month.year, n) for n in range(1, selection.month.number + 1))
        monthly = replace(selection, view=View.MONTH, sex=Sex.ALL)
        units = tuple(u for u in self.workspace.children(scope, selection) if scope.allows(u, key))
        found = self.workspace.outcomes_by_unit(scope, monthly, key, (selection.unit, *units), months[0] - 13)
        known = {unit: known_of(outcomes, cost=key == HIRED) for unit, outcomes in found.items()}
        whole = known.pop(selection.unit)
        is_root = selection.unit == self.workspace.catalogue.organisation.root
        if key == HIRED:
            return hired(selection.unit, whole, known, months)
        moved = self.moved(scope, selection, (selection.unit, *units))
        return headcount(selection.unit, whole, known, months, moved, falls=is_root)

    def moved(self, scope: Scope, selection: Selection, units: Sequence[str]) -> Moved:
        """Persons by decided and financed moves at each of the units, by month. NotPermitted where antal medarbetare may not
        be seen.
        """
        organisation, month = self.workspace.catalogue.organisation, self._tree_month(selection)
        heirs = [(one, organisation.heir(one, month)) for one in organisation.units]
        left = [(one, heir) for one, heir in heirs if one != heir]
        within: dict[str, frozenset[str]] = {}
        for unit in units:
            below = frozenset(organisation.below(unit, month))
            within[unit] = below | {one for one, heir in left if heir in below}
        return self.workspace.store.registers.moved(scope, self.workspace.catalogue, within)

    def moves(self, scope: Scope, selection: Selection) -> tuple[Move, ...]:
        """The decided moves that touch the chosen unit or one below it, up to the chosen month, newest first. Of units
        outside the scope only the number of persons is told (unit "").
        """
        self.workspace.demand(scope, selection)
        scope.demand_measure(selection.unit, HEADCOUNT)
        within = self._within(selection.unit, selection)
        found = self.workspace.store.registers.moves(scope, self.workspace.catalogue, within)
        return tuple(move for move in found if move.month <= selection.month)

    def improvements(self, scope: Scope, selection: Selection) -> tuple[Improvement, ...]:
        """The improvement activities of the chosen unit and all below it that may be seen, in the units' order; those of
        units that have ended too, where their history is followed.
        """
        self.workspace.demand(scope, selection)
        within = self._within(selection.unit, selection)
        every = self.workspace.catalogue.organisation.units
        below = tuple(unit for unit in every if unit in within and self.may_see(scope, unit))
        return self.workspace.store.registers.improvements(scope, self.workspace.catalogue, below)

    def register_version(self) -> int:
        """What everything kept of the register of activities belongs to: people change it between loads."""
        return self.workspace.store.registers.version()

    def save_improvement(self, rights: Rights, improvement: Improvement) -> int:
        """A new activity, or a changed one. Its number. NotPermitted without the right at the unit (of the activity as it
        stands, too), or where its later months may not be seen: saving writes all of them. DataError with every problem of
        its fields, or when somebody else has changed it in the meantime.
        """
        rights.scope.demand(improvement.unit)
        rights.demand(Permission.IMPROVE, improvement.unit)
        self._demand_every_month(rights.scope, improvement.unit)
        registers, catalogue = self.workspace.store.registers, self.workspace.catalogue
        if improvement.number is not None:
            before = registers.improvement(rights.scope, catalogue, improvement.number)
            rights.demand(Permission.IMPROVE, before.unit)
            self._demand_every_month(rights.scope, before.unit)
        number = registers.save_improvement(catalogue, improvement, rights.identity.login)
        self.workspace.log(rights.identity, Event.IMPROVED, f"{improvement.unit}, nr {number}")
        return number

    def staff(
        self, scope: Scope, selection: Selection, keys: Sequence[str], first: Month
    ) -> Mapping[str, tuple[Outcome, ...]]:
        """Measure → its months at the chosen unit, for those that may be seen there and exist."""
        monthly = replace(selection, view=View.MONTH, sex=Sex.ALL)
        known = [
            k for k in keys if k in self.workspace.catalogue.measures and scope.allows(selection.unit, k)
        ]
        return {key: self.workspace.outcomes(scope, monthly, key, first) for key in known}

    # Inside

    def _of(self, scope: Scope, selection: Selection, units: tuple[str, ...]) -> Mapping[str, UnitLedger]:
        for unit in units:
            scope.demand_measure(unit, self.seen_with)
        return self._ledgers(self.workspace.version(), scope, units, selection.month, selection.org)

    def _demand_every_month(self, scope: Scope, unit: str) -> None:
        scope.demand_measure(unit, self.seen_with)
        if scope.through(unit, self.seen_with) is not None:
            raise NotPermitted(
                Problem(
                    "Din behörighet gäller inte alla månader, och att spara skulle ta bort det som hör till de andra.",
                    "förbättringsarbete",
                    "Be någon som ser alla månader att göra ändringen.",
                )
            )

    def _read_ledgers(
        self, _version: Version, scope: Scope, units: tuple[str, ...], month: Month, org: OrgView
    ) -> Mapping[str, UnitLedger]:
        found = self.workspace.store.ledger.read(scope, self.workspace.catalogue, units, org)
        return {unit: ledger.until(month) for unit, ledger in found.items()}

    def _read_submitted(
        self, _version: Version, scope: Scope, units: tuple[str, ...], org: OrgView
    ) -> Mapping[str, tuple[Submitted, ...]]:
        found = self.workspace.store.ledger.submitted(scope, self.workspace.catalogue, units, org)
        return {unit: found.get(unit, ()) for unit in units}

    def _make_statistical(
        self, _version: Version, scope: Scope, selection: Selection
    ) -> StatisticalForecast | NoForecast:
        return statistical(self.ledger(scope, selection), selection.month)

    def _within(self, unit: str, selection: Selection) -> frozenset[str]:
        """The unit, those below it and those whose heirs they are."""
        organisation, month = self.workspace.catalogue.organisation, self._tree_month(selection)
        below = frozenset(organisation.below(unit, month))
        return below | {one for one in organisation.units if organisation.heir(one, month) in below}

    def _tree_month(self, selection: Selection) -> Month:
        return self.workspace.organisation_month(selection)


_ECONOMIES: WeakKeyDictionary[Workspace, Economy] = WeakKeyDictionary()


def economy_of(workspace: Workspace) -> Economy:
    """The one economy of a workspace."""
    found = _ECONOMIES.get(workspace)
    if found is None:
        found = _ECONOMIES.setdefault(workspace, Economy(workspace))
    return found
