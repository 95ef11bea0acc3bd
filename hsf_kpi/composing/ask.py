"""What an answer depends on, as one hashable value: the key under which composed figures are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hsf_kpi.comparing import Comparing, comparing_of
from hsf_kpi.composing.choices import (
    ASSIGNMENTS,
    CONTROLS,
    EXTRAS,
    EXTRAS_OF,
    GOALS,
    MISSIONS,
    ONE_MEASURE,
    OWN_UNIT,
    ROAD,
    TRANSFORMATION,
)
from hsf_kpi.dialogue import Dialogue, dialogue_of
from hsf_kpi.economy import Economy, economy_of
from hsf_kpi.figures.figure import FINAL, PRELIMINARY, Context
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.period import Period, View, Window
from hsf_kpi.model.problems import NotFound, Problem
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.month import month_of
from hsf_kpi.promises import Promises, promises_of
from hsf_kpi.quality import Quality, quality_of
from hsf_kpi.regions import Regions, regions_of
from hsf_kpi.signals import Signals, signals_of
from hsf_kpi.swedish.dates import period_text
from hsf_kpi.swedish.words import ORG_WORD, SEX_WORD, VIEW_WORD
from hsf_kpi.workspace import Version, Workspace

KEPT = 256
"""How many answers of each kind are kept in a process."""
REGISTER, HANDED_IN, FOLLOWED_UP = "register", "inlamnat", "uppfoljt"
_SHOWS_HANDED_IN = (OWN_UNIT, ONE_MEASURE, GOALS, ROAD)
_SHOWS_REGISTER = (ASSIGNMENTS, OWN_UNIT)
_SHOWS_FOLLOWED_UP = (MISSIONS, TRANSFORMATION, CONTROLS)


@dataclass(frozen=True, slots=True)
class Ask:
    """Data version, scope and selection are all part of the key: nobody is served what was composed for another scope."""

    workspace: Workspace
    version: Version
    scope: Scope
    selection: Selection
    measure: str | None
    extras: tuple[tuple[str, str], ...] = ()
    """The page's own choices: name and code."""

    def extra(self, name: str) -> str:
        return dict(self.extras).get(name, EXTRAS[name].first)

    @property
    def economy(self) -> Economy:
        return economy_of(self.workspace)

    @property
    def signals(self) -> Signals:
        return signals_of(self.workspace)

    @property
    def comparing(self) -> Comparing:
        return comparing_of(self.workspace)

    @property
    def regions(self) -> Regions:
        return regions_of(self.workspace)

    @property
    def quality(self) -> Quality:
        return quality_of(self.workspace)

    @property
    def dialogue(self) -> Dialogue:
        return dialogue_of(self.workspace)

    @property
    def promises(self) -> Promises:
        return promises_of(self.workspace)

    @property
    def catalogue(self) -> Catalogue:
        return self.workspace.catalogue

    def name(self, unit_id: str) -> str:
        return self.catalogue.organisation.get(unit_id).name

    def names(self, units: Iterable[str | None]) -> dict[str, str]:
        """Asked for only of what the scope has let through with its id."""
        return {unit: self.name(unit) for unit in units if unit}

    def months(self, years: int) -> int:
        """The months that a curve of so many earlier years and this one shows. An accumulated one begins in a January."""
        month = self.selection.month
        return years * 12 + (month.number if self.selection.view is View.YTD else 12)

    def context(self) -> Context:
        """What the figure shows, in words."""
        chosen = self.selection
        path = self.workspace.path(self.scope, chosen)
        return Context(
            unit_id=chosen.unit,
            unit=self.name(chosen.unit),
            path=" › ".join(self.name(u) for u in path),
            period=period_text(Period(chosen.month, Window(chosen.view.value))),
            view=VIEW_WORD[chosen.view],
            sex=SEX_WORD[chosen.sex],
            organisation=ORG_WORD[chosen.org],
            state=FINAL if (final := self.workspace.is_final(chosen.month)) else PRELIMINARY,
            known=self.workspace.as_known_day,
            month_edition=self._month_edition() if final else 0,
        )

    def _month_edition(self) -> int:
        """0 for who may not see where the months are."""
        if not self.scope.sees(self.catalogue.organisation.root):
            return 0
        return month_of(self.workspace).brief(self.scope, self.selection.month).edition


def ask_of(
    workspace: Workspace,
    scope: Scope,
    page: str,
    selection: Selection,
    measure: str | None = None,
    **extras: str,
) -> Ask:
    """What a page is asked: the key of everything composed for it. Where the register of activities is shown, or what
    managers have handed in or followed up, its version belongs to the key: people change it between loads.

    page: its name in the address. extras: codes of the page's own choices, those left out as they are before anything is
    chosen. NotFound for a choice that the page does not have, and for a code that the choice does not have.
    """
    _demand(page, extras)
    own = tuple((name, extras.get(name, EXTRAS[name].first)) for name in EXTRAS_OF.get(page, ()))
    if page in _SHOWS_REGISTER:
        own += ((REGISTER, str(economy_of(workspace).register_version())),)
    if page in _SHOWS_HANDED_IN:
        own += ((HANDED_IN, str(dialogue_of(workspace).version())),)
    if page in _SHOWS_FOLLOWED_UP:
        own += ((FOLLOWED_UP, str(promises_of(workspace).version())),)
    return Ask(workspace, workspace.version(), scope, selection, measure, own)


def _demand(page: str, extras: Mapping[str, str]) -> None:
    problems = []
    for name, code in extras.items():
        if name not in EXTRAS_OF.get(page, ()):
            has = ", ".join(EXTRAS_OF.get(page, ())) or "inga egna val"
            problems.append(Problem(f"Sidan ”{page}” har inget val ”{name}”.", name, f"Den har {has}."))
        elif (codes := EXTRAS[name].codes) is not None and code not in codes:
            what = f"{EXTRAS[name].what} ”{code}” finns inte."
            problems.append(Problem(what, name, f"Välj {', '.join(codes)}."))
    if problems:
        raise NotFound(problems)
