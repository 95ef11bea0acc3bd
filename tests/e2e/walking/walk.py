"""One visit to a page: is it Swedish, can everybody read it, does it fit, and does it keep to its policy."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from tests.e2e.walking.english import english_in
from tests.e2e.windows import ready

HERE = Path(__file__).parent
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
SAID, LOOKED, OPENED, CUT, RUN_AXE = (
    (HERE / f"{name}.js").read_text("utf-8") for name in ("said", "looked", "opened", "cut", "axe")
)
WATCH = """
window.__broken = [];
document.addEventListener("securitypolicyviolation", (e) => window.__broken.push(e.violatedDirective + " " + e.blockedURI));
"""
"""Notes what the page would do against its policy; an init script."""
PROBED = {"script-src wasm-eval"}
"""Streamlit's protobuf library asks whether it may compile WebAssembly, and does without: it may not."""
COLOURED = """
async () => {
  const colours = () => [...document.querySelectorAll("p, button, input, th, td, li")]
    .map((e) => getComputedStyle(e).color).join();
  for (let before = "", now = colours(), i = 0; now !== before && i < 50; i++) {
    await new Promise((done) => requestIdleCallback(done));
    await new Promise((done) => setTimeout(done, 50));
    [before, now] = [now, colours()];
  }
}
"""
"""Waits until no text changes its colour any more."""
LIST = "[role=listbox]"
DRAWN = """
() => {
  const now = performance.now();
  if (![...document.querySelectorAll("[data-testid=stVegaLiteChart]")].every((one) => one.role)) window.__undrawn = now;
  return now - (window.__undrawn ?? 0) > 300;
}
"""
"""Every chart has been there for a while: one that is given another width is taken away and drawn anew."""
WIDTHS = (720, 320)
"""1440 px at 200 %, and the narrowest that WCAG asks for."""
ALIKE = {"Exportera", "Mer", "Spara och dela", "Om nyckeltalet"}
"""Popovers that hold the same kinds of things on every page: axe looks at one of each."""
_looked_at: set[str] = set()
EXCUSED: list[tuple[str, str]] = []
"""Faults by axe-core that we cannot mend: the rule, a part of the element's HTML, and in a comment why, with the issue at
the library's. There is none.
"""


def walked(page: Page) -> list[str]:
    """Every fault of the page that is open, in words. Looked at in light and in dark, with its parts open, in each width.
    Leaves the window dark and wide."""
    settled(page)
    page.wait_for_function(DRAWN, polling=50)
    faults = list(page.evaluate(LOOKED))
    page.evaluate(AXE)
    faults += [f"ljust: {fault}" for fault in page.evaluate(RUN_AXE, [None, EXCUSED])]
    darken(page)
    faults += [f"mörkt: {fault}" for fault in page.evaluate(RUN_AXE, [None, EXCUSED])]
    faults += narrow(page)
    opened = page.evaluate(OPENED, [SAID, LOOKED, RUN_AXE, EXCUSED, sorted(_looked_at)])
    _looked_at.update(ALIKE & set(opened["opened"]))
    faults += [f"mörkt: {fault}" for fault in opened["faults"]]
    for over in (LIST, "[data-testid=stDateInputCalendar]"):
        said, found = listed(page, over)
        opened["said"] += said
        faults += [f"mörkt: {fault}" for fault in found]
    faults += [f"engelska «{word}» i {where}" for word, where in english_in(opened["said"]).items()]
    return faults


def broken(page: Page) -> list[str]:
    """What the page has tried against its policy; needs `WATCH`."""
    return sorted(set(page.evaluate("window.__broken")) - PROBED)


def darken(page: Page) -> None:
    """As when the reader's own setting changes: the page asks for itself anew."""
    page.evaluate("Object.assign(window.__traffic, {answered: false, latest: performance.now()})")
    page.emulate_media(color_scheme="dark")
    ready(page)
    page.evaluate(COLOURED)


def listed(page: Page, over: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Opens the last list or calendar to choose from, if one can be reached: what it says, and axe-core's faults."""
    fields = page.locator(
        "[data-testid=stSelectbox] input" if over == LIST else "[data-testid=stDateInput] button"
    )
    reached = [field for field in fields.all() if field.is_visible() and field.is_enabled()]
    if not reached or page.get_by_test_id("stDialog").count():
        return [], []
    reached[-1].focus()
    settled(page)  # a list closes when the page under it is scrolled
    page.keyboard.press("ArrowDown" if over == LIST else "Enter")
    shown = page.locator(over).first
    shown.wait_for(timeout=5_000)
    said = page.evaluate(SAID)
    found = page.evaluate(RUN_AXE, [shown.element_handle(), EXCUSED])
    page.keyboard.press("Escape")
    shown.wait_for(state="detached", timeout=5_000)
    return said, found


def narrow(page: Page) -> list[str]:
    """Faults of the page at each of `WIDTHS`; wide again after."""
    size = page.viewport_size
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        settled(page)
        faults += page.evaluate(CUT)
    assert size is not None
    page.set_viewport_size(size)
    settled(page)
    return faults


def settled(page: Page) -> None:
    """Waits until the page has taken its new width, and scrolls no more."""
    page.evaluate("""async () => {
      const main = document.querySelector('[data-testid="stMain"]');
      const at = () => main.scrollHeight + "/" + main.scrollTop;
      for (let i = 0, same = 0, before = ""; i < 100 && same < 4; i++) {
        await new Promise((done) => setTimeout(done, 25));
        same = at() === before ? same + 1 : 0;
        before = at();
      }
    }""")
