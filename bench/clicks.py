"""From a click to the last element painted, in a headless browser: another unit is chosen in the list of units.

`python -m bench.clicks`. Ours against the bare page that draws the same elements (bench/bare_page.py), click by click in
turn, so that a slow moment hits both. Then what a first visit costs, and going from page to page by the menu.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from bench.pages import UNITS, build
from bench.record import LIST, save
from bench.servers import serve
from tests.browser import FLAGS, find_browser

PAGES = ("oversikt", "nyckeltal", "maluppfyllelse", "vagen")
ROUNDS = 4
VISITS = 5
SWITCHES = (("nyckeltal", "Nyckeltal"), ("vagen", "Vägen till −800"), ("maluppfyllelse", "Måluppfyllelse"))
WATCH = """
(() => {
  const seen = (window.__painted = {begun: 0, last: 0});
  const paint = () => requestAnimationFrame(() => setTimeout(() => { seen.last = performance.now(); }));
  addEventListener("click", (event) => { seen.begun = event.timeStamp; }, true);
  const shown = ({target}) => (target.closest ? target : target.parentElement)?.closest('[data-testid="stMain"]');
  const all = {subtree: true, childList: true, characterData: true, attributes: true};
  const watch = () => new MutationObserver((some) => some.some(shown) && paint()).observe(document.documentElement, all);
  document.documentElement ? watch() : addEventListener("DOMContentLoaded", watch);
})();
"""
"""When something was last painted in the page's main part, and when it was last clicked."""
DONE = """
() => document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')
  && document.querySelector('[data-testid="stMain"] h1, [data-testid="stMain"] h2')
  && window.__painted.last > window.__painted.begun && performance.now() - window.__painted.last > 600
"""
"""The script has ended and nothing has been painted for a while."""


@dataclass
class Side:
    """One of the two: where each page is, and the milliseconds found."""

    page: Page
    address: Callable[[str], str]
    found: list[float] = field(default_factory=list)


def main() -> None:
    path = find_browser()
    if path is None:
        print("\nClick to painted: no browser found, not measured")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.environ["HSF_KPI_DATABASE_URL"] = url = build(Path(folder), 1)
        ops = Path(folder) / "ops.pickle"
        names = save(PAGES, UNITS, ops)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        with (
            serve("app.py", 8950, HSF_KPI_DATABASE_URL=url) as ours,
            serve("bench/bare_page.py", 8990, HSF_BENCH_OPS=str(ops)) as bare,
        ):
            ours.settled()
            clicks(
                Side(_window(browser), lambda page: f"{ours.url}/{_of_ours(page)}"),
                Side(_window(browser), lambda page: f"{bare.url}/?sida={page}"),
                [names[unit] for unit in UNITS],
            )
            switches(_window(browser), ours.url)
            visits(browser, "warm process", ours.url, bare.url)
        cold(browser, url, ops)
        browser.close()


def clicks(ours: Side, bare: Side, units: list[str]) -> None:
    print(
        "\nFrom the click to the last element painted, another unit, median ms (ours / bare page, same elements):"
    )
    for name in PAGES:
        for side in (ours, bare):
            side.found.clear()
            side.page.goto(side.address(name))
            side.page.wait_for_function(DONE, timeout=60_000)
            for unit in units:
                choose(side.page, unit)
        for _ in range(ROUNDS):
            for unit in units:
                for side in (ours, bare):
                    side.found.append(choose(side.page, unit))
        print(f"  {name:16} {_held(ours.found, bare.found)}")


def choose(page: Page, unit: str) -> float:
    """Milliseconds from the click on the unit in the open list to the last that was painted of its page."""
    listed = page.get_by_role("combobox", name=LIST).first
    listed.click()
    listed.fill(unit)  # a long list draws only what is in sight
    page.get_by_role("option", name=unit, exact=True).click()
    return _painted(page)


def switches(page: Page, url: str) -> None:
    print("\nFrom the click in the menu to the last element painted of another page, median ms:")
    page.goto(f"{url}/{_of_ours('oversikt')}")
    page.wait_for_function(DONE, timeout=60_000)
    found: dict[str, list[float]] = {name: [] for name, _ in SWITCHES}
    for turn in range(VISITS + 1):
        for name, title in SWITCHES:
            _menu(page, title)
            took = _painted(page)
            if turn:  # the first time the page's own parts of Streamlit are fetched
                found[name].append(took)
    for name, values in found.items():
        print(f"  {name:16} {median(values):6.0f}")


def _menu(page: Page, title: str) -> None:
    """Opens the section that holds the page, and clicks on it."""
    for section in page.locator('[data-testid="stTopNavSection"]').all():
        section.click()
        page.locator('[data-testid="stTopNavPopoverBody"]').wait_for()
        entry = page.get_by_role("menuitem", name=title, exact=True).first
        if entry.is_visible():
            entry.click()
            return
        page.keyboard.press("Escape")
        page.locator('[data-testid="stTopNavPopoverBody"]').wait_for(state="detached")
    raise RuntimeError(f"the menu has no {title}")


def visits(browser: Browser, what: str, ours: str, bare: str, times: int = VISITS) -> None:
    """A visitor without anything kept: from asking for the address to the last painted, Översikt."""
    found: dict[str, list[float]] = {ours: [], bare: []}
    for _ in range(times):
        for url, address in ((ours, f"{ours}/{_of_ours('oversikt')}"), (bare, f"{bare}/?sida=oversikt")):
            page = _window(browser)
            page.goto(address, wait_until="commit")
            page.wait_for_function(DONE, timeout=60_000)
            found[url].append(page.evaluate("window.__painted.last"))
            page.context.close()
    print(f"\nA first visit to Översikt, {what}, ms to the last painted: {_held(found[ours], found[bare])}")


def cold(browser: Browser, url: str, ops: Path) -> None:
    """The first visitor of a process that has just begun to answer."""
    with (
        serve("app.py", 8950, HSF_KPI_DATABASE_URL=url) as ours,
        serve("bench/bare_page.py", 8990, HSF_BENCH_OPS=str(ops)) as bare,
    ):
        visits(browser, "cold process", ours.url, bare.url, times=1)


def _window(browser: Browser) -> Page:
    context = browser.new_context(
        viewport={"width": 1440, "height": 1000}, reduced_motion="reduce", locale="sv-SE"
    )
    context.add_init_script(WATCH)
    return context.new_page()


def _painted(page: Page) -> float:
    page.wait_for_function(DONE, timeout=60_000)
    return float(page.evaluate("window.__painted.last - window.__painted.begun"))


def _of_ours(page: str) -> str:
    return f"{'' if page == 'oversikt' else page}?enhet=hsf&manad=2023-10&vy=ack"


def _held(ours: list[float], bare: list[float]) -> str:
    mine, floor = median(ours), median(bare)
    return f"{mine:6.0f} / {floor:6.0f} = {mine / floor:.2f} × ({mine - floor:+.0f} ms)"


if __name__ == "__main__":
    main()
