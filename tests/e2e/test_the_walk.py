"""The walk itself: on a page where everything is wrong it finds each fault. (What it finds on ours: test_every_page.py.)"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.e2e.walking.english import english_in
from tests.e2e.walking.walk import AXE, CUT, EXCUSED, LOOKED, OPENED, RUN_AXE, SAID

pytestmark = pytest.mark.browser

WRONG = """
<!doctype html><html lang="en"><title>Prov</title><body style="margin: 0">
<div data-testid="stApp"><main data-testid="stMain">
  <h1>Sidan</h1><h3>En del</h3><h1>Sidan igen</h1>
  <p style="color: #aaa; background: #fff">Svag text på vitt</p>
  <div class="st-key-figur-prov"><div data-testid="stVegaLiteChart" role="graphics-document" aria-label="Kurva"></div></div>
  <table><tbody><tr><td>1</td></tr></tbody></table>
  <p style="width: 3rem; overflow: hidden; white-space: nowrap">Allt det här får inte plats</p>
  <div style="width: 2000px">Vidare</div>
  <input placeholder="Choose an option">
  <button aria-label="Remove">×</button><p hidden>Hidden words</p><code>python help</code>
  <div data-testid="stPopover"><button onclick="over.innerHTML = over.innerHTML ? '' :
    '<div data-testid=stPopoverBody><img src=x>Download</div>'">Mer</button></div>
  <div id="over"></div>
</main></div>
"""


def test_every_fault_of_a_bad_page_is_found(page: Page) -> None:
    page.set_content(WRONG)
    looked = "\n".join(page.evaluate(LOOKED))
    for fault in (
        "html lang är en",
        "inte en H1",
        "H3 efter H1",
        "ingen mening: Kurva",
        "ingen tabell",
        "utan rubriker",
        "utan namn",
    ):
        assert fault in looked
    cut = "\n".join(page.evaluate(CUT))
    assert "2000 px bred" in cut
    assert "avklippt: Allt det här" in cut
    page.evaluate(AXE)
    axe = "\n".join(page.evaluate(RUN_AXE, [None, EXCUSED]))
    assert "color-contrast" in axe
    opened = page.evaluate(OPENED, [SAID, LOOKED, RUN_AXE, EXCUSED, []])
    assert opened["opened"] == ["Mer"]
    assert any("image-alt" in fault for fault in opened["faults"])
    assert english_in(opened["said"]).keys() == {"choose", "an", "option", "remove", "download"}
