"""Signing in at a provider, in a real browser, with a session of our own on top."""

from __future__ import annotations

import datetime as dt
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import oidc_provider_mock
import pytest
from oidc_provider_mock import User
from playwright.sync_api import Browser, BrowserContext, Page, expect

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.role import Grant
from hsf_kpi.store.store import Store
from hsf_kpi.workspace import Workspace
from tests.e2e.conftest import address, next_port, serving
from tests.e2e.sign_in_pages import ENDED, LINK, at_form, at_page, click_something, sign_out
from tests.e2e.windows import fresh, left, ready
from tests.people import ADMIN, HEAD, LEADER, cheap_passwords, with_people

USERS = (
    User(sub="s-ledare", claims={"email": LEADER.upper(), "email_verified": True, "name": "Ledningen"}),
    User(sub="s-chef", claims={"email": HEAD, "email_verified": True, "name": "Klinikchefen"}),
    User(sub="s-okand", claims={"email": "okand@exempel.se", "email_verified": True, "name": "Okänd"}),
    User(sub="s-falsk", claims={"email": LEADER, "email_verified": False, "name": "Falsk"}),
)


@dataclass(frozen=True)
class Served:
    url: str
    database: str
    folder: Path


@pytest.fixture(scope="module")
def served(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("oidc")
    with cheap_passwords():  # nobody is asked for one
        database = with_people(demo_database, folder)
    port = next_port()
    with oidc_provider_mock.run_server_in_thread(user_claims=USERS) as provider:
        environment = {
            "HSF_KPI_DATABASE_URL": database,
            "HSF_KPI_SIGN_IN": "oidc",
            "HSF_KPI_CONTACT": "växeln",
            "HSF_KPI_OIDC_METADATA_URL": f"http://localhost:{provider.server_port}/.well-known/openid-configuration",
            "HSF_KPI_OIDC_CLIENT_ID": "hsf",
            "HSF_KPI_OIDC_CLIENT_SECRET": "hemlig",
            "HSF_KPI_OIDC_REDIRECT_URL": f"http://localhost:{port}/oauth2callback",
            "HSF_KPI_COOKIE_SECRET": "k" * 40,
        }
        with serving(folder, port, **environment) as url:
            yield Served(url, database, folder)


@pytest.fixture
def store(served: Served) -> Iterator[Store]:
    store = Store.open(served.database)
    yield store
    store.accounts.set_active(HEAD, True, ADMIN)
    store.close()


def through_provider(page: Page, sub: str) -> None:
    page.get_by_role("button", name="Logga in").click()
    page.locator("input[name=sub]").fill(sub)
    page.locator("input[name=sub]").press("Enter")


def sign_in(page: Page, url: str, sub: str) -> None:
    page.goto(url)
    at_form(page)
    through_provider(page, sub)
    at_page(page)


def auth_cookies(context: BrowserContext) -> list[dict[str, object]]:
    return [dict(cookie) for cookie in context.cookies() if cookie["name"].startswith("_streamlit_user")]


def test_a_known_user_is_in_at_the_link_that_was_asked_for(
    browser: Browser, served: Served, store: Store
) -> None:
    context = fresh(browser)
    page = context.new_page()
    sign_in(page, served.url + LINK, "s-ledare")
    assert "nyckeltal=hyrpersonal" in address(page)
    assert "enhet=kirurgkliniken" in address(page)
    expect(page.get_by_text("Inloggad: Ledningen")).to_be_visible()
    session = store.sessions.latest(1)[0]
    assert (session.login, session.way) == (LEADER, "oidc")
    for cookie in auth_cookies(context):
        assert cookie["httpOnly"] is True
        assert cookie["sameSite"] == "Lax"
        hours = (float(str(cookie["expires"])) - dt.datetime.now().timestamp()) / 3600
        assert hours <= 8.01
    tab = context.new_page()
    tab.goto(served.url + "/maluppfyllelse")
    at_page(tab)
    left(context)


@pytest.mark.parametrize("sub", ["s-okand", "s-falsk"])
def test_unknown_or_unverified_is_told_and_can_only_sign_out(
    browser: Browser, served: Served, sub: str
) -> None:
    context = fresh(browser)
    page = context.new_page()
    page.goto(served.url + LINK)
    at_form(page)
    through_provider(page, sub)
    expect(page.get_by_role("heading", name="Du har inte tillgång")).to_be_visible(timeout=60_000)
    ready(page)
    expect(page.get_by_text("Vänd dig till växeln.")).to_be_visible()
    expect(page.get_by_text("Du är inloggad som")).to_be_visible()
    expect(page.get_by_test_id("stMetric")).to_have_count(0)
    expect(page.get_by_text("Måluppfyllelse")).to_have_count(0)
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url(re.compile(f"^(?!{served.url}/nyckeltal)"), timeout=30_000)
    assert auth_cookies(context) == []
    left(context)


def test_signed_out_is_out_at_the_server_and_a_copied_cookie_is_dead(
    browser: Browser, served: Served, store: Store
) -> None:
    context, thief = fresh(browser), fresh(browser)
    page = context.new_page()
    sign_in(page, served.url + LINK, "s-ledare")
    copy = auth_cookies(context)
    thief.add_cookies(copy)  # type: ignore[arg-type]
    stolen = thief.new_page()
    stolen.goto(served.url + LINK)
    at_page(stolen)
    sign_out(page)
    expect(page.get_by_role("button", name="Mer", exact=True)).to_have_count(0)
    page.wait_for_function("() => !document.querySelector('[data-testid=stMetric]')")
    click_something(stolen)
    expect(stolen.get_by_text(ENDED)).to_be_visible()
    stolen.reload()
    at_form(stolen)
    expect(stolen.get_by_text(ENDED)).to_be_visible()
    assert store.sessions.latest(1)[0].ended is not None
    page.goto(served.url)
    at_form(page)
    left(context, thief)


def test_a_changed_role_and_a_disabled_account_are_felt_at_the_next_click(
    browser: Browser, served: Served, store: Store
) -> None:
    context = fresh(browser)
    page = context.new_page()
    sign_in(page, f"{served.url}/nyckeltal", "s-chef")
    expect(page.get_by_role("combobox", name="Verksamhet")).to_have_value("AS › Kirurgkliniken")
    copy = auth_cookies(context)
    account = store.accounts.find(HEAD)
    assert account is not None
    catalogue = read_catalogue(ROOT / "data")
    day = Workspace(catalogue, store).as_of()
    for held in account.held:
        store.accounts.end_grant(held.number, day - dt.timedelta(days=1), ADMIN)
    click_something(page)
    expect(page.get_by_text("Du har ingen behörighet")).to_be_visible()
    expect(page.get_by_test_id("stMetric")).to_have_count(0)
    store.accounts.grant(HEAD, Grant("verksamhetschef", "kirurgkliniken", day), catalogue, ADMIN)
    page.reload()
    at_page(page)
    store.accounts.set_active(HEAD, False, ADMIN)
    click_something(page)
    expect(page.get_by_role("heading", name="Du har inte tillgång")).to_be_visible()
    store.accounts.set_active(HEAD, True, ADMIN)
    thief = fresh(browser)
    thief.add_cookies(copy)  # type: ignore[arg-type]
    stolen = thief.new_page()
    stolen.goto(served.url)
    at_form(stolen)
    left(context, thief)


@pytest.mark.parametrize(
    "value",
    ["skräp".encode().hex(), json.dumps({"email": LEADER, "is_logged_in": True}), "eyJhbGciOiJub25lIn0.e30."],
)
def test_a_forged_cookie_is_the_form_in_words(browser: Browser, served: Served, value: str) -> None:
    context = fresh(browser)
    quoted = urllib.request.quote(value)  # type: ignore[attr-defined]
    context.add_cookies([{"name": "_streamlit_user", "value": quoted, "url": served.url}])
    page = context.new_page()
    page.goto(served.url)
    at_form(page)
    assert "Traceback" not in page.content()
    left(context)


def test_streamlits_cookies_are_secure_behind_tls_and_the_local_addresses_closed(served: Served) -> None:
    request = urllib.request.Request(f"{served.url}/_stcore/health", headers={"x-forwarded-proto": "https"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        set_cookies = answer.headers.get_all("set-cookie") or []
    assert set_cookies
    assert all("Secure" in cookie for cookie in set_cookies)
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(
            urllib.request.Request(
                f"{served.url}/inloggning",
                b'{"biljett": "x"}',
                {"origin": served.url, "content-type": "application/json"},
            ),
            timeout=10,
        )
    assert error.value.code == 404


def test_no_trace_was_written_to_the_servers_log(served: Served) -> None:
    text = (served.folder / "app.log").read_text("utf-8")
    assert "Traceback" not in text
    assert "hemlig" not in text
