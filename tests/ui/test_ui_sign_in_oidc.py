"""A session of our own on top of the provider's ID token, without a browser."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi import ROOT
from hsf_kpi.model.event import Event
from hsf_kpi.ui import warm
from hsf_kpi.ui.sign_in import browser
from tests.people import ADMIN, GONE, HEAD, LEADER, cheap_passwords, with_people

Show = Callable[..., AppTest]


@pytest.fixture(scope="module")
def people(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with cheap_passwords():
        yield with_people(demo_database, tmp_path_factory.mktemp("people"))


def token(**changes: Any) -> dict[str, Any]:
    began = int(dt.datetime.now(dt.UTC).timestamp()) - 5
    told = {
        "is_logged_in": True,
        "iss": "https://leverantor.test",
        "sub": "s1",
        "iat": began,
        "exp": began + 3600,
        "nonce": "n1",
        "upn": HEAD,
    }
    return told | changes


@pytest.fixture
def show(people: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    copy = shutil.copyfile(people.removeprefix("sqlite:///"), tmp_path / "people.sqlite3")
    for name, value in {
        "DATABASE_URL": f"sqlite:///{copy}",
        "SIGN_IN": "oidc",
        "CONTACT": "växeln",
        "OIDC_METADATA_URL": "https://leverantor.test/.well-known/openid-configuration",
        "OIDC_CLIENT_ID": "hsf",
        "OIDC_CLIENT_SECRET": "hemlig",
        "OIDC_REDIRECT_URL": "https://nyckeltal.test/oauth2callback",
        "OIDC_CLAIM": "upn",
        "COOKIE_SECRET": "k" * 32,
    }.items():
        monkeypatch.setenv(f"HSF_KPI_{name}", value)
    monkeypatch.setattr(browser, "address", lambda: "10.0.0.1")
    warm.close()

    def run(user: dict[str, Any]) -> AppTest:
        app = AppTest.from_file(str(ROOT / "hsf_kpi" / "ui" / "main.py"), default_timeout=60)
        app.user = user
        app.run()
        assert not app.exception
        return app

    yield run
    warm.close()


def words(app: AppTest) -> str:
    kinds = ("title", "header", "markdown", "info", "warning", "error")
    found = [str(element.value) for kind in kinds for element in app.get(kind)]
    return (
        "\n".join([*found, *(button.label for button in app.button)]).replace("\\", "").replace("\u2060", "")
    )


def shows_figures(app: AppTest) -> bool:
    return bool(app.metric or app.table or app.get("vega_lite_chart") or app.selectbox)


def test_nobody_gets_a_button_to_the_provider_and_nothing_else(show: Show) -> None:
    app = show({"is_logged_in": False})
    assert [button.label for button in app.button] == ["Logga in"]
    assert "Vänd dig till växeln" in words(app)
    assert not shows_figures(app)
    assert not app.text_input


@pytest.mark.parametrize("login", [HEAD, HEAD.upper()])
def test_a_known_login_is_in_with_a_session_of_our_own(show: Show, login: str) -> None:
    app = show(token(upn=login))
    assert len(app.selectbox(key="f_enhet").options) == 3
    (session,) = warm.workspace().store.sessions.latest(5)
    assert (session.login, session.way) == (HEAD, "oidc")
    assert session.ends.timestamp() == app.user["exp"]
    app.run()
    assert len(warm.workspace().store.sessions.latest(5)) == 1


@pytest.mark.parametrize("login", ["okand@exempel.se", GONE, "", None, "<b>x</b>"])
def test_unknown_and_disabled_are_told_who_they_are_and_whom_to_ask(show: Show, login: str | None) -> None:
    app = show(token(upn=login))
    assert not shows_figures(app)
    told = words(app)
    assert "Du har inte tillgång" in told
    assert f"Du är inloggad som ”{login or 's1'}”" in told
    assert "Vänd dig till växeln" in told
    assert [button.label for button in app.button] == ["Logga ut"]
    store = warm.workspace().store
    assert store.sessions.latest(5) == []
    app.run()
    denied = [e for e in store.audit_log.entries(limit=50) if e.what == Event.DENIED]
    assert [entry.who for entry in denied] == ["okänd"], "once, and without the name"


def test_an_unverified_address_is_refused(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSF_KPI_OIDC_CLAIM", "email")
    assert not shows_figures(show(token(email=HEAD, email_verified=False)))
    assert shows_figures(show(token(email=HEAD, email_verified=True)))


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": 1_700_000_000},
        {"iat": 1_700_000_000},
        {"exp": "snart"},
        {"iss": ""},
        {"sub": None},
        {"is_logged_in": False},
    ],
)
def test_a_token_past_its_end_or_without_what_it_must_say_begins_nothing(
    show: Show, changes: dict[str, Any]
) -> None:
    app = show(token(**changes))
    assert not shows_figures(app)
    assert warm.workspace().store.sessions.latest(5) == []


def test_signing_out_ends_the_session_and_the_token_is_dead_wherever_a_copy_lies(show: Show) -> None:
    user = token()
    app = show(user)
    app.button(key="hsf-logga-ut").click().run()
    assert not shows_figures(app)
    replayed = show(user)
    assert not shows_figures(replayed)
    assert browser.ENDED in words(replayed)
    assert [button.label for button in replayed.button] == ["Logga in"]
    assert shows_figures(show(token(nonce="n2"))), "signing in anew is another token"


def test_a_session_that_an_administrator_ended_stays_ended(show: Show) -> None:
    app = show(token())
    warm.workspace().store.sessions.end_all(HEAD, ADMIN)
    app.run()
    assert not shows_figures(app)
    assert browser.ENDED in words(app)
    app.run()
    assert not shows_figures(app)


def test_a_disabled_account_is_out_at_the_next_click_and_old_tokens_stay_dead(show: Show) -> None:
    user = token()
    app = show(user)
    accounts = warm.workspace().store.accounts
    accounts.set_active(HEAD, False, ADMIN)
    app.run()
    assert "Du har inte tillgång" in words(app)
    accounts.set_active(HEAD, True, ADMIN)
    assert not shows_figures(show(user))


def test_a_token_of_one_login_is_not_another_logins_session(show: Show) -> None:
    user = token()
    assert shows_figures(show(user))
    assert not shows_figures(show(user | {"upn": LEADER}))


def test_my_account_sends_the_password_elsewhere(show: Show) -> None:
    app = show(token())
    app.button(key="hsf-mitt-konto").click().run()
    assert not [one for one in app.text_input if "ösenord" in one.label]
    assert "Lösenordet byter du där du har ditt arbetskonto." in words(app)
