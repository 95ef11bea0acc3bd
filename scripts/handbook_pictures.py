"""The pictures of the handbook that show a part of a page: a tile, the filter bar, an open menu, a form."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Locator, Page

from tests.e2e.windows import ready, window

MARGIN = 16
TALL = 5000
"""Pixels: no page is taller with these choices, so that nothing has to be scrolled to."""
LOADED = """Nyckeltal;Verksamhet;Period;Täljare;Nämnare
vardgaranti.besok;Kirurgkliniken;okt 2023;1 500;1605
vardgaranti.besok;Onkologkliniken;okt 2023;198;240
sjukfranvaro;Onkologkliniken;okt 2023;1 130;18 240
"""
"""Made-up values for the demo: some changed, some new."""


@dataclass(frozen=True, slots=True)
class Shot:
    """`do`: what is clicked and typed first, and then the parts of the page that are in the picture."""

    where: str
    do: Callable[[Page], tuple[Locator, ...]]
    width: int = 1440
    margin: int = MARGIN


def close_tour(page: Page) -> None:
    """The tour of a first visit, where it stands."""
    closing = page.get_by_role("button", name="Stäng för gott")
    if closing.count():
        closing.click()
        ready(page)


def take_parts(browser: Browser, url: str, target: Path) -> None:
    for name, shot in SHOTS.items():
        context = window(browser, locale="sv-SE", color_scheme="light")
        page = context.new_page()
        page.set_viewport_size({"width": shot.width, "height": TALL})
        page.goto(f"{url}/{shot.where}")
        ready(page)
        close_tour(page)
        parts = shot.do(page)
        page.wait_for_timeout(2000)
        page.screenshot(path=target / f"{name}.png", clip=_around(page, parts, shot.margin))
        print(target / f"{name}.png")
        context.close()


def _around(page: Page, parts: tuple[Locator, ...], margin: int) -> FloatRect:
    boxes = [box for part in parts if (box := part.bounding_box())]
    size = page.viewport_size or {"width": 1440, "height": TALL}
    left = max(min(b["x"] for b in boxes) - margin, 0)
    top = max(min(b["y"] for b in boxes) - margin, 0)
    right = min(max(b["x"] + b["width"] for b in boxes) + margin, size["width"])
    bottom = min(max(b["y"] + b["height"] for b in boxes) + margin, size["height"])
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def _key(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key}").first


def _tile(page: Page) -> tuple[Locator, ...]:
    return (_key(page, "ruta-sjukfranvaro"),)


def _filter(page: Page) -> tuple[Locator, ...]:
    return (_key(page, "sidhuvud"), _key(page, "filterrad"), page.get_by_text("Ingår i").first)


def _export(page: Page) -> tuple[Locator, ...]:
    figure = page.locator('[class*="st-key-figur-"]').first
    figure.get_by_role("button", name="Exportera").click()
    menu = page.locator('[data-testid="stPopoverBody"]')
    menu.wait_for()
    return figure, menu


def _hand_in(page: Page) -> tuple[Locator, ...]:
    return (_key(page, "lamna-in"),)


def _preview(page: Page) -> tuple[Locator, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "utfall-2023-10.csv"
        path.write_text(LOADED, "utf-8-sig")
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name=re.compile("^Välj fil")).first.click()
        chooser.value.set_files(path)
        load = page.get_by_role("button", name="Läs in", exact=True)
        load.wait_for()
        ready(page)
    return (
        page.get_by_role("heading", name="Det här ändras"),
        load,
        page.locator('[class*="st-key-figur-"]').first,
    )


def _month(page: Page) -> tuple[Locator, ...]:
    page.get_by_role("tab", name="Månaden").click()
    ready(page)
    return (
        page.get_by_role("heading", name="Månaden"),
        _key(page, "ruta-manad-frislappt"),
        _key(page, "manad-stam-av"),
    )


def _search(page: Page) -> tuple[Locator, ...]:
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    page.keyboard.type("sjukfrånvro", delay=30)
    dialog.get_by_role("link").first.wait_for()
    ready(page)
    return (dialog,)


SHOTS = {
    "hjalp-ruta": Shot("?enhet=hsf&manad=2023-10&vy=ack", _tile),
    "hjalp-filter": Shot("?enhet=kirurgkliniken&manad=2023-10&vy=ack", _filter),
    "hjalp-exportera": Shot(
        "nyckeltal?nyckeltal=hyrpersonal&enhet=hsf&manad=2023-10&vy=manad", _export, width=1100
    ),
    "hjalp-inlamning": Shot(
        "min_verksamhet?enhet=akutsjukvard&manad=2023-10&vy=ack&del=dialog", _hand_in, width=1100
    ),
    "hjalp-inlasning": Shot("inlasning?roll=controller", _preview, width=1100),
    "hjalp-manaden": Shot("inlasning?roll=controller", _month, width=1100),
    "hjalp-sok": Shot("?enhet=hsf&manad=2023-10&vy=ack", _search, width=1100, margin=0),
}
"""File name → what it is of. docs/handbok shows them."""
