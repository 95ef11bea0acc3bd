"""The two addresses that set and clear the session's cookie: from our own pages only, once, and nothing given away."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import Problem, StoreError
from hsf_kpi.store.store import Store
from hsf_kpi.ui.sign_in import cookies, routes
from hsf_kpi.ui.sign_in.verify import ticket_for
from tests.people import HEAD, LEADER, cheap_passwords, only_people

HOST = "http://nyckeltal.test"
OWN = {"origin": HOST, "sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with cheap_passwords():
        yield only_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def store(people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{shutil.copyfile(people, tmp_path / 'people.sqlite3')}")
    monkeypatch.setenv("HSF_KPI_SIGN_IN", "local")
    monkeypatch.setattr(routes, "workspace", lambda: SimpleNamespace(store=store))
    yield store
    store.close()


@pytest.fixture
def client(store: Store) -> TestClient:
    return TestClient(Starlette(routes=routes.ROUTES), base_url=HOST, follow_redirects=False)


def ticket(store: Store, login: str = LEADER) -> str:
    account = store.accounts.find(login)
    assert account is not None
    return ticket_for(store, account, "10.0.0.1", dt.datetime.now(dt.UTC))


def hand_over(client: TestClient, ticket: object, **headers: str) -> Response:
    return client.post("/inloggning", json={"biljett": ticket}, headers=OWN | headers)


def given(response: Response, name: str = cookies.SESSION) -> str:
    (found,) = [c[name] for header in set_by(response) if name in (c := SimpleCookie(header))]
    return found.value


def set_by(response: Response) -> list[str]:
    """The Set-Cookie headers of an answer."""
    return response.headers.get_list("set-cookie")


def who(store: Store, secret: str) -> str | None:
    found = store.sessions.valid(cookies.kept(secret), dt.datetime.now(dt.UTC))
    return found[0].login if found else None


def test_a_ticket_becomes_a_session_whose_secret_only_the_cookie_holds(
    client: TestClient, store: Store
) -> None:
    response = hand_over(client, ticket(store))
    assert response.status_code == 204
    assert response.content == b""
    assert response.headers["cache-control"] == "no-store"
    header = response.headers["set-cookie"]
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Secure" not in header
    age = int(SimpleCookie(header)[cookies.SESSION]["max-age"])
    assert 8 * 3600 - 5 <= age <= 8 * 3600
    assert who(store, given(response)) == LEADER
    (session,) = store.sessions.latest(5)
    assert (session.login, session.way, session.address) == (LEADER, "local", "10.0.0.1")


def test_the_session_lasts_as_long_as_the_setting_says(
    client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSF_KPI_SESSION_HOURS", "2")
    header = hand_over(client, ticket(store)).headers["set-cookie"]
    assert int(SimpleCookie(header)[cookies.SESSION]["max-age"]) <= 2 * 3600
    (session,) = store.sessions.latest(5)
    assert session.ends - session.began == dt.timedelta(hours=2)


@pytest.mark.parametrize("headers", [{"x-forwarded-proto": "https"}, {}])
def test_behind_tls_the_cookie_is_secure_and_bound_to_the_host(
    client: TestClient, store: Store, headers: dict[str, str]
) -> None:
    response = hand_over(client, ticket(store), origin="https://nyckeltal.test", **headers)
    for header, name in zip(set_by(response), ("session", "enhet"), strict=True):
        assert header.startswith(f"__Host-hsf_{name}=")
        assert header.endswith("; Secure")
    assert who(store, given(response, cookies.SECURE_SESSION)) == LEADER


def test_the_browser_is_remembered_by_a_secret_of_our_making(client: TestClient, store: Store) -> None:
    """It signs nobody in: it only keeps others' wrong passwords from making this browser wait."""
    client.cookies.set(cookies.DEVICE, "planterad")
    response = hand_over(client, ticket(store))
    own = given(response, cookies.DEVICE)
    assert own != "planterad"
    assert all("HttpOnly" in header for header in set_by(response))
    assert store.throttle.knows(cookies.kept(own))
    assert not store.throttle.knows(cookies.kept("planterad"))
    assert who(store, own) is None
    client.cookies.clear()
    client.cookies.set(cookies.DEVICE, own)
    assert given(hand_over(client, ticket(store)), cookies.DEVICE) == own


def test_a_ticket_is_redeemed_once(client: TestClient, store: Store) -> None:
    one = ticket(store)
    assert hand_over(client, one).status_code == 204
    again = hand_over(TestClient(client.app, base_url=HOST), one)
    assert again.status_code == 403
    assert "set-cookie" not in again.headers
    assert "Logga in igen" in again.json()["fel"]


def test_a_cookie_planted_before_signing_in_never_becomes_a_session(client: TestClient, store: Store) -> None:
    client.cookies.set(cookies.SESSION, "planterad")
    secret = given(hand_over(client, ticket(store)))
    assert secret != "planterad"
    assert who(store, "planterad") is None
    assert who(store, secret) == LEADER


def test_signing_in_anew_ends_the_browsers_earlier_session(client: TestClient, store: Store) -> None:
    first = given(hand_over(client, ticket(store)))
    client.cookies.set(cookies.SESSION, first)
    second = given(hand_over(client, ticket(store, HEAD)))
    assert who(store, first) is None
    assert who(store, second) == HEAD


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://annan.test"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": HOST, "sec-fetch-site": "cross-site"},
        {"origin": HOST, "sec-fetch-site": "same-site"},
        {"origin": HOST, "sec-fetch-site": "none"},
        {"origin": "http://nyckeltal.test.annan.test"},
        {"origin": "http://nyckeltal.test:8080"},
        {"origin": HOST, "x-forwarded-proto": "https"},
        {"origin": "file://nyckeltal.test"},
        {"origin": HOST, "content-type": "text/plain"},
        {"origin": HOST, "content-type": "application/x-www-form-urlencoded"},
    ],
)
@pytest.mark.parametrize("path", ["/inloggning", "/utloggning"])
def test_another_site_can_neither_sign_in_nor_out(
    client: TestClient, store: Store, path: str, headers: dict[str, str]
) -> None:
    one = ticket(store)
    body = f'{{"biljett": "{one}", "avslutad": ""}}'
    sent = {"content-type": "application/json"} | headers
    response = client.post(path, content=body, headers=sent)
    assert response.status_code == 400
    assert "set-cookie" not in response.headers
    assert hand_over(client, one).status_code == 204, "the ticket was not used up"


def test_without_an_origin_it_is_no_page_of_ours(client: TestClient, store: Store) -> None:
    assert client.post("/inloggning", json={"biljett": ticket(store)}).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"{}",
        b'{"biljett": 1}',
        b'{"biljett": null}',
        b"\xff\xfe",
        b"[" * 500,
        b" " * 600,
        b'{"biljett": "' + b"x" * 100_000 + b'"}',
    ],
)
def test_what_is_no_small_json_object_is_refused(client: TestClient, body: bytes) -> None:
    response = client.post("/inloggning", content=body, headers=OWN | {"content-type": "application/json"})
    assert response.status_code == 400
    assert response.json() == {"fel": "Begäran går inte att tolka."}


@pytest.mark.parametrize("guess", ["", "x", "../..", "å", "\u0000", "' OR 1=1 --"])
def test_a_guessed_ticket_is_refused(client: TestClient, guess: str) -> None:
    assert hand_over(client, guess).status_code == 403


def test_only_post(client: TestClient) -> None:
    for method in ("GET", "PUT", "DELETE", "HEAD"):
        assert client.request(method, "/inloggning", headers=OWN).status_code == 405


def test_signing_out_ends_the_session_and_takes_the_cookie_back(client: TestClient, store: Store) -> None:
    secret = given(hand_over(client, ticket(store)))
    client.cookies.set(cookies.SESSION, secret)
    response = client.post("/utloggning", json={"avslutad": cookies.kept(secret)}, headers=OWN)
    assert response.status_code == 204
    assert SimpleCookie(response.headers["set-cookie"])[cookies.SESSION]["max-age"] == "0"
    assert who(store, secret) is None
    assert [e.what for e in store.audit_log.entries(limit=2)] == [Event.SIGNED_OUT, Event.SIGNED_IN]


def test_an_old_tab_does_not_sign_out_the_new_session(client: TestClient, store: Store) -> None:
    old = given(hand_over(client, ticket(store)))
    client.cookies.set(cookies.SESSION, old)
    new = given(hand_over(client, ticket(store)))
    client.cookies.set(cookies.SESSION, new)
    response = client.post("/utloggning", json={"avslutad": cookies.kept(old)}, headers=OWN)
    assert response.status_code == 409
    assert "set-cookie" not in response.headers
    assert who(store, new) == LEADER


@pytest.mark.parametrize("way", ["demo", "oidc"])
def test_on_other_ways_the_addresses_are_closed(
    client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    one = ticket(store)
    monkeypatch.setenv("HSF_KPI_SIGN_IN", way)
    for name in ("OIDC_METADATA_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
        monkeypatch.setenv(f"HSF_KPI_{name}", "x")
    monkeypatch.setenv("HSF_KPI_OIDC_REDIRECT_URL", f"{HOST}/oauth2callback")
    monkeypatch.setenv("HSF_KPI_COOKIE_SECRET", "x" * 32)
    assert hand_over(client, one).status_code == 404


def test_a_database_that_is_gone_is_told_in_words(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any) -> None:
        raise StoreError(Problem("hemlig adress", "postgresql://värd", ""))

    monkeypatch.setattr(routes, "workspace", gone)
    response = hand_over(client, "x")
    assert response.status_code == 503
    assert "hemlig" not in response.text
    assert "Databasen går inte att använda" in response.text


def test_they_answer_below_the_address_that_the_app_is_served_under(client: TestClient, store: Store) -> None:
    response = client.post("/hsf/nyckeltal/inloggning", json={"biljett": ticket(store)}, headers=OWN)
    assert response.status_code == 204
