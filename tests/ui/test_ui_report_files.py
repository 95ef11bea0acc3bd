"""The files of a report: the right to every figure in it is judged again, and logged, when one is taken."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hsf_kpi import ROOT
from hsf_kpi.figures.report import Part, Report
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import NotPermitted
from hsf_kpi.model.role import Grant
from hsf_kpi.reporting.making import MEDIA
from hsf_kpi.store.store import Store
from hsf_kpi.ui import report_files
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.sign_in.port import SignedIn
from hsf_kpi.workspace import Workspace
from tests.figures.report_samples import figure, report
from tests.ui.test_ui_export import demo, entry, signed

MADE = {"pptx": b"bilder", "pdf": b"sidor", "xlsx": b"blad"}
EVERY = tuple(MEDIA.values())
NAME = "hsf-nyckeltal_manadsuppfoljning_hsf_2023-10.zip"


@pytest.fixture
def workspace(demo_database: str, tmp_path: Path) -> Iterator[Workspace]:
    copy = shutil.copy(demo_database.removeprefix("sqlite:///"), tmp_path / "demo.sqlite3")
    store = Store.open(f"sqlite:///{copy}")
    yield Workspace(read_catalogue(ROOT / "data"), store)
    store.close()


def about(*units: str) -> Report:
    """A figure for each unit."""
    made = report(*(figure() for _ in units))
    parts: list[Part] = [replace(part, units=(unit,)) for part, unit in zip(made.parts(), units, strict=True)]
    return replace(made, sections=(replace(made.sections[0], parts=tuple(parts)),))


def take(at: Entry, signed_in: SignedIn | None, of: Report, *media: str) -> bytes:
    wanted = tuple(MEDIA[one] for one in media) or EVERY
    return report_files._take(at, signed_in, of, dict(MADE), wanted, NAME)


def logged(workspace: Workspace, what: Event) -> list[tuple[str, str]]:
    return [(one.who, one.detail) for one in workspace.store.audit_log.entries(what=(what,))]


def test_one_is_given_as_it_is_and_all_in_a_zip_that_is_the_same_each_time(workspace: Workspace) -> None:
    who = demo(workspace, "verksamhetschef")
    at, of = entry(workspace, who), about("kirurgkliniken", "hsf")
    assert take(at, SignedIn(who), of, "pdf") == b"sidor"
    everything = take(at, SignedIn(who), of)
    assert everything == take(at, SignedIn(who), of)
    with zipfile.ZipFile(io.BytesIO(everything)) as archive:
        stem = NAME.removesuffix(".zip")
        assert {one: archive.read(one) for one in archive.namelist()} == {
            f"{stem}.{kind}": content for kind, content in MADE.items()
        }
        assert {one.date_time[:3] for one in archive.infolist()} == {(2023, 11, 20)}, "the report's day"
    assert logged(workspace, Event.REPORTED) == [("demo-verksamhetschef", NAME)] * 3


def test_one_figure_outside_the_scope_is_enough_to_refuse_it(workspace: Workspace) -> None:
    who = demo(workspace, "verksamhetschef")
    at, of = entry(workspace, who), about("kirurgkliniken", "medicinkliniken")
    assert not any(report_files.may_take_all(at, of, medium) for medium in EVERY)
    with pytest.raises(NotPermitted):
        take(at, SignedIn(who), of, "pdf")
    assert logged(workspace, Event.DENIED) == [("demo-verksamhetschef", f"filen {NAME}")]
    assert logged(workspace, Event.REPORTED) == []


def test_the_right_is_judged_as_it_is_when_the_file_is_taken(workspace: Workspace) -> None:
    person = signed(workspace, Grant("verksamhetschef", "kirurgkliniken"))
    at, of = entry(workspace, person.identity), about("kirurgkliniken")
    assert take(at, person, of, "xlsx") == b"blad"
    account = workspace.store.accounts.find("forsta")
    assert account is not None
    yesterday = workspace.as_of() - dt.timedelta(days=1)
    workspace.store.accounts.end_grant(account.held[0].number, yesterday, "provet")
    for media in (("xlsx",), ()):
        with pytest.raises(NotPermitted):
            take(at, person, of, *media)
    assert logged(workspace, Event.REPORTED) == [("forsta", NAME)]


def test_nobody_an_ended_session_and_who_looks_as_somebody_take_nothing(workspace: Workspace) -> None:
    who = demo(workspace, "ledning")
    of = about("hsf")
    person = signed(workspace, Grant("ledning"))
    assert person.session is not None
    workspace.store.sessions.end(person.session, "provet")
    seen = replace(who, seen_as="Förvaltningsledning")
    tries: tuple[tuple[Any, SignedIn | None], ...] = (
        (who, None),
        (seen, SignedIn(who)),
        (person.identity, person),
    )
    for identity, signed_in in tries:
        with pytest.raises(NotPermitted):
            take(entry(workspace, identity), signed_in, of)
    assert logged(workspace, Event.REPORTED) == []


def test_what_cannot_be_logged_is_not_given(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise OSError("loggen går inte att skriva")

    who = demo(workspace, "ledning")
    monkeypatch.setattr(workspace.store, "log", broken)
    with pytest.raises(OSError, match="loggen"):
        take(entry(workspace, who), SignedIn(who), about("hsf"))
