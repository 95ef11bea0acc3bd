"""«Användare och logg» without a browser: who may come there, and what is done with users."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hsf_kpi.access.password import matches
from hsf_kpi.model.event import Event
from hsf_kpi.model.role import Grant
from tests.ui.users_page import (
    admin,
    choose,
    events,
    field,
    made,
    own_demo,
    press,
    run,
    show,
    store,
    words,
)


@pytest.fixture(autouse=True)
def _own_demo(demo_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with own_demo(demo_database, tmp_path, monkeypatch):
        yield


NASTY = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    ":material/home: :smile: :red[rött]",
    "$x^2$ **fet** _lutat_",
    "www.ond.se https://ond.se namn@ond.se",
)


# Who may come here


@pytest.mark.parametrize("role", ["ledning", "hr", "namnd", "controller", "verksamhetschef"])
def test_who_does_not_administer_is_refused_in_words_and_it_is_logged(role: str) -> None:
    made("hemlig@exempel.se", "Hemlig Person")
    app = show(role)
    assert "Din behörighet räcker inte för att hantera användare och logg." in words(app)
    assert not app.table
    assert "Hemlig Person" not in words(app)
    assert (f"demo-{role}", Event.DENIED, "sidan anvandare") in events()


@pytest.mark.parametrize("tab", ["Användare", "Roller", "Inloggningar", "Åtkomstnycklar", "Logg"])
def test_every_section_is_shown_without_users(tab: str) -> None:
    app = admin(tab)
    assert app.title[0].value == "Användare och logg"
    assert "None" not in words(app)


# Users


def test_a_user_added_has_no_role_and_a_password_that_is_shown_once() -> None:
    app = admin()
    field(app, "Användarnamn").input("Ny.Person@exempel.se")
    field(app, "Namn").input("Ny Person")
    press(app, "Lägg till")
    account = store().accounts.find("ny.person@exempel.se")
    assert account is not None
    assert account.must_change
    assert account.held == ()
    assert "Ny Person är tillagd och har ingen roll än." in app.success[0].value.replace("\\", "")
    shown = app.code[0].value
    assert matches(shown, account.password)
    run(app)
    assert not app.code
    assert not app.success
    assert shown not in str(app.session_state)
    assert shown not in str(events())


@pytest.mark.parametrize(
    ("login", "name", "told"),
    [
        ("", "Namn", "Användarnamn saknas"),
        ("a b", "Namn", "går inte att ha som användarnamn"),
        ("ny@exempel.se", "  ", "Namnet saknas"),
        ("PERSON@exempel.se", "Namn", "finns redan"),
    ],
)
def test_what_is_wrong_is_told_beside_the_form_and_nothing_has_changed(
    login: str, name: str, told: str
) -> None:
    made()
    app = admin()
    field(app, "Användarnamn").input(login)
    field(app, "Namn").input(name)
    press(app, "Lägg till")
    assert told in app.error[0].value.replace("\\", "")
    assert not app.code
    assert [account.login for account in store().accounts.all()] == ["person@exempel.se"]


def test_a_role_is_given_with_its_unit_and_days_and_ended() -> None:
    made()
    app = choose(admin(), "person@exempel.se")
    field(app, "Roll").select("verksamhetschef")
    run(app)
    press(app, "Ge rollen")
    assert "gäller en verksamhet" in app.error[0].value
    field(app, "Verksamhet").select("kirurgkliniken")
    field(app, "Från och med").set_value(dt.date(2026, 1, 1))
    press(app, "Ge rollen")
    account = store().accounts.find("person@exempel.se")
    assert account is not None
    assert [held.grant for held in account.held] == [
        Grant("verksamhetschef", "kirurgkliniken", dt.date(2026, 1, 1))
    ]
    assert "har fått rollen Verksamhetschef för Kirurgkliniken, från och med 2026-01-01" in words(app)
    press(app, "Avsluta rollen")
    account = store().accounts.find("person@exempel.se")
    assert account is not None
    assert not account.held[0].grant.holds(dt.date.today())
    assert "har inte längre rollen Verksamhetschef för Kirurgkliniken" in words(app)
    assert "Har haft: Verksamhetschef för Kirurgkliniken" in words(app)


def test_an_account_is_disabled_enabled_renamed_and_given_a_new_password() -> None:
    made()
    now = dt.datetime.now(dt.UTC)
    token = hashlib.sha256(b"x").hexdigest()
    store().sessions.begin("person@exempel.se", "local", token, now + dt.timedelta(hours=1), "", now)
    app = choose(admin(), "person@exempel.se")
    press(app, "Stäng av kontot")
    assert store().sessions.valid(token, now) is None
    assert "Kontot för Testperson är avstängt" in words(app)
    assert "Avstängt" in app.table[-1].value.to_string()
    press(app, "Aktivera kontot")
    app.text_input(
        key=next(w.key for w in app.text_input if (w.key or "").startswith("anv-nytt-namn"))
    ).input("Annat Namn")
    press(app, "Byt namn")
    press(app, "Skapa nytt lösenord")
    account = store().accounts.find("person@exempel.se")
    assert account is not None
    assert (account.active, account.name, account.must_change) == (True, "Annat Namn", True)
    assert matches(app.code[0].value, account.password)


def test_the_last_administrator_is_kept_and_it_is_told() -> None:
    made("chef@exempel.se", "Enda Administratören", Grant("admin"))
    app = choose(admin(), "chef@exempel.se")
    press(app, "Stäng av kontot")
    assert "alltid finnas en aktiv administratör" in app.error[0].value
    press(app, "Avsluta rollen")
    assert "alltid finnas en aktiv administratör" in app.error[0].value
    account = store().accounts.find("chef@exempel.se")
    assert account is not None
    assert account.active
    assert account.held[0].grant.last is None


def test_the_search_finds_by_name_login_role_and_unit() -> None:
    made("a@exempel.se", "Åke Ett", Grant("verksamhetschef", "kirurgkliniken"))
    made("b@exempel.se", "Bo Två", Grant("hr"))
    app = admin()
    for sought, found in (
        ("åke", "a@"),
        ("B@EX", "b@"),
        ("hr", "b@"),
        ("kirurg", "a@"),
        ("ingen alls", None),
    ):
        field(app, "Sök användare").input(sought)
        run(app)
        shown = [t.value.to_string() for t in app.table if "Användarnamn" in t.value.columns]
        assert bool(shown) is (found is not None)
        if found:
            assert found in shown[0]
            assert ({"a@", "b@"} - {found}).pop() not in shown[0]


def test_names_are_shown_as_text() -> None:
    for i, name in enumerate(NASTY):
        made(f"p{i}@exempel.se", name)
    store().log(NASTY[0], NASTY[1], NASTY[2])
    for app in (choose(admin(), "p0@exempel.se"), admin("Logg")):
        cells = [cell for table in app.table for cell in table.value.to_numpy().ravel()]
        for shown in (*(e.value for e in (*app.markdown, *app.caption, *app.success)), *cells):
            # Our own links at the foot of the page are alive, and hold nothing of the data.
            alive = re.sub(r"\\.|``.*?``|\[[\w åäö?]+\]\(hjalp\?[\w=&-]+\)", "", shown)
            assert not re.search(r"<script|\]\(|\$|:material|https?:|www\.|[^ ]@[a-z]", alive), shown
    text = words(admin())
    assert all(name in text for name in NASTY)
