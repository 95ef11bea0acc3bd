"""Every page, one visit each: Swedish words only, axe-core in light and dark, names, 320 px, and its policy kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from hsf_kpi.access.password import hashed
from hsf_kpi.store.store import Store
from hsf_kpi.ui.menu import MENU
from tests.e2e.conftest import open_at
from tests.e2e.sign_in_pages import at_form, fill
from tests.e2e.walking.english import english_in
from tests.e2e.walking.states import STATES
from tests.e2e.walking.walk import AXE, CUT, EXCUSED, RUN_AXE, SAID, WATCH, broken, walked
from tests.e2e.windows import ready
from tests.people import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """A page that notes what breaks its policy, and every request to somebody else; light again after."""
    outside: list[str] = []
    page.on("request", lambda r: outside.append(r.url) if "//localhost:" not in r.url else None)
    page.add_init_script(WATCH)
    page.emulate_media(color_scheme="light")
    yield page
    assert broken(page) == []
    assert [url for url in outside if not url.startswith(("data:", "blob:"))] == []


@pytest.mark.parametrize("name", STATES)
def test_a_page_is_swedish_fits_and_can_be_read_by_everybody(
    name: str, watched: Page, request: pytest.FixtureRequest
) -> None:
    state = STATES[name]
    open_at(watched, f"{request.getfixturevalue(state.server)}/{state.where}")
    expect(watched.locator("body")).to_contain_text(state.told)
    assert walked(watched) == []


def test_the_menu_and_the_search_of_a_phone_can_be_read_by_everybody(watched: Page, app_url: str) -> None:
    watched.set_viewport_size({"width": 400, "height": 900})
    open_at(watched, f"{app_url}/hjalp")
    watched.evaluate(AXE)
    watched.get_by_role("button", name="Visa menyn").click()
    expect(watched.get_by_role("link", name="Budget och ramar")).to_be_visible()
    assert seen(watched) == []
    watched.get_by_role("button", name="Dölj menyn").click()
    watched.keyboard.press("Control+k")
    watched.get_by_role("dialog").get_by_role("searchbox").fill("sjuk")
    expect(watched.get_by_role("dialog").get_by_role("link", name="Sjukfrånvaro").first).to_be_visible()
    assert seen(watched) == []


def seen(page: Page) -> list[str]:
    """The faults of what is seen just now."""
    english = english_in(page.evaluate(SAID))
    return [*page.evaluate(RUN_AXE, [None, EXCUSED]), *page.evaluate(CUT), *map(str, english.items())]


def test_somebody_without_a_role_is_told_in_a_page_for_everybody(
    watched: Page, local_url: str, local_store: Store
) -> None:
    local_store.accounts.add("utan", "Ulla Utan", "test", password=hashed(PASSWORD))
    try:
        watched.goto(local_url)
        at_form(watched)
        fill(watched, "utan", PASSWORD)
        expect(watched.get_by_role("heading", level=1)).to_have_text(
            "Du har ingen behörighet än", timeout=60_000
        )
        ready(watched)
        assert walked(watched) == []
    finally:
        local_store.accounts.set_active("utan", False, "test")


def test_every_page_of_the_menu_is_walked() -> None:
    assert {name for pages in MENU.values() for name in pages} <= STATES.keys()
