"""What a thief can't do with a copied, forged or planted cookie, a seen ticket or a page elsewhere."""

from __future__ import annotations

import datetime as dt
import json
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import Browser, Page, expect

from hsf_kpi.access.password import hashed
from hsf_kpi.store.store import Store
from hsf_kpi.ui.sign_in import cookies
from hsf_kpi.ui.sign_in.verify import ticket_for
from tests.e2e.sign_in_pages import (
    ENDED,
    LINK,
    NEW,
    at_form,
    at_page,
    click_something,
    let_in,
    refused_with,
    session_cookie,
    sign_in,
    sign_out,
)
from tests.e2e.windows import fresh, left, ready
from tests.people import ADMIN, HEAD, LEADER


def test_a_cookie_copied_before_signing_out_is_dead_after_it(browser: Browser, local_url: str) -> None:
    context = fresh(browser)
    page, tab = context.new_page(), context.new_page()
    sign_in(page, local_url + LINK, LEADER)
    copy = session_cookie(context)
    thief = fresh(browser)
    thief.add_cookies([copy])
    stolen = thief.new_page()
    stolen.goto(local_url + LINK)
    at_page(stolen)
    tab.goto(local_url + LINK)
    at_page(tab)
    with page.expect_response("**/utloggning") as answer:
        sign_out(page)
    assert answer.value.status == 204
    expect(page.get_by_text("Du är utloggad.")).to_be_visible()
    at_form(page)
    assert not [cookie for cookie in context.cookies() if "hsf_session" in cookie["name"]]
    at_form(tab)  # told by the other tab
    click_something(stolen)
    expect(stolen.get_by_text(ENDED)).to_be_visible()
    at_form(stolen)
    refused_with(browser, local_url, copy)
    page.reload()
    at_form(page)
    left(context, thief)


@pytest.mark.parametrize("what", ["password", "disabled", "ended"])
def test_a_new_password_or_a_disabled_account_is_felt_at_the_next_click(
    browser: Browser, local_url: str, local_database: str, local_store: Store, what: str
) -> None:
    context = fresh(browser)
    let_in(context, local_url, local_database, HEAD)
    page = context.new_page()
    page.goto(local_url + LINK)
    at_page(page)
    copy = session_cookie(context)
    if what == "password":
        local_store.accounts.set_password(HEAD, hashed(NEW), ADMIN)
    elif what == "disabled":
        local_store.accounts.set_active(HEAD, False, ADMIN)
    else:
        local_store.sessions.end_all(HEAD, ADMIN)
    click_something(page)
    expect(page.get_by_text(ENDED)).to_be_visible()
    at_form(page)
    refused_with(browser, local_url, copy)
    left(context)


SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...given) { super(...given); window.sockets.push(this); }
};
"""
"""So that a test can cut the connection as a network would."""


def reconnect(page: Page) -> None:
    before = page.evaluate("sockets.length")
    page.evaluate("sockets.at(-1).close()")
    page.wait_for_function("before => sockets.length > before && sockets.at(-1).readyState === 1", arg=before)


def test_after_a_reconnect_it_is_checked_again(
    browser: Browser, local_url: str, local_database: str, local_store: Store
) -> None:
    context = fresh(browser)
    let_in(context, local_url, local_database, HEAD)
    page = context.new_page()
    page.add_init_script(SOCKETS)
    page.goto(local_url + LINK)
    at_page(page)
    local_store.sessions.end_all(HEAD, ADMIN)
    reconnect(page)
    click_something(page)
    expect(page.get_by_text(ENDED)).to_be_visible()
    at_form(page)
    left(context)


def test_who_reconnects_with_another_cookie_finds_nothing_of_the_earlier_person(
    browser: Browser, local_url: str, local_database: str
) -> None:
    """The browser's session goes on, with its number; the person is another."""
    context = fresh(browser)
    let_in(context, local_url, local_database, LEADER)
    page = context.new_page()
    page.add_init_script(SOCKETS)
    page.goto(local_url + LINK)
    at_page(page)
    expect(page.get_by_text("Inloggad: Ledningen")).to_be_visible()
    context.clear_cookies()
    let_in(context, local_url, local_database, HEAD)
    reconnect(page)
    click_something(page)
    expect(page.get_by_text("Inloggad: Klinikchefen")).to_be_visible()
    ready(page)
    page.get_by_role("combobox", name="Verksamhet").click()
    expect(page.get_by_role("option", name="Kirurgkliniken")).to_have_count(1)
    expect(page.get_by_role("option", name="Nära vård")).to_have_count(0)
    left(context)


@pytest.mark.parametrize(
    "value",
    [
        "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJ1c2VybmFtZSI6ImxlZGFyZSJ9.",
        "skr%C3%A4p",
        "0" * 64,
        "a" * 4000,
        "%00%00",
        "2|1:0|10:1|12:hsf_session|4:abcd|sign",
    ],
)
def test_a_forged_cookie_is_the_form_in_words(browser: Browser, local_url: str, value: str) -> None:
    context = fresh(browser)
    context.add_cookies([{"name": cookies.SESSION, "value": value, "url": local_url}])
    page = context.new_page()
    page.goto(local_url)
    at_form(page)
    assert "Traceback" not in page.content()
    left(context)


def test_a_cookie_planted_before_signing_in_is_not_the_session_afterwards(
    browser: Browser, local_url: str
) -> None:
    context = fresh(browser)
    planted = "planterad-av-en-annan"
    context.add_cookies([{"name": cookies.SESSION, "value": planted, "url": local_url}])
    page = context.new_page()
    sign_in(page, local_url + LINK, LEADER)
    assert session_cookie(context)["value"] != planted
    refused_with(browser, local_url, {"name": cookies.SESSION, "value": planted, "url": local_url})
    left(context)


def test_a_ticket_seen_on_the_way_cant_be_used_again(browser: Browser, local_url: str) -> None:
    context = fresh(browser)
    page = context.new_page()
    tickets: list[str] = []
    page.on(
        "request",
        lambda request: tickets.append(request.post_data or "") if request.method == "POST" else None,
    )
    sign_in(page, local_url + LINK, LEADER)
    bodies = [body for body in tickets if "biljett" in body]
    assert len(bodies) == 1
    assert post(local_url, bodies[0], local_url) == (403, None)
    left(context)


def test_another_site_cant_sign_anybody_in_or_out(
    browser: Browser, local_url: str, local_store: Store
) -> None:
    account = local_store.accounts.find(HEAD)
    assert account is not None
    ticket = ticket_for(local_store, account, "10.0.0.9", dt.datetime.now(dt.UTC))
    body = json.dumps({"biljett": ticket})
    assert post(local_url, body, "https://annan.exempel.se") == (400, None)
    assert post(local_url, body, None) == (400, None)
    assert post(local_url, body, local_url, "text/plain") == (400, None)
    # From a page of another origin, as a browser does it: sent without permission, and nobody is signed in.
    context = fresh(browser)
    page = context.new_page()
    page.goto("about:blank")
    page.evaluate(
        "([to, body]) => fetch(to, {method: 'POST', mode: 'no-cors', credentials: 'include', body}).catch(() => 0)",
        [f"{local_url}/inloggning", body],
    )
    assert not [cookie for cookie in context.cookies() if "hsf_session" in cookie["name"]]
    left(context)
    status, cookie = post(local_url, body, local_url)
    assert status == 204
    assert cookie is not None


def post(url: str, body: str, origin: str | None, kind: str = "application/json") -> tuple[int, str | None]:
    headers = {"content-type": kind} | ({"origin": origin} if origin is not None else {})
    request = urllib.request.Request(f"{url}/inloggning", body.encode(), headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers["set-cookie"]
    except urllib.error.HTTPError as error:
        return error.code, error.headers["set-cookie"]


def test_behind_tls_the_cookie_is_secure(local_url: str, local_store: Store) -> None:
    account = local_store.accounts.find(HEAD)
    assert account is not None
    body = json.dumps({"biljett": ticket_for(local_store, account, "10.0.0.9", dt.datetime.now(dt.UTC))})
    headers = {
        "content-type": "application/json",
        "origin": local_url.replace("http:", "https:"),
        "x-forwarded-proto": "https",
    }
    request = urllib.request.Request(f"{local_url}/inloggning", body.encode(), headers, method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-hsf_session=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
