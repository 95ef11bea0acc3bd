"""The real app in a process of its own, for a real browser (tests/browser.py)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from hsf_kpi import ROOT
from hsf_kpi.access.password import hashed
from hsf_kpi.cli.start import free_port
from hsf_kpi.store import tables
from hsf_kpi.store.engine import writing
from hsf_kpi.store.store import Store
from tests.e2e.windows import fresh, left, ready
from tests.people import ADMIN, HEAD, PASSWORD, with_people


@pytest.fixture(scope="session")
def app_url(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a copy of the demo database, as the launcher serves it, answering to its own name only: it writes down
    where visitors have been.
    """
    folder = tmp_path_factory.mktemp("app")
    copy = shutil.copyfile(demo_database.removeprefix("sqlite:///"), folder / "demo.sqlite3")
    settings = {"DATABASE_URL": f"sqlite:///{copy}", "ALLOWED_HOSTS": "localhost"}
    with serving(folder, **{f"HSF_KPI_{name}": value for name, value in settings.items()}) as url:
        yield url


@pytest.fixture(scope="session")
def economy_database(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a copy of the demo database."""
    copy = tmp_path_factory.mktemp("economy") / "demo.sqlite3"
    shutil.copyfile(Path(demo_database.removeprefix("sqlite:///")), copy)
    return f"sqlite:///{copy}"


@pytest.fixture(scope="session")
def economy_url(economy_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a copy of the demo database: what people decide, hand in and change is written to it. To any name."""
    with serving(tmp_path_factory.mktemp("economy-app"), HSF_KPI_DATABASE_URL=economy_database) as url:
        yield url


@pytest.fixture(scope="session")
def local_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the app of `local_url` keeps its database and its log (app.log)."""
    return tmp_path_factory.mktemp("sign_in")


@pytest.fixture(scope="session")
def local_database(demo_database: str, local_folder: Path) -> str:
    return with_people(demo_database, local_folder)


@pytest.fixture(scope="session")
def local_url(local_database: str, local_folder: Path) -> Iterator[str]:
    """The app with accounts of its own: the people of tests/people.py, the password there."""
    settings = {"DATABASE_URL": local_database, "SIGN_IN": "local", "CONTACT": "växeln"}
    with serving(local_folder, **{f"HSF_KPI_{name}": value for name, value in settings.items()}) as url:
        yield url


@pytest.fixture
def local_store(local_database: str) -> Iterator[Store]:
    """The database of `local_url` from outside, as an administrator elsewhere changes it. Left as it was found."""
    store = Store.open(local_database)
    yield store
    store.accounts.set_active(HEAD, True, ADMIN)
    store.accounts.set_password(HEAD, hashed(PASSWORD), ADMIN)
    with writing(store._engine) as connection:
        connection.execute(tables.sign_in_failure.delete())
    store.close()


def next_port() -> int:
    """A free port in this test process's own range."""
    return free_port(8700 + 20 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]))


@contextmanager
def serving(folder: Path, port: int = 0, **environment: str) -> Iterator[str]:
    """The app in a process of its own, with these environment variables; its address. The log is in `folder`/app.log."""
    port = port or next_port()
    url = f"http://localhost:{port}"
    log = folder / "app.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_up(url, process, log)
            yield url
        finally:
            process.terminate()
            process.wait(10)


def _wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"the app did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor's window."""
    context = fresh(browser)
    yield context
    left(context)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def open_at(page: Page, url: str) -> Page:
    page.goto(url)
    ready(page)
    return page


def address(page: Page) -> str:
    return str(page.evaluate("location.href"))
