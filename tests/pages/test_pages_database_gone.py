"""The database is gone while pages are open: the last good figures stay, marked, in that session; all comes back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi import ROOT
from hsf_kpi.backup.make import back_up
from hsf_kpi.backup.restore import restore
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import NotPermitted, Problem, StoreError
from hsf_kpi.settings import Settings, read_settings
from hsf_kpi.store.store import Store
from hsf_kpi.ui import frame, last_good, warm
from tests.pages.opening import show
from tests.reading import as_read
from tests.resilience_postgres import own_postgres

MARK = "Här är det senaste som visades för dig"
UNIT = "kirurgkliniken"
"""Small: each test opens it cold."""


@pytest.fixture
def database(demo_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the demo that can be moved away."""
    path = tmp_path / "demo.sqlite3"
    shutil.copyfile(demo_database.removeprefix("sqlite:///"), path)
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.setattr("hsf_kpi.workspace.STATE_SECONDS", 0.0)
    warm.close()
    yield path
    warm.close()


def settings(url: str) -> Settings:
    return read_settings({"HSF_KPI_DATABASE_URL": url})


def go(path: Path) -> Path:
    return path.rename(path.with_suffix(".borta"))


def come_back(path: Path) -> None:
    path.with_suffix(".borta").rename(path)


def metrics(app: AppTest) -> list[str]:
    return [str(metric.value) for metric in app.metric]


def figures(app: AppTest) -> list[str]:
    return [str(found.value) for found in app.subheader]


def warned(app: AppTest) -> str:
    return as_read("\n".join(str(one.value) for one in app.warning))


def test_the_last_good_figures_stay_marked_and_the_page_comes_back_by_itself(database: Path) -> None:
    app = show("oversikt", enhet=UNIT)
    before, drawn = metrics(app), figures(app)
    assert len(before) > 3
    go(database)
    app.run()
    assert not app.exception
    assert metrics(app) == before
    assert set(figures(app)) <= set(drawn)
    assert figures(app)
    assert "Databasen kan inte nås" in warned(app)
    assert MARK in warned(app)
    assert "Översikt, Kirurgkliniken, till och med oktober 2023" in warned(app)
    assert not app.selectbox, "nothing can be chosen"
    assert not database.exists(), "no empty database in its place"
    app.run()
    assert metrics(app) == before
    come_back(database)
    app.run()
    assert MARK not in warned(app)
    assert metrics(app) == before
    assert app.selectbox(key="f_enhet").value == "kirurgkliniken"


def test_a_page_that_was_half_drawn_gives_way_to_the_whole_last_one(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("oversikt", enhet=UNIT)
    before = metrics(app)
    real = frame.filter_bar

    def goes_meanwhile(*args: object, **kwargs: object) -> object:
        if database.exists():
            go(database)
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(frame, "filter_bar", goes_meanwhile)
    app.query_params["enhet"] = "medicinkliniken"
    app.run()
    assert not app.exception
    assert metrics(app) == before
    assert MARK in warned(app)


def test_nobody_else_and_no_new_session_sees_anything(database: Path) -> None:
    show("oversikt", enhet=UNIT)
    go(database)
    other = show("oversikt", enhet=UNIT)
    assert not other.metric
    assert MARK not in warned(other)
    assert "Databasen går inte att använda" in other.error[0].value


def test_it_is_shown_for_a_bounded_time(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("oversikt", enhet=UNIT)
    go(database)
    later = app.session_state[last_good._GOOD].judged + last_good.SHOWN - 5
    monkeypatch.setattr(last_good, "monotonic", lambda: later)
    app.run()
    assert app.metric
    monkeypatch.setattr(last_good, "monotonic", lambda: later + 10)
    app.run()
    assert not app.metric
    assert "Databasen går inte att använda" in app.error[0].value
    monkeypatch.setattr(last_good, "monotonic", lambda: later)
    app.run()
    assert not app.metric, "what has been let go of does not come back"


def test_another_browser_at_the_same_session_sees_nothing(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A websocket that is opened again brings its own cookies: somebody else may have signed in there."""
    app = show("oversikt", enhet=UNIT)
    go(database)
    monkeypatch.setattr(last_good, "_browser", lambda: "någon annan")
    app.run()
    assert not app.metric


def test_a_page_without_figures_leaves_nothing_behind(database: Path) -> None:
    app = show("oversikt", enhet=UNIT)
    app.switch_page(str(ROOT / "pages" / "hjalp.py")).run()
    go(database)
    app.run()
    assert not app.metric
    assert "Databasen går inte att använda" in app.error[0].value


def test_what_is_no_longer_permitted_is_let_go_of(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("oversikt", enhet=UNIT)

    def refused(*_: object) -> None:
        raise NotPermitted(Problem("Det här får du inte se."))

    with monkeypatch.context() as patch:
        patch.setattr(frame, "seen_identity", refused)
        app.run()
        assert not app.metric
    go(database)
    app.run()
    assert not app.metric
    assert MARK not in warned(app)


def test_another_file_in_its_place_is_seen_without_a_restart(database: Path, demo_database: str) -> None:
    app = show("oversikt", enhet=UNIT)
    first = warm.workspace()
    go(database)
    shutil.copyfile(demo_database.removeprefix("sqlite:///"), database)
    with closing(Store.open(database)) as store:
        store.log("den nya", Event.CREATED)
    with pytest.raises(StoreError, match="kan inte nås"):
        first.store.audit(1)  # what it keeps is of the other file
    assert warm.workspace() is not first
    assert warm.workspace().store.audit(1)[0][1] == "den nya"
    app.run()
    assert app.metric
    assert not app.error


@pytest.mark.postgres
def test_a_server_that_is_stopped_and_started_again_is_followed_without_a_restart(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_postgres() as server:
        copy = back_up(settings(f"sqlite:///{database}"), tmp_path / "kopia.zip")
        restore(settings(server.url), copy.path)
        monkeypatch.setenv("HSF_KPI_DATABASE_URL", server.url)
        monkeypatch.setattr("hsf_kpi.workspace.STATE_SECONDS", 0.0)
        warm.close()
        app = show("oversikt", enhet=UNIT)
        before, opened = metrics(app), warm.workspace()
        assert len(before) > 3
        server.stop()
        app.run()
        assert metrics(app) == before
        assert MARK in warned(app)
        other = show("oversikt", enhet=UNIT)
        assert not other.metric
        server.start()
        app.run()
        assert MARK not in warned(app)
        assert metrics(app) == before
        other.run()
        assert other.metric
        assert warm.workspace() is opened, "the same process, the same workspace"
        opened.store.close()
        warm.close()


def test_who_signs_out_while_it_is_gone_leaves_nothing(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hsf_kpi.ui.sign_in import local

    app = show("oversikt", enhet=UNIT)
    go(database)
    monkeypatch.setattr(local, "_held", lambda workspace: workspace.store.state())

    kept: dict[str, object] = {last_good._GOOD: app.session_state[last_good._GOOD]}
    monkeypatch.setattr(local.browser.st, "session_state", kept)
    with pytest.raises(StoreError):
        local._sign_out(warm.workspace())
    assert kept == {}
