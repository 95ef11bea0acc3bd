"""«Uppgifter per [dag]»: which workspace answers, what it knows, and what may be done with it."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from hsf_kpi import as_known as module
from hsf_kpi.access.identity import Identity
from hsf_kpi.as_known import load_days
from hsf_kpi.dialogue import dialogue_of
from hsf_kpi.model.dialogue import Analysis
from hsf_kpi.model.event import Event
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, NotPermitted
from hsf_kpi.model.role import Permission
from hsf_kpi.model.selection import Selection
from hsf_kpi.settings import read_settings
from hsf_kpi.store.moment import SWEDEN
from hsf_kpi.workspace import Workspace

DAY = dt.date(2023, 10, 20)
SEPTEMBER, OCTOBER = Month.of(2023, 9), Month.of(2023, 10)
CHANGING = {*Permission} - {Permission.SEE, Permission.DOWNLOAD_DATA, Permission.DOWNLOAD_PICTURE}


@pytest.fixture(scope="module")
def workspace(demo_database: str) -> Iterator[Workspace]:
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": demo_database}))
    with closing(opened.store):
        yield opened


@pytest.fixture(scope="module")
def then(workspace: Workspace) -> Workspace:
    """Before October's figures had come."""
    return workspace.as_known(DAY)


def person(workspace: Workspace, role: str) -> Identity:
    people = {person.id: person for person in workspace.catalogue.demo_people}
    return Identity(role, role, people[role].grants)


def test_from_today_on_it_is_what_is_known_now(workspace: Workspace) -> None:
    today = dt.date.today()
    assert workspace.as_known(today) is workspace
    assert workspace.as_known(dt.date.max) is workspace
    assert workspace.home is workspace
    assert workspace.as_known_day is None


def test_before_the_first_load_it_is_told(workspace: Workspace) -> None:
    first = workspace.store.loads.all()[-1].at.astimezone(SWEDEN).date()
    for day in (first - dt.timedelta(days=1), dt.date.min):
        with pytest.raises(DataError, match="fanns inga uppgifter inlästa"):
            workspace.as_known(day)


def test_it_knows_what_was_known_and_its_day(workspace: Workspace, then: Workspace) -> None:
    scope = workspace.scope_of(person(workspace, "ledning"))
    assert (then.as_known_day, then.as_of(), then.home) == (DAY, DAY, workspace)
    assert (workspace.months(scope)[0], then.months(scope)[0]) == (OCTOBER, SEPTEMBER)
    selection = Selection("hsf", SEPTEMBER)
    assert then.assessments(scope, selection)
    assert then.version() != workspace.version()


def test_the_same_day_is_made_once_also_when_asked_for_at_once(
    workspace: Workspace, then: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    monkeypatch.setattr(module, "snapshot", _instead(made, then))
    day = DAY + dt.timedelta(days=1)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(workspace.as_known, [day] * 4))
    assert len({id(one) for one in found}) == len(made) == 1
    assert workspace.as_known(DAY) is then
    assert then.as_known(DAY) is then


def _instead(made: list[int], then: Workspace) -> Any:
    def snapshot(_store: Any, _catalogue: Any, load: int, *_rest: Any, **_options: Any) -> Any:
        made.append(load)
        return then.store

    return snapshot


def test_few_days_are_kept_and_the_files_of_the_others_are_gone(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    class File:
        def __init__(self) -> None:
            self.closed = False

        def state(self) -> Any:
            return workspace.state()

        def close(self) -> None:
            self.closed = True

    files: list[File] = []
    monkeypatch.setattr(module, "snapshot", lambda *_a, **_k: files.append(File()) or files[-1])
    monkeypatch.setattr(module, "GRACE", -1.0)
    monkeypatch.setattr(module, "_DAYS", type(module._DAYS)())
    days = [DAY - dt.timedelta(days=n) for n in range(module.KEPT + 2)]
    found = [workspace.as_known(day) for day in days]
    assert [file.closed for file in files] == [True] * 2 + [False] * module.KEPT
    assert workspace.as_known(days[-1]) is found[-1]


@pytest.mark.parametrize("role", ["ledning", "controller", "verksamhetschef"])
def test_it_lets_see_what_may_be_seen_and_nothing_be_changed(
    workspace: Workspace, then: Workspace, role: str
) -> None:
    identity = person(workspace, role)
    now, rights = workspace.rights_of(identity), then.rights_of(identity)
    assert rights.scope == now.scope
    assert rights.may(Permission.DOWNLOAD_DATA) == now.may(Permission.DOWNLOAD_DATA)
    assert not [permission for permission in CHANGING if rights.may(permission)]


def test_who_sees_final_months_only_sees_those_that_were_so_then_and_are_now(
    workspace: Workspace, then: Workspace
) -> None:
    role = next(p.id for p in workspace.catalogue.demo_people if _released_only(workspace, p.grants))
    identity = person(workspace, role)
    horizons = [one.scope_of(identity).horizon() for one in (workspace, then)]
    released = [one.state().released for one in (workspace, then)]
    assert None not in released
    assert horizons == [released[0], min(r for r in released if r is not None)]


def _released_only(workspace: Workspace, grants: Any) -> bool:
    return all(workspace.catalogue.roles[grant.role].released_only for grant in grants)


def test_what_is_done_is_logged_in_the_database_of_now(
    workspace: Workspace, then: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(workspace.store, "log", lambda *words: told.append(words))
    then.log(person(workspace, "ledning"), Event.EXPORTED, "fil.csv")
    assert told == [("ledning", Event.EXPORTED, "fil.csv")]


def test_nothing_can_be_handed_in(workspace: Workspace, then: Workspace) -> None:
    rights = then.rights_of(person(workspace, "verksamhetschef"))
    unit = next(held.grant.unit for held in rights.held if held.grant.unit)
    analysis = Analysis(unit, SEPTEMBER, "hyrpersonal", "Färre tider.")
    with pytest.raises(NotPermitted):
        dialogue_of(then).save_analysis(rights, analysis)


def test_the_days_to_choose_from_are_those_of_the_loads(workspace: Workspace, then: Workspace) -> None:
    days = load_days(workspace)
    loads = {load.at.astimezone(SWEDEN).date() for load in workspace.store.loads.all()}
    assert list(days) == sorted((day for day in loads if day < dt.date.today()), reverse=True)
    assert load_days(then) == days


def test_no_file_is_left_when_the_days_are_let_go(workspace: Workspace, then: Workspace) -> None:
    path = Path(str(then.store._engine.url.database))
    assert path.parent == Path(tempfile.gettempdir())
    assert path.exists()
    then.store.close()
    assert not path.exists()
