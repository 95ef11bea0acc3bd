"""The app prunes its log by itself, by the region's decision only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hsf_kpi.model.event import Event
from hsf_kpi.store import Store
from hsf_kpi.ui import warm
from tests.store.people import open_store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", url)
    monkeypatch.setenv("HSF_KPI_DATA", "real")
    with closing(open_store(url)) as store:
        store.audit_log.write("x", Event.DENIED, "gammal", dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        warm.close()
        yield store
        warm.close()


@pytest.mark.parametrize(("days", "left"), [("", True), ("30", False)])
def test_pruned_by_decision_only(
    store: Store, monkeypatch: pytest.MonkeyPatch, days: str, left: bool
) -> None:
    monkeypatch.setenv("HSF_KPI_LOG_DAYS", days)
    warm.prune_once()
    assert ("gammal" in str(store.audit_log.entries())) is left


def test_a_database_that_is_away_is_pruned_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    warm.close()
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("HSF_KPI_LOG_DAYS", "30")
    warm.prune_once()
    warm.close()
