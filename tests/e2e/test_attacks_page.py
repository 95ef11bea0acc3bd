"""Attacks through the browser: fresh processes, tampered links, text that wants to be code, other people's files."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebSocket, expect

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.event import Event
from hsf_kpi.model.role import Grant
from hsf_kpi.store.store import Store
from tests.e2e.conftest import open_at, serving
from tests.e2e.sign_in_pages import let_in
from tests.e2e.walking.walk import WATCH as WATCH_POLICY
from tests.e2e.walking.walk import broken, walked
from tests.e2e.windows import fresh, left

pytestmark = pytest.mark.browser

WATCH = f"{WATCH_POLICY}window.__ran = 0;"
FIGURE = "nyckeltal?nyckeltal=hyrpersonal&enhet=kirurgkliniken"
SECRETS = ("av hyrpersonal", "Kirurgkliniken", "vega")
"""What the server says of the figure."""
HOSTILE = (
    "<script>window.__ran=1</script><img src=x onerror='window.__ran=1'> **fet** $x^2$ :material/home: "
    ":red[röd] [länk](https://ond.example) ![bild](https://ond.example/b.png) `kod` {{7*7}}"
)
TRACE = re.compile(
    r"Traceback|File \"|\.py\b|sqlalchemy|sqlite|OperationalError|no such table|/tmp/", re.IGNORECASE
)


class Heard:
    """Everything that a page has been told over its websocket, also what it has not drawn."""

    def __init__(self, page: Page) -> None:
        self.told = b""
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._hear)

    def _hear(self, payload: bytes | str) -> None:
        self.told += payload if isinstance(payload, bytes) else payload.encode()

    def __contains__(self, text: str) -> bool:
        return text.encode() in self.told


def copy_of(database: str, folder: Path) -> Path:
    return Path(shutil.copy(database.removeprefix("sqlite:///"), folder / "demo.sqlite3"))


@dataclass
class Signed:
    url: str
    database: str
    store: Store


@pytest.fixture(scope="module")
def signed(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signed]:
    """A server with local accounts in a process where nobody has been. Its definitions name another klinik and another
    nyckeltal than `FIGURE` with code.
    """
    folder = tmp_path_factory.mktemp("signed")
    data = Path(shutil.copytree(ROOT / "data", folder / "data"))
    _rename(data / "organisation.toml", 'name = "Operation, anestesi och IVA"')
    _rename(data / "indicators" / "sjukfranvaro.toml", r'name = "[^"]+"')
    database = f"sqlite:///{copy_of(demo_database, folder)}"
    store, catalogue = Store.open(database), read_catalogue(ROOT / "data")
    for login, grant in (("anna", Grant("ledning")), ("bo", Grant("verksamhetschef", "kirurgkliniken"))):
        store.accounts.add(login, login.title(), "provet")
        store.accounts.grant(login, grant, catalogue, "provet")
    settings = {"DATABASE_URL": database, "DATA_DIR": str(data), "SIGN_IN": "local"}
    with serving(folder, **{f"HSF_KPI_{name}": value for name, value in settings.items()}) as url:
        yield Signed(url, database, store)
    store.close()


def _rename(file: Path, name: str) -> None:
    text, count = re.subn(name, lambda _: f"name = '''{HOSTILE}'''", file.read_text("utf-8"), count=1)
    assert count == 1
    file.write_text(text, "utf-8")


@pytest.fixture
def other(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody else's browser."""
    context = fresh(browser)
    yield context
    left(context)


def opened_by(login: str, page: Page, signed: Signed) -> Page:
    """The figure, for whom it is."""
    let_in(page.context, signed.url, signed.database, login)
    return open_at(page, f"{signed.url}/{FIGURE}")


def export(page: Page, label: str = "CSV") -> str:
    """Takes a file out of the first figure; the address that it came from."""
    page.get_by_role("button", name="Exportera").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name=label).first.click()
    return download.value.url


# A fresh process, and accounts


def test_the_first_request_of_a_process_to_a_page_shows_the_sign_in_and_nothing_of_the_page(
    page: Page, signed: Signed
) -> None:
    """Nothing may be drawn, nor sent: what is hidden in the browser is not hidden."""
    for address in (
        FIGURE,
        "maluppfyllelse",
        "anvandare",
        "",
    ):
        heard = Heard(page)
        page.goto(f"{signed.url}/{address}")
        expect(page.get_by_label("Lösenord", exact=True)).to_be_visible(timeout=60_000)
        for secret in (*SECRETS, "Hyrpersonal", "Förvaltningsledning", "Demodata"):
            assert secret not in heard, f"{secret} was sent for /{address}"
            assert page.get_by_text(secret).count() == 0
        assert "Lösenord" in heard


def test_a_file_is_for_the_session_that_asked_for_it_and_for_nobody_else(
    page: Page, other: BrowserContext, signed: Signed
) -> None:
    store = signed.store
    heard = Heard(page)
    opened_by("anna", page, signed)
    assert all(secret in heard for secret in SECRETS), "the words that a stranger is never sent"
    file = export(page)
    assert page.request.get(file).status == 200
    assert page.request.get(file).headers["cache-control"] == "no-store"
    assert store.audit_log.count(who="anna", what=(Event.EXPORTED,)) == 1

    assert other.request.get(file).status == 404, "without a session"
    stranger = opened_by("bo", other.new_page(), signed)
    assert stranger.request.get(file).status == 404, "with another user's session"
    stolen = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    without = "; ".join(f"{name}={value}" for name, value in stolen.items() if name != "hsf_session")
    assert other.request.get(file, headers={"cookie": without}).status == 404, "without the sign-in"

    page.goto("about:blank")
    expect_gone(page, file)


def expect_gone(page: Page, file: str) -> None:
    """When the page is closed its files are, as soon as the server has seen it."""
    for _ in range(100):
        if page.request.get(file).status == 404:
            return
        page.wait_for_timeout(50)
    pytest.fail("the file outlived its page")


def test_an_ended_session_takes_no_file_from_a_page_that_is_still_open(page: Page, signed: Signed) -> None:
    store = signed.store
    opened_by("bo", page, signed)
    page.get_by_role("button", name="Exportera").first.click()
    before = store.audit_log.count(what=(Event.EXPORTED,))
    assert store.sessions.end_all("bo", "provet") > 0
    page.get_by_role("button", name="CSV", exact=True).first.click()
    expect(page.get_by_text("Filen kunde inte göras")).to_be_visible()
    assert store.audit_log.count(what=(Event.EXPORTED,)) == before


def test_two_visitors_of_the_demo_do_not_get_each_others_files(
    page: Page, other: BrowserContext, app_url: str
) -> None:
    open_at(page, f"{app_url}/{FIGURE}")
    file = export(page, "PNG-bild")
    assert page.request.get(file).status == 200
    open_at(other.new_page(), f"{app_url}/{FIGURE}")
    assert other.request.get(file).status == 404


# Links


def test_a_tampered_link_is_refused_in_words_and_nothing_of_the_unit_is_sent(
    page: Page, signed: Signed
) -> None:
    let_in(page.context, signed.url, signed.database, "bo")
    for name in ("", "maluppfyllelse", "nyckeltal"):
        heard = Heard(page)
        open_at(page, f"{signed.url}/{name}?enhet=medicinkliniken&nyckeltal=hyrpersonal")
        expect(page.get_by_text("inte ingår i din behörighet")).to_be_visible()
        assert page.get_by_test_id("stMetric").count() == page.get_by_role("table").count() == 0
        assert "Medicinkliniken" not in heard
        assert "Medicinkliniken" not in page.content()
    assert signed.store.audit_log.count(who="bo", what=(Event.DENIED,)) >= 1


@pytest.mark.parametrize("parameter", ["enhet", "nyckeltal", "manad", "vy", "kon", "org", "roll"])
def test_text_in_a_link_is_shown_as_text(page: Page, app_url: str, parameter: str) -> None:
    outside: list[str] = []
    page.add_init_script(WATCH)
    page.on(
        "request",
        lambda r: outside.append(r.url) if "ond.example" in r.url and app_url not in r.url else None,
    )
    open_at(page, f"{app_url}/nyckeltal?{parameter}={quote(HOSTILE)}")
    assert_harmless(page)
    assert outside == []


def assert_harmless(page: Page) -> None:
    """Nothing of HOSTILE has come alive, in whatever part of it the page shows."""
    assert page.evaluate("window.__ran") == 0
    main = page.get_by_test_id("stApp")
    assert main.locator("a[href*='ond.example'], img[src*='ond.example'], img[src='x']").count() == 0
    assert main.locator(".katex, code").count() == 0
    assert main.locator("strong", has_text=re.compile("^fet$")).count() == 0
    assert main.get_by_text("röd", exact=True).count() == 0
    assert "49" not in [text.strip() for text in main.locator("p").all_inner_texts()]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("", "operation-anestesi-och-iva"),
        ("nyckeltal", "operation-anestesi-och-iva"),
        ("nyckeltal", "akutsjukvard"),
        ("maluppfyllelse", "akutsjukvard"),
    ],
)
def test_names_are_shown_as_text(page: Page, signed: Signed, name: str, unit: str) -> None:
    page.add_init_script(WATCH)
    let_in(page.context, signed.url, signed.database, "anna")
    open_at(page, f"{signed.url}/{name}?enhet={unit}&nyckeltal=sjukfranvaro")
    assert page.get_by_text("<script>window.__ran=1</script>").count() > 0, "the name is on the page"
    assert_harmless(page)
    assert broken(page) == []


# The page itself


def test_another_site_cannot_frame_the_dashboard(page: Page, app_url: str) -> None:
    frame = f'<h1>Fälla</h1><iframe src="{app_url}/" width="800" height="600"></iframe>'
    page.route("http://ond.example/", lambda route: route.fulfill(body=frame, content_type="text/html"))
    with page.expect_event("framenavigated", lambda f: f.parent_frame is not None):
        page.goto("http://ond.example/")
    framed = page.frames[1]
    assert "HSF nyckeltal" not in framed.content()
    assert framed.locator("[data-testid=stApp]").count() == 0


def test_a_fault_is_told_without_its_trace(
    page: Page, demo_database: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A database in pieces, as a fault that nobody has thought of."""
    folder = tmp_path_factory.mktemp("broken")
    database = copy_of(demo_database, folder)
    with sqlite3.connect(database) as connection:
        connection.execute("drop table rollup")
        connection.execute("drop table observation")
    connection.close()
    with serving(folder, HSF_KPI_DATABASE_URL=f"sqlite:///{database}") as url:
        heard = Heard(page)
        page.emulate_media(color_scheme="light")
        for name in ("maluppfyllelse", "nyckeltal?nyckeltal=sjukfranvaro", "anvandare", ""):
            open_at(page, f"{url}/{name}")
            assert not TRACE.search(page.inner_text("body"))
        expect(page.locator("body")).not_to_contain_text("Traceback")
        assert "Traceback" not in heard
        expect(page.get_by_role("alert").first).to_be_visible()
        assert walked(page) == []
