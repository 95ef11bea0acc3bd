"""Signing in and out in a real browser: the steps that several tests take."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import closing
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from hsf_kpi.store.store import Store
from hsf_kpi.ui.sign_in.verify import ticket_for
from tests.e2e.windows import fresh, left, ready
from tests.people import PASSWORD

ENDED = "Inloggningen gäller inte längre"
NEW = "ett annat bra lösenord"
LINK = "/nyckeltal?nyckeltal=hyrpersonal&enhet=kirurgkliniken&manad=2023-06&vy=manad&kon=alla&org=idag"


def fill(page: Page, login: str, password: str) -> None:
    page.get_by_label("Användarnamn", exact=True).fill(login)
    page.get_by_label("Lösenord", exact=True).fill(password)
    page.get_by_role("button", name="Logga in").click()


def sign_in(page: Page, address: str, login: str, password: str = PASSWORD) -> None:
    """Opens the address and signs in; done when the page that was asked for is drawn."""
    page.goto(address)
    at_form(page)
    fill(page, login, password)
    at_page(page)


def let_in(context: BrowserContext, url: str, database: str, login: str) -> None:
    """The window has signed in, for tests of what comes after: a ticket is handed over as the form's page does it."""
    with closing(Store.open(database)) as store:
        account = store.accounts.find(login)
        assert account is not None
        ticket = ticket_for(store, account, "127.0.0.1", dt.datetime.now(dt.UTC))
    headers = {"origin": url, "content-type": "application/json"}
    answer = context.request.post(f"{url}/inloggning", data=json.dumps({"biljett": ticket}), headers=headers)
    assert answer.status == 204


def at_form(page: Page) -> None:
    expect(page.get_by_role("button", name="Logga in")).to_be_visible(timeout=60_000)
    ready(page)
    expect(page.get_by_test_id("stMetric")).to_have_count(0)


def at_page(page: Page) -> None:
    expect(page.get_by_role("button", name="Mer", exact=True)).to_be_visible(timeout=60_000)
    ready(page)


def click_something(page: Page) -> None:
    """A click that reruns the script over the websocket, without a new document."""
    page.get_by_role("radio", name="Rullande 12").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Mer", exact=True).click()
    page.get_by_role("button", name="Logga ut").click()


def session_cookie(context: BrowserContext) -> Any:
    return next(cookie for cookie in context.cookies() if cookie["name"].endswith("hsf_session"))


def refused_with(browser: Browser, url: str, cookie: object) -> None:
    """A copy of the cookie in another browser shows the form, in words, and nothing else."""
    thief = fresh(browser)
    thief.add_cookies([cookie])  # type: ignore[list-item]
    page = thief.new_page()
    page.goto(url + LINK)
    at_form(page)
    expect(page.get_by_text(ENDED)).to_be_visible()
    left(thief)
