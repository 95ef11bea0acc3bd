"""The whole main job in a browser: choose a unit, open a nyckeltal, take chart and data away, share the link."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import address, open_at
from tests.e2e.windows import ready, window

pytestmark = pytest.mark.browser


def params(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address(page)).query).items()}


def choose_unit(page: Page, search: str) -> None:
    box = page.get_by_role("combobox", name="Verksamhet")
    box.click()
    box.fill(search)
    page.get_by_role("option").first.click()
    ready(page)


def test_from_the_forvaltning_to_a_klinik_to_a_nyckeltal_and_out_with_its_files(
    page: Page, app_url: str
) -> None:
    open_at(page, app_url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Översikt")
    choose_unit(page, "Akutsjukvård")
    assert params(page)["enhet"] == "akutsjukvard"
    page.get_by_role("link", name="Kirurgkliniken").first.click()
    ready(page)
    assert params(page)["enhet"] == "kirurgkliniken"
    page.get_by_role("link", name=re.compile("^Hyrpersonal")).first.click()
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("hyrpersonal", ignore_case=True)
    assert params(page)["nyckeltal"] == "hyrpersonal"
    assert params(page)["enhet"] == "kirurgkliniken"

    page.get_by_role("button", name="Exportera").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert download.value.suggested_filename == "hsf-nyckeltal_hyrpersonal_kirurgkliniken_2023-10.csv"
    content = download.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert "Kirurgkliniken" in text
    assert re.search(r";\d+,\d+", text)
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG-bild").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_a_copied_link_opens_the_same_view_for_somebody_else(
    page: Page, app_url: str, browser: Browser
) -> None:
    open_at(
        page,
        f"{app_url}/nyckeltal?nyckeltal=sjukfranvaro&enhet=medicinkliniken&manad=2023-08&vy=r12&kon=k&org=da",
    )
    finding = page.get_by_role("heading", level=2).first.inner_text()
    link = address(page)
    other = window(browser, locale="sv-SE")
    try:
        elsewhere = open_at(other.new_page(), link)
        expect(elsewhere.get_by_role("heading", level=2).first).to_have_text(finding)
        assert address(elsewhere) == link
    finally:
        other.close()
    page.reload()
    ready(page)
    expect(page.get_by_role("heading", level=2).first).to_have_text(finding)
    assert address(page) == link


def test_back_undoes_a_choice_and_forward_makes_it_again(page: Page, app_url: str) -> None:
    open_at(page, f"{app_url}/?enhet=akutsjukvard&manad=2023-10&vy=ack&kon=alla&org=idag")
    page.get_by_text("Rullande").first.click()
    ready(page)
    assert params(page)["vy"] == "r12"
    page.go_back()
    ready(page)
    assert params(page)["vy"] == "ack"
    page.go_forward()
    ready(page)
    assert params(page)["vy"] == "r12"
    assert params(page)["enhet"] == "akutsjukvard"


def test_the_choice_follows_from_page_to_page(page: Page, app_url: str) -> None:
    open_at(page, f"{app_url}/?enhet=kirurgkliniken&manad=2023-09&vy=manad")
    page.get_by_role("button", name="Mål och nyckeltal").click()
    page.get_by_role("menuitem", name="Måluppfyllelse").click()
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Måluppfyllelse")
    assert {name: params(page)[name] for name in ("enhet", "manad", "vy")} == {
        "enhet": "kirurgkliniken",
        "manad": "2023-09",
        "vy": "manad",
    }


def test_an_unknown_unit_in_a_link_is_told_and_shows_no_other_units_figures(page: Page, app_url: str) -> None:
    open_at(page, f"{app_url}/?enhet=finns-inte&manad=2023-10")
    expect(page.get_by_text("finns-inte")).to_be_visible()
    expect(page.get_by_text("Välj en verksamhet i listan")).to_be_visible()
    assert page.get_by_role("heading", level=2).count() == 0
    choose_unit(page, "Kirurgkliniken")
    assert params(page)["enhet"] == "kirurgkliniken"
    assert page.get_by_role("heading", level=2).count() > 0
    expect(page.get_by_text("finns-inte")).to_have_count(0)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("manad=2019-13", "2019-13"),
        ("manad=2031-01", "2031-01"),
        ("vy=vecka", "vecka"),
        ("kon=x", "”x”"),
        ("org=sen", "sen"),
    ],
)
def test_an_invalid_value_in_a_link_is_told_in_words(page: Page, app_url: str, query: str, told: str) -> None:
    open_at(page, f"{app_url}/?enhet=hsf&{query}")
    expect(page.get_by_test_id("stAlert").filter(has_text=told)).to_be_visible()


def test_the_document_is_swedish_and_nothing_is_fetched_from_elsewhere(page: Page, app_url: str) -> None:
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    open_at(page, app_url)
    assert page.evaluate("document.documentElement.lang") == "sv"
    assert page.evaluate("navigator.language") == "sv-SE"
    assert {host for host in hosts if host} == {urlsplit(app_url).netloc}


def test_a_page_address_in_a_fresh_session_goes_through_the_main_script(page: Page, app_url: str) -> None:
    open_at(page, f"{app_url}/maluppfyllelse")
    expect(page.get_by_role("combobox", name="Verksamhet", exact=True)).to_be_visible()
