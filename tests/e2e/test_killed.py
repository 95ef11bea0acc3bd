"""The real server is killed (SIGKILL) while a file is loaded and a report made; it is started again, and all is well."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from hsf_kpi import ROOT
from tests.e2e.conftest import _wait_until_up, next_port, open_at
from tests.e2e.test_e2e_report import MAKE, at
from tests.e2e.test_loading import LONG, RIGHT, send

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="children are looked for in /proc"),
]
WRITTEN = ("audit_log", "habit_owner", "habit_recent", "habit_closed")
"""What is written by looking."""


@contextmanager
def server(folder: Path, port: int, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    log = folder / f"app-{time.monotonic_ns()}.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT, env={**os.environ, **environment}, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait_until_up(f"http://localhost:{port}", process, log)
            yield process
        finally:
            process.kill()
            process.wait(10)


def children(parent: int) -> list[int]:
    """The processes that it has started, of what makes files."""
    found = []
    for place in Path("/proc").iterdir():
        try:
            command, status = (place / "cmdline").read_bytes(), (place / "status").read_text()
        except OSError:
            continue
        if b"hsf_kpi.reporting.worker" in command and re.search(rf"^PPid:\s+{parent}$", status, re.M):
            found.append(int(place.name))
    return found


def soon(holds: Callable[[], bool]) -> bool:
    for _ in range(300):
        if holds():
            return True
        time.sleep(0.1)
    return False


def lives(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def content(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, besides those of `WRITTEN`."""
    with closing(sqlite3.connect(database)) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        assert set(WRITTEN) < set(names)
        rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    return {name: found for name, found in rows.items() if name not in WRITTEN}


def test_killed_while_it_loads_and_makes_a_report(
    context: BrowserContext, demo_database: str, tmp_path: Path
) -> None:
    path = Path(shutil.copyfile(demo_database.removeprefix("sqlite:///"), tmp_path / "demo.sqlite3"))
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    database, port = f"sqlite:///{path}", next_port()
    url = f"http://localhost:{port}"
    environment = {"HSF_KPI_DATABASE_URL": database, "TMPDIR": str(temporary)}
    before = content(path)

    with server(tmp_path, port, **environment) as running:
        loading, reporting = context.new_page(), context.new_page()
        open_at(loading, f"{url}/inlasning?roll=controller")
        send(loading, tmp_path, RIGHT)
        expect(loading.get_by_role("heading", name="Det här ändras")).to_be_visible(timeout=LONG)
        open_at(reporting, at(url))
        # Somebody else writes: the load is under way, and waits for its turn.
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            loading.get_by_role("button", name="Läs in", exact=True).click()
            reporting.get_by_role("button", name=MAKE).click()
            assert soon(lambda: len(children(running.pid)) == 1), "the files are made beside"
            worker = children(running.pid)[0]
            assert [one.name for one in temporary.glob(f"hsf-kpi-fil-{running.pid}-*")]
            running.send_signal(signal.SIGKILL)
            running.wait(10)
        assert soon(lambda: not lives(worker)), "what makes files does not live on"
        loading.close()
        reporting.close()

    after = content(path)
    assert after.keys() == before.keys()
    assert [name for name in after if after[name] != before[name]] == [], "as before"
    with server(tmp_path, port, **environment) as again:
        assert soon(lambda: not list(temporary.glob(f"hsf-kpi-fil-{running.pid}-*"))), "nothing is left"
        page = context.new_page()
        open_at(page, f"{url}/inlasning?roll=controller")
        send(page, tmp_path, RIGHT)
        page.get_by_role("button", name="Läs in", exact=True).click(timeout=LONG)
        expect(page.get_by_text(re.compile(r"Inläsning \d+ är klar"))).to_be_visible(timeout=LONG)
        assert again.poll() is None
    assert len(content(path)["load"]) == len(before["load"]) + 1, (
        "no lock was left: the same file is loaded now"
    )
