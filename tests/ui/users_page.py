"""The page «Användare och logg» as its tests open, read and press it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi import ROOT
from hsf_kpi.model.role import Grant
from hsf_kpi.store.store import Store
from hsf_kpi.ui import warm
from hsf_kpi.workspace import Workspace


@contextmanager
def own_demo(demo_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A copy of the demo database, since these tests write."""
    path = tmp_path / "demo.sqlite3"
    shutil.copyfile(demo_database.removeprefix("sqlite:///"), path)
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", f"sqlite:///{path}")
    warm.close()
    yield
    warm.close()


def store() -> Store:
    return warm.workspace().store


def workspace() -> Workspace:
    return warm.workspace()


def admin(tab: str = "Användare") -> AppTest:
    return show("admin", tab)


def show(role: str, tab: str = "Användare") -> AppTest:
    app = AppTest.from_file(str(ROOT / "hsf_kpi" / "ui" / "main.py"), default_timeout=60)
    app.query_params["roll"] = role
    app.session_state["anv-flik"] = tab
    app.run()
    if role != "admin":
        app.switch_page(str(ROOT / "pages" / "anvandare.py")).run()
    assert not app.exception
    return app


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    kinds = (
        "title",
        "header",
        "subheader",
        "markdown",
        "caption",
        "info",
        "warning",
        "error",
        "success",
        "code",
    )
    found = [str(element.value) for kind in kinds for element in app.get(kind)]
    found += [table.value.to_string(max_colwidth=None) for table in app.table]
    return "\n".join(found).replace("\\", "").replace("\u2060", "")


def field(app: AppTest, label: str):  # type: ignore[no-untyped-def]
    found = [w for w in (*app.text_input, *app.selectbox, *app.date_input) if w.label == label]
    return found[-1]


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return run(app)


def made(login: str = "person@exempel.se", name: str = "Testperson", *grants: Grant) -> None:
    store().accounts.add(login, name, "kommandoraden", grants=grants, catalogue=workspace().catalogue)


def choose(app: AppTest, login: str) -> AppTest:
    field(app, "Användare").select(login)
    return run(app)


def events() -> list[tuple[str, str, str]]:
    return [(entry.who, entry.what, entry.detail) for entry in store().audit_log.entries(limit=20)]
