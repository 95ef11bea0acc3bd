"""Keys on the pages: one's own in «Mitt konto», everybody's for who administers. Without a browser."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi.access.token import kept, new_token
from hsf_kpi.model.event import Event
from hsf_kpi.ui import warm
from tests.people import ADMIN, HEAD, LEADER, cheap_passwords, with_people
from tests.ui.users_page import admin, events, field, press, run, store, words

OWN = """
from hsf_kpi.ui.own_keys import own_keys
from hsf_kpi.ui.warm import workspace

account = workspace().store.accounts.find({login!r})
own_keys(workspace(), account)
"""


@pytest.fixture(scope="module")
def people(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with cheap_passwords():
        yield with_people(demo_database, tmp_path_factory.mktemp("people"))


@pytest.fixture(autouse=True)
def _own_copy(people: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    copy = shutil.copyfile(people.removeprefix("sqlite:///"), tmp_path / "people.sqlite3")
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", f"sqlite:///{copy}")
    warm.close()
    yield
    warm.close()


def own(login: str) -> AppTest:
    """The part of «Mitt konto» that is about keys, as that account has it."""
    return run(AppTest.from_string(OWN.format(login=login), default_timeout=60))


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def test_a_key_is_made_shown_once_and_listed_without_itself() -> None:
    app = own(HEAD)
    assert "Du har ingen nyckel." in words(app)
    field(app, "Vad nyckeln ska användas till").input("Månadens **Excel** <b>")
    field(app, "Gäller i").select(30)
    press(app, "Skapa nyckel")
    (key,) = re.findall(r"hsfk_[A-Za-z0-9_-]{48}", words(app))
    found = store().tokens.valid(kept(key), now())
    assert found is not None
    assert (found[0].login, found[1].name) == (HEAD, "Månadens **Excel** <b>")
    assert found[1].ends - found[1].created == dt.timedelta(days=30)
    assert found[1].hint in words(app)
    assert events()[1][:2] == (HEAD, Event.KEY_MADE)
    run(app)
    assert key not in words(app), "once"
    assert found[1].hint in words(app)


def test_a_key_is_taken_back_by_its_owner() -> None:
    key = new_token()
    store().tokens.add(HEAD, "Power BI", key, HEAD, now())
    app = own(HEAD)
    press(app, "Ta tillbaka")
    assert store().tokens.valid(kept(key), now()) is None
    assert "Du har ingen nyckel." in words(app)
    assert events()[0][:2] == (HEAD, Event.KEY_ENDED)


def test_nobody_sees_anothers_among_ones_own() -> None:
    store().tokens.add(LEADER, "Hemlig", new_token(), LEADER, now())
    assert "Hemlig" not in words(own(HEAD))


def test_what_cant_be_done_is_told() -> None:
    app = own(HEAD)
    press(app, "Skapa nyckel")
    assert "Nyckeln har inget namn." in words(app)
    assert store().tokens.all() == []


def test_who_may_download_nothing_is_shown_nothing() -> None:
    app = own(ADMIN)
    assert words(app) == ""
    assert len(app.button) == 0


def test_an_administrator_sees_all_that_hold_and_takes_one_back() -> None:
    first, second = new_token(), new_token()
    store().tokens.add(HEAD, "Power BI <b>", first, HEAD, now())
    ended = store().tokens.add(LEADER, "Slutat gälla", second, LEADER, now())
    store().tokens.end(ended.number, LEADER, now())
    app = admin("Åtkomstnycklar")
    assert "Power BI" in words(app)
    assert "Klinikchefen" in words(app)
    assert "Slutat gälla" not in words(app)
    assert first not in words(app)
    held = store().tokens.of(HEAD)[0]
    field(app, "Ta tillbaka en nyckel").select(held.number)
    run(app)
    press(app, "Ta tillbaka")
    assert f"Nyckeln {held.hint} för Klinikchefen gäller inte längre." in words(app)
    assert store().tokens.valid(kept(first), now()) is None
    assert events()[0] == ("demo-admin", Event.KEY_ENDED, f"{HEAD}: {held.hint.rstrip('…')}")


def test_without_keys_the_page_says_where_they_come_from() -> None:
    assert "På demodata finns en för varje roll" in words(admin("Åtkomstnycklar"))
