"""Who asks the comparison of units what, for its tests."""

from __future__ import annotations

from hsf_kpi.access.identity import Identity
from hsf_kpi.analysis.compare.types import NoRanking, Ranking
from hsf_kpi.comparing import Comparing
from hsf_kpi.model.period import Month
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.workspace import Workspace

OCTOBER = Month.of(2023, 10)
KIR = Selection("kirurgkliniken", OCTOBER)
HSF = Selection("hsf", OCTOBER)


def scope_of(workspace: Workspace, person: str) -> Scope:
    people = {one.id: one for one in workspace.catalogue.demo_people}
    return workspace.scope_of(Identity(person, person, people[person].grants))


def ranked(comparing: Comparing, person: str, key: str, selection: Selection = KIR) -> Ranking:
    found = comparing.ranking(scope_of(comparing.workspace, person), selection, key, "vardande")
    assert isinstance(found, Ranking)
    return found


def refused(
    comparing: Comparing, person: str, key: str, selection: Selection = KIR, group: str = "vardande"
) -> str:
    found = comparing.ranking(scope_of(comparing.workspace, person), selection, key, group)
    assert isinstance(found, NoRanking)
    return found.words
