"""In a real browser: the database is gone, the last good figures stay and say so, and the page opens again by itself."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.conftest import open_at, serving
from tests.e2e.walking.english import english_in
from tests.e2e.walking.walk import SAID
from tests.e2e.windows import window

LONG = 30_000
pytestmark = pytest.mark.browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A window whose clock can be put forward."""
    context = window(browser, locale="sv-SE")
    context.clock.install()
    yield context
    context.close()


def test_the_figures_stay_marked_and_the_page_opens_by_itself(
    context: BrowserContext, demo_database: str, tmp_path: Path
) -> None:
    path = Path(shutil.copyfile(demo_database.removeprefix("sqlite:///"), tmp_path / "demo.sqlite3"))
    away = path.with_name("borta.sqlite3")
    with serving(tmp_path, HSF_KPI_DATABASE_URL=f"sqlite:///{path}") as url:
        page = open_at(context.new_page(), f"{url}/nyckeltal?nyckeltal=sjukfranvaro&enhet=kirurgkliniken")
        title = page.get_by_role("heading", level=1).inner_text()
        tiles = page.get_by_test_id("stMetricValue").all_inner_texts()
        charts = page.get_by_test_id("stVegaLiteChart").count()
        assert tiles
        assert charts
        path.rename(away)
        page.get_by_text("Rullande 12", exact=False).first.click()
        expect(page.get_by_text("Här är det senaste som visades för dig")).to_be_visible(timeout=LONG)
        expect(page.get_by_text("Databasen kan inte nås").first).to_be_visible()
        assert page.get_by_test_id("stMetricValue").all_inner_texts() == tiles
        assert page.get_by_test_id("stVegaLiteChart").count() == charts
        assert page.get_by_test_id("stException").count() == 0
        assert english_in(page.evaluate(SAID)) == {}
        stranger = context.new_page()
        stranger.goto(url)
        expect(stranger.get_by_text("Databasen går inte att använda just nu")).to_be_visible(timeout=LONG)
        expect(stranger.get_by_test_id("stMetricValue")).to_have_count(0)
        away.rename(path)
        # Nobody clicks, and ten seconds go by.
        context.clock.fast_forward(10_000)
        for one in (page, stranger):
            expect(one.get_by_text(re.compile("Databasen (kan inte nås|går inte)"))).to_have_count(
                0, timeout=LONG
            )
        expect(page.get_by_role("heading", level=1)).to_have_text(title, timeout=LONG)
        expect(stranger.get_by_test_id("stMetricValue").first).to_be_visible(timeout=LONG)
