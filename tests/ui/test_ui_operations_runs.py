"""Each run of a page is timed under its page and its outcome, and told with nothing of who or what."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi import ROOT
from hsf_kpi.operations import trail
from hsf_kpi.operations.metrics import REGISTRY
from hsf_kpi.ui import warm
from hsf_kpi.ui.operations import runs
from tests.pages.test_pages_states import show

MAIN = str(ROOT / "hsf_kpi" / "ui" / "main.py")


@pytest.fixture(autouse=True)
def _demo(demo_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A copy: pages write down where visitors have been."""
    copy = shutil.copyfile(demo_database.removeprefix("sqlite:///"), tmp_path / "demo.sqlite3")
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", f"sqlite:///{copy}")
    warm.close()
    yield
    warm.close()


def counted(page: str, first: str, outcome: str) -> float:
    labels = {"page": page, "first": first, "outcome": outcome}
    return REGISTRY.get_sample_value("hsf_kpi_rerun_seconds_count", labels) or 0.0


def lines(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.name == runs.__name__]


def test_a_sessions_first_run_is_told_from_the_others() -> None:
    first, later = counted("oversikt", "yes", "ok"), counted("oversikt", "no", "ok")
    show("oversikt").run()
    assert (counted("oversikt", "yes", "ok"), counted("oversikt", "no", "ok")) == (first + 1, later + 1)


def test_a_link_that_leads_nowhere_is_no_fault() -> None:
    before = counted("oversikt", "yes", "stopped")
    show("oversikt", enhet="finns-inte")
    assert counted("oversikt", "yes", "stopped") == before + 1


def test_without_a_database_no_page_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    warm.close()
    before = counted(runs.NO_PAGE, "yes", "failed")
    show("oversikt")
    assert counted(runs.NO_PAGE, "yes", "failed") == before + 1


def test_a_fault_of_ours_is_a_failed_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from hsf_kpi.workspace import Workspace

    monkeypatch.setattr(Workspace, "assessments", lambda *_a, **_k: 1 / 0)
    before = counted("oversikt", "yes", "failed")
    show("oversikt")
    assert counted("oversikt", "yes", "failed") == before + 1


def test_a_page_that_leads_elsewhere_is_stopped_and_the_other_is_timed() -> None:
    """Streamlit ends such a run by raising what is no Exception."""
    app = AppTest.from_function(_left)
    before = counted(runs.NO_PAGE, "yes", "stopped")
    app.run()
    assert counted(runs.NO_PAGE, "yes", "stopped") == before + 1


def _left() -> None:
    import streamlit as st

    from hsf_kpi.ui.operations.runs import timed

    with timed():
        st.stop()


def test_a_run_is_a_line_at_info_and_a_slow_one_a_warning(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    show("oversikt", enhet="kirurgkliniken")
    assert lines(caplog) == []
    caplog.set_level("INFO", "hsf_kpi")
    show("oversikt", enhet="kirurgkliniken")
    monkeypatch.setattr(runs, "SLOW", 0.0)
    show("oversikt", enhet="kirurgkliniken")
    fast, slow = lines(caplog)
    assert (fast.levelname, fast.message) == ("INFO", "a run")
    assert (slow.levelname, slow.message) == ("WARNING", "a slow run")
    for line in (fast, slow):
        told = {name: line.__dict__[name] for name in ("page", "first", "outcome")}
        assert told == {"page": "oversikt", "first": True, "outcome": "ok"}
        assert line.__dict__["ms"] > 0
    assert trail.noted().get("run") is None


def test_every_page_that_a_label_can_name_is_a_page_of_ours() -> None:
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")}
    show("nyckeltal")
    named = {
        sample.labels["page"]
        for metric in REGISTRY.collect()
        if metric.name == "hsf_kpi_rerun_seconds"
        for sample in metric.samples
    }
    assert named
    assert named <= pages | {runs.NO_PAGE}
