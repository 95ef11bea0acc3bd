"""Two servers behind deploy's own nginx and one PostgreSQL, in a browser: one dies, and people go on at the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from hsf_kpi.model.event import Event
from hsf_kpi.store.store import Store
from tests.deploy.conftest import CONTROLLER, Site, route, routed
from tests.e2e.sign_in_pages import ENDED, at_form, at_page, fill, sign_in, sign_out
from tests.e2e.test_way_through import choose_unit, params
from tests.e2e.windows import ready
from tests.people import LEADER, NEWCOMER, PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

LONG = 60_000
SHOWN = "/nyckeltal?nyckeltal=vardgaranti.besok&enhet=kirurgkliniken&manad=2023-10&vy=manad"
Visitor = Callable[..., BrowserContext]
File = Callable[[str], Path]


def value(page: Page) -> str:
    """What the tile of the nyckeltal says."""
    return page.get_by_test_id("stMetricValue").first.inner_text()


def taken(page: Page, label: str) -> bytes:
    """The content of the file behind the button."""
    with page.expect_download(timeout=LONG) as download:
        page.get_by_role("button", name=label, exact=True).click()
    return download.value.path().read_bytes()


def takes_its_figure(page: Page) -> None:
    page.get_by_role("button", name="Exportera").first.click()
    assert taken(page, "CSV").startswith(b"\xef\xbb\xbf")
    assert taken(page, "PNG-bild").startswith(b"\x89PNG")
    page.keyboard.press("Escape")


def loads(page: Page, url: str, path: Path) -> None:
    """Sends the file on Inläsning, sees what it changes, and loads it."""
    page.goto(f"{url}/inlasning")
    at_page(page)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=re.compile("^Välj (fil|en annan fil)$")).first.click()
    chooser.value.set_files(path)
    expect(page.get_by_role("heading", name="Det här ändras")).to_be_visible(timeout=LONG)
    ready(page)
    page.get_by_role("button", name="Läs in", exact=True).click()
    expect(page.get_by_text(re.compile(r"Inläsning \d+ är klar"))).to_be_visible(timeout=LONG)
    ready(page)


def test_two_who_start_at_once_make_one_database(site: Site) -> None:
    assert sorted(site.built) == ["Databasen är aktuell (demodata).", "Databasen är skapad."]
    with closing(Store.open(site.database_url)) as store:
        assert [what for _, _, what, _ in store.audit(10_000)].count(Event.CREATED) == 1


def test_who_was_on_the_replica_that_dies_goes_on_at_the_other(visitor: Visitor, site: Site) -> None:
    context = visitor()
    page = context.new_page()
    sign_in(page, f"{site.url}/nyckeltal?nyckeltal=vardgaranti.besok", LEADER)
    choose_unit(page, "Kirurgkliniken")
    page.get_by_role("combobox", name="Period").click()
    page.get_by_role("option", name="September 2023").click()
    ready(page)
    before = params(page)
    assert (before["enhet"], before["manad"]) == ("kirurgkliniken", "2023-09")
    heading = page.get_by_role("heading", level=1).inner_text()
    takes_its_figure(page)

    died = site.serving()
    assert routed(context) == str(died.number)
    died.kill()
    page.get_by_role("radio", name="Rullande 12").click()
    try:
        expect(page).to_have_url(re.compile("vy=r12"), timeout=LONG)
        at_page(page)
        other = site.serving()
        assert other.number != died.number
        assert routed(context) == str(other.number)
        assert params(page) == {**before, "vy": "r12"}
        assert page.get_by_role("heading", level=1).inner_text() == heading
        expect(page.get_by_role("combobox", name="Verksamhet")).to_have_value(re.compile("Kirurgkliniken"))
        takes_its_figure(page)
    finally:
        died.start()
        died.wait()

    # The one that is back is asked again by those who want it: the browser stays where its page is.
    site.wait_until_asked_again(died)
    takes_its_figure(page)
    assert routed(context) == str(other.number)
    page.goto(f"{site.url}/rapport?enhet=kirurgkliniken&manad=2023-10&avsnitt=laget")
    at_page(page)
    page.get_by_role("button", name="Gör filerna").click()
    expect(page.get_by_role("button", name="Alla i en ZIP-fil")).to_be_visible(timeout=LONG)
    ready(page)
    assert taken(page, "Ladda ner PDF").startswith(b"%PDF-")
    assert site.serving().number == other.number


def at_figure(page: Page, site: Site) -> Page:
    page.goto(site.url + SHOWN)
    at_page(page)
    expect(page.get_by_test_id("stMetricValue").first).to_contain_text("%", timeout=LONG)
    return page


def clicks(page: Page) -> None:
    """Looks at something else and back again."""
    page.get_by_role("radio", name="Ackumulerat").click()
    ready(page)
    page.get_by_role("radio", name="Månad").click()


def test_a_load_at_one_is_seen_at_the_other_at_the_next_click(
    visitor: Visitor, site: Site, months_file: File
) -> None:
    reader = at_figure(visitor(on=1, login=LEADER).new_page(), site)
    before = value(reader)
    controller = visitor(on=2, login=CONTROLLER)
    loading = controller.new_page()
    loads(loading, site.url, months_file("1500"))
    assert [one.connections for one in site.replicas] == [1, 1]
    assert value(reader) == before, "nobody has clicked"
    clicks(reader)
    expect(reader.get_by_test_id("stMetricValue").first).to_contain_text("93,5", timeout=LONG)
    assert "93,5" not in before
    # Both have the answer in memory by now; it is the other's turn to change it.
    there = at_figure(controller.new_page(), site)
    assert value(there) == value(reader)
    route(controller, site.url, 1)
    loads(loading, site.url, months_file("1400"))
    assert routed(controller) == "1"
    assert [one.connections for one in site.replicas] == [2, 1]
    clicks(there)
    expect(there.get_by_test_id("stMetricValue").first).to_contain_text("87,2", timeout=LONG)


def test_a_session_that_is_ended_at_one_is_dead_at_the_other(visitor: Visitor, site: Site) -> None:
    here, there = visitor(on=1, login=LEADER), visitor(on=2)
    page = at_figure(here.new_page(), site)
    there.add_cookies([one for one in here.cookies() if one["name"] != "hsf_route"])  # type: ignore[misc]
    route(there, site.url, 2)
    copy = at_figure(there.new_page(), site)
    assert [one.connections for one in site.replicas] == [1, 1]
    sign_out(page)
    at_form(page)
    copy.get_by_role("radio", name="Rullande 12").click()
    expect(copy.get_by_text(ENDED)).to_be_visible(timeout=LONG)
    at_form(copy)


def test_wrong_passwords_are_counted_together(visitor: Visitor, site: Site) -> None:
    one, two = visitor(on=1).new_page(), visitor(on=2).new_page()
    for page in (one, two):
        page.goto(site.url)
        at_form(page)
    for page in (one, one, one, two, two):
        fill(page, NEWCOMER, "fel lösenord här")
        ready(page)
        expect(page.get_by_role("alert")).to_contain_text("Fel användarnamn", timeout=LONG)
    for page in (two, one):
        fill(page, NEWCOMER, PASSWORD)
        ready(page)
        expect(page.get_by_role("alert")).to_contain_text("För många försök. Vänta", timeout=LONG)


def test_what_the_proxy_says_and_keeps_to_itself(site: Site) -> None:
    document = site.ask("GET", "/")
    assert document.headers["strict-transport-security"]
    assert document.headers["server"] == "nginx"
    cookies = {one.partition("=")[0]: one for one in document.headers.get_list("set-cookie")}
    assert "Secure" in cookies["hsf_route"]
    assert "HttpOnly" in cookies["hsf_route"]
    assert "__Host-hsf_besok" in cookies, "the program knows that it stands behind TLS"
    assert [site.ask("GET", path).status_code for path in ("/metrics", "/_stcore/metrics")] == [404, 404]
    refused = site.ask("PUT", "/_stcore/upload_file/a/b", content=b"x" * 2_000_000)
    assert (refused.status_code, refused.text) == (404, "Finns inte.")
    large = site.ask("POST", "/inloggning", content=b"x" * 2_000_000)
    assert (large.status_code, large.text) == (413, "Filen är för stor.")
