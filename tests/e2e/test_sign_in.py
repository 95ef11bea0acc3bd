"""Signing in with a password, in a real browser: in, in every tab, out, and a password of one's own."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from playwright.sync_api import Browser, expect
from sqlalchemy import update

from hsf_kpi.store import tables
from hsf_kpi.store.engine import writing
from hsf_kpi.store.store import Store
from hsf_kpi.ui.sign_in import cookies
from tests.e2e.conftest import address
from tests.e2e.sign_in_pages import (
    LINK,
    NEW,
    at_form,
    at_page,
    fill,
    let_in,
    refused_with,
    session_cookie,
    sign_in,
)
from tests.e2e.windows import fresh, left, ready
from tests.people import HEAD, LEADER, NEWCOMER, PASSWORD


def test_the_sign_in_page_is_swedish_calm_and_alone(browser: Browser, local_url: str) -> None:
    context = fresh(browser)
    page = context.new_page()
    page.set_viewport_size({"width": 400, "height": 800})
    failed: list[str] = []
    page.on(
        "console", lambda message: failed.append(message.text) if "Content Security" in message.text else None
    )
    page.goto(local_url + LINK)
    at_form(page)
    expect(page).to_have_title("Logga in – HSF nyckeltal")
    expect(page.get_by_role("heading", level=1)).to_have_text("HSF nyckeltal")
    expect(page.get_by_text("Vänd dig till växeln.")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)
    expect(page.get_by_text("Måluppfyllelse")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= 400")
    expect(page.get_by_label("Användarnamn", exact=True)).to_have_attribute("autocomplete", "username")
    expect(page.get_by_label("Lösenord", exact=True)).to_have_attribute("autocomplete", "current-password")
    page.get_by_label("Lösenord", exact=True).fill("abc")
    expect(page.get_by_text("Tryck på Enter för att skicka")).to_be_visible()
    text = str(
        page.evaluate(
            "document.body.innerText + [...document.querySelectorAll('[aria-label]')].map(e => e.ariaLabel)"
        )
    )
    assert not re.search(r"\b(Press|Show|Hide|Username|Password|Login|Link to)\b", text), text
    assert failed == []
    left(context)


def test_in_and_still_in_after_a_reload_in_a_new_tab_and_by_a_deep_link(
    browser: Browser, local_url: str
) -> None:
    context = fresh(browser)
    page = context.new_page()
    sign_in(page, local_url + LINK, LEADER)
    assert "nyckeltal=hyrpersonal" in address(page)
    assert "enhet=kirurgkliniken" in address(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("hyrpersonal"))
    page.reload()
    at_page(page)
    tab = context.new_page()
    tab.goto(local_url + "/maluppfyllelse")
    at_page(tab)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Måluppfyllelse")
    left(context)


def test_enter_sends_the_form_and_the_login_has_no_case(browser: Browser, local_url: str) -> None:
    context = fresh(browser)
    page = context.new_page()
    page.goto(local_url + LINK)
    at_form(page)
    page.get_by_label("Användarnamn", exact=True).fill(LEADER.upper())
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_label("Lösenord", exact=True).press("Enter")
    at_page(page)
    left(context)


def test_the_cookie_is_out_of_reach_for_scripts_and_ends_with_the_session(
    browser: Browser, local_url: str, local_store: Store
) -> None:
    context = fresh(browser)
    page = context.new_page()
    sign_in(page, local_url + LINK, LEADER)
    cookie = session_cookie(context)
    assert cookie["httpOnly"] is True
    assert cookie["sameSite"] == "Lax"
    assert cookie["name"] == cookies.SESSION
    in_hours = (cookie["expires"] - dt.datetime.now().timestamp()) / 3600
    assert 7.9 < in_hours <= 8.01
    assert "hsf_session" not in page.evaluate("document.cookie")
    found = local_store.sessions.valid(cookies.kept(cookie["value"]), dt.datetime.now(dt.UTC))
    assert found is not None
    assert found[0].login == LEADER
    left(context)


def test_unknown_and_wrong_are_told_in_the_same_words_and_many_must_wait_until_time_has_passed(
    browser: Browser, local_url: str, local_store: Store
) -> None:
    context = fresh(browser)
    page = context.new_page()
    page.goto(local_url)
    at_form(page)
    told = []
    for login in ("finns.inte", HEAD):
        fill(page, login, "fel lösenord")
        expect(page.get_by_role("alert")).to_contain_text("Fel användarnamn eller lösenord.")
        ready(page)
        told.append(page.evaluate("document.body.innerText"))
    assert told[0] == told[1]
    for _ in range(9):
        fill(page, HEAD, "fel lösenord")
        ready(page)
        if "För många försök" in page.get_by_role("alert").inner_text():
            break
    expect(page.get_by_role("alert")).to_contain_text("För många försök. Vänta")
    fill(page, HEAD, PASSWORD)
    ready(page)
    expect(page.get_by_role("alert")).to_contain_text("För många försök. Vänta")
    with writing(local_store._engine) as connection:
        connection.execute(
            update(tables.sign_in_failure).values(latest=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=16))
        )
    fill(page, HEAD, PASSWORD)
    at_page(page)
    left(context)


def test_a_password_made_by_another_is_changed_and_one_is_in_with_a_new_session(
    browser: Browser, local_url: str, local_store: Store
) -> None:
    context = fresh(browser)
    page = context.new_page()
    page.goto(local_url + LINK)
    at_form(page)
    fill(page, NEWCOMER, PASSWORD)
    expect(page.get_by_role("heading", name="Välj ett eget lösenord")).to_be_visible(timeout=30_000)
    before = session_cookie(context)
    expect(page.get_by_test_id("stMetric")).to_have_count(0)
    page.get_by_label("Nuvarande lösenord", exact=True).fill(PASSWORD)
    page.get_by_label("Nytt lösenord", exact=True).fill(NEW)
    page.get_by_label("Nytt lösenord igen", exact=True).fill(NEW)
    page.get_by_role("button", name="Byt lösenord").click()
    at_page(page)
    assert "enhet=kirurgkliniken" in address(page)
    assert session_cookie(context)["value"] != before["value"]
    refused_with(browser, local_url, before)
    left(context)


def test_my_account_opens_from_the_menu_and_changes_the_password(
    browser: Browser, local_url: str, local_database: str, local_store: Store
) -> None:
    context = fresh(browser)
    let_in(context, local_url, local_database, HEAD)
    page = context.new_page()
    page.goto(local_url + LINK)
    at_page(page)
    before = session_cookie(context)
    page.get_by_role("button", name="Mer", exact=True).click()
    page.get_by_role("button", name="Mitt konto").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Verksamhetschef, Kirurgkliniken")
    dialog.get_by_label("Nuvarande lösenord", exact=True).fill("fel")
    dialog.get_by_label("Nytt lösenord", exact=True).fill(NEW)
    dialog.get_by_label("Nytt lösenord igen", exact=True).fill(NEW)
    dialog.get_by_role("button", name="Byt lösenord").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Det nuvarande lösenordet stämmer inte.")
    dialog.get_by_label("Nuvarande lösenord", exact=True).fill(PASSWORD)
    dialog.get_by_label("Nytt lösenord", exact=True).fill(NEW)
    dialog.get_by_label("Nytt lösenord igen", exact=True).fill(NEW)
    with page.expect_navigation():
        dialog.get_by_role("button", name="Byt lösenord").click()
    at_page(page)
    assert session_cookie(context)["value"] != before["value"]
    refused_with(browser, local_url, before)
    left(context)


def test_nothing_was_written_to_the_servers_log(local_url: str, local_folder: Path) -> None:
    text = (local_folder / "app.log").read_text("utf-8")
    assert "Traceback" not in text
    assert PASSWORD not in text
