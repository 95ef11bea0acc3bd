"""How a database is, asked in one question: SQLite and PostgreSQL alike."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from hsf_kpi.model.codes import Origin
from hsf_kpi.model.problems import StoreError
from hsf_kpi.operations.metrics import REGISTRY
from hsf_kpi.store.engine import writing
from tests.store.asking import CAT
from tests.store.builders import obs
from tests.store.people import open_store

KEY = next(iter(CAT.measures))


def test_a_new_database_is_of_this_version_and_has_no_load(database_url: str) -> None:
    with closing(open_store(database_url)) as store:
        pulse = store.pulse()
    assert pulse.migrated
    assert pulse.state is not None
    assert (pulse.state.kind, pulse.state.released, pulse.load) == ("real", None, None)


def test_the_latest_load_is_told_with_number_time_and_rows(database_url: str) -> None:
    before = dt.datetime.now(dt.UTC)
    with closing(open_store(database_url)) as store:
        for month in ("2023-01", "2023-02"):
            store.load(CAT, "fil", Origin.LOADED, [obs(KEY, "kirurgi", month, 3, 4, origin=Origin.LOADED)])
        load = store.pulse().load
    assert load is not None
    assert (load.number, load.rows) == (2, 1)
    assert before - dt.timedelta(seconds=1) <= load.at <= dt.datetime.now(dt.UTC)


@pytest.mark.parametrize("version", ["0001", "9999"])
def test_of_tables_of_another_version_nothing_more_is_asked(database_url: str, version: str) -> None:
    with closing(open_store(database_url)) as store:
        with writing(store._engine) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
        pulse = store.pulse()
    assert (pulse.migrated, pulse.state, pulse.load) == (False, None, None)


def test_a_database_that_is_away_is_told_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with closing(open_store(f"sqlite:///{path}")) as store:
        store._engine.dispose()
        for name in (path, path.with_name("x.db-wal"), path.with_name("x.db-shm")):
            name.unlink(missing_ok=True)
        path.mkdir()
        before = _counted()
        with pytest.raises(StoreError):
            store.pulse()
        assert _counted() == before + 1


def _counted() -> float:
    return REGISTRY.get_sample_value("hsf_kpi_database_errors_total", {"kind": "unreachable"}) or 0.0


def test_a_statements_values_are_in_no_error_of_its_library(database_url: str) -> None:
    """The driver's own words may hold them still: those are not logged (tests/operations/test_operations_log.py)."""
    with closing(open_store(database_url)) as store:
        assert store._engine.hide_parameters
