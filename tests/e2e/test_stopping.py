"""A real server is stopped with SIGTERM: with nobody there, with a page open, and in the middle of a load from its page."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hsf_kpi import ROOT
from hsf_kpi.store.store import Store
from tests.e2e.conftest import next_port, open_at
from tests.e2e.test_loading import LONG, RIGHT, send
from tests.e2e.windows import ready

TOKEN = "nyckel-" * 6
COMMANDS = {
    "streamlit": [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port"],
    "uvicorn": [sys.executable, "-m", "uvicorn", "app:app", "--port"],
}


@dataclass
class Running:
    url: str
    process: subprocess.Popen[bytes]
    log: Path
    database: Path

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def told(self, message: str) -> bool:
        return any(line["message"] == message for line in self.lines())

    def ask(self, path: str) -> tuple[int, str]:
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"Bearer {TOKEN}"})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def loads(self) -> list[int]:
        with closing(Store.open(f"sqlite:///{self.database}")) as store:
            return [load.number for load in store.loads.all()]


@pytest.fixture
def run(demo_database: str, tmp_path: Path) -> Callable[..., Running]:
    @contextmanager
    def running(command: str = "streamlit", stop_seconds: int = 60) -> Iterator[Running]:
        database = Path(shutil.copyfile(demo_database.removeprefix("sqlite:///"), tmp_path / "x.sqlite3"))
        settings = {"DATABASE_URL": f"sqlite:///{database}", "METRICS_TOKEN": TOKEN, "STOP_SECONDS": str(stop_seconds),
                    "LOG": "json", "LOG_LEVEL": "info"}  # fmt: skip
        port, log = next_port(), tmp_path / "app.log"
        with (
            log.open("w") as out,
            subprocess.Popen(
                [*COMMANDS[command], str(port)],
                cwd=ROOT,
                env={**os.environ, **{f"HSF_KPI_{name}": value for name, value in settings.items()}},
                stdout=subprocess.DEVNULL,
                stderr=out,
            ) as process,
        ):
            try:
                found = Running(f"http://localhost:{port}", process, log, database)
                until(lambda: _is_up(found))
                yield found
            finally:
                process.kill()

    return running


def _is_up(server: Running) -> bool:
    assert server.process.poll() is None, server.log.read_text("utf-8")
    try:
        return server.ask("/readyz")[0] == 200
    except OSError:
        return False


def until(true: Callable[[], bool]) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.1)
    pytest.fail("it did not come to that")


@contextmanager
def kept_waiting(database: Path) -> Iterator[sqlite3.Connection]:
    """Somebody else writes to the database: a load waits."""
    with closing(sqlite3.connect(database, isolation_level=None, timeout=60)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def begin_load(page: Page, server: Running, folder: Path) -> None:
    """The file is looked at; its button is the next thing to press."""
    open_at(page, f"{server.url}/inlasning?roll=controller")
    send(page, folder, RIGHT)
    expect(page.get_by_role("heading", name="Det här ändras")).to_be_visible(timeout=LONG)
    ready(page)


@pytest.mark.parametrize("command", COMMANDS)
def test_with_nobody_there_it_ends_at_once_and_in_order(run: Callable[..., Running], command: str) -> None:
    with run(command) as server:
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(60) == 0
        assert server.told("stopped")
        assert not server.told("stopped by force")
        assert {line["level"] for line in server.lines()} <= {"info"}


@pytest.mark.browser
def test_a_load_that_is_under_way_is_finished_and_its_page_told(
    run: Callable[..., Running], page: Page, tmp_path: Path
) -> None:
    with run() as server:
        before = server.loads()
        begin_load(page, server, tmp_path)
        with kept_waiting(server.database) as other:
            page.get_by_role("button", name="Läs in", exact=True).click()
            until(lambda: 'hsf_kpi_under_way{kind="load"} 1.0' in server.ask("/metrics")[1])
            server.process.send_signal(signal.SIGTERM)
            until(lambda: server.ask("/readyz")[0] == 503)
            assert json.loads(server.ask("/readyz")[1])["checks"]["staying"] is False
            assert server.ask("/healthz") == (200, "ok"), "it still serves"
            assert server.process.poll() is None
            other.execute("ROLLBACK")
        expect(page.get_by_text(re.compile(r"Inläsning \d+ är klar"))).to_be_visible(timeout=LONG)
        assert server.process.wait(60) == 0
        assert not server.told("stopped by force")
        assert len(server.loads()) == len(before) + 1


@pytest.mark.browser
def test_a_load_that_does_not_end_is_cut_off_and_leaves_nothing(
    run: Callable[..., Running], page: Page, tmp_path: Path
) -> None:
    with run(stop_seconds=1) as server:
        before = server.loads()
        begin_load(page, server, tmp_path)
        with kept_waiting(server.database):
            page.get_by_role("button", name="Läs in", exact=True).click()
            until(lambda: 'hsf_kpi_under_way{kind="load"} 1.0' in server.ask("/metrics")[1])
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(60) == 0
        assert server.told("stopping, although these are not done: 1 load")
        assert server.loads() == before


@pytest.mark.browser
def test_an_open_page_does_not_keep_the_server_and_its_runs_are_in_the_log(
    run: Callable[..., Running], page: Page
) -> None:
    with run() as server:
        open_at(page, f"{server.url}/nyckeltal?enhet=kirurgkliniken")
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(60) == 0
        assert not server.told("stopped by force")
        runs = [line for line in server.lines() if "run" in line]
        assert {line["page"] for line in runs} == {"nyckeltal"}
        assert all(re.fullmatch(r"[0-9a-f]{12}", str(line["request"])) for line in runs)
        assert "kirurgkliniken" not in server.log.read_text("utf-8")
