"""A page printed from the browser: clean, light and whole, also where the reader sees it dark."""

from __future__ import annotations

from dataclasses import asdict
from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from hsf_kpi.render.theme import DARK
from tests.e2e.conftest import open_at

pytestmark = pytest.mark.browser

A4 = (595, 842)
CLICKED = (
    "Visa som tabell",
    "Exportera",
    "Spara och dela",
    "Säsongsprofil",
    "Läget",
    "Räkna om",
    "Hjälp om sidan",
)
LEFT_DARK = """
(dark) => [...document.querySelectorAll("svg.marks *")].filter((one) => {
  const look = getComputedStyle(one);
  return [look.fill, look.stroke].some((colour) => dark.includes(colour));
}).length
"""
TEXT_ON = """
() => [...document.querySelectorAll("h1, h2, h3, p, td, th")].filter((one) => one.checkVisibility())
  .map((one) => getComputedStyle(one).color).filter((colour) => Math.min(...colour.match(/\\d+/g).slice(0, 3)) > 150).length
"""


def test_a_dark_page_is_printed_light_without_what_is_clicked_and_no_figure_is_cut(
    page: Page, app_url: str
) -> None:
    page.emulate_media(color_scheme="dark")
    open_at(page, f"{app_url}/vagen?enhet=hsf&manad=2023-10&vy=ack")
    page.locator("svg.marks").nth(3).wait_for()
    titles = page.get_by_role("heading", level=3).all_inner_texts()
    dark = [f"rgb({', '.join(str(int(c[i : i + 2], 16)) for i in (1, 3, 5))})" for c in asdict(DARK).values()]
    assert page.evaluate(LEFT_DARK, dark) > 100
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True))).pages
    page.emulate_media(media="print")
    assert page.evaluate(LEFT_DARK, dark) == 0
    assert page.evaluate(TEXT_ON) == 0
    ground = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen", color_scheme="light")

    assert 2 <= len(sheets) <= 3
    assert (round(sheets[0].mediabox.width), round(sheets[0].mediabox.height)) == A4
    texts = [" ".join(sheet.extract_text().split()) for sheet in sheets]
    assert "Hälso- och sjukvårdsförvaltningen · till och med oktober 2023" in texts[0]
    assert {"Visning:", "Ackumulerat"} <= set(texts[0].split())
    assert f"Sida 1 av {len(sheets)}" in texts[0]
    assert [word for word in CLICKED if any(word in text for text in texts)] == []
    shown = [title for title in titles if "Vad händer om" not in title]
    assert len(shown) >= 4
    for title in (" ".join(one.split()) for one in shown):
        (text,) = [text for text in texts if title in text]
        assert "Källa:" in text.partition(title)[2], title
