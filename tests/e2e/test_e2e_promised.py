"""Uppdrag och åtgärder in a browser: filters in the address, Back, a follow-up with its history, a file, a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import address, open_at
from tests.e2e.test_dialogue import choose
from tests.e2e.test_economy import finding, params
from tests.e2e.windows import ready

pytestmark = pytest.mark.browser

NOTE = "Två vårdcentraler är igång. <b>Resten</b> i vår & **sedan** klart."


def test_a_filter_is_in_the_address_and_back_finds_the_one_before(page: Page, economy_url: str) -> None:
    open_at(page, f"{economy_url}/uppdrag?manad=2023-10&visar=samband&ansvarig=NV")
    assert "tio åtgärder i urvalet" in finding(page)
    expect(page.locator(".st-key-figur-uppdrag-atgarder table").first).to_be_visible()
    first = address(page)
    choose(page, "Insatsområde", "Hälsofrämjande")
    page.wait_for_url(re.compile("insats=halsoframjande"))
    ready(page)
    assert (params(page)["ansvarig"], params(page)["visar"]) == ("NV", "samband")
    assert "två åtgärder i urvalet" in finding(page)
    page.go_back()
    ready(page)
    assert address(page) == first
    assert "tio åtgärder i urvalet" in finding(page)


def test_a_follow_up_stands_in_the_history_and_is_taken_along(page: Page, economy_url: str) -> None:
    open_at(page, f"{economy_url}/uppdrag?manad=2023-10&visar=mal&roll=omradeschef")
    choose(page, "Åtgärd", "C. Införa")
    page.wait_for_url(re.compile("foljs=C"))
    ready(page)
    page.get_by_role("textbox", name="Anteckning").fill(NOTE)
    choose(page, "Status", "klar")
    page.get_by_role("button", name="Spara uppföljningen").click()
    expect(page.get_by_text("är sparad för oktober 2023.", exact=False)).to_be_visible()
    ready(page)
    history = page.locator(".st-key-figur-uppfoljning-atgard-c")
    expect(history.get_by_role("row").nth(1)).to_contain_text(NOTE)
    expect(history.get_by_role("row").nth(1)).to_contain_text("klar")
    page.reload()
    ready(page)
    expect(page.get_by_role("textbox", name="Anteckning")).to_have_value(NOTE)
    history.get_by_role("button", name="Exportera").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert NOTE in download.value.path().read_bytes().decode("utf-8-sig")


def test_a_row_leads_to_its_follow_up_farther_down_the_page(page: Page, economy_url: str) -> None:
    open_at(page, f"{economy_url}/uppdrag?manad=2023-10")
    page.get_by_role("link", name="B", exact=True).click()
    page.wait_for_url(re.compile("foljs=B$"))
    expect(page.get_by_role("textbox", name="Anteckning")).to_be_in_viewport()
    box = page.get_by_role("heading", name="Följ upp en åtgärd").bounding_box()
    menu = page.get_by_test_id("stHeader").bounding_box()
    assert box is not None
    assert menu is not None
    assert box["y"] >= menu["y"] + menu["height"], "not behind the menu"


def test_no_part_scrolls_sideways_on_a_phone(page: Page, economy_url: str) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    for part in ("tidslinje&foljs=A", "samband", "uppdrag", "mal"):
        open_at(page, f"{economy_url}/uppdrag?manad=2023-10&visar={part}")
        wide = page.evaluate(
            "[document.documentElement, document.querySelector('[data-testid=stMain]')].map(e => e.scrollWidth)"
        )
        assert max(wide) <= 400, part
