"""Nothing jumps while a page comes, and a table that is wider than a phone is scrolled in its own frame."""

from __future__ import annotations

from playwright.sync_api import Page, expect

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
    read_row_by_row(page)
    open_at(page, f"{app_url}/ekonomiatgarder?enhet=hsf&manad=2023-10&uppdrag=medarbetare")
    wide = page.locator('[data-testid="stTable"] > [data-bred]').first
    assert wide.get_attribute("role") == "region"
    assert (wide.get_attribute("aria-label") or "").startswith("Tabell som går att rulla i sidled: ")
    assert wide.evaluate("each => each.hasAttribute('data-mer')")
    name, _, number = wide.locator("tbody tr").first.locator("td").all()[:3]
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


def test_a_long_table_on_a_phone_shows_its_first_rows_and_all_when_asked(page: Page, app_url: str) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    open_at(page, f"{app_url}/omvarld?enhet=hsf&manad=2023-10")
    rows = page.locator("[data-rader] tbody tr")
    expect(rows.first).to_be_visible()
    every = page.get_by_role("button", name=f"Visa alla {rows.count()} rader", expanded=False)
    expect(every).to_be_visible()
    expect(rows.nth(14)).to_be_visible()
    expect(rows.nth(15)).to_be_hidden()
    every.press("Enter")
    expect(rows.last).to_be_visible()
    page.get_by_role("button", name="Visa de första 15 raderna", expanded=True).press("Enter")
    expect(rows.last).to_be_hidden()
    page.set_viewport_size({"width": 1440, "height": 800})
    expect(page.locator("[data-testid=stTable] tbody tr").last).to_be_visible()
    expect(page.locator("[data-hsf-alla]")).to_be_hidden()


def read_row_by_row(page: Page) -> None:
    """A table that has no room for its columns tells each cell after its heading, and all of it within the screen."""
    by_row = page.locator("[data-rader]").first
    expect(by_row).to_be_visible()
    headings = by_row.locator("thead th").all_text_contents()
    row = by_row.get_by_role("row").nth(1)
    cells = row.get_by_role("cell").all()
    assert len(cells) == len(headings)
    for heading, cell in zip(headings[1:], cells[1:], strict=True):
        said = cell.evaluate("each => getComputedStyle(each, '::before').content")
        assert said == f'"{heading.strip()}: "'
    expect(by_row.locator("tbody td").first).to_be_visible()
    ends = by_row.locator("tbody td").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().right)"
    )
    assert max(ends) <= 400
