"""Role × verksamhet × nyckeltal × permission: every decision, against a table of rules written for this test alone.

What is expected is worked out here from the definition files' plain facts (who stands under whom), not by the code that
decides. It is held against the rights, against what store and workspace answer, and against the explanations.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace

import pytest

from hsf_kpi import ROOT
from hsf_kpi.access.explain import explain
from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import NotFound, NotPermitted
from hsf_kpi.model.role import DemoPerson, Permission
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.settings import read_settings
from hsf_kpi.workspace import Workspace

TODAY, RELEASED = "2023-10", Month.of(2023, 9)
STAFF = {
    "aktiv-forskning", "antal-medarbetare", "arsarbetare", "hme", "hyrpersonal", "kostnad-per-timme",
    "personalrorlighet", "prestationsniva", "sjukfranvaro", "uppdragstagarindex", "inhyrda-arsarbetare",
    "overtid-arsarbetare",
}  # fmt: skip
LOOKING = {"see", "download_data", "download_picture"}


@dataclass(frozen=True)
class Expected:
    """One line of the table. sees: what the role sees from its unit. does: what it may do at its unit and below."""

    unit: str | None
    sees: str
    does: frozenset[str] = frozenset()


TABLE = {
    "ledning": Expected(None, "everything", frozenset({"comment", "improve", "follow_up"})),
    "omradeschef": Expected("akutsjukvard", "down and sums", frozenset({"comment", "improve", "follow_up"})),
    "verksamhetschef": Expected("kirurgkliniken", "down and sums", frozenset({"comment", "improve"})),
    "controller": Expected(
        "hsf", "down and sums", frozenset({"comment", "improve", "follow_up", "load", "release"})
    ),
    "hr": Expected(None, "staff"),
    "namnd": Expected(None, "top"),
    "admin": Expected(None, "nothing", frozenset({"administer"})),
}


UNITS = {u["id"]: u for u in tomllib.loads((ROOT / "data" / "organisation.toml").read_text("utf-8"))["unit"]}
GONE = {name for name, unit in UNITS.items() if str(unit.get("last", "9999")) < TODAY}


def parents() -> dict[str, str | None]:
    """Unit → the unit that it stands under today; of one that is gone, the one that took it over."""
    return {name: unit.get("successor" if name in GONE else "parent") for name, unit in UNITS.items()}


ABOVE = parents()
ROOT_UNIT = next(name for name, parent in ABOVE.items() if parent is None)


def line(unit: str) -> list[str]:
    """The unit, what it stands under, and so on up to the root."""
    found = [unit]
    while (parent := ABOVE[found[-1]]) is not None:
        found.append(parent)
    return found


def under(unit: str, top: str) -> bool:
    return top in line(unit)


def sees(person: str, unit: str, measure: str) -> bool:
    rule = TABLE[person]
    if rule.sees == "everything":
        return True
    if rule.sees == "down and sums":
        assert rule.unit
        return under(unit, rule.unit) or unit in line(rule.unit)
    if rule.sees == "staff":
        return measure in STAFF or unit == ROOT_UNIT
    if rule.sees == "top":
        return unit == ROOT_UNIT or (ABOVE[unit] == ROOT_UNIT and unit not in GONE)
    return False


def may(person: str, permission: str, unit: str, measure: str) -> bool:
    rule = TABLE[person]
    if permission in LOOKING:
        return sees(person, unit, measure)
    return permission in rule.does and (rule.unit is None or under(unit, rule.unit))


@pytest.fixture(scope="module")
def workspace(demo_database: str) -> Iterator[Workspace]:
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": demo_database}))
    with closing(opened.store):
        yield opened


def person_of(workspace: Workspace, person: str) -> DemoPerson:
    return next(p for p in workspace.catalogue.demo_people if p.id == person)


def rights_of(workspace: Workspace, person: str) -> Rights:
    return workspace.rights_of(Identity(person, person, person_of(workspace, person).grants))


def test_the_table_knows_every_demo_person_and_the_world_they_live_in(workspace: Workspace) -> None:
    assert set(TABLE) == {person.id for person in workspace.catalogue.demo_people}
    assert {p.id: p.grants[0].unit for p in workspace.catalogue.demo_people} == {
        name: rule.unit for name, rule in TABLE.items()
    }
    state = workspace.state()
    assert (state.today.iso, state.released) == (TODAY, RELEASED)
    assert set(ABOVE) == set(workspace.catalogue.organisation.units)
    assert set(workspace.catalogue.measures) > STAFF
    assert {permission.value for permission in Permission} == LOOKING | {
        "comment",
        "improve",
        "follow_up",
        "load",
        "release",
        "administer",
    }


@pytest.mark.parametrize("person", TABLE)
def test_every_permission_at_every_unit_and_measure(workspace: Workspace, person: str) -> None:
    rights = rights_of(workspace, person)
    wrong = [
        (permission.value, unit, measure)
        for permission in Permission
        for unit in ABOVE
        for measure in workspace.catalogue.measures
        if rights.may(permission, unit, measure) is not may(person, permission.value, unit, measure)
    ]
    assert wrong == []


@pytest.mark.parametrize("person", TABLE)
def test_every_decision_has_an_explanation_that_names_nobody_outside(
    workspace: Workspace, person: str
) -> None:
    rights, rule = rights_of(workspace, person), workspace.rule()
    units = workspace.catalogue.organisation.units
    for unit in ABOVE:
        for measure in workspace.catalogue.measures:
            told = explain(rights, rule, unit, measure)
            for permission, decision in told.decisions.items():
                expected = may(person, permission.value, unit, measure)
                assert decision.allowed is bool(decision.reasons) is expected, (permission, unit, measure)
                assert bool(decision.refused) is not expected
                if not sees(person, unit, measure) and units[unit].name != unit:
                    assert units[unit].name not in decision.refused
            assert bool(told.outside) is not sees(person, unit, measure)


@pytest.mark.parametrize("person", TABLE)
def test_the_store_gives_what_may_be_seen_and_nothing_else(workspace: Workspace, person: str) -> None:
    scope, store, catalogue = rights_of(workspace, person).scope, workspace.store, workspace.catalogue
    everything = Scope.of(catalogue.organisation.units)
    rest = (View.MONTH, Sex.ALL, OrgView.AS_WAS)
    for unit in ABOVE:
        allowed = {measure for measure in catalogue.measures if sees(person, unit, measure)}
        if not allowed:
            with pytest.raises(NotPermitted):
                store.unit_series(scope, catalogue, unit, *rest)
            continue
        found = store.unit_series(scope, catalogue, unit, *rest)
        assert set(found) == allowed
        whole = store.unit_series(everything, catalogue, unit, *rest)
        last = RELEASED if person == "namnd" else None
        for measure, series in found.items():
            assert series.cells == whole[measure].until(last).cells
            if last is not None:
                assert all(month <= last for cells in series.cells.values() for month in cells)


@pytest.mark.parametrize("person", TABLE)
def test_the_store_refuses_every_measure_outside_one_by_one(workspace: Workspace, person: str) -> None:
    scope, store, catalogue = rights_of(workspace, person).scope, workspace.store, workspace.catalogue
    rest = (View.MONTH, Sex.ALL, OrgView.TODAY)
    for unit in ABOVE:
        for measure in catalogue.measures:
            if sees(person, unit, measure):
                continue
            with pytest.raises(NotPermitted):
                store.unit_series(scope, catalogue, unit, *rest, measures=[measure])
            with pytest.raises(NotPermitted):
                store.units_series(scope, catalogue, [ROOT_UNIT, unit], measure, *rest)


@pytest.mark.parametrize("person", TABLE)
def test_the_workspace_gives_what_may_be_seen_and_nothing_else(workspace: Workspace, person: str) -> None:
    scope, catalogue = rights_of(workspace, person).scope, workspace.catalogue
    month = RELEASED if person == "namnd" else Month.parse(TODAY)
    for unit in ABOVE:
        selection = Selection(unit, month)
        allowed = {measure for measure in catalogue.measures if sees(person, unit, measure)}
        if not allowed or unit in GONE:
            with pytest.raises(NotFound):
                workspace.assessments(scope, selection)
            with pytest.raises(NotFound):
                workspace.series(scope, selection)
            continue
        assert {a.measure.key for a in workspace.assessments(scope, selection)} == allowed
        for measure in set(catalogue.measures) - allowed:
            for ask in (workspace.assessment, workspace.outcomes, workspace.measure_view, workspace.peers):
                with pytest.raises(NotPermitted):
                    ask(scope, selection, measure)
        for measure in ("hyrpersonal", "vardgaranti.besok"):
            for below in workspace.by_unit(scope, selection, measure):
                assert sees(person, below.outcome.unit, measure)


@pytest.mark.parametrize("person", TABLE)
def test_the_lists_hold_what_may_be_seen(workspace: Workspace, person: str) -> None:
    scope = rights_of(workspace, person).scope
    months = workspace.months(scope)
    if TABLE[person].sees == "nothing":
        assert months == ()
        assert workspace.units(scope, Selection(ROOT_UNIT, RELEASED)) == ()
        return
    assert months[0] == (RELEASED if person == "namnd" else Month.parse(TODAY))
    for org, month in ((OrgView.TODAY, months[0]), (OrgView.AS_WAS, Month.of(2022, 6))):
        selection = Selection(ROOT_UNIT, month, View.YTD, Sex.ALL, org)
        for unit in workspace.units(scope, selection):
            assert any(sees(person, unit, measure) for measure in workspace.catalogue.measures), unit
            assert set(workspace.path(scope, Selection(unit, month, org=org))) <= scope.units


def test_a_role_that_has_ended_sees_and_may_nothing(workspace: Workspace) -> None:
    for person in workspace.catalogue.demo_people:
        ended = tuple(replace(grant, last=dt.date(2020, 1, 1)) for grant in person.grants)
        rights = workspace.rights_of(Identity("x", "x", ended))
        assert rights.scope == Scope()
        assert not any(rights.may(permission) for permission in Permission)
