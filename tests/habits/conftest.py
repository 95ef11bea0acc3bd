"""A workspace on which nobody has kept anything, and the habits of one person there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hsf_kpi.habits import Habits, habits_of
from hsf_kpi.store import Store, tables
from hsf_kpi.store.engine import writing
from hsf_kpi.store.tables_habits import OWNED, habit_owner
from hsf_kpi.workspace import Workspace
from tests.store.asking import AS_OF, CAT


@pytest.fixture(scope="module")
def one_workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    store = Store.create(tmp_path_factory.mktemp("habits") / "habits.sqlite3", "demo", CAT, AS_OF)
    yield Workspace(CAT, store)
    store.close()


@pytest.fixture
def workspace(one_workspace: Workspace) -> Workspace:
    """Nobody has kept anything."""
    habits_of(one_workspace, "x").flush()
    with writing(one_workspace.store._engine) as connection:
        for table in (*OWNED, habit_owner, tables.audit_log):
            connection.execute(table.delete())
    return one_workspace


@pytest.fixture
def habits(workspace: Workspace) -> Habits:
    return habits_of(workspace, "chef")
