"""The installation that the tests of deploy/ share, and windows of its visitors."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext
from sqlalchemy import Engine, text

from hsf_kpi import ROOT
from hsf_kpi.access.password import hashed
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.role import Grant
from hsf_kpi.store.store import Store
from tests.deploy.site import HOST, Replica, configuration, environment, find_nginx, ports, start_nginx
from tests.e2e.windows import window
from tests.people import PASSWORD, add_people

CONTROLLER = "controller"


@dataclass
class Site:
    """url: through nginx. built: what the two who made the database at once have said."""

    url: str
    database_url: str
    replicas: list[Replica]
    built: list[str]

    def serving(self) -> Replica:
        """The replica that holds somebody's websocket, when only one does."""
        for _ in range(40):
            busy = [one for one in self.replicas if one.connections]
            if len(busy) == 1:
                return busy[0]
            time.sleep(0.25)
        pytest.fail(f"held by {[one.number for one in busy]}")


@pytest.fixture(scope="session")
def site(postgres: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    find_nginx()
    folder = tmp_path_factory.mktemp("site")
    with postgres.connect() as connection:
        connection.execute(text("CREATE DATABASE site"))
    url = postgres.url.set(drivername="postgresql", database="site").render_as_string(hide_password=False)
    one, two, http, https = ports(4)
    ours = environment(url)
    replicas = [Replica(1, one, folder, ours), Replica(2, two, folder, ours)]
    built = _build_at_once(ours)
    with closing(Store.open(url)) as store:
        add_people(store)
        store.accounts.add(CONTROLLER, "Controllern", "test", password=hashed(PASSWORD))
        store.accounts.grant(CONTROLLER, Grant("controller", "hsf"), read_catalogue(ROOT / "data"), "test")
    nginx = None
    try:
        for replica in replicas:
            replica.start()
        for replica in replicas:
            replica.wait()
        nginx = start_nginx(folder, configuration(folder, replicas, http, https))
        yield Site(f"https://{HOST}:{https}", url, replicas, built)
    finally:
        if nginx is not None:
            nginx.terminate()
            nginx.wait(10)
        for replica in replicas:
            replica.stop()
        _forget(postgres)


def _build_at_once(ours: dict[str, str]) -> list[str]:
    """Two machines start: each brings the database up, as hsf-nyckeltal-build.service does. What each says last."""
    command = [sys.executable, "-m", "hsf_kpi", "build"]
    both = [
        subprocess.Popen(command, cwd=ROOT, env=ours, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(2)
    ]
    return [process.communicate(timeout=300)[0].decode().strip().splitlines()[-1] for process in both]


def _forget(postgres: Engine) -> None:
    with postgres.connect() as connection:
        connection.execute(text("DROP DATABASE site WITH (FORCE)"))


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """Makes windows at the site. on: the replica that its visitor is on already."""
    opened: list[BrowserContext] = []

    def open_window(on: int | None = None) -> BrowserContext:
        context = window(browser, locale="sv-SE", accept_downloads=True, ignore_https_errors=True)
        opened.append(context)
        if on is not None:
            route(context, site.url, on)
        return context

    yield open_window
    for context in opened:
        context.close()


def route(context: BrowserContext, url: str, to: int) -> None:
    """The window's next connection is with this replica."""
    context.add_cookies([{"name": "hsf_route", "value": str(to), "url": url, "secure": True}])


def routed(context: BrowserContext) -> str:
    return next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "hsf_route")


@pytest.fixture
def months_file(tmp_path: Path) -> Callable[[str], Path]:
    """Makes the file of a month's value of vårdgarantin at the kirurgklinik."""

    def made(numerator: str) -> Path:
        head = "Nyckeltal;Verksamhet;Period;Täljare;Nämnare"
        rows = f"{head}\r\nvardgaranti.besok;Kirurgkliniken;okt 2023;{numerator};1605\r\n"
        path = tmp_path / "besok-2023-10.csv"
        path.write_bytes(rows.encode("utf-8-sig"))
        return path

    return made
