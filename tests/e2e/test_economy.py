"""Ekonomi in a browser: from Översikt to a klinik, a shared link, the what-if form, the register, a file, a phone."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import address, open_at
from tests.e2e.windows import ready, window
from tests.reading import as_read

pytestmark = pytest.mark.browser

SENTENCE = re.compile("^Med åtgärden landar året på −")
ACTIVITY = "Gemensam jourlinje med färre pass"


def params(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address(page)).query).items()}


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("link", name=name).first.click()
    ready(page)


def finding(page: Page) -> str:
    return as_read(page.get_by_role("heading", level=2).first.inner_text())


def test_from_oversikt_down_to_a_klinik_back_again_and_shared(
    page: Page, economy_url: str, browser: Browser
) -> None:
    open_at(page, f"{economy_url}/?enhet=hsf&manad=2023-10")
    follow(page, re.compile("^Helårsprognos"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Vägen till −800")
    page.get_by_role("radio", name="Föregående år").click()
    page.wait_for_url(re.compile("mot=fjol"))
    ready(page)
    start, said = address(page), finding(page)
    assert params(page)["mot"] == "fjol"
    follow(page, "Akutsjukvård")
    assert params(page)["enhet"] == "akutsjukvard"
    who = page.locator(".st-key-figur-vem-avviker")
    expect(who.locator("[data-testid=stVegaLiteChart] svg").first).to_be_visible()
    expect(who).to_contain_text("Kirurgkliniken")
    follow(page, "Kirurgkliniken")
    assert {name: params(page)[name] for name in ("enhet", "manad", "mot")} == {
        "enhet": "kirurgkliniken",
        "manad": "2023-10",
        "mot": "fjol",
    }
    shared, klinik = address(page), finding(page)
    assert klinik != said

    other = window(browser, locale="sv-SE")
    try:
        elsewhere = open_at(other.new_page(), shared)
        expect(elsewhere.get_by_role("heading", level=2).first).to_have_text(klinik)
        expect(elsewhere.get_by_role("radio", name="Föregående år")).to_be_checked()
        assert address(elsewhere) == shared
    finally:
        other.close()

    for _ in range(2):
        page.go_back()
        ready(page)
    expect(page.get_by_role("heading", level=2).first).to_have_text(said)
    assert address(page) == start

    page.get_by_role("button", name="Exportera").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert download.value.suggested_filename == "hsf-nyckeltal_vagen_hsf_2023-10.csv"
    text = download.value.path().read_bytes().decode("utf-8-sig")
    assert re.search(r"oktober 2023;.*-861", text)


def test_a_scenario_is_filled_in_kept_in_the_link_and_taken_away(page: Page, economy_url: str) -> None:
    open_at(page, f"{economy_url}/vagen?enhet=hsf&manad=2023-10")
    assert params(page)["scenario"] == "ingen"
    expect(page.get_by_text(SENTENCE)).to_have_count(0)
    page.get_by_role("textbox", name="Hyrpersonal, %", exact=True).fill("2")
    page.get_by_role("button", name="Räkna om").click()
    expect(page.get_by_text(SENTENCE).first).to_be_visible()
    ready(page)
    said = page.get_by_text(SENTENCE).first.inner_text()
    assert params(page)["scenario"] == "hyrpersonal:2@2023-11"
    page.reload()
    ready(page)
    expect(page.get_by_text(SENTENCE).first).to_have_text(said)
    field = page.get_by_role("textbox", name="Hyrpersonal, %", exact=True)
    expect(field).to_have_value("2")
    page.get_by_role("button", name="Nollställ").click()
    expect(page.get_by_text(SENTENCE)).to_have_count(0)
    expect(field).to_have_value("")
    ready(page)
    assert params(page)["scenario"] == "ingen"


def test_an_activity_is_added_by_its_verksamhetschef_and_by_nobody_without_the_right(
    page: Page, economy_url: str
) -> None:
    where = f"{economy_url}/ekonomiatgarder?uppdrag=forbattring&manad=2023-10"
    open_at(page, f"{where}&roll=verksamhetschef&enhet=kirurgkliniken")
    page.get_by_role("textbox", name="Vad som ska göras").fill(ACTIVITY)
    page.get_by_role("textbox", name="Väntad effekt, mnkr per månad").fill("0,25")
    page.get_by_role("textbox", name="Ansvarig funktion").fill("Verksamhetschef")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text(re.compile(r"^Aktivitet nr \d+ är sparad\.$"))).to_be_visible()
    ready(page)
    page.reload()
    ready(page)
    row = page.get_by_role("row").filter(has_text=ACTIVITY)
    expect(row).to_have_count(1)
    expect(row).to_contain_text("250")
    for role in ("namnd", "hr"):
        open_at(page, f"{where}&roll={role}&enhet=hsf")
        expect(page.get_by_role("heading", level=2).first).to_be_visible()
        expect(page.get_by_role("button", name="Spara", exact=True)).to_have_count(0)
        expect(page.get_by_text(ACTIVITY)).to_have_count(0)
