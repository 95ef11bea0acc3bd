"""Login and password: the same words and the same work whoever it is, throttled by time; one's own password changed."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bcrypt
import pytest

from hsf_kpi.model.event import Event
from hsf_kpi.store.store import Store
from hsf_kpi.ui.sign_in import cookies
from hsf_kpi.ui.sign_in.hours import clock, wait_text
from hsf_kpi.ui.sign_in.verify import (
    TICKET,
    WRONG,
    WRONG_OLD,
    NotVerified,
    change_password,
    ticket_for,
    verify,
)
from tests.people import GONE, LEADER, PASSWORD, cheap_passwords, only_people

NOW = dt.datetime.now(dt.UTC)
HERE, THERE = "10.0.0.1", "10.0.0.2"
NEW = "ett annat bra lösenord"


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with cheap_passwords():
        yield only_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def store(people: Path, tmp_path: Path) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{shutil.copyfile(people, tmp_path / 'people.sqlite3')}")
    yield store
    store.close()


def refused(store: Store, login: str, password: str, now: dt.datetime = NOW, address: str = HERE) -> str:
    with pytest.raises(NotVerified) as error:
        verify(store, login, password, address, now)
    return str(error.value)


@pytest.mark.parametrize("login", [LEADER, LEADER.upper(), f"  {LEADER} "])
def test_the_right_password_lets_in_whatever_the_case_of_the_login(store: Store, login: str) -> None:
    assert verify(store, login, PASSWORD, HERE, NOW).login == LEADER


def test_unknown_disabled_and_wrong_are_told_in_the_same_words_after_one_bcrypt_check_each(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks: list[bytes] = []
    check = bcrypt.checkpw

    def counted(password: bytes, kept: bytes) -> bool:
        checks.append(kept)
        return check(password, kept)

    monkeypatch.setattr(bcrypt, "checkpw", counted)
    told = []
    for number, (login, password) in enumerate(
        [
            (LEADER, "fel lösenord"),
            ("finns.inte", "fel lösenord"),
            (GONE, PASSWORD),
            ("\u0000<script>", PASSWORD),
        ]
    ):
        told.append(refused(store, login, password))
        assert len(checks) == number + 1
    assert set(told) == {str(WRONG)}
    assert len({kept.split(b"$")[2] for kept in checks}) == 1, "the same number of rounds"


@pytest.mark.parametrize(
    "password", ["x" * 73, "å" * 37, "x" * 100_000, "med\0noll", "\ud800", " " + PASSWORD, PASSWORD + "\0"]
)
def test_a_password_that_bcrypt_cant_take_is_refused_without_an_exception(
    store: Store, password: str
) -> None:
    assert refused(store, LEADER, password) == str(WRONG)


@pytest.mark.parametrize(("login", "password"), [("", "x"), ("  ", "x"), (LEADER, ""), ("", "")])
def test_an_empty_field_is_told_and_counts_as_no_attempt(store: Store, login: str, password: str) -> None:
    for _ in range(20):
        assert refused(store, login, password) == "Skriv både användarnamn och lösenord."
    assert verify(store, LEADER, PASSWORD, HERE, NOW)


@pytest.mark.parametrize("login", [LEADER, "finns.inte"])
def test_after_some_failures_one_waits_known_or_not_and_time_alone_releases(store: Store, login: str) -> None:
    told = [refused(store, login, f"gissning {number}") for number in range(8)]
    assert told[0] == str(WRONG)
    assert told[-1].startswith("För många försök. Vänta ")
    assert "försök sedan igen" in told[-1]
    assert told == sorted(told, key=lambda text: text != str(WRONG)), "once waiting, always waiting"
    if login == LEADER:
        assert "För många försök" in refused(store, login, PASSWORD), "not even the right one is tried"
        later = NOW + dt.timedelta(minutes=16)
        assert verify(store, login, PASSWORD, HERE, later).login == LEADER


def test_the_wait_is_told_alike_for_known_and_unknown(store: Store) -> None:
    known = [refused(store, LEADER, f"gissning {number}") for number in range(7)]
    unknown = [refused(store, "finns.inte", f"gissning {number}", address=THERE) for number in range(7)]
    assert known == unknown


def test_an_attack_from_elsewhere_does_not_delay_the_owners_own_place(store: Store) -> None:
    ticket = ticket_for(store, verify(store, LEADER, PASSWORD, HERE, NOW), HERE, NOW)
    ends = NOW + dt.timedelta(hours=8)
    assert store.sessions.redeem(cookies.kept(ticket), cookies.kept("min"), ends, NOW)
    for number in range(30):
        refused(store, LEADER, f"gissning {number}", address=THERE)
    assert verify(store, LEADER, PASSWORD, HERE, NOW).login == LEADER


def test_a_failure_is_logged_without_what_was_typed_for_an_unknown_login(store: Store) -> None:
    refused(store, "Sommar2026!hemligt", "fel")
    refused(store, LEADER, "fel")
    entries = [e for e in store.audit_log.entries(limit=50) if e.what == Event.SIGN_IN_FAILED]
    assert [e.who for e in entries] == [LEADER, "okänd"]
    assert not any("hemligt" in f"{e.who}{e.detail}".lower() for e in entries)


def test_a_ticket_is_redeemed_once_and_in_time(store: Store) -> None:
    account = verify(store, LEADER, PASSWORD, HERE, NOW)
    ends = NOW + dt.timedelta(hours=8)
    ticket = cookies.kept(ticket_for(store, account, HERE, NOW))
    session = store.sessions.redeem(ticket, cookies.kept("en"), ends, NOW)
    assert session is not None
    assert (session.login, session.way, session.address) == (LEADER, "local", HERE)
    assert store.sessions.redeem(ticket, cookies.kept("två"), ends, NOW) is None
    late = cookies.kept(ticket_for(store, account, HERE, NOW))
    assert store.sessions.redeem(late, cookies.kept("tre"), ends, NOW + TICKET) is None


def test_the_owner_changes_the_password_and_every_session_ends(store: Store) -> None:
    account = verify(store, LEADER, PASSWORD, HERE, NOW)
    ticket = cookies.kept(ticket_for(store, account, HERE, NOW))
    store.sessions.redeem(ticket, cookies.kept("min"), NOW + dt.timedelta(hours=8), NOW)
    change_password(store, account, PASSWORD, NEW, NEW, HERE, NOW)
    assert store.sessions.valid(cookies.kept("min"), NOW) is None
    assert refused(store, LEADER, PASSWORD) == str(WRONG)
    assert verify(store, LEADER, NEW, HERE, NOW).login == LEADER


@pytest.mark.parametrize(
    ("old", "new", "again", "told"),
    [
        ("fel lösenord", NEW, NEW, str(WRONG_OLD)),
        (PASSWORD, NEW, NEW + "x", "De två nya lösenorden är inte lika."),
        (PASSWORD, PASSWORD, PASSWORD, "Det nya lösenordet är det gamla."),
        (PASSWORD, "för kort", "för kort", "färre än 12 tecken"),
        (PASSWORD, "å" * 37, "å" * 37, "för långt"),
        (PASSWORD, "bra lösenord\0", "bra lösenord\0", "inte går att använda"),
        (PASSWORD, "", "", "Fyll i alla tre fälten."),
        ("", NEW, NEW, "Fyll i alla tre fälten."),
    ],
)
def test_a_change_that_wont_do_is_told_and_changes_nothing(
    store: Store, old: str, new: str, again: str, told: str
) -> None:
    account = verify(store, LEADER, PASSWORD, HERE, NOW)
    with pytest.raises(NotVerified) as error:
        change_password(store, account, old, new, again, HERE, NOW)
    assert told in str(error.value)
    assert store.accounts.find(LEADER) == account


def test_the_old_password_cant_be_guessed_through_the_change_either(store: Store) -> None:
    account = verify(store, LEADER, PASSWORD, HERE, NOW)
    told: list[Any] = []
    for number in range(8):
        with pytest.raises(NotVerified) as error:
            change_password(store, account, f"gissning {number}", NEW, NEW, HERE, NOW)
        told.append(str(error.value))
    assert told[0] == str(WRONG_OLD)
    assert told[-1].startswith("För många försök.")


@pytest.mark.parametrize(
    ("wait", "told"),
    [
        (dt.timedelta(milliseconds=1), "1 sekund"),
        (dt.timedelta(seconds=29.2), "30 sekunder"),
        (dt.timedelta(seconds=60), "1 minut"),
        (dt.timedelta(seconds=61), "2 minuter"),
        (dt.timedelta(minutes=15), "15 minuter"),
    ],
)
def test_a_wait_is_told_rounded_up(wait: dt.timedelta, told: str) -> None:
    assert wait_text(wait) == told


def test_the_clock_is_swedish_summer_and_winter() -> None:
    assert clock(dt.datetime(2026, 1, 15, 15, 5, tzinfo=dt.UTC)) == "kl. 16.05"
    assert clock(dt.datetime(2026, 7, 15, 15, 5, tzinfo=dt.UTC)) == "kl. 17.05"
