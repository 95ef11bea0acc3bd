"""The log as a file: Swedish, safe in a spreadsheet, judged and logged when it is taken."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import rights_of
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import NotPermitted
from hsf_kpi.model.role import Grant
from hsf_kpi.store.audit import Entry
from hsf_kpi.store.store import Store
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.log import Chosen, _take
from hsf_kpi.ui.log_file import log_csv
from hsf_kpi.ui.sign_in.port import SignedIn
from hsf_kpi.workspace import Workspace

AT = dt.datetime(2023, 11, 14, 8, 5, tzinfo=dt.UTC)
DAY = dt.date(2023, 11, 14)


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_times_are_swedish_and_cells_never_formulas() -> None:
    data = log_csv([Entry(AT, "=1+1", "exporterade", "@cmd;a\nb")], "allt", taken=DAY)
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    assert rows(data)[-2:] == [
        ["Tid", "Vem", "Händelse", "Uppgift"],
        ["2023-11-14 09:05", "'=1+1", "exporterade", "'@cmd;a b"],
    ]
    assert ["Rader", "1"] in rows(data)
    assert ["Visar", "'=x"] in rows(log_csv([], "=x", taken=DAY))


def test_a_file_that_is_not_the_whole_says_so() -> None:
    assert ["Rader", "0, de nyaste; äldre är inte med"] in rows(log_csv([], "allt", taken=DAY, whole=False))


def test_what_is_filtered_is_told() -> None:
    assert Chosen().words() == "allt"
    chosen = Chosen("a", ("loggade in",), DAY, DAY)
    assert chosen.words() == ("av ”a”, händelse loggade in, från och med 2023-11-14, till och med 2023-11-14")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    catalogue = read_catalogue(ROOT / "data")
    return Workspace(catalogue, Store.create(f"sqlite:///{tmp_path / 'a.db'}", "real", catalogue, DAY))


def visit(workspace: Workspace, *grants: Grant) -> Visit:
    """Somebody signed in with a session on the server, as a page sees it."""
    store = workspace.store
    now = dt.datetime.now(dt.UTC)
    store.accounts.add("a@exempel.se", "A", "kommandoraden", grants=grants, catalogue=workspace.catalogue)
    session = store.sessions.begin("a@exempel.se", "local", "0" * 64, now + dt.timedelta(hours=1), "", now)
    identity = Identity("a@exempel.se", "A", grants)
    rights = rights_of(identity, workspace.rule(), dt.date.today())
    return Visit(workspace, rights, SignedIn(identity, session.number), "anvandare", False)


def test_taking_the_log_out_is_logged(workspace: Workspace) -> None:
    data = _take(visit(workspace, Grant("admin")), Chosen(who="a@"))
    taken = rows(data)
    assert any(row[1:3] == ["a@exempel.se", Event.SIGNED_IN] for row in taken if len(row) == 4)
    last = workspace.store.audit_log.entries(limit=1)[0]
    assert (last.who, last.what) == ("a@exempel.se", Event.EXPORTED)
    assert last.detail == "loggen (av ”a@”), 1 rader"


def test_the_right_to_take_it_is_judged_when_it_is_taken(workspace: Workspace) -> None:
    second = Grant("admin")
    workspace.store.accounts.add(
        "b@exempel.se", "B", "kommandoraden", grants=(second,), catalogue=workspace.catalogue
    )
    drawn = visit(workspace, Grant("admin"))
    account = workspace.store.accounts.find("a@exempel.se")
    assert account is not None
    workspace.store.accounts.end_grant(
        account.held[0].number, dt.date.today() - dt.timedelta(1), "b@exempel.se"
    )
    with pytest.raises(NotPermitted):
        _take(drawn, Chosen())
    assert not workspace.store.audit_log.entries(what=[Event.EXPORTED])


def test_nobody_takes_it_out_with_a_session_that_has_ended(workspace: Workspace) -> None:
    drawn = visit(workspace, Grant("admin"))
    assert drawn.signed_in.session is not None
    workspace.store.sessions.end(drawn.signed_in.session, "a@exempel.se")
    with pytest.raises(NotPermitted):
        _take(drawn, Chosen())
