"""A person's own, in a real browser: search by keyboard alone, the copied link, a saved view, a favourite, the tour."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import address, open_at
from tests.e2e.windows import ready

pytestmark = pytest.mark.browser


def test_search_goes_by_keyboard_alone_and_back_again(page: Page, app_url: str) -> None:
    open_at(page, f"{app_url}/?enhet=kirurgkliniken&vy=r12")
    search = page.get_by_role("button", name="Sök")
    expect(search).to_be_visible()
    page.keyboard.press("Control+k")
    # Typed at once, before the window is there: to Streamlit some of the letters are commands.
    page.keyboard.type("cjukfranvro")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Sjukfrånvaro")).to_be_visible()
    ready(page)
    assert "/nyckeltal?nyckeltal=sjukfranvaro&enhet=kirurgkliniken" in address(page)
    assert "vy=r12" in address(page)
    assert page.get_by_role("dialog").count() == 0
    assert page.evaluate("document.activeElement.dataset.testid") == "stMain"

    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Översikt")).to_be_visible()
    ready(page)

    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Sök")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    expect(dialog.get_by_role("link", name="Nyckeltal: Sjukfrånvaro, Kirurgkliniken")).to_be_visible()
    page.keyboard.type("medicinkl")
    expect(dialog.get_by_role("status")).to_contain_text("träffar", timeout=15_000)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(dialog.get_by_role("link", name="Medicinkliniken", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    search.focus()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("searchbox")).to_have_value("")
    page.keyboard.press("Escape")
    expect(search).to_be_focused()


def test_a_link_is_copied_and_what_is_kept_is_there_the_next_time(page: Page, app_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_at(page, f"{app_url}/?enhet=kirurgkliniken&roll=omradeschef")
    tour = page.locator(".st-key-rundtur")
    before = tour.bounding_box()
    tour.get_by_role("button", name="Nästa").click()
    expect(tour.get_by_text("steg 2 av 3")).to_be_visible()
    assert tour.bounding_box() == before, "the page does not move while it is read"
    tour.get_by_role("button", name="Stäng för gott").click()
    expect(tour).to_have_count(0)

    page.get_by_role("button", name="Spara och dela").click()
    dialog = page.get_by_role("dialog", name="Spara och dela")
    dialog.get_by_role("button", name="Kopiera länk").click()
    expect(dialog.get_by_role("status")).to_have_text("Länken är kopierad.")
    assert page.evaluate("navigator.clipboard.readText()") == address(page)
    assert "roll=omradeschef" in address(page)
    page.evaluate(
        "() => { navigator.clipboard.writeText = async () => { throw new Error(); };"
        " document.execCommand = () => false; }"
    )
    dialog.get_by_role("button", name="Kopiera länk").click()
    expect(dialog.get_by_role("status")).to_contain_text("Markera adressen i adressfältet")

    dialog.get_by_role("textbox", name="Namn").fill("Kirurgens 19800101-1234")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("personnummer")).to_be_visible()
    dialog.get_by_role("textbox", name="Namn").fill("Måndagsmötet")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("link", name="Måndagsmötet")).to_be_visible()

    open_at(page, f"{app_url}/nyckeltal?nyckeltal=sjukfranvaro&enhet=kirurgkliniken&roll=omradeschef")
    page.get_by_role("button", name="Lägg till som favorit").click()
    expect(page.get_by_role("button", name="Ta bort från favoriter")).to_be_focused()
    page.keyboard.press("Control+k")
    page.get_by_role("link", name="Måndagsmötet").click()
    expect(page.get_by_role("heading", level=1, name="Översikt")).to_be_visible()
    ready(page)
    assert "enhet=kirurgkliniken" in address(page)
    expect(page.get_by_role("heading", name="Dina favoriter")).to_be_visible()
    page.reload()
    ready(page)
    expect(page.get_by_role("heading", name="Dina favoriter")).to_be_visible()
    expect(tour).to_have_count(0)
