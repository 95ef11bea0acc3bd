"""Whose key it is, judged anew at every call; and demo keys, which open nothing but demo data without sign-in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from starlette.testclient import TestClient

from hsf_kpi.access.token import DEMO, kept, new_token
from hsf_kpi.keys import make_key, may_have_key
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import NotFound, NotPermitted, Problem, StoreError
from hsf_kpi.model.role import Grant
from hsf_kpi.settings import read_settings
from hsf_kpi.store import throttle
from hsf_kpi.workspace import Workspace
from tests.api.asking import client_of
from tests.people import ADMIN, GONE, HEAD, LEADER, NEWCOMER, cheap_passwords, only_people, with_people

WAYS = ["local", "oidc"]


@pytest.fixture
def people(demo_database: str, tmp_path: Path) -> Iterator[Workspace]:
    """Accounts on figures: the demo's, signed in to as if real."""
    with cheap_passwords():
        url = with_people(demo_database, tmp_path)
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": url}))
    with closing(opened.store):
        yield opened


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Workspace]:
    with cheap_passwords():
        path = only_people(tmp_path)
    opened = Workspace.open(
        read_settings({"HSF_KPI_DATABASE_URL": f"sqlite:///{path}", "HSF_KPI_DATA": "real"})
    )
    with closing(opened.store):
        yield opened


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def made(workspace: Workspace, login: str = HEAD, **rest: Any) -> str:
    return make_key(workspace, login, "Power BI", login, now(), **rest)[0]


def get(client: TestClient, key: str, path: str = "units") -> Response:
    return client.get(f"/api/v1/{path}", headers={"authorization": f"Bearer {key}"})


def logged(workspace: Workspace, what: Event) -> list[tuple[str, str]]:
    return [(entry.who, entry.detail) for entry in workspace.store.audit_log.entries(what=[what], limit=500)]


@pytest.mark.parametrize("way", WAYS)
def test_a_key_gives_what_its_account_sees(people: Workspace, way: str) -> None:
    client, key = client_of(people, way), made(people)
    answer = get(client, key)
    assert answer.status_code == 200
    assert {row["unit"] for row in answer.json()["items"]} == {"hsf", "akutsjukvard", "kirurgkliniken"}
    assert get(client, key, "values?unit=medicinkliniken").status_code == 404
    assert get(client, made(people, LEADER), "values?unit=medicinkliniken").status_code == 200


def test_a_changed_role_counts_at_the_next_call(people: Workspace) -> None:
    client, key, accounts = client_of(people, "local"), made(people), people.store.accounts
    assert get(client, key, "values?unit=medicinkliniken").status_code == 404
    number = accounts.grant(HEAD, Grant("ledning"), people.catalogue, "test")
    assert get(client, key, "values?unit=medicinkliniken").status_code == 200
    yesterday = dt.date.today() - dt.timedelta(days=1)
    accounts.end_grant(number, yesterday, "test")
    assert get(client, key, "values?unit=medicinkliniken").status_code == 404
    account = accounts.find(HEAD)
    assert account is not None
    for held in account.held:
        accounts.end_grant(held.number, yesterday, "test")
    assert get(client, key).status_code == 403
    assert (HEAD, "API: Kontot får inte ladda ner uppgifter.") in logged(people, Event.DENIED)


def test_it_dies_with_the_account_at_once(people: Workspace) -> None:
    client, key = client_of(people, "local"), made(people)
    assert get(client, key).status_code == 200
    people.store.accounts.set_active(HEAD, False, "test")
    assert get(client, key).status_code == 401


def test_it_dies_when_it_is_taken_back_and_when_its_time_is_up(people: Workspace) -> None:
    client, key = client_of(people, "local"), made(people)
    (token,) = people.store.tokens.of(HEAD)
    assert get(client, key).status_code == 200
    people.store.tokens.end(token.number, HEAD, now())
    assert get(client, key).status_code == 401
    old = new_token()
    people.store.tokens.add(HEAD, "Gammal", old, HEAD, now() - dt.timedelta(days=31), 30)
    assert get(client, old).status_code == 401


def test_every_dead_and_every_unknown_key_is_told_alike(people: Workspace) -> None:
    client, key = client_of(people, "local"), made(people)
    people.store.tokens.end(people.store.tokens.of(HEAD)[0].number, HEAD, now())
    assert get(client, key).text == get(client, new_token()).text


def test_use_is_logged_once_a_day_and_a_refused_key_in_its_owners_name(people: Workspace) -> None:
    client, key = client_of(people, "local"), made(people)
    for path in ("units", "months", "values?limit=1"):
        get(client, key, path)
    hint = people.store.tokens.of(HEAD)[0].hint.rstrip("…")
    assert logged(people, Event.KEY_USED) == [(HEAD, hint)]
    people.store.tokens.end(people.store.tokens.of(HEAD)[0].number, HEAD, now())
    get(client, key)
    get(client, new_token())
    assert logged(people, Event.KEY_FAILED) == [("okänd", ""), (HEAD, hint)]
    assert key not in str(people.store.audit_log.entries(limit=500))


def test_what_cant_be_logged_is_not_answered(people: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    client, key = client_of(people, "local"), made(people)

    def full(*_: Any) -> None:
        raise StoreError(Problem("Disken är full.", "", ""))

    monkeypatch.setattr(people.store.tokens, "_use", full)
    assert get(client, key).status_code == 503


def test_who_tries_keys_must_wait_and_others_at_the_address_need_not(people: Workspace) -> None:
    client, key = client_of(people, "local"), made(people)
    answers = [get(client, new_token()) for _ in range(throttle.ADDRESS_FREE + 10)]
    statuses = [answer.status_code for answer in answers]
    counted = statuses.index(429)
    assert statuses == [401] * counted + [429] * (len(statuses) - counted)
    assert counted >= throttle.ADDRESS_FREE
    waiting = answers[-1]
    assert 0 < int(waiting.headers["retry-after"]) <= 61
    assert get(client, key).status_code == 200
    assert len(logged(people, Event.KEY_FAILED)) == counted


def test_who_may_download_nothing_gets_no_key(people: Workspace) -> None:
    for login in (ADMIN, GONE):
        with pytest.raises(NotFound) as told:
            made(people, login)
        assert (told.type is NotPermitted) == (login == ADMIN)
        account = people.store.accounts.find(login)
        assert account is not None
        assert not may_have_key(people, account)
    with pytest.raises(NotFound):
        made(people, "finns-inte")
    assert people.store.tokens.all() == []


def test_a_new_password_ends_it_and_who_must_choose_one_gets_none(people: Workspace) -> None:
    client, key = client_of(people, "local"), made(people)
    account = people.store.accounts.find(LEADER)
    assert account is not None
    assert account.password is not None
    people.store.accounts.set_password(HEAD, account.password, "test")
    assert get(client, key).status_code == 401
    with pytest.raises(Exception, match="lösenord"):
        made(people, NEWCOMER)


# Demo keys


def test_on_demo_data_there_is_a_key_for_each_role_and_no_accounts_key_counts(people: Workspace) -> None:
    client, key = client_of(people, "demo"), made(people)
    for person in people.catalogue.demo_people:
        assert get(client, f"{DEMO}{person.id}").status_code == (403 if person.id == "admin" else 200)
    assert get(client, key).status_code == 401


@pytest.mark.parametrize("way", WAYS)
def test_demo_keys_open_nothing_where_people_sign_in(people: Workspace, way: str) -> None:
    for person in people.catalogue.demo_people:
        assert get(client_of(people, way), f"{DEMO}{person.id}").status_code == 401


@pytest.mark.parametrize("way", ["demo", *WAYS])
def test_demo_keys_open_nothing_on_real_data(real: Workspace, way: str) -> None:
    """The pages refuse everything on real data where sign-in is not set; so does this, an account's key too."""
    for person in real.catalogue.demo_people:
        for path in ("units", "measures", "values", "figures/oversikt?unit=hsf"):
            assert get(client_of(real, way), f"{DEMO}{person.id}", path).status_code == 401
    key = new_token()
    real.store.tokens.add(LEADER, "Power BI", key, "test", now())
    assert get(client_of(real, way), key, "measures").status_code == (401 if way == "demo" else 200)


def test_an_account_cant_be_given_a_demo_key(real: Workspace) -> None:
    """Written by hand into the database, it is an account's key like any other, and on demo data still nobody's."""
    demo_like = f"{DEMO}controller"
    real.store.tokens.add(LEADER, "x", demo_like, "test", now())
    found = real.store.tokens.valid(kept(demo_like), now())
    assert found is not None
    assert get(client_of(real, "demo"), demo_like).status_code == 401
