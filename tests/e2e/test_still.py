"""Nothing jumps while a page comes, and a table that is wider than a phone is scrolled in its own frame."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.e2e.conftest import open_at

SHIFTS = """
window.__shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.__shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
MOST = 0.1
"""Of the layout's shift, all in all: what web.dev's Core Web Vitals call good."""


def test_a_page_comes_without_jumps_and_its_wide_table_scrolls_by_keyboard(page: Page, app_url: str) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    page.add_init_script(SHIFTS)
    open_at(page, f"{app_url}/budget?enhet=hsf&manad=2023-10&vy=ack")
    assert page.evaluate("window.__shift") < MOST
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = page.locator('[data-testid="stTable"] > [data-bred]').first
    assert wide.get_attribute("role") == "region"
    assert (wide.get_attribute("aria-label") or "").startswith("Tabell som går att rulla i sidled: ")
    assert wide.evaluate("each => each.hasAttribute('data-mer')")
    name, number = wide.locator("tbody tr").first.locator("td").all()[:2]
    assert number.evaluate("each => getComputedStyle(each).textAlign") == "right"
    before = [each.evaluate("each => each.getBoundingClientRect().x") for each in (name, number)]
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('[data-bred]').scrollLeft > 0")
    after = [each.evaluate("each => each.getBoundingClientRect().x") for each in (name, number)]
    assert abs(after[0] - before[0]) < 1, "the first column stays"
    assert after[1] < before[1]
    wide.evaluate("each => each.scrollTo(each.scrollWidth, 0)")
    page.wait_for_function("() => !document.querySelector('[data-bred]').hasAttribute('data-mer')")
