"""Readiness: what is told, in bounded time, with one thread, and how it comes back."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.operations.work import WORK
from hsf_kpi.store.store import Store
from hsf_kpi.ui import warm
from hsf_kpi.ui.operations.ready import Found, Probe, answer, look

WELL = Found(True, True, True, True, "2023-09")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    warm.close()
    yield
    warm.close()


@pytest.fixture
def database(demo_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that a test may harm."""
    path = Path(shutil.copyfile(demo_database.removeprefix("sqlite:///"), tmp_path / "x.sqlite3"))
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", f"sqlite:///{path}")
    return path


class Asked:
    """Answers when it may, and says how often it was asked and in how many threads at once."""

    def __init__(self, found: Found = WELL, *, waits: bool = False) -> None:
        self.found, self.times, self.may = found, 0, threading.Event()
        if not waits:
            self.may.set()

    def __call__(self) -> Found:
        self.times += 1
        self.may.wait(60)
        return self.found


def checks(probe: Probe) -> dict[str, bool]:
    ready, told = answer(probe)
    found = told["checks"]
    assert isinstance(found, dict)
    assert ready is told["ready"] is all(found.values())
    return found


@pytest.mark.usefixtures("database")
def test_a_server_with_its_database_is_ready_and_tells_the_released_month() -> None:
    ready, told = answer(Probe())
    assert ready
    assert told["released"] == "2023-09"
    latest = warm.workspace().state().latest
    assert latest is not None
    assert str(latest) not in json.dumps(told), "a loaded month that is not released"


def test_only_yes_or_no_is_told_and_why_is_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", "postgresql://hsf:hemligt@127.0.0.1:1/hsf")
    ready, told = answer(Probe(patience=30))
    assert not ready
    assert told["released"] is None
    assert told["checks"] == {
        "settings": True, "database": False, "migrations": False, "definitions": False, "in_time": True, "staying": True,
    }  # fmt: skip
    assert "Databasen kan inte nås" in caplog.text
    assert "hemligt" not in caplog.text


def test_a_setting_that_can_not_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSF_KPI_PORT", "x")
    found = look()
    assert replace(found, why="") == Found()
    assert "HSF_KPI_PORT" in found.why


@pytest.mark.usefixtures("database")
def test_definitions_that_can_not_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "data" / "plan.toml").write_text("detta är inte toml", "utf-8")
    monkeypatch.setenv("HSF_KPI_DATA_DIR", str(tmp_path / "data"))
    found = look()
    assert replace(found, why="") == Found(settings=True, database=True, migrations=True)
    assert "plan.toml" in found.why


def test_tables_of_another_version(database: Path) -> None:
    assert look().all_well
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hsf_kpi.store.schema.VERSIONS", ("0001", "9999"))
        assert replace(look(), why="") == Found(settings=True, database=True)
    assert look().all_well


def test_a_server_that_began_without_its_database_becomes_ready_by_itself(database: Path) -> None:
    away = database.rename(database.with_name("borta"))
    probe = Probe(fresh=0)
    assert not checks(probe)["database"]
    away.rename(database)
    assert all(checks(probe).values())


def test_a_database_that_hangs_keeps_one_thread_and_nobody_waiting() -> None:
    asked = Asked(waits=True)
    probe = Probe(asked, patience=0.05, fresh=0)
    before = set(threading.enumerate())  # of which some may end meanwhile
    for _ in range(20):
        assert not checks(probe)["in_time"]
    assert asked.times == 1
    assert len(set(threading.enumerate()) - before) == 1
    asked.may.set()
    probe._patience = 30
    assert all(checks(probe).values())


def test_a_database_that_takes_the_call_and_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setenv("HSF_KPI_DATABASE_URL", f"postgresql://hsf@127.0.0.1:{port}/hsf")
        found = checks(Probe(patience=0.1))
    assert (found["database"], found["in_time"]) == (False, False)


def test_however_many_ask_the_database_is_asked_once() -> None:
    asked = Asked()
    probe = Probe(asked, patience=30, fresh=3600)
    threads = [threading.Thread(target=probe.found) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert asked.times == 1
    assert probe.latest() == WELL


def test_a_check_that_falls_is_not_ready_and_does_not_stay_so(caplog: pytest.LogCaptureFixture) -> None:
    answers: list[object] = [ZeroDivisionError("x"), WELL]

    def ask() -> Found:
        found = answers.pop(0)
        if isinstance(found, Exception):
            raise found
        assert isinstance(found, Found)
        return found

    probe = Probe(ask, patience=30, fresh=0)
    assert probe.latest() == Found()
    assert not checks(probe)["settings"]
    assert "could not be checked" in caplog.text
    assert all(checks(probe).values())


def test_a_change_is_a_line_and_no_change_is_none(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "hsf_kpi")
    asked = Asked()
    probe = Probe(asked, patience=30, fresh=0)
    for found in (Found(why="tomt"), WELL, WELL, Found(why="borta"), Found(why="borta"), WELL):
        asked.found = found
        probe._run()
    assert [record.message for record in caplog.records] == [
        "not ready: tomt",
        "ready",
        "not ready: borta",
        "ready",
    ]


def test_a_server_that_is_being_stopped_says_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WORK, "leaving", True)
    found = checks(Probe(Asked(), patience=30))
    assert not found.pop("staying")
    assert all(found.values())


def test_the_workspace_is_opened_with_a_store(database: Path) -> None:
    assert warm.opened() is None
    look()
    opened = warm.opened()
    assert opened is not None
    assert isinstance(opened.store, Store)
