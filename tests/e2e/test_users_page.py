"""«Användare och logg» in a browser: text as text, changes told in words, looking as another role on every page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.event import Event
from hsf_kpi.model.role import Grant
from hsf_kpi.store.store import Store
from tests.e2e.conftest import open_at
from tests.e2e.windows import ready

pytestmark = pytest.mark.browser
NASTY = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    ":material/home: :material_home: :smile: :streamlit: :red[rött]",
    "$x^2$ **fet** _lutat_ `kod` a -> b",
    "www.ond.se https://ond.se namn@ond.se",
)


@pytest.fixture(scope="module")
def database(economy_database: str) -> str:
    """A database with users whose names would be something else than names."""
    store = Store.open(economy_database)
    catalogue = read_catalogue(ROOT / "data")
    for number, name in enumerate(NASTY):
        login = f"p{number}@exempel.se"
        store.accounts.add(login, name, "kommandoraden", grants=(Grant("hr"),), catalogue=catalogue)
        store.log(login, Event.EXPORTED, name)
    store.close()
    return economy_database


@pytest.fixture
def users_url(database: str, economy_url: str) -> str:
    """The server of the other pages where something is written."""
    return economy_url


def logged(database: str) -> list[tuple[str, str, str]]:
    store = Store.open(database)
    try:
        return [(entry.who, entry.what, entry.detail) for entry in store.audit_log.entries(limit=20)]
    finally:
        store.close()


def section(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    ready(page)


def pick(page: Page, label: str, option: str) -> None:
    """Typed as well as clicked: a long list draws only what is in sight."""
    box = page.get_by_role("combobox", name=label, exact=True).last
    box.click()
    box.fill(option)
    page.get_by_role("option", name=re.compile(f"{re.escape(option)}$")).first.click()
    ready(page)


def visible(page: Page) -> str:
    return page.locator('[data-testid="stMain"]').inner_text().replace("\u2060", "")


def test_what_people_have_written_is_shown_as_it_is_written(page: Page, users_url: str) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    open_at(page, f"{users_url}/anvandare?roll=admin")
    for name in ("Användare", "Logg"):
        section(page, name)
        text = visible(page)
        for _ in range(40):  # the table is drawn a while after the script has finished
            if all(written in text for written in NASTY):
                break
            page.wait_for_timeout(250)
            text = visible(page)
        assert all(written in text for written in NASTY), name
        main = page.locator('[data-testid="stMain"]')
        for alive in (
            "a[href]:not(.st-key-sidfot a)",
            "img",
            "script",
            ".katex",
            "td em",
            "td strong",
            "td [role=img]",
            "td span[class]",
        ):
            assert main.locator(alive).count() == 0, (name, alive)
    section(page, "Användare")
    pick(page, "Användare", "(p0@exempel.se)")
    assert NASTY[0] in visible(page)
    assert not dialogs


def test_a_user_is_added_given_a_role_and_disabled(page: Page, users_url: str, database: str) -> None:
    open_at(page, f"{users_url}/anvandare?roll=admin")
    page.get_by_role("textbox", name="Användarnamn").fill("ny@exempel.se")
    page.get_by_role("textbox", name="Namn", exact=True).first.fill("Ny Person")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_text("Ny Person är tillagd och har ingen roll än.")).to_be_visible()
    expect(page.get_by_text("Det visas bara nu.")).to_be_visible()
    ready(page)
    pick(page, "Roll", "Verksamhetschef")
    expect(page.get_by_text("Det visas bara nu.")).to_have_count(0)
    pick(page, "Verksamhet", "Kirurgkliniken")
    page.get_by_role("button", name="Ge rollen").click()
    expect(page.get_by_text("Ny Person har fått rollen Verksamhetschef för Kirurgkliniken.")).to_be_visible()
    ready(page)
    page.get_by_role("button", name="Stäng av …").click()
    page.get_by_role("button", name="Stäng av kontot").click()
    expect(page.get_by_text("Kontot för Ny Person är avstängt")).to_be_visible()
    assert [detail for _, what, detail in logged(database) if what == Event.USER_CHANGED][:3] == [
        "ny@exempel.se: inaktiverad",
        "ny@exempel.se: fick rollen verksamhetschef (kirurgkliniken)",
        "ny@exempel.se: ny användare",
    ]


def test_the_log_is_taken_out_as_a_file_and_that_is_logged(page: Page, users_url: str, database: str) -> None:
    open_at(page, f"{users_url}/anvandare?roll=admin")
    section(page, "Logg")
    page.get_by_role("textbox", name="Vem").fill("p2@")
    page.get_by_role("textbox", name="Vem").press("Enter")
    ready(page)
    with page.expect_download() as download:
        page.get_by_text("Hämta som CSV för Excel").click()
    assert re.fullmatch(r"hsf-nyckeltal_logg_\d{4}-\d\d-\d\d\.csv", download.value.suggested_filename)
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert NASTY[2] in text
    assert "p1@exempel.se" not in text
    assert logged(database)[0] == ("demo-admin", Event.EXPORTED, "loggen (av ”p2@”), 1 rader")


def test_looking_as_another_role_is_told_on_every_page_and_ends(
    page: Page, users_url: str, database: str
) -> None:
    open_at(page, f"{users_url}/anvandare?roll=admin")
    page.get_by_role("button", name="Mer").click()
    pick(page, "Visa som en roll", "Verksamhetschef")
    pick(page, "Verksamhet", "Kirurgkliniken")
    page.get_by_role("button", name="Visa som", exact=True).click()
    told = page.get_by_text("Du ser som Verksamhetschef för Kirurgkliniken.")
    expect(page.get_by_role("heading", level=1, name="Översikt")).to_be_visible()
    expect(told).to_be_visible()
    assert logged(database)[0] == ("demo-admin", Event.LOOKED_AS, "Verksamhetschef för Kirurgkliniken")
    ready(page)
    for section_name, title in (("Mål och nyckeltal", "Måluppfyllelse"), ("Mål och nyckeltal", "Nyckeltal")):
        page.get_by_role("button", name=section_name).click()
        page.get_by_role("menuitem", name=title).click()
        ready(page)
        expect(told).to_be_visible()
        assert "Medicinkliniken" not in visible(page)
        page.get_by_role("button", name="Exportera").first.click()
        expect(page.get_by_text("Din behörighet räcker inte").first).to_be_visible()
        assert page.locator('[data-testid="stDownloadButton"]').count() == 0
        page.keyboard.press("Escape")
    assert "Användare och logg" not in page.locator('[data-testid="stHeader"]').inner_text()
    page.get_by_role("button", name="Avsluta", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Användare och logg")).to_be_visible()
    expect(told).to_have_count(0)
    assert logged(database)[0][2] == "Verksamhetschef för Kirurgkliniken, avslutat"


def test_looking_as_another_role_stays_in_the_session_that_chose_it(
    context: BrowserContext, users_url: str
) -> None:
    page = open_at(context.new_page(), f"{users_url}/anvandare?roll=admin")
    page.get_by_role("button", name="Mer").click()
    pick(page, "Visa som en roll", "Förvaltningsledning")
    page.get_by_role("button", name="Visa som", exact=True).click()
    expect(page.get_by_text("Du ser som Förvaltningsledning.")).to_be_visible()
    ready(page)
    shared = open_at(context.new_page(), page.url)
    assert "Du ser som" not in visible(shared)
    expect(shared.get_by_role("heading", level=1, name="Användare och logg")).to_be_visible()


def test_who_does_not_administer_has_no_such_page(page: Page, users_url: str, database: str) -> None:
    open_at(page, users_url)
    assert "Användare och logg" not in page.locator('[data-testid="stHeader"]').inner_text()
    open_at(page, f"{users_url}/anvandare?roll=hr")
    assert "Din behörighet räcker inte för att hantera användare och logg." in visible(page)
    assert "exempel.se" not in page.content()
    assert ("demo-hr", Event.DENIED, "sidan anvandare") in logged(database)


@pytest.mark.parametrize("width", [400, 1440])
def test_no_section_is_wider_than_the_window(page: Page, users_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_at(page, f"{users_url}/anvandare?roll=admin")
    for name in ("Användare", "Roller", "Inloggningar", "Åtkomstnycklar", "Logg"):
        section(page, name)
        main = page.locator('[data-testid="stMain"]')
        assert main.evaluate("e => e.scrollWidth <= e.clientWidth"), name
