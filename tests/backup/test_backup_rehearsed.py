"""The rehearsal: a demo with all that people leave in it is backed up, stood up elsewhere, and everything is there."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi.access.identity import Identity
from hsf_kpi.backup.make import back_up
from hsf_kpi.backup.restore import restore
from hsf_kpi.loading import loading_of
from hsf_kpi.model.dialogue import Analysis
from hsf_kpi.model.event import Event
from hsf_kpi.model.follow_up import FollowUp, Stage, Subject
from hsf_kpi.model.habit import Closed, SavedView, Visited
from hsf_kpi.model.period import Month
from hsf_kpi.model.role import Grant
from hsf_kpi.model.scope import Scope
from hsf_kpi.settings import Settings, read_settings
from hsf_kpi.store.store import Store
from hsf_kpi.ui import warm
from hsf_kpi.workspace import Workspace
from tests.backup.whole import everything, unequal
from tests.pages.opening import show
from tests.people import HEAD, add_people, cheap_passwords

FIRST, OCTOBER = Month.of(2023, 4), Month.of(2023, 10)
NOW = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
NOT_COPIED = ("session", "ticket")
TOKEN = "a" * 64


def settings(url: str) -> Settings:
    return read_settings({"HSF_KPI_DATABASE_URL": url})


@pytest.fixture(scope="module")
def lived_in(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The last months of the demo with accounts, a sign-in, a load with its file, texts, follow-ups, habits and a frozen
    edition.
    """
    folder = tmp_path_factory.mktemp("lived-in")
    path = folder / "demo.sqlite3"
    shutil.copyfile(demo_database.removeprefix("sqlite:///"), path)
    _keep_from(FIRST, path)
    url = f"sqlite:///{path}"
    workspace = Workspace.open(settings(url))
    with closing(workspace.store) as store:
        with cheap_passwords():
            add_people(store)
        store.sessions.begin(HEAD, "local", TOKEN, NOW + dt.timedelta(hours=8), "127.0.0.1", NOW)
        store.throttle.failed(HEAD, "10.0.0.1", NOW)
        store.throttle.remember(HEAD, "b" * 64, NOW)
        _hand_in(workspace, folder)
        store.habits.set_favourite(HEAD, "sjukfranvaro", True)
        store.habits.visited(HEAD, Visited("oversikt", "kirurgkliniken"))
        store.habits.close(HEAD, next(iter(Closed)))
        view = store.habits.save_view(
            HEAD, "Chef", SavedView("Min månad", "oversikt", (("enhet", "hsf"), ("falt", "åäö")))
        )
        store.habits.share_view(HEAD, view.number or 0, True)
        scope = Scope.of(workspace.catalogue.organisation.units)
        store.editions.save(
            scope, '{"å": 1}'.encode(), unit="hsf", month=OCTOBER, template="x", title="T", by="chef",
            name="Chef", data=1, format=1,
        )  # fmt: skip
    return url


def _keep_from(first: Month, path: Path) -> None:
    """Takes away the older figures: every table has rows left, some of them more than are read or written at a time."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in ("observation", "rollup", "ledger_entry", "ledger_sum", "ledger_cover"):
            connection.execute(f"DELETE FROM {table} WHERE month < ?", (first.index,))
        connection.execute("DELETE FROM external_value WHERE year < ?", (first.year,))
        most = [
            connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("rollup", "ledger_entry")
        ]
    assert min(most) > 5000


def _hand_in(workspace: Workspace, folder: Path) -> None:
    catalogue, store = workspace.catalogue, workspace.store
    text = "Färre tider; ”hösten” – 50 %"
    store.handins.save_analysis(
        catalogue, Analysis("kirurgkliniken", OCTOBER, "sjukfranvaro", text), HEAD, "Chef"
    )
    action = catalogue.missions.actions[0].letter
    store.follow_ups.save(
        catalogue,
        FollowUp(Subject.ACTION, action, Month.of(2022, 3), Stage.ONGOING, "Går bra."),
        HEAD,
        "Chef",
    )
    path = folder / "besok.csv"
    path.write_text(
        "Nyckeltal;Verksamhet;Period;Täljare;Nämnare\r\n"
        "vardgaranti.besok;Kirurgkliniken;okt 2023;1 500;1605\r\n",
        "cp1252",
        newline="",
    )
    rights = workspace.rights_of(Identity("ctrl", "Controller", (Grant("controller", "hsf"),)))
    loading = loading_of(workspace)
    loading.load(rights, loading.check(rights, path, path.name, "observationer"))
    loading.undo(rights, store.loads.latest())


def figures(url: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the first page says and shows, as text."""
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", url)
    warm.close()
    app: AppTest = show("oversikt", enhet="kirurgkliniken")
    warm.close()
    assert app.metric
    shown = [f"{one.label} {one.value}" for one in app.metric]
    return shown + [table.value.to_string() for table in app.table] + [app.header[0].value]


@pytest.mark.postgres
def test_everything_is_there_on_the_other_kind_of_database_and_back_again(
    lived_in: str, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(lived_in)
    assert all(before[name][1] for name in ("load_file_part", "follow_up", "report_edition", "habit_view"))
    assert before["session"][1], "somebody is signed in"

    first = back_up(settings(lived_in), tmp_path / "ett.zip", NOW)
    restore(settings(postgres_url), first.path)
    there = everything(postgres_url)
    assert unequal(before, there, (*NOT_COPIED, "audit_log")) == []
    assert not there["session"][1]

    second = back_up(settings(postgres_url), tmp_path / "tva.zip", NOW)
    back = f"sqlite:///{tmp_path / 'ny' / 'mapp' / 'db.sqlite3'}"
    restore(settings(back), second.path)
    assert unequal(before, everything(back), (*NOT_COPIED, "audit_log")) == []
    # The log has all that it had, and that it was stood up twice.
    logged = [row for row in everything(back)["audit_log"][1] if row not in before["audit_log"][1]]
    assert len(logged) == 2
    assert all(Event.RESTORED.value in row for row in logged)

    shown = figures(lived_in, monkeypatch)
    assert figures(postgres_url, monkeypatch) == shown
    assert figures(back, monkeypatch) == shown

    # New rows get new numbers, also where the server counts.
    for url in (postgres_url, back):
        with closing(Store.open(url)) as store:
            store.log("test", Event.CREATED)
            store.accounts.add("ny.person", "Ny", "test")
            assert store.sessions.valid(TOKEN, NOW) is None, "a sign-in does not come back to life"
            assert store.sessions.open(NOW) == []


def test_what_is_kept_of_a_running_server_is_one_state(lived_in: str, tmp_path: Path) -> None:
    """Somebody writes while the copy is taken: it holds all that was there when it began, and nothing since."""
    url = f"sqlite:///{shutil.copyfile(lived_in.removeprefix('sqlite:///'), tmp_path / 'db.sqlite3')}"
    before = everything(url)
    from hsf_kpi.backup.archive import Writer

    table, wrote = Writer.table, []

    def writing_meanwhile(self, shape, rows):  # type: ignore[no-untyped-def]
        with closing(Store.open(url)) as store:
            store.log("någon annan", Event.CREATED, shape.name)
        wrote.append(shape.name)
        table(self, shape, rows)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Writer, "table", writing_meanwhile)
        made = back_up(settings(url), tmp_path / "kopia.zip", NOW)
    assert len(wrote) > 30
    elsewhere = f"sqlite:///{tmp_path / 'annan.sqlite3'}"
    restore(settings(elsewhere), made.path)
    held = everything(elsewhere)
    assert unequal(before, held, (*NOT_COPIED, "audit_log")) == []
    assert not [row for row in held["audit_log"][1] if "någon annan" in row]
