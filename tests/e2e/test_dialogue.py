"""Signals, comparison and what is handed in, in a browser: links, a shared comparison, forms, a file, a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from tests.e2e.conftest import address, open_at
from tests.e2e.test_economy import finding, follow, params
from tests.e2e.windows import ready

pytestmark = pytest.mark.browser

TEXT = "Färre sena pass i november. <b>Inte</b> fler diagnoser & **inget** annat."


def choose(page: Page, name: str, option: str) -> None:
    """Opens a list and takes what is wanted from it. A list closes when the page is scrolled, also by what the browser
    scrolls to reach it: then once more.
    """
    box, wanted = page.get_by_role("combobox", name=name), page.get_by_role("option", name=option).first
    box.scroll_into_view_if_needed()
    for last in (False, False, True):
        box.click()
        try:
            wanted.click(timeout=30_000 if last else 5_000)
            return
        except TimeoutError:
            if last:
                raise


def test_from_oversikt_by_a_signal_to_its_figure_and_back(page: Page, economy_url: str) -> None:
    open_at(page, f"{economy_url}/?enhet=hsf&manad=2023-10")
    icon = page.locator(".st-key-ruta-hyrpersonal img").first
    expect(icon).to_be_visible()
    assert icon.evaluate("image => image.naturalWidth") > 0, "the content policy lets the icon be drawn"
    follow(page, "Alla signaler i oktober")
    expect(page.get_by_role("heading", level=1)).to_have_text("Månadens signaler")
    start = address(page)
    page.get_by_role("button", name="Förändringar", exact=True).or_(
        page.get_by_role("radio", name="Förändringar", exact=True)
    ).first.click()
    page.wait_for_url(re.compile("slag=forandring"))
    ready(page)
    chosen = address(page)
    follow(page, re.compile("^Vuxenpsykiatri: remisserna"))
    assert params(page)["enhet"] == "vuxenpsykiatri"
    assert params(page)["nyckeltal"] == "remissflode"
    expect(page.get_by_text("Är förändringen verklig?").first).to_be_visible()
    page.go_back()
    ready(page)
    assert address(page) == chosen
    page.go_back()
    ready(page)
    assert address(page) == start


def test_limits_are_drawn_by_month_and_refused_in_words_where_they_can_not_be(
    page: Page, economy_url: str
) -> None:
    open_at(page, f"{economy_url}/nyckeltal?nyckeltal=hyrpersonal&enhet=hsf&manad=2023-10&vy=ack")
    expect(page.get_by_text("Styrgränser räknas inte på ackumulerade värden").first).to_be_visible()
    page.get_by_role("radio", name="Månad", exact=True).click()
    page.wait_for_url(re.compile("vy=manad"))
    ready(page)
    curve = page.locator(".st-key-figur-hyrpersonal")
    expect(curve.get_by_text("Övre gräns", exact=False).first).to_be_visible()
    expect(curve.get_by_text("basperiod januari 2021–december 2022", exact=False).first).to_be_visible()


def test_a_comparison_is_chosen_sorted_and_shared(page: Page, economy_url: str) -> None:
    open_at(page, f"{economy_url}/jamfor?nyckeltal=sjukfranvaro&enhet=kirurgkliniken&manad=2023-10")
    said = finding(page)
    assert "Kirurgkliniken" in said
    choose(page, "Ordna verksamheterna efter", "Hyrpersonal")
    page.wait_for_url(re.compile("ordning=hyrpersonal"))
    ready(page)
    table = page.locator(".st-key-figur-verksamheter-och-nyckeltal").get_by_role("row")
    order = table.all_inner_texts()[1:4]
    page.reload()
    ready(page)
    expect(table.nth(1)).to_be_visible()
    assert table.all_inner_texts()[1:4] == order
    choose(page, "Verksamheter av samma slag", "Staber")
    page.wait_for_url(re.compile("grupp=staber"))
    ready(page)
    assert finding(page) != said


def test_a_head_hands_in_what_the_superior_then_sees_and_takes_along(page: Page, economy_url: str) -> None:
    where = f"{economy_url}/min_verksamhet?manad=2023-10&del=dialog"
    open_at(page, f"{where}&roll=verksamhetschef&enhet=kirurgkliniken&svar=sjukfranvaro")
    page.get_by_role("textbox", name="Analys: vad beror det på?").fill(TEXT)
    page.get_by_role("button", name="Spara analysen").click()
    expect(page.get_by_text("Analysen av Sjukfrånvaro är sparad.")).to_be_visible()
    ready(page)
    page.get_by_role("textbox", name="Årets resultat, mnkr").fill("−131,5")
    page.get_by_role("textbox", name="Vad prognosen bygger på").fill("Tio månaders utfall")
    page.get_by_role("button", name="Spara prognosen").click()
    expect(page.get_by_text("Prognosen för 2023 är sparad.")).to_be_visible()
    ready(page)
    page.reload()
    ready(page)
    expect(page.get_by_role("textbox", name="Analys: vad beror det på?")).to_have_value(TEXT)
    page.get_by_role("button", name="Klar för dialog").click()
    expect(page.get_by_role("button", name="Öppna igen")).to_be_visible()
    expect(page.get_by_role("button", name="Spara analysen")).to_have_count(0)
    ready(page)

    open_at(page, f"{where}&roll=omradeschef&enhet=akutsjukvard")
    row = page.locator(".st-key-figur-dialog-lamnat").get_by_role("row").filter(has_text="Kirurgkliniken")
    expect(row).to_contain_text("klar")
    expect(row).to_contain_text("−131,5")

    open_at(page, f"{economy_url}/nyckeltal?nyckeltal=sjukfranvaro&enhet=kirurgkliniken&manad=2023-10")
    expect(page.get_by_text(TEXT, exact=False).first).to_be_visible()
    page.get_by_role("button", name="Exportera").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert TEXT in download.value.path().read_bytes().decode("utf-8-sig")
