"""Where a month is, and the steps that take it on: reconciled against the ledger, released, opened again.

Beside the workspace and the dialogue. Every question takes a scope: of a month that may not be seen nothing is
told, and the ledger's totals only where the ledger of the whole förvaltning may be seen. Answers are kept by data version,
the version of the months' log, that of what has been handed in, scope and month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from weakref import WeakKeyDictionary, ref

from hsf_kpi.access.rights import Rights
from hsf_kpi.analysis.economy.books import our_books
from hsf_kpi.dialogue import dialogue_of
from hsf_kpi.figures.month import months_text
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.ledger import UnitLedger
from hsf_kpi.model.month_step import Books, MonthStage, MonthStep, OurBooks, Reconciliation, Step
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import DataError, NotPermitted, Problem
from hsf_kpi.model.role import Permission
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.store.state import StoreState
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.words import sentence_start
from hsf_kpi.workspace import Version, Workspace


class MonthFlow:
    """One for a workspace. Safe to use from several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = ref(workspace)
        self._brief = lru_cache(maxsize=256)(self._make_brief)
        self._stage = lru_cache(maxsize=128)(self._make_stage)

    @property
    def workspace(self) -> Workspace:
        found = self._workspace()
        assert found is not None, "the workspace is open as long as it is asked"
        return found

    def version(self) -> int:
        """What everything kept of the months belongs to: people take them on between loads."""
        return self.workspace.store.months.version()

    # Where a month is

    def brief(self, scope: Scope, month: Month) -> MonthStage:
        """Whether the month is reconciled and released, for the line above every page; without sources, and without who has
        handed in.
        """
        self._demand_month(scope, month)
        return self._brief(self.workspace.version(), self.version(), scope, month)

    def stage(self, scope: Scope, month: Month) -> MonthStage:
        """All that is known of where the month is. NotPermitted for one that may not be seen."""
        self._demand_month(scope, month)
        handed_in = dialogue_of(self.workspace).version()
        return self._stage(self.workspace.version(), self.version(), handed_in, scope, month)

    def history(self, scope: Scope, month: Month) -> tuple[MonthStep, ...]:
        """Every step of the month, newest first."""
        self._demand_month(scope, month)
        return self._steps(scope, month)

    def ours(self, scope: Scope, month: Month) -> OurBooks | None:
        """The ledger's totals of the whole förvaltning; None where nothing is booked in the month, or may be seen of it."""
        return self.brief(scope, month).ours

    # What takes it on

    def reconcile(
        self,
        rights: Rights,
        month: Month,
        theirs: Books,
        note: str = "",
        by: str = "",
        *,
        view: View = View.YTD,
        seen: int | None = None,
    ) -> MonthStep:
        """Holds what the ledger's own report says of the month, or of the year so far, against ours, and keeps both.

        by: instead of the person's login. NotPermitted without the right for the whole förvaltning; DataError with every
        problem: an unexplained difference, amounts that don't add up, no outcome in the month, a later reconciliation.
        """
        self._demand_right(rights, Permission.LOAD, month, "stämma av månader")
        ledger = self._ledger(rights.scope, month)
        ours = None if ledger is None else our_books(ledger, month)
        if ours is None:
            raise DataError(
                Problem(
                    f"Huvudboken har inget utfall för {month_text(month)}, så det finns inget att stämma av.",
                    "avstämning",
                    "Läs in huvudboken för månaden först.",
                )
            )
        books = Reconciliation(view, ours.books[view], theirs)
        who = rights.identity
        return self.workspace.store.months.reconcile(
            month, books, note, by=by or who.login, name=by or who.name, seen=seen
        )

    def release(
        self,
        rights: Rights,
        month: Month,
        by: str = "",
        note: str = "",
        *,
        seen: int | None = None,
        data_version: int | None = None,
    ) -> int:
        """Makes the month, and those before it that are not, final. Its edition. seen, data_version: of the stage that the
        person judged by. Errors as `reconcile`; a month that is not reconciled is told, unless the note says why.
        """
        self._demand_right(rights, Permission.RELEASE, month, "frisläppa månader")
        stage = self._read_brief(rights.scope, month)
        if stage.unreconciled and not stage.final and not note.strip():
            raise DataError(_not_reconciled(stage))
        handed_in = self._handed_in(rights.scope, month)
        who = rights.identity
        return self.workspace.store.months.release(
            month,
            note,
            by=by or who.login,
            name=by or who.name,
            handed_in=handed_in if handed_in[1] else None,
            seen=seen,
            data_version=stage.data_version if data_version is None else data_version,
        )

    def reopen(
        self, rights: Rights, month: Month, note: str, by: str = "", *, seen: int | None = None
    ) -> None:
        """Makes the month and all after it preliminary again. note: why. Errors as `reconcile`."""
        self._demand_right(rights, Permission.RELEASE, month, "öppna månader igen")
        who = rights.identity
        self.workspace.store.months.reopen(month, note, by=by or who.login, name=by or who.name, seen=seen)

    # Inside

    @property
    def _root(self) -> str:
        return self.workspace.catalogue.organisation.root

    def _demand_month(self, scope: Scope, month: Month) -> None:
        scope.demand(self._root)
        horizon = scope.horizon()
        if horizon is not None and month > horizon:
            name = sentence_start(month_text(month))
            raise NotPermitted(
                Problem(f"{name} ingår inte i din behörighet.", "månad", "Välj en tidigare månad.")
            )

    def _demand_right(self, rights: Rights, permission: Permission, month: Month, what: str) -> None:
        """At the root: a month is reconciled and released for the whole förvaltning."""
        self._demand_month(rights.scope, month)
        if not rights.may(permission, self._root):
            raise NotPermitted(
                Problem(
                    f"Din behörighet räcker inte för att {what}.",
                    "",
                    "Be en controller för hela förvaltningen att göra det.",
                )
            )

    def _sees_ledger(self, scope: Scope, month: Month) -> bool:
        return scope.reaches_month(self._root, self.workspace.catalogue.ledger_seen_with, month)

    def _ledger(self, scope: Scope, month: Month) -> UnitLedger | None:
        """As it stands in the database now: what is judged by it must not be a second old."""
        if not self._sees_ledger(scope, month):
            return None
        store, catalogue = self.workspace.store, self.workspace.catalogue
        return store.ledger.read(scope, catalogue, (self._root,), OrgView.TODAY)[self._root].until(month)

    def _steps(self, scope: Scope, month: Month | None = None) -> tuple[MonthStep, ...]:
        """The log, newest first, the amounts and their words left out where the ledger may not be seen."""
        every = self.workspace.store.months.steps()
        return tuple(
            step
            if step.step is not Step.RECONCILED or self._sees_ledger(scope, step.month)
            else replace(step, books=None, note="")
            for step in every
            if month is None or step.month == month
        )

    def _make_brief(self, _version: Version, _months: int, scope: Scope, month: Month) -> MonthStage:
        return self._read_brief(scope, month)

    def _read_brief(self, scope: Scope, month: Month) -> MonthStage:
        # The state first: a load that comes in between makes the data newer than the version that is told, and is noticed.
        state = self.workspace.store.state()
        steps, ledger = self._steps(scope), self._ledger(scope, month)
        found = _stage_of(month, steps, ledger, state)
        releases = _releases(month, state)
        unreconciled = tuple(one for one in releases if not _stage_of(one, steps, ledger, state).holds)
        return replace(found, releases=releases, unreconciled=unreconciled)

    def _make_stage(
        self, version: Version, months: int, _handed_in: int, scope: Scope, month: Month
    ) -> MonthStage:
        brief = self._brief(version, months, scope, month)
        sources = self.workspace.store.months.sources(scope, self.workspace.catalogue, month)
        loaded = any(one.rows for one in sources)
        return replace(brief, loaded=loaded, sources=sources, handed_in=self._handed_in(scope, month))

    def _handed_in(self, scope: Scope, month: Month) -> tuple[int, int]:
        """As the dialogue counts: units with nothing below them that are «klara», of those that may be seen and exist."""
        workspace, organisation = self.workspace, self.workspace.catalogue.organisation
        tree = workspace.organisation_month(Selection(self._root, month))
        below = organisation.below(self._root, tree)
        leaves = [unit for unit in below if unit != self._root and not organisation.children(unit, tree)]
        expected = [unit for unit in leaves if scope.sees(unit) and organisation.get(unit).exists_at(month)]
        found = workspace.store.handins.read(scope, workspace.catalogue, expected, month, month)
        return sum(one.is_ready for one in found), len(expected)


def _stage_of(
    month: Month, steps: Sequence[MonthStep], ledger: UnitLedger | None, state: StoreState
) -> MonthStage:
    own = [step for step in steps if step.month == month]
    reconciled = next((step for step in own if step.step is Step.RECONCILED), None)
    latest = next((step for step in own if step.step is not Step.RECONCILED), None)
    ours = None if ledger is None else our_books(ledger, month)
    final = state.released is not None and month <= state.released
    return MonthStage(
        month,
        loaded=state.first is not None and state.latest is not None and state.first <= month <= state.latest,
        ours=ours,
        reconciled=reconciled,
        stale=_stale(reconciled, ours),
        final=final,
        released=latest if final and latest is not None and latest.step is Step.RELEASED else None,
        reopened=latest if not final and latest is not None and latest.step is Step.REOPENED else None,
        edition=latest.edition if latest is not None else int(final),
        seen=steps[0].number if steps else 0,
        data_version=state.data_version,
    )


def _stale(reconciled: MonthStep | None, ours: OurBooks | None) -> bool:
    if reconciled is None or reconciled.books is None:
        return False
    return ours is None or ours.books[reconciled.books.view] != reconciled.books.ours


def _releases(month: Month, state: StoreState) -> tuple[Month, ...]:
    if state.first is None or state.latest is None or month > state.latest:
        return ()
    first = state.first if state.released is None else max(state.released + 1, state.first)
    return tuple(Month(index) for index in range(first.index, month.index + 1))


def _not_reconciled(stage: MonthStage) -> Problem:
    months = stage.unreconciled
    verb = "är inte avstämda" if len(months) > 1 else "är inte avstämd"
    if months == (stage.month,) and stage.stale:
        verb = "har ändrats sedan den stämdes av"
    return Problem(
        f"{sentence_start(months_text(months))} {verb} mot huvudboken.",
        "avstämning",
        "Stäm av först, eller skriv varför frisläppandet görs utan avstämning.",
    )


_FLOWS: WeakKeyDictionary[Workspace, MonthFlow] = WeakKeyDictionary()


def month_of(workspace: Workspace) -> MonthFlow:
    """The one flow of a workspace."""
    found = _FLOWS.get(workspace)
    if found is None:
        found = _FLOWS.setdefault(workspace, MonthFlow(workspace))
    return found
