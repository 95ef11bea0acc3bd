"""The questions about what has been promised that pages ask: how far the åtgärder, the activities of HoS 2029 and the
controls have come, the register of HoS 2029; and following them up.

Beside the workspace. What is promised is the whole förvaltning's: who may see its root sees it, up to the last month that
may be seen. Who may follow up is decided by the function that is responsible: its own unit's head, or who may do it for the
whole förvaltning.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from weakref import WeakKeyDictionary, ref

from hsf_kpi.access.handing_in import closed
from hsf_kpi.access.rights import DOING, Rights
from hsf_kpi.model.event import Event
from hsf_kpi.model.follow_up import Entry, FollowUp, Subject
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, NotPermitted, Problem
from hsf_kpi.model.role import Permission
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.words import sentence_start
from hsf_kpi.workspace import Workspace

Standing = Mapping[tuple[Subject, str], FollowUp]


class Promises:
    """One for a workspace. Safe to use from several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = ref(workspace)

    @property
    def workspace(self) -> Workspace:
        found = self._workspace()
        assert found is not None, "the workspace is open as long as it is asked"
        return found

    def version(self) -> int:
        """What everything kept of what has been followed up belongs to: people change it between loads."""
        return self.workspace.store.follow_ups.version()

    # What stands

    def standing(self, scope: Scope, selection: Selection) -> Standing:
        """Of each subject and key the latest follow-up told for the chosen month or one before."""
        self.workspace.demand(scope, selection)
        found = self.workspace.store.follow_ups.standing(scope, self.workspace.catalogue, selection.month)
        return {(one.subject, one.key): one for one in found}

    def history(self, scope: Scope, selection: Selection, subject: Subject, key: str) -> tuple[FollowUp, ...]:
        """Every version told for the chosen month or one before, newest first. NotFound for an unknown key."""
        self.workspace.demand(scope, selection)
        store, catalogue = self.workspace.store.follow_ups, self.workspace.catalogue
        return store.history(scope, catalogue, subject, key, selection.month)

    def entries(self, scope: Scope, selection: Selection) -> tuple[Entry, ...]:
        """The register of HoS 2029 as it stands in the chosen month, removed ones left out, by activity and number."""
        self.workspace.demand(scope, selection)
        return self.workspace.store.follow_ups.entries(scope, self.workspace.catalogue, selection.month)

    def entry_history(self, scope: Scope, selection: Selection, number: int) -> tuple[Entry, ...]:
        """Every version of the entry told for the chosen month or one before, newest first, also when it is removed."""
        self.workspace.demand(scope, selection)
        store = self.workspace.store.follow_ups
        return store.entry_history(scope, self.workspace.catalogue, number, selection.month)

    def activity_history(self, scope: Scope, selection: Selection, activity: str) -> tuple[Entry, ...]:
        """Every version of the activity's lines told for the chosen month or one before, newest first, removed ones too.
        NotFound for an unknown activity.
        """
        self.workspace.demand(scope, selection)
        store = self.workspace.store.follow_ups
        return store.activity_history(scope, self.workspace.catalogue, activity, selection.month)

    # Following up

    def responsible_units(self, subject: Subject, key: str) -> frozenset[str]:
        """The units whose heads may follow it up, besides who may for the whole förvaltning."""
        catalogue = self.workspace.catalogue
        if subject is Subject.ACTION:
            plan = catalogue.missions
            named = {function for link in plan.links_to(key) for function in link.responsible}
            return frozenset(plan.function_units[one] for one in named if one in plan.function_units)
        if subject is Subject.ACTIVITY:
            units = [one.unit for one in catalogue.transformation.activities if one.id == key]
        else:
            units = [one.unit for one in catalogue.controls.risks if one.id == key]
        return frozenset(filter(None, units))

    def may(self, rights: Rights, subject: Subject, key: str) -> bool:
        """Whether the person may follow it up."""
        root = self.workspace.catalogue.organisation.root
        units: Collection[str] = {root, *self.responsible_units(subject, key)}
        return rights.scope.sees(root) and any(rights.may(Permission.FOLLOW_UP, unit) for unit in units)

    def closed(self, scope: Scope, selection: Selection) -> str | None:
        """Why nothing can be told for the chosen month any more, as a sentence; None while it can."""
        self.workspace.demand(scope, selection)
        return self._closed(selection.month)

    def save(self, rights: Rights, follow_up: FollowUp) -> FollowUp:
        """A new version. `written`: what the person saw (the version that stands in that month), None for none. NotPermitted
        without the right; DataError with every problem, when the month is closed, or somebody else was before.
        """
        self._demand(rights, follow_up.subject, follow_up.key, follow_up.month)
        by, store = rights.identity, self.workspace.store.follow_ups
        saved = store.save(self.workspace.catalogue, follow_up, by.login, by.name)
        self._log(rights, follow_up.month, f"{follow_up.subject.value} {follow_up.key}")
        return saved

    def save_entry(self, rights: Rights, entry: Entry) -> Entry:
        """A new line in the register (without number), a changed or a removed one. Errors as `save`."""
        self._demand(rights, Subject.ACTIVITY, entry.activity, entry.month)
        by, store = rights.identity, self.workspace.store.follow_ups
        saved = store.save_entry(self.workspace.catalogue, entry, by.login, by.name)
        what = "tog bort " if entry.removed else ""
        self._log(rights, entry.month, f"{what}{entry.kind.value} nr {saved.number} om {entry.activity}")
        return saved

    def _closed(self, month: Month) -> str | None:
        catalogue = self.workspace.catalogue
        root = catalogue.organisation.get(catalogue.organisation.root)
        latest, released = self.workspace.state().latest, self.workspace.is_final(month)
        return closed(root, month, latest=latest, released=released)

    def _demand(self, rights: Rights, subject: Subject, key: str, month: Month) -> None:
        root = self.workspace.catalogue.organisation.root
        rights.scope.demand(root)
        if not self.may(rights, subject, key):
            raise NotPermitted(
                Problem(
                    f"Din behörighet räcker inte för att {DOING[Permission.FOLLOW_UP]}.",
                    "",
                    "Det gör den som är ansvarig, eller den som följer upp för hela förvaltningen.",
                )
            )
        last = rights.scope.until(root)
        if last is not None and month > last:
            what = f"{sentence_start(month_text(month))} ingår inte i din behörighet."
            raise NotPermitted(Problem(what, "månad", "Välj en tidigare månad."))
        if (why := self._closed(month)) is not None:
            raise DataError(Problem(why, "månad", "Välj en månad som är öppen."))

    def _log(self, rights: Rights, month: Month, what: str) -> None:
        """Who and what kind of thing; never the text."""
        self.workspace.log(rights.identity, Event.FOLLOWED_UP, f"{month.iso}, {what}")


_OF: WeakKeyDictionary[Workspace, Promises] = WeakKeyDictionary()


def promises_of(workspace: Workspace) -> Promises:
    found = _OF.get(workspace)
    if found is None:
        found = _OF.setdefault(workspace, Promises(workspace))
    return found
