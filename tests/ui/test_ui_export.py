"""The export menu: whom it is drawn for, and that the right is judged again and logged when the file is made."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hsf_kpi import ROOT
from hsf_kpi.access.identity import Identity
from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.figure import Context, Figure, FigureKind
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.event import Event
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotPermitted
from hsf_kpi.model.role import Grant, Permission
from hsf_kpi.model.selection import Selection
from hsf_kpi.render.files import FILES, FileKind
from hsf_kpi.store.store import Store
from hsf_kpi.ui import export
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.links import Place
from hsf_kpi.ui.sign_in.port import SignedIn
from hsf_kpi.workspace import Workspace

PICTURE, DATA = Permission.DOWNLOAD_PICTURE, Permission.DOWNLOAD_DATA
NOW = dt.datetime.now(dt.UTC)
TOKEN = "0" * 64


@pytest.fixture
def workspace(demo_database: str, tmp_path: Path) -> Iterator[Workspace]:
    copy = shutil.copy(demo_database.removeprefix("sqlite:///"), tmp_path / "demo.sqlite3")
    store = Store.open(f"sqlite:///{copy}")
    yield Workspace(read_catalogue(ROOT / "data"), store)
    store.close()


def figure(*, units: tuple[str, ...] = ()) -> Composed:
    context = Context("kirurgkliniken", "Kirurgkliniken", "", "oktober 2023", "månad", "alla", "dagens", "")
    empty = Figure(FigureKind.TABLE, "prov", "Prov", "Prov", context, (), (), "", "Källa: prov", frozenset())
    return Composed(empty, units=units)


def entry(workspace: Workspace, identity: Identity, unit: str = "kirurgkliniken") -> Entry:
    place = Place("oversikt", Selection(unit, Month.of(2023, 10)), None, None)
    return Entry(workspace, workspace.rights_of(identity), place, False)


def demo(workspace: Workspace, person: str) -> Identity:
    found = next(p for p in workspace.catalogue.demo_people if p.id == person)
    return Identity(f"demo-{person}", found.title, found.grants)


def take(at: Entry, signed_in: SignedIn | None, composed: Composed | None = None) -> bytes:
    kind = FileKind("csv", "CSV", "text/csv", DATA, lambda _: b"fil")
    return export._take(at, signed_in, composed or figure(), kind, "prov.csv")


def exported(workspace: Workspace) -> list[tuple[str, str]]:
    entries = workspace.store.audit_log.entries(what=(Event.EXPORTED,))
    return [(entry.who, entry.detail) for entry in entries]


def signed(workspace: Workspace, *grants: Grant) -> SignedIn:
    accounts, sessions = workspace.store.accounts, workspace.store.sessions
    accounts.add("forsta", "Första", "provet")
    for grant in grants:
        accounts.grant("forsta", grant, workspace.catalogue, "provet")
    session = sessions.begin("forsta", "local", TOKEN, NOW + dt.timedelta(hours=1), "127.0.0.1", NOW)
    return SignedIn(Identity("forsta", "Första", grants), session.number)


def test_a_file_is_made_and_logged_with_who_and_its_name(workspace: Workspace) -> None:
    who = demo(workspace, "verksamhetschef")
    assert take(entry(workspace, who), SignedIn(who)) == b"fil"
    assert exported(workspace) == [("demo-verksamhetschef", "prov.csv")]


def test_a_file_with_a_unit_outside_the_scope_is_refused_and_not_made(workspace: Workspace) -> None:
    who = demo(workspace, "verksamhetschef")
    for at, prepared in (
        (entry(workspace, who, "medicinkliniken"), figure()),
        (entry(workspace, who), figure(units=("kirurgkliniken", "medicinkliniken"))),
    ):
        with pytest.raises(NotPermitted):
            take(at, SignedIn(who), prepared)
    assert exported(workspace) == []


def test_nobody_and_who_looks_as_somebody_take_nothing(workspace: Workspace) -> None:
    who = demo(workspace, "ledning")
    with pytest.raises(NotPermitted):
        take(entry(workspace, who), None)
    seen = replace(who, seen_as="Förvaltningsledning")
    with pytest.raises(NotPermitted):
        take(entry(workspace, seen), SignedIn(who))
    assert exported(workspace) == []


def test_the_right_is_judged_as_it_is_when_the_file_is_made(workspace: Workspace) -> None:
    person = signed(workspace, Grant("verksamhetschef", "kirurgkliniken"))
    at = entry(workspace, person.identity)
    assert take(at, person) == b"fil"
    account = workspace.store.accounts.find("forsta")
    assert account is not None
    workspace.store.accounts.end_grant(
        account.held[0].number, workspace.as_of() - dt.timedelta(days=1), "provet"
    )
    with pytest.raises(NotPermitted):
        take(at, person)
    assert exported(workspace) == [("forsta", "prov.csv")]
    refused = workspace.store.audit_log.entries(what=(Event.DENIED,))
    assert [(entry.who, entry.detail) for entry in refused] == [("forsta", "filen prov.csv")]


def test_a_figure_drawn_with_another_scope_is_not_taken(workspace: Workspace) -> None:
    """The page shows October, which is not released; the role is now one that sees released months only."""
    person = signed(workspace, Grant("ledning"))
    at = entry(workspace, person.identity, "hsf")
    account = workspace.store.accounts.find("forsta")
    assert account is not None
    workspace.store.accounts.grant("forsta", Grant("namnd"), workspace.catalogue, "provet")
    workspace.store.accounts.end_grant(
        account.held[0].number, dt.date.today() - dt.timedelta(days=1), "provet"
    )
    with pytest.raises(NotPermitted):
        take(at, person)


@pytest.mark.parametrize("way", ["ended", "disabled", "another"])
def test_an_ended_session_or_account_takes_nothing(workspace: Workspace, way: str) -> None:
    person = signed(workspace, Grant("ledning"))
    at = entry(workspace, person.identity)
    if way == "ended":
        assert person.session is not None
        workspace.store.sessions.end(person.session, "provet")
    elif way == "disabled":
        workspace.store.accounts.set_active("forsta", False, "provet")
    else:
        person = replace(person, session=10_000)
    with pytest.raises(NotPermitted):
        take(at, person)
    assert exported(workspace) == []


def test_without_a_session_only_the_demo_gives_files(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = demo(workspace, "ledning")
    at = entry(workspace, who)
    real = SimpleNamespace(
        **{**{k: getattr(workspace.state(), k) for k in workspace.state().__slots__}, "kind": "real"}
    )
    monkeypatch.setattr(workspace, "state", lambda: real)
    with pytest.raises(NotPermitted):
        take(at, SignedIn(who))


def test_a_file_that_cannot_be_logged_is_not_given(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise OSError("loggen går inte att skriva")

    who = demo(workspace, "ledning")
    monkeypatch.setattr(workspace.store, "log", broken)
    with pytest.raises(OSError, match="loggen"):
        take(entry(workspace, who), SignedIn(who))


def test_a_picture_takes_the_right_to_pictures_and_values_the_right_to_data() -> None:
    """PowerPoint holds the values in its chart."""
    assert {kind.extension: kind.takes for kind in FILES.values()} == {
        "png": PICTURE,
        "pptx": DATA,
        "xlsx": DATA,
        "svg": PICTURE,
        "csv": DATA,
    }
