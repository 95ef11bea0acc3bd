"""What is met by somebody who is not signed in, or just was: forms and messages, without a browser."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi import ROOT
from hsf_kpi.ui import warm
from hsf_kpi.ui.sign_in import browser, cookies
from tests.people import ADMIN, GONE, HEAD, LEADER, NEWCOMER, PASSWORD, cheap_passwords, with_people

NEW = "ett annat bra lösenord"
Show = Callable[[str | None], AppTest]


@pytest.fixture(scope="module")
def people(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with cheap_passwords():
        yield with_people(demo_database, tmp_path_factory.mktemp("people"))


@pytest.fixture
def show(people: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    """Runs the app as a browser that carries a session of the login (None: no cookie)."""
    copy = shutil.copyfile(people.removeprefix("sqlite:///"), tmp_path / "people.sqlite3")
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", f"sqlite:///{copy}")
    monkeypatch.setenv("HSF_KPI_SIGN_IN", "local")
    monkeypatch.setenv("HSF_KPI_CONTACT", "växeln")
    monkeypatch.setattr(browser, "address", lambda: "10.0.0.1")
    warm.close()

    def run(login: str | None) -> AppTest:
        carry(monkeypatch, login)
        app = AppTest.from_file(str(ROOT / "hsf_kpi" / "ui" / "main.py"), default_timeout=60)
        app.run()
        assert not app.exception
        return app

    yield run
    warm.close()


def carry(monkeypatch: pytest.MonkeyPatch, login: str | None, hours: float = 8) -> None:
    """From now on the browser carries a new session of the login; of one that doesn't exist, a worthless cookie."""
    secret = None if login is None else cookies.new_secret()
    sessions, now = warm.workspace().store.sessions, dt.datetime.now(dt.UTC)
    if secret is not None and warm.workspace().store.accounts.find(str(login)) is not None:
        sessions.begin(
            str(login), "local", cookies.kept(secret), now + dt.timedelta(hours=hours), "10.0.0.1", now
        )
    monkeypatch.setattr(browser, "secret", lambda: secret)


def words(app: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "success")
    found = [str(element.value) for kind in kinds for element in app.get(kind)]
    found += [field.label for field in app.text_input] + [button.label for button in app.button]
    return "\n".join(found).replace("\\", "").replace("\u2060", "")


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def shows_figures(app: AppTest) -> bool:
    return bool(app.metric or app.table or app.get("vega_lite_chart") or app.selectbox)


def fill(app: AppTest, login: str, password: str) -> AppTest:
    app.text_input[0].input(login)
    app.text_input[1].input(password)
    app.button[0].click().run()
    assert not app.exception
    return app


def test_without_a_cookie_there_is_a_swedish_form_and_nothing_else(show: Show) -> None:
    app = show(None)
    assert [field.label for field in app.text_input] == ["Användarnamn", "Lösenord"]
    assert app.text_input[1].proto.type == app.text_input[1].proto.PASSWORD
    assert [button.label for button in app.button] == ["Logga in"]
    assert "Vänd dig till växeln" in words(app)
    assert not shows_figures(app)
    assert not any(word in words(app) for word in ("Username", "Password", "Login"))


def test_the_librarys_cookie_and_state_are_not_used(show: Show) -> None:
    app = show(None)
    assert not app.get("component_instance")
    for name in ("name", "username", "email", "roles", "logout", "authentication_status"):
        assert name not in app.session_state


def test_wrong_unknown_and_disabled_are_told_alike_on_the_page(show: Show) -> None:
    app = show(None)
    told = []
    for login, password in ((LEADER, "fel"), ("finns.inte", "fel"), (GONE, PASSWORD)):
        fill(app, login, password)
        told.append(words(app))
        assert "hsf-biljett" not in html(app)
    assert len(set(told)) == 1
    assert "Fel användarnamn eller lösenord." in told[0]


@pytest.mark.parametrize("password", ["", "x" * 200, "med\0noll", "å" * 40])
def test_strange_passwords_are_told_in_words(show: Show, password: str) -> None:
    app = fill(show(None), LEADER, password)
    assert app.error
    assert "Traceback" not in words(app)
    assert not shows_figures(app)


def test_what_was_typed_is_shown_as_text(show: Show) -> None:
    app = fill(show(None), "<script>alert(1)</script>", "**fel**")
    assert "script" not in words(app) + html(app)


def test_the_right_password_leaves_a_ticket_and_still_no_figures(show: Show) -> None:
    app = fill(show(None), LEADER.upper(), PASSWORD)
    assert 'data-hsf-biljett="' in html(app)
    assert not shows_figures(app)


def test_many_failures_have_to_wait(show: Show) -> None:
    app = show(None)
    for _ in range(7):
        fill(app, LEADER, "fel")
    assert "För många försök. Vänta" in words(app)
    fill(app, LEADER, PASSWORD)
    assert "För många försök. Vänta" in words(app)
    assert "hsf-biljett" not in html(app)


def test_with_a_session_the_page_opens_on_the_own_unit(show: Show) -> None:
    app = show(HEAD)
    assert shows_figures(app)
    assert "Kirurgkliniken" in words(app)
    assert "Klinikchefen" in words(app)
    assert {"Mitt konto", "Logga ut"} <= {button.label for button in app.button}
    assert "Visa som (demo)" not in [box.label for box in app.selectbox]


def test_a_role_in_the_link_is_worth_nothing(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    carry(monkeypatch, HEAD)
    app = AppTest.from_file(str(ROOT / "hsf_kpi" / "ui" / "main.py"), default_timeout=60)
    app.query_params["roll"] = "ledning"
    app.run()
    assert len(app.selectbox(key="f_enhet").options) == 3


def test_signing_out_ends_the_session_at_once_and_takes_the_cookie_back(show: Show) -> None:
    app = show(LEADER)
    app.button(key="hsf-logga-ut").click().run()
    assert not shows_figures(app)
    assert "Du är utloggad." in words(app)
    assert 'data-hsf-ut="' in html(app)
    assert warm.workspace().store.sessions.open(dt.datetime.now(dt.UTC)) == []
    app.run()
    assert not shows_figures(app)


def end_all(login: str) -> None:
    warm.workspace().store.sessions.end_all(login, ADMIN)


def disable(login: str) -> None:
    warm.workspace().store.accounts.set_active(login, False, ADMIN)


def new_password(login: str) -> None:
    from hsf_kpi.access.password import hashed

    warm.workspace().store.accounts.set_password(login, hashed(NEW), ADMIN)


@pytest.mark.parametrize("happens", [end_all, disable, new_password])
def test_what_ends_a_session_is_felt_at_the_next_click(show: Show, happens: Callable[[str], None]) -> None:
    app = show(LEADER)
    assert shows_figures(app)
    happens(LEADER)
    app.run()
    assert not shows_figures(app)
    assert browser.ENDED in words(app)
    assert "hsf_choice" not in app.session_state


def test_a_changed_role_is_felt_at_the_next_click(show: Show) -> None:
    app = show(HEAD)
    workspace = warm.workspace()
    account = workspace.store.accounts.find(HEAD)
    assert account is not None
    workspace.store.accounts.end_grant(
        account.held[0].number, workspace.as_of() - dt.timedelta(days=1), ADMIN
    )
    app.run()
    assert not shows_figures(app)
    assert "Du har ingen behörighet" in words(app)
    assert {"Logga ut"} <= {button.label for button in app.button}


@pytest.mark.parametrize(
    "secret", ["skräp", "eyJhbGciOiJub25lIn0.eyJ1c2VybmFtZSI6ImEifQ.", "\u0000", "x" * 9000]
)
def test_a_forged_cookie_is_the_form_in_words(
    show: Show, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    app = show(None)
    monkeypatch.setattr(browser, "secret", lambda: secret)
    app.run()
    assert not app.exception
    assert not shows_figures(app)
    assert browser.ENDED in words(app)


def test_another_person_in_the_same_browser_finds_nothing_kept(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show(LEADER)
    app.session_state["hemligt"] = "ledarens"
    carry(monkeypatch, HEAD)
    app.run()
    assert "hemligt" not in app.session_state
    assert len(app.selectbox(key="f_enhet").options) == 3


def test_a_password_made_by_another_must_be_changed_before_any_page(show: Show) -> None:
    app = show(NEWCOMER)
    assert not shows_figures(app)
    assert "Välj ett eget lösenord" in words(app)
    assert "minst 12 tecken" in words(app)
    old, new, again = app.text_input
    old.input(PASSWORD)
    new.input(PASSWORD)
    again.input(PASSWORD)
    app.button[0].click().run()
    assert "Det nya lösenordet är det gamla." in words(app)
    old, new, again = app.text_input
    old.input(PASSWORD)
    new.input(NEW)
    again.input(NEW)
    app.button[0].click().run()
    assert 'data-hsf-biljett="' in html(app)
    account = warm.workspace().store.accounts.find(NEWCOMER)
    assert account is not None
    assert not account.must_change


def test_one_who_must_change_can_sign_out_instead(show: Show) -> None:
    app = show(NEWCOMER)
    app.button(key="hsf-logga-ut").click().run()
    assert "Du är utloggad." in words(app)


def test_my_account_tells_who_roles_and_until_when(show: Show) -> None:
    app = show(HEAD)
    app.button(key="hsf-mitt-konto").click().run()
    told = words(app)
    assert "Klinikchefen** (chef)" in told
    assert "Verksamhetschef, Kirurgkliniken" in told
    assert "Inloggningen gäller till kl. " in told
    assert "Nytt lösenord igen" in told


def test_a_session_about_to_end_is_told_once(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not show(LEADER).toast
    app = show(None)
    carry(monkeypatch, LEADER, hours=0.1)
    app.run()
    assert app.toast[0].value.startswith("Inloggningen går ut kl. ")
    app.run()
    assert not app.toast
