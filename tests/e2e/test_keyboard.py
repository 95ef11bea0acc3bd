"""The main jobs without a mouse: menu, filter, table, export, report; focus is seen at each stop and never caught."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import open_at
from tests.e2e.windows import ready

LONG = 30_000
"""Milliseconds for the files to be made on a busy machine."""
MOST = 80
"""So many stops at most between two that are wanted."""
STOP = """
async () => {
  for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
  const at = document.activeElement, {top, bottom, left, right} = at.getClientRects()[0] ?? {};
  let marked = at;
  while (marked && getComputedStyle(marked).outlineStyle === "none") marked = marked.parentElement;
  const style = marked && getComputedStyle(marked);
  const over = top === undefined ? null : document.elementFromPoint((left + Math.min(right, innerWidth)) / 2,
    Math.max((top + Math.min(bottom, innerHeight)) / 2, 1));
  return {
    name: (at.getAttribute("aria-label") || at.innerText || "").replace(/\\s*(keyboard_arrow|expand)_\\w+\\s*/, "").trim(),
    kind: at.getAttribute("role") || at.localName,
    line: style ? parseFloat(style.outlineWidth) : 0,
    inSight: Boolean(over && (at.contains(over) || over.contains(at))),
  };
}
"""

pytestmark = pytest.mark.browser


def stop(page: Page) -> tuple[str, str]:
    """The name and kind of what has focus, which must be marked and in sight."""
    at = page.evaluate(STOP)
    assert at["line"] >= 2, f"focus is not seen at {at}"
    assert at["inSight"], f"focus is hidden at {at}"
    return at["name"], at["kind"]


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Steps on to the stop with the name."""
    passed: list[tuple[str, str]] = []
    for _ in range(MOST):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement === document.body"):
            continue  # round the end of the page
        passed.append(stop(page))
        if passed[-1][0] == name:
            return
    pytest.fail(f"«{name}» is not reached by keyboard: {passed}")


def choose(page: Page, field: str, typed: str) -> None:
    tab_to(page, field)
    page.keyboard.press("Control+a")
    page.keyboard.type(typed)
    expect(page.get_by_role("option").first).to_contain_text(typed, ignore_case=True)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    ready(page)


def test_the_main_jobs_are_done_by_keyboard_alone(page: Page, economy_url: str) -> None:
    open_at(page, f"{economy_url}/?enhet=hsf&manad=2023-10")
    page.keyboard.press("Tab")
    assert stop(page)[0] == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "stMain"
    tab_to(page, "Mål och nyckeltal", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Nyckeltal", exact=True)).to_be_visible()
    tab_to(page, "Nyckeltal", "ArrowDown")
    page.keyboard.press("Enter")
    ready(page)
    choose(page, "Nyckeltal", "Sjukfrånvaro")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sjukfrånvaro")

    choose(page, "Verksamhet", "Kirurgkliniken")
    choose(page, "Period", "September 2023")
    expect(page).to_have_url(re.compile("enhet=kirurgkliniken"))
    expect(page).to_have_url(re.compile("manad=2023-09"))

    tab_to(page, "Visa som tabell")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("table").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert stop(page)[0] == "Visa som tabell"

    tab_to(page, "Exportera")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("button", name="CSV", exact=True)).to_be_visible()
    tab_to(page, "CSV")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "hsf-nyckeltal_sjukfranvaro_kirurgkliniken_2023-09.csv"
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert stop(page)[0] == "Exportera"


def test_a_report_is_made_and_taken_by_keyboard_alone(page: Page, economy_url: str) -> None:
    where = f"{economy_url}/rapport?enhet=kirurgkliniken&manad=2023-10"
    open_at(page, where)
    choose(page, "Mall", "Dialogmöte")
    expect(page).to_have_url(re.compile("mall=dialogmote"))
    open_at(page, f"{where}&mall=dialogmote&avsnitt=laget")
    tab_to(page, "PowerPoint")
    page.keyboard.press("Space")
    ready(page)
    assert page.evaluate("document.activeElement.ariaPressed") == "false"
    tab_to(page, "Gör filerna")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Ladda ner PDF")).to_be_visible(timeout=LONG)
    ready(page)
    tab_to(page, "Ladda ner PDF")
    with page.expect_download(timeout=LONG) as download:
        page.keyboard.press("Enter")
    assert re.fullmatch(r"hsf-nyckeltal_.+_kirurgkliniken_2023-10\.pdf", download.value.suggested_filename)
