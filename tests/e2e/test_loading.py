"""A month's file in a browser: sent, looked at, loaded, seen, looked back from, undone; and who may not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import open_at
from tests.e2e.walking.english import english_in
from tests.e2e.walking.walk import SAID
from tests.e2e.windows import ready

LONG = 30_000
"""Milliseconds for a file to be sent, read and compared on a busy machine."""

pytestmark = pytest.mark.browser

HEADINGS = "Nyckeltal;Verksamhet;Period;Täljare;Nämnare\r\n"
RIGHT = HEADINGS + "vardgaranti.besok;Kirurgkliniken;okt 2023;1 500;1605\r\n"
WRONG = HEADINGS + "vardgaranti.besok;kirugkliniken;2023-10;1 500;1 605\r\n;kirurgkliniken;2023-13;2;1\r\n"
SHOWN = "/nyckeltal?nyckeltal=vardgaranti.besok&enhet=kirurgkliniken&manad=2023-10&vy=manad&roll=controller"


def send(page: Page, folder: Path, text: str, name: str = "besok-2023-10.csv") -> None:
    path = folder / name
    path.write_bytes(text.encode("utf-8-sig"))
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=re.compile("^Välj (fil|en annan fil)$")).first.click()
    chooser.value.set_files(path)


def value(page: Page, url: str) -> str:
    """What the tile of the nyckeltal says."""
    open_at(page, f"{url}{SHOWN}")
    return page.get_by_test_id("stMetricValue").first.inner_text()


def test_a_file_is_looked_at_loaded_seen_and_undone(page: Page, economy_url: str, tmp_path: Path) -> None:
    before = value(page, economy_url)
    open_at(page, f"{economy_url}/inlasning?roll=controller")
    expect(page.get_by_role("button", name="Välj fil").first).to_be_visible()
    send(page, tmp_path, WRONG)
    expect(page.get_by_text("Filen kan inte läsas in.")).to_be_visible(timeout=LONG)
    rows = page.locator(".st-key-bred-fel").get_by_role("row")
    expect(rows.filter(has_text="kirugkliniken")).to_contain_text("Menade du ”kirurgkliniken”")
    expect(rows.filter(has_text="2023-13")).to_contain_text("rad 3, kolumn ”Period”")
    expect(page.get_by_role("button", name="Läs in", exact=True)).to_have_count(0)
    ready(page)
    assert english_in(page.evaluate(SAID)) == {}

    send(page, tmp_path, RIGHT)
    expect(page.get_by_role("heading", name="Det här ändras")).to_be_visible(timeout=LONG)
    ready(page)
    page.get_by_role("button", name="Läs in", exact=True).click()
    expect(page.get_by_text(re.compile(r"Inläsning \d+ är klar"))).to_be_visible(timeout=LONG)
    ready(page)
    send(page, tmp_path, RIGHT)
    expect(
        page.get_by_text(re.compile(r"Filen är redan inläst \(inläsning \d+\)\. Inget har ändrats"))
    ).to_be_visible(timeout=LONG)

    after = value(page, economy_url)
    assert "93,5" in after
    assert after != before
    open_at(page, f"{economy_url}{SHOWN}&per=2023-11-14")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(before)
    expect(page.get_by_text("ppgifter per 14 november 2023").first).to_be_visible()

    open_at(page, f"{economy_url}/inlasning?roll=controller")
    page.get_by_role("tab", name="Inläsningar").click()
    page.get_by_role("combobox", name="Inläsning").click()
    page.get_by_role("option", name=re.compile("besok-2023-10")).first.click()
    ready(page)
    page.get_by_role("button", name="Ångra inläsningen").click()
    page.get_by_role("button", name="Ja, ångra").click()
    expect(page.get_by_text(re.compile(r"Inläsning \d+ är ångrad"))).to_be_visible(timeout=LONG)
    ready(page)
    assert value(page, economy_url) == before


def test_who_may_not_load_is_refused_the_page_and_the_server_takes_no_file(
    page: Page, economy_url: str
) -> None:
    open_at(page, f"{economy_url}/inlasning?roll=verksamhetschef")
    expect(page.get_by_text("Din behörighet räcker inte för att läsa in data.")).to_be_visible()
    assert page.locator('input[type="file"]').count() == 0
    status = page.evaluate(
        "fetch('/_stcore/upload_file/min/fil', {method: 'PUT', body: new FormData()}).then(r => r.status)"
    )
    assert status == 404
