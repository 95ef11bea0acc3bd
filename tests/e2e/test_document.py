"""What the document adds to Streamlit: Swedish words, own export only, a title for each view, focus after a link."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import open_at
from tests.e2e.windows import ready

pytestmark = pytest.mark.browser


def test_streamlits_own_chart_toolbar_is_not_there(page: Page, app_url: str) -> None:
    open_at(page, f"{app_url}/nyckeltal?nyckeltal=hyrpersonal")
    chart = page.locator("[data-testid=stVegaLiteChart]").first
    chart.hover()
    page.wait_for_timeout(300)
    toolbars = page.locator("[data-testid=stElementToolbar]")
    assert all(not toolbars.nth(i).is_visible() for i in range(toolbars.count()))
    for english in ("Show data", "Fullscreen", "Download as PNG", "Copy Vega-Lite spec"):
        assert page.get_by_role("button", name=english).count() == 0


def test_the_unit_list_says_in_swedish_that_nothing_was_found(page: Page, app_url: str) -> None:
    open_at(page, app_url)
    box = page.get_by_role("combobox", name="Verksamhet")
    box.click()
    box.fill("zzzz")
    expect(page.get_by_text("Inga träffar")).to_be_visible()
    assert page.get_by_text("No results").count() == 0


def test_an_unknown_page_is_told_in_swedish(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/finns-inte")
    ready(page)
    expect(page.get_by_text("Sidan finns inte")).to_be_visible()
    assert page.get_by_text("Page not found").count() == 0


def test_each_view_has_a_title_of_its_own(page: Page, app_url: str) -> None:
    open_at(page, f"{app_url}/nyckeltal?nyckeltal=sjukfranvaro&enhet=kirurgkliniken")
    expect(page).to_have_title("Sjukfrånvaro – Kirurgkliniken – HSF nyckeltal")
    open_at(page, f"{app_url}/maluppfyllelse?enhet=hsf")
    expect(page).to_have_title("Måluppfyllelse – Hälso- och sjukvårdsförvaltningen – HSF nyckeltal")


def test_a_keyboard_goes_on_from_the_top_of_the_page_that_a_link_leads_to(page: Page, app_url: str) -> None:
    open_at(page, app_url)
    page.get_by_role("link", name="Akutsjukvård").first.focus()
    page.keyboard.press("Enter")
    ready(page)
    assert page.evaluate("document.activeElement.dataset.testid") == "stMain"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body")


def test_an_invented_role_in_a_link_is_told_and_shows_nothing(page: Page, app_url: str) -> None:
    open_at(page, f"{app_url}/?roll=admin-for-allt")
    expect(page.get_by_text("admin-for-allt")).to_be_visible()
    assert page.get_by_role("heading", level=2).count() == 0


def test_the_months_state_and_organisation_stand_in_the_header(page: Page, app_url: str) -> None:
    open_at(page, f"{app_url}/?enhet=nara-vard&manad=2022-06&org=da")
    expect(page.get_by_text("slutligt")).to_be_visible()
    expect(page.get_by_text("organisationen som den var").first).to_be_visible()
    open_at(page, f"{app_url}/?enhet=nara-vard&manad=2023-10&org=idag")
    expect(page.get_by_text("preliminärt").first).to_be_visible()


def test_containers_are_marked_by_the_beginnings_of_their_keys_as_long_as_they_have_them(
    page: Page, app_url: str
) -> None:
    open_at(page, f"{app_url}/maluppfyllelse?enhet=hsf&manad=2023-10&vy=ack")
    first = page.locator('[data-nyckel~="figur-malvarden"]').first
    assert "st-key-figur-malvarden-" in (first.get_attribute("class") or "")
    numbers = page.locator('[data-nyckel~="siffror"]').first
    places = re.findall(
        r"_(\d+)", re.search(r"st-key-siffror((?:_\d+)+)_", numbers.get_attribute("class") or "")[1]
    )  # type: ignore[index]
    assert places
    assert numbers.get_attribute("data-nyckel") == " ".join(["siffror", *(f"siffror_{at}" for at in places)])
    marks = """
async (one) => {
  const told = [];
  for (const name of ["x st-key-ruta-mal", "x"]) {
    one.setAttribute("class", name);
    await Promise.resolve();
    told.push(one.dataset.nyckel ?? "");
  }
  return told;
}
"""
    assert first.evaluate(marks) == ["ruta ruta-mal", ""]


def test_a_picture_of_the_handbook_can_be_opened_in_full_size(page: Page, app_url: str) -> None:
    open_at(page, f"{app_url}/hjalp?kapitel=ledning")
    link = page.get_by_role("link", name=re.compile("^Öppna bilden i full storlek, ny flik: ")).first
    expect(link).to_be_visible()
    with page.context.expect_page() as opened:
        link.click()
    opened.value.wait_for_load_state()
    assert opened.value.evaluate("document.images[0].naturalWidth") > 400
    opened.value.close()
