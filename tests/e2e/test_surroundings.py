"""Omvärld in a browser: two regions are chosen, stand in the link, and are there after a reload and after Back."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import address, open_at
from tests.e2e.windows import ready

pytestmark = pytest.mark.browser


def regions(page: Page) -> str:
    return parse_qs(urlsplit(address(page)).query)["regioner"][0]


def choose(page: Page, name: str) -> None:
    box = page.get_by_role("combobox", name="Jämför med regioner")
    box.click()
    box.fill(name)
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    ready(page)


def test_chosen_regions_stand_in_the_link_and_come_back(page: Page, app_url: str) -> None:
    open_at(page, f"{app_url}/omvarld?enhet=hsf&manad=2023-10&utblick=ett&matt=U70446")
    assert regions(page) == "inga"
    choose(page, "Västra Götalandsregionen")
    choose(page, "Sörmland")
    assert regions(page) == "0014,0004"
    page.reload()
    ready(page)
    assert regions(page) == "0014,0004"
    chosen = page.get_by_test_id("stMultiSelect")
    expect(chosen).to_contain_text("Sörmland")
    page.go_back()
    ready(page)
    assert regions(page) == "0014"
    expect(chosen).to_contain_text("Västra Götalandsregionen")
    expect(chosen).not_to_contain_text("Sörmland")


def test_mer_stands_beside_the_last_row_of_the_parts_on_a_phone(page: Page, app_url: str) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    open_at(page, f"{app_url}/omvarld?enhet=hsf&manad=2023-10")
    # Until the browser has fetched what draws them, their place is one row high.
    expect(page.locator(".st-key-f_utblick button").last).to_be_visible()
    row = page.locator(".st-key-filterrad").element_handle()
    parts, more = page.evaluate(
        """row => [row.querySelector(".st-key-f_utblick"),
          [...row.querySelectorAll("button")].find((button) => button.innerText.startsWith("Mer"))]
          .map((part) => part.getBoundingClientRect().toJSON())""",
        row,
    )
    assert more["x"] >= parts["x"] + parts["width"]
    assert parts["y"] < more["y"] < parts["y"] + parts["height"]
