"""«Användare och logg» without a browser: roles, sign-ins, log, and looking as another role."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi import ROOT
from hsf_kpi.model.event import Event
from hsf_kpi.model.role import Grant, Permission
from tests.ui.users_page import (
    admin,
    events,
    field,
    made,
    own_demo,
    press,
    run,
    store,
    words,
    workspace,
)


@pytest.fixture(autouse=True)
def _own_demo(demo_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with own_demo(demo_database, tmp_path, monkeypatch):
        yield


# Roles


def test_the_roles_are_told_with_a_word_for_each_permission() -> None:
    made("a@exempel.se", "Någon", Grant("hr"))
    sees, may = admin("Roller").table
    roles = workspace().catalogue.roles
    assert list(sees.value["Roll"]) == [role.title for role in roles.values()]
    assert list(sees.value["Har rollen nu"]) == ["1" if role == "hr" else "0" for role in roles]
    for row, role in zip(may.value.itertuples(index=False), roles.values(), strict=True):
        assert [cell.strip("*") for cell in row[1:]] == ["Ja" if p in role.may else "Nej" for p in Permission]


# Sign-ins


def test_a_sign_in_is_ended() -> None:
    made()
    now = dt.datetime.now(dt.UTC)
    token = hashlib.sha256(b"x").hexdigest()
    session = store().sessions.begin(
        "person@exempel.se", "local", token, now + dt.timedelta(hours=1), "10.0.0.1", now
    )
    app = admin("Inloggningar")
    assert "Testperson" in app.table[0].value.to_string()
    assert "lösenord" in app.table[0].value.to_string()
    field(app, "Avsluta en inloggning").select(session.number)
    run(app)
    press(app, "Avsluta")
    assert store().sessions.valid(token, now) is None
    assert "Inloggningen för Testperson är avslutad." in words(app)
    assert ("demo-admin", Event.SESSION_ENDED, "person@exempel.se") in events()


# The log


def test_the_log_is_filtered_and_turned_over() -> None:
    for i in range(250):
        store().audit_log.write(f"p{i % 2}", Event.EXPORTED, f"fil {i}")
    app = admin("Logg")
    app.text_input(key="logg-vem").input("P1")
    run(app)
    assert len(app.table[0].value) == 100
    assert set(app.table[0].value["Vem"]) == {"`` p1 ``"}
    assert app.table[0].value["Uppgift"][0] == "fil 249"
    assert "125 rader" in words(app)
    app.multiselect(key="logg-vad").select(Event.LOADED.value)
    run(app)
    assert "Inget i loggen stämmer med valet." in words(app)
    app.multiselect(key="logg-vad").set_value([])
    app.date_input(key="logg-fran").set_value(dt.date(2026, 2, 1))
    app.date_input(key="logg-till").set_value(dt.date(2026, 1, 1))
    run(app)
    assert "Till och med ligger före" in app.error[0].value


@pytest.mark.parametrize(
    ("days", "told"), [("", "Loggen sparas tills vidare"), ("365", "sparas i 365 dagar")]
)
def test_how_long_the_log_is_kept_is_said(days: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSF_KPI_LOG_DAYS", days)
    assert told in words(admin("Logg"))


# Looking as another role


def look(app: AppTest, role: str, unit: str | None = None) -> AppTest:
    field(app, "Visa som en roll").select(role)
    run(app)
    if unit:
        field(app, "Verksamhet").select(unit)
        run(app)
    return press(app, "Visa som")


def test_an_administrator_looks_as_a_role_and_it_is_logged() -> None:
    app = look(admin(), "verksamhetschef", "kirurgkliniken")
    assert "Du ser som Verksamhetschef för Kirurgkliniken." in words(app)
    assert app.title[0].value == "Översikt"
    assert "Kirurgkliniken" in words(app)
    assert "Medicinkliniken" not in words(app)
    assert not app.get("download_button")
    assert events()[0] == ("demo-admin", Event.LOOKED_AS, "Verksamhetschef för Kirurgkliniken")
    run(app)
    assert [e for e in events() if e[1] == Event.LOOKED_AS] == [events()[0]]
    press(app, "Avsluta")
    assert "Du ser som" not in words(app)
    assert app.title[0].value == "Användare och logg"
    assert events()[0] == ("demo-admin", Event.LOOKED_AS, "Verksamhetschef för Kirurgkliniken, avslutat")


def test_looking_as_a_role_administers_nothing() -> None:
    app = look(admin(), "ledning")
    app.switch_page(str(ROOT / "pages" / "anvandare.py")).run()
    assert "Alla användare" not in words(app)
    assert "Du ser som Förvaltningsledning." in words(app)


def test_looking_as_a_role_ends_with_the_right_to_it() -> None:
    app = look(admin(), "ledning")
    app.session_state["hsf_role"] = "verksamhetschef"
    run(app)
    assert "Du ser som" not in words(app)
    assert "Medicinkliniken" not in words(app)


def test_only_who_administers_is_offered_to_look_as_another() -> None:
    app = AppTest.from_file(str(ROOT / "hsf_kpi" / "ui" / "main.py"), default_timeout=60)
    app.query_params["roll"] = "ledning"
    run(app)
    assert not [w for w in app.selectbox if w.label == "Visa som en roll"]


def test_why_something_is_seen_is_explained() -> None:
    app = AppTest.from_file(str(ROOT / "hsf_kpi" / "ui" / "main.py"), default_timeout=60)
    app.query_params["roll"] = "verksamhetschef"
    run(app)
    press(app, "Varför ser jag detta?")
    text = words(app)
    assert "Rollen Verksamhetschef för Kirurgkliniken gäller verksamheten och allt under den." in text
    assert "Det ingår inte i rollen Verksamhetschef." in text
    assert "Regionen har inte öppnat nyckeltalen" in text
