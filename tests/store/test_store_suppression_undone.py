"""Masking when loads are undone: what was seen before an undoing, or before the next load, tells no few."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.period import Month, Window
from hsf_kpi.store import Store, tables
from hsf_kpi.store.codes import ORG, WINDOW
from hsf_kpi.store.delivery import Delivery
from hsf_kpi.store.engine import reading, writing
from hsf_kpi.store.load import settle, write
from hsf_kpi.store.state import read_meta
from tests.store.asking import AS_OF, DEMO
from tests.store.builders import catalogue, obs
from tests.store.suppression_cases import KINDS
from tests.store.test_store_suppression_cases import LEAVES, TREE

CAT = catalogue(TREE, [KINDS["count"]])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.create(tmp_path / "masking.sqlite3", "demo", CAT, AS_OF)
    yield store
    store.close()


def month(number: int, counts: dict[str, int]) -> list[Observation]:
    return [obs("count", u, f"2022-{number:02d}", counts.get(u, 40)) for u in LEAVES]


def masked(store: Store, number: int) -> set[str]:
    """The units whose own month is masked, in the organisation as it was."""
    r, u = tables.rollup.c, tables.unit.c
    query = select(u.key).where(
        r.unit == u.id, r.masked, r.month == Month.of(2022, number).index,
        r.window == WINDOW[Window.MONTH], r.org == ORG[OrgView.AS_WAS],
    )  # fmt: skip
    with reading(store._engine) as connection:
        return set(connection.execute(query).scalars())


@pytest.mark.parametrize("earlier", [True, False])
def test_a_month_that_was_shown_and_undone_is_no_partner(store: Store, earlier: bool) -> None:
    if earlier:
        store.load(CAT, "a", DEMO, month(1, {}))
    store.load(CAT, "b", DEMO, month(2, {}))
    store.loads.undo(CAT, store.loads.latest())
    store.load(CAT, "c", DEMO, month(2, {"kirurgi": 3}))
    # Medicin has been seen: it would be the sum above less this, so what is above goes.
    assert masked(store, 2) == {"kirurgi", "akut", "hsf"}


def test_a_file_that_is_undone_and_loaded_again_hides_no_more(store: Store) -> None:
    store.load(CAT, "a", DEMO, month(1, {"kirurgi": 3}))
    before = masked(store, 1)
    store.loads.undo(CAT, 1)
    store.load(CAT, "a", DEMO, month(1, {"kirurgi": 3, "rehab": 41}))
    assert masked(store, 1) == before == {"kirurgi", "medicin"}


def test_the_one_of_two_loads_that_is_undone_is_not_told_by_what_is_left(store: Store) -> None:
    """Both came before anything was shown, so the sum above was shown with both in it."""
    rows = month(1, {"kirurgi": 3})
    with writing(store._engine) as connection:
        before = read_meta(connection, lock=True)
        parts = [[o for o in rows if (o.unit == "kirurgi") is first] for first in (True, False)]
        settle(connection, CAT, before, [write(connection, CAT, Delivery("f", DEMO, part)) for part in parts])
    assert masked(store, 1) == {"kirurgi", "medicin"}
    store.loads.undo(CAT, 1)
    assert masked(store, 1) == {"medicin", "akut", "hsf"}
