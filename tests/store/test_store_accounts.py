"""Accounts: names, passwords, who is let in, and that there is always an administrator."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.model.account import HeldGrant, login_of
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import DataError, NotFound
from hsf_kpi.model.role import Grant
from hsf_kpi.store import Store
from tests.store.people import (
    ADMIN,
    CAT,
    DAY,
    HASH,
    HOME,
    HOUR,
    NOW,
    OTHER_HASH,
    TODAY,
    kept,
    open_store,
    told,
    with_admin,
)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = open_store(database_url)
    yield store
    store.close()


def test_an_account_is_what_was_added(store: Store) -> None:
    made = store.accounts.add(
        " Chef.Ett@Exempel.se ", "  Chef   Ett ", "admin1", password=HASH, must_change=True
    )
    assert (made.login, made.name, made.active, made.password) == (
        "chef.ett@exempel.se",
        "Chef Ett",
        True,
        HASH,
    )
    assert made.must_change
    assert made.held == ()
    assert abs(made.created - dt.datetime.now(dt.UTC)) < HOUR
    assert store.accounts.find("chef.ett@exempel.se") == made
    assert HASH not in repr(made)
    assert told(store)[0] == ("admin1", Event.USER_CHANGED, "chef.ett@exempel.se: ny användare")


def test_a_login_in_any_case_is_the_same_person(store: Store) -> None:
    store.accounts.add("ÅSA-chef", "Chef", "x")
    for written in ("åsa-chef", "ÅSA-CHEF", "  Åsa-Chef "):
        found = store.accounts.find(written)
        assert found is not None
        assert found.login == "åsa-chef"
    with pytest.raises(DataError, match="”åsa-chef” finns redan"):
        store.accounts.add("åSA-Chef", "En annan", "x")
    assert len(store.accounts.all()) == 1


STRANGE_LOGINS = (
    "", "   ", "två ord", "a\nb", "a\0b", "<b>", "x" * 201, "system", "Kommandoraden", "okänd", "a'b",
    "а",  # Cyrillic
    "\u212aal",  # the sign for kelvin, which is a k in lower case
)  # fmt: skip


def test_a_strange_login_is_refused_and_nothing_is_written(store: Store) -> None:
    before = told(store)
    for login in STRANGE_LOGINS:
        with pytest.raises(DataError, match="nvändarnamn"):
            store.accounts.add(login, "Namn", "x")
        assert store.accounts.find(login) is None
    assert store.accounts.all() == []
    assert told(store) == before


def test_a_strange_name_is_refused(store: Store) -> None:
    store.accounts.add("chef", "Chef", "x")
    for name in ("", " \n ", "x" * 201, "a\0b", "a\u202eb"):
        with pytest.raises(DataError, match="Namnet saknas"):
            store.accounts.add("hr", name, "x")
        with pytest.raises(DataError, match="Namnet saknas"):
            store.accounts.rename("chef", name, "x")
    assert [account.name for account in store.accounts.all()] == ["Chef"]


def test_names_are_text_whatever_they_say(store: Store) -> None:
    name = "<script>alert(1)</script> '; DROP TABLE session; -- [x](javascript:1) $x^2$"
    assert store.accounts.add("chef", name, "x").name == name


def test_a_password_is_only_ever_a_hash(store: Store) -> None:
    with pytest.raises(ValueError, match="hash"):
        store.accounts.add("chef", "Chef", "x", password="ett lösenord i klartext")
    store.accounts.add("chef", "Chef", "x")
    with pytest.raises(ValueError, match="hash"):
        store.accounts.set_password("chef", "ett lösenord i klartext", "x")
    assert store.accounts.all()[0].password is None


def test_all_by_name_as_swedish_sorts(store: Store) -> None:
    for login, name in (("a", "Örjan"), ("b", "Zeta"), ("c", "Ärlig"), ("d", "adam"), ("e", "Åke")):
        store.accounts.add(login, name, "x")
    store.accounts.grant("d", Grant("ledning"), CAT, "x")
    store.accounts.grant("d", Grant("chef", "akut"), CAT, "x")
    assert [account.name for account in store.accounts.all()] == ["adam", "Zeta", "Åke", "Ärlig", "Örjan"]
    assert len(store.accounts.all()[0].held) == 2


def test_renaming_and_a_new_password(store: Store) -> None:
    store.accounts.add("chef", "Chef", "x", password=HASH, must_change=True)
    store.accounts.rename("CHEF", "Ny chef", "admin1")
    store.accounts.set_password("Chef", OTHER_HASH, "chef")
    found = store.accounts.find("chef")
    assert found is not None
    assert (found.name, found.password, found.must_change) == ("Ny chef", OTHER_HASH, False)
    assert told(store)[:2] == [
        ("chef", Event.USER_CHANGED, "chef: nytt lösenord"),
        ("admin1", Event.USER_CHANGED, "chef: nytt namn"),
    ]
    assert not any("$2b$" in detail for _, _, detail in told(store))


def test_nobody_can_be_changed_who_is_not_there(store: Store) -> None:
    before = told(store)
    accounts = store.accounts
    for change in (
        lambda: accounts.rename("ingen", "Namn", "x"),
        lambda: accounts.set_active("ingen", False, "x"),
        lambda: accounts.set_password("ingen", HASH, "x"),
        lambda: accounts.grant("ingen", ADMIN, CAT, "x"),
        lambda: accounts.end_grant(4711, TODAY, "x"),
        lambda: accounts.rename("in\0gen", "Namn", "x"),
    ):
        with pytest.raises(NotFound, match="finns inte"):
            change()
    assert told(store) == before


def test_an_account_with_its_roles_at_once_or_not_at_all(store: Store) -> None:
    with pytest.raises(DataError, match="”hovmästare” finns inte"):
        store.accounts.add("chef", "Chef", "x", grants=(Grant("ledning"), Grant("hovmästare")), catalogue=CAT)
    assert store.accounts.all() == []
    made = store.accounts.add("chef", "Chef", "x", grants=(Grant("chef", "akut", TODAY),), catalogue=CAT)
    assert made.held == (HeldGrant(made.held[0].number, Grant("chef", "akut", TODAY)),)


def test_disabled_and_let_in_again(store: Store) -> None:
    store.accounts.add("chef", "Chef", "x", password=HASH)
    store.sessions.begin("chef", "local", kept("a"), NOW + HOUR, HOME, NOW)
    store.accounts.set_active("chef", False, "admin1")
    assert store.sessions.valid(kept("a"), NOW) is None
    store.accounts.set_active("chef", True, "admin1")
    assert store.sessions.valid(kept("a"), NOW) is None, "an ended session stays ended"
    found = store.accounts.find("chef")
    assert found is not None
    assert found.active


def test_the_last_administrator_stays(store: Store) -> None:
    assert not store.accounts.has_administrator(TODAY)
    number = with_admin(store)
    assert store.accounts.has_administrator(TODAY)
    for change in (
        lambda: store.accounts.set_active("admin1", False, "admin1"),
        lambda: store.accounts.end_grant(number, TODAY - DAY, "admin1"),
        lambda: store.accounts.end_grant(number, TODAY + 30 * DAY, "admin1"),
    ):
        before = told(store)
        with pytest.raises(DataError, match="alltid finnas en aktiv administratör"):
            change()
        assert told(store) == before
    assert store.accounts.has_administrator(TODAY + 365 * DAY)


def test_with_another_administrator_the_first_may_go(store: Store) -> None:
    number = with_admin(store)
    with_admin(store, "admin2")
    store.accounts.end_grant(number, TODAY - DAY, "admin2")
    assert store.accounts.has_administrator(TODAY)
    with pytest.raises(DataError, match="den sista"):
        store.accounts.set_active("admin2", False, "admin1")
    store.accounts.set_active("admin1", False, "admin2")


def test_one_who_can_not_step_in_does_not_count(store: Store) -> None:
    with_admin(store)
    for login, grant in (
        ("inte-an", Grant("admin", None, TODAY + DAY)),
        ("inte-langre", Grant("admin", None, None, TODAY - DAY)),
        ("annan-roll", Grant("ledning")),
        ("avstangd", ADMIN),
    ):
        store.accounts.add(login, "Reserv", "x", grants=[grant], catalogue=CAT)
    store.accounts.set_active("avstangd", False, "x")
    with pytest.raises(DataError, match="den sista"):
        store.accounts.set_active("admin1", False, "x")


def test_a_deputy_whose_role_runs_out_does_not_count(store: Store) -> None:
    """Or nobody would administer the day after, and nobody would have been told."""
    number = with_admin(store)
    deputy = Grant("admin", None, None, TODAY + 30 * DAY)
    store.accounts.add("vikarie", "Vikarie", "x", grants=[deputy], catalogue=CAT)
    for change in (
        lambda: store.accounts.set_active("admin1", False, "x"),
        lambda: store.accounts.end_grant(number, TODAY - DAY, "x"),
    ):
        with pytest.raises(DataError, match="den sista"):
            change()
    store.accounts.set_active("vikarie", False, "admin1")


def test_two_administrators_who_take_each_other_away_at_once(store: Store) -> None:
    with_admin(store)
    with_admin(store, "admin2")
    start = threading.Barrier(2)
    refused: list[str] = []

    def away(login: str) -> None:
        start.wait()
        try:
            store.accounts.set_active(login, False, "x")
        except DataError:
            refused.append(login)

    threads = [threading.Thread(target=away, args=(login,)) for login in ("admin1", "admin2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert store.accounts.has_administrator(TODAY)


def test_which_roles_administer_follows_the_definitions(store: Store) -> None:
    with_admin(store)
    changed = replace(CAT, fingerprint="f2", roles={k: r for k, r in CAT.roles.items() if k != "admin"})
    assert store.sync_definitions(changed)
    assert not store.accounts.has_administrator(TODAY)


@given(st.text(max_size=220))
def test_a_login_is_stored_as_it_is_compared(text: str) -> None:
    login = login_of(text)
    if login is not None:
        assert login == login_of(login) == login_of(f" {login.upper()} ")
        assert login == login.lower() == login.strip()
        assert 1 <= len(login) <= 200
