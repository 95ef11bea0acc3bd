"""What an answer depends on, as one hashable value: the key under which composed figures are kept."""

from __future__ import annotations

from dataclasses import dataclass

from hsf_kpi.comparing import Comparing, comparing_of
from hsf_kpi.dialogue import Dialogue, dialogue_of
from hsf_kpi.economy import Economy, economy_of
from hsf_kpi.figures.figure import Context
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.period import Period, View, Window
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.quality import Quality, quality_of
from hsf_kpi.signals import Signals, signals_of
from hsf_kpi.swedish.dates import period_text
from hsf_kpi.swedish.words import ORG_WORD, SEX_WORD, VIEW_WORD
from hsf_kpi.ui.links import EXTRAS
from hsf_kpi.workspace import Version, Workspace

KEPT = 256
"""How many answers of each kind are kept in a process."""


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
    def quality(self) -> Quality:
        return quality_of(self.workspace)

    @property
    def dialogue(self) -> Dialogue:
        return dialogue_of(self.workspace)

    @property
    def catalogue(self) -> Catalogue:
        return self.workspace.catalogue

    def name(self, unit_id: str) -> str:
        return self.catalogue.organisation.get(unit_id).name

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
            state="slutligt" if self.workspace.is_final(chosen.month) else "preliminärt",
            known=self.workspace.as_known_day,
        )
