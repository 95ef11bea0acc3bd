"""The installation that the tests of deploy/ share, and windows of its visitors."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext
from sqlalchemy import Engine, text

from hsf_kpi import ROOT
from hsf_kpi.access.password import hashed
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.role import Grant
from hsf_kpi.store.store import Store
from hsf_kpi.ui.sign_in import cookies
from hsf_kpi.ui.sign_in.hours import ends_at
from hsf_kpi.ui.sign_in.verify import ticket_for
from tests.browser import FLAGS, find_browser
from tests.deploy.site import HOST, Replica, configuration, environment, find_nginx, pin, ports, start_nginx
from tests.e2e.windows import empty, window
from tests.people import PASSWORD, add_people, cheap_passwords

CONTROLLER = "controller"


@dataclass
class Site:
    """url: through nginx. built: what the two who made the database at once have said. pin: of the certificate."""

    url: str
    database_url: str
    replicas: list[Replica]
    built: list[str]
    pin: str

    def serving(self) -> Replica:
        """The replica that holds somebody's websocket, when only one does."""
        for _ in range(200):
            busy = [one for one in self.replicas if one.connections]
            if len(busy) == 1:
                return busy[0]
            time.sleep(0.05)
        pytest.fail(f"held by {[one.number for one in busy]}")

    def ask(self, method: str, path: str, *, on: int | None = None, content: bytes = b"") -> httpx.Response:
        """As a browser that has found the machine by its name, and trusts its certificate."""
        port = self.url.rpartition(":")[2]
        headers = {"Host": f"{HOST}:{port}", "Accept": "text/html"}
        if on is not None:
            headers["Cookie"] = f"hsf_route={on}"
        with httpx.Client(verify=False, base_url=f"https://127.0.0.1:{port}") as client:
            return client.request(
                method, path, headers=headers, content=content, extensions={"sni_hostname": HOST}
            )

    def wait_until_asked_again(self, replica: Replica) -> None:
        """nginx leaves alone for some seconds what it could not reach."""
        for _ in range(300):
            if self.ask("GET", "/_stcore/health", on=replica.number).cookies["hsf_route"] == str(
                replica.number
            ):
                return
            time.sleep(0.1)
        pytest.fail(f"nginx never asked replica {replica.number} again")


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
    nginx = None
    try:
        for replica in replicas:
            replica.start()
        _let_in(url)
        for replica in replicas:
            replica.wait()
        nginx = start_nginx(folder, configuration(folder, replicas, http, https))
        yield Site(f"https://{HOST}:{https}", url, replicas, built, pin(folder))
    finally:
        if nginx is not None:
            nginx.terminate()
            nginx.wait(10)
        for replica in replicas:
            replica.kill()
        _forget(postgres)


def _build_at_once(ours: dict[str, str]) -> list[str]:
    """Two machines start: each brings the database up, as hsf-nyckeltal-build.service does. What each says last."""
    command = [sys.executable, "-m", "hsf_kpi", "build"]
    both = [
        subprocess.Popen(command, cwd=ROOT, env=ours, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(2)
    ]
    return [process.communicate(timeout=300)[0].decode().strip().splitlines()[-1] for process in both]


def _let_in(url: str) -> None:
    with closing(Store.open(url)) as store, cheap_passwords():
        add_people(store)
        store.accounts.add(CONTROLLER, "Controllern", "test", password=hashed(PASSWORD))
        store.accounts.grant(CONTROLLER, Grant("controller", "hsf"), read_catalogue(ROOT / "data"), "test")


def _forget(postgres: Engine) -> None:
    with postgres.connect() as connection:
        connection.execute(text("DROP DATABASE site WITH (FORCE)"))


@pytest.fixture(scope="session")
def trusting(browser: Browser, site: Site) -> Iterator[Browser]:
    """A browser that trusts the site's certificate. One that does not keeps nothing of what comes with it, and compiles
    Streamlit's scripts anew on every page.
    """
    flag = f"--ignore-certificate-errors-spki-list={site.pin}"
    chrome = browser.browser_type.launch(executable_path=find_browser(), args=[*FLAGS, flag])
    yield chrome
    chrome.close()


@pytest.fixture(scope="session")
def windows() -> list[BrowserContext]:
    """Those that nobody is in."""
    return []


@pytest.fixture
def visitor(
    trusting: Browser, windows: list[BrowserContext], site: Site
) -> Iterator[Callable[..., BrowserContext]]:
    """Gives windows at the site where nobody has been. on: the replica that its visitor is on already. login: who has
    signed in there.
    """
    opened: list[BrowserContext] = []

    def open_window(on: int | None = None, login: str | None = None) -> BrowserContext:
        if windows:
            context = windows.pop()
        else:
            context = window(trusting, locale="sv-SE", accept_downloads=True)
            context.new_page()  # keeps the window open from one visitor to the next
        opened.append(context)
        if on is not None:
            route(context, site.url, on)
        if login is not None:
            _signed_in(context, site, login)
        return context

    yield open_window
    for context in opened:
        empty(context)
        windows.append(context)


def _signed_in(context: BrowserContext, site: Site, login: str) -> None:
    """As when the form has been filled in, and the browser has handed its ticket over."""
    now, secret = dt.datetime.now(dt.UTC), cookies.new_secret()
    with closing(Store.open(site.database_url)) as store:
        account = store.accounts.find(login)
        assert account is not None
        ticket = ticket_for(store, account, "127.0.0.1", now)
        assert store.sessions.redeem(cookies.kept(ticket), cookies.kept(secret), ends_at(now), now)
    context.add_cookies([{"name": cookies.SECURE_SESSION, "value": secret, "url": site.url, "secure": True}])


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
