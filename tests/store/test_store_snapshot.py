"""A database as it was known earlier: what was said after that load, nothing that came later, and only to be looked at."""

from __future__ import annotations

import datetime as dt
import gc
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Persons
from hsf_kpi.model.dialogue import Analysis
from hsf_kpi.model.observation import ExternalValue, Observation
from hsf_kpi.model.problems import StoreError
from hsf_kpi.model.register import Effect, Improvement, Move, MovePart, Progress
from hsf_kpi.store import Store, tables
from hsf_kpi.store.delivery import Delivery
from hsf_kpi.store.engine import reading
from hsf_kpi.store.snapshot import Snapshot, snapshot
from tests.store.asking import AS_OF, DEMO
from tests.store.builders import everyone, m, measure, obs
from tests.store.ledger_builders import delivery, entry, forecast, with_accounts

QUIET = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
START = dt.datetime(2023, 1, 10, 9, tzinfo=dt.UTC)
LATER = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
CAT = with_accounts()
CAT = replace(
    CAT,
    measures={
        **CAT.measures,
        "andel": measure("andel", Aggregation.RATIO, by_sex=True),
        "antal": measure("antal", Aggregation.COUNT, persons=Persons.NUMERATOR),
    },
)
SUMS = (tables.rollup, tables.ledger_sum, tables.ledger_cover, tables.forecast_sum, tables.external_value)
OWN = ("load_id", "source", "given_by", "superseded_by")
"""Columns that number what was loaded: undoing gives rows new numbers."""


def contents(store: Store) -> dict[str, set[tuple[Any, ...]]]:
    """Every sum, and what is known of other regions, without what only numbers it."""
    found = {}
    with reading(store._engine) as connection:
        for table in SUMS:
            query = select(*(column for column in table.c if column.name not in OWN))
            if "superseded_by" in table.c:
                query = query.where(table.c.superseded_by.is_(None))
            found[table.name] = {tuple(row) for row in connection.execute(query)}
    return found


def counted(number: int) -> dt.datetime:
    """When the load of that number came."""
    return START + dt.timedelta(days=number)


@dataclass
class Loads:
    """said: what the store said after each load."""

    store: Store
    said: list[dict[str, set[tuple[Any, ...]]]] = field(default_factory=list)

    def load(self, one: Delivery) -> None:
        self.store.take(CAT, replace(one, at=counted(self.store.loads.latest() + 1)))
        self.said.append(contents(self.store))

    def undo(self, number: int) -> None:
        self.store.loads.undo(CAT, number)
        self.said.append(contents(self.store))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty database, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "now.sqlite3"
    Store.create(path, "demo", CAT, AS_OF).close()
    return path


@pytest.fixture
def own(empty: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty database of the test's own, where it does not matter which kind."""
    shutil.copyfile(empty, tmp_path / "now.sqlite3")
    store = Store.open(tmp_path / "now.sqlite3")
    yield store
    store.close()


@pytest.fixture
def loads(database_url: str) -> Iterator[Loads]:
    store = Store.create(database_url, "demo", CAT, AS_OF)
    yield Loads(store)
    store.close()


def some(unit: str, month: str, amount: int, share: tuple[int, int] = (1, 2)) -> list[Observation]:
    return [obs("belopp", unit, month, amount), obs("andel", unit, month, *share)]


def external(value: int) -> ExternalValue:
    return ExternalValue("kolada", "N1", "0000", "Riket", 2022, value)


FIRST = delivery(
    [entry("kirurgi", "2023-01", "personal", 100), entry("medicin", "2023-01", "personal", 50)],
    [forecast("kirurgi", "2023-01-20", 1200)],
    observations=[*some("kirurgi", "2023-01", 10), *some("medicin", "2023-01", 20)],
    external=(external(1),),
)
SECOND = delivery(
    [entry("kirurgi", "2023-01", "personal", 130), entry("kirurgi", "2023-02", "personal", 90)],
    observations=[*some("kirurgi", "2023-01", 11, (2, 3)), *some("halso", "2022-11", 5)],
    external=(external(2),),
)
THIRD = delivery(
    [entry("rontgen", "2023-03", "personal", 70)],
    [forecast("kirurgi", "2023-02-20", 1300)],
    observations=some("rontgen", "2023-03", 7),
)


def taken(store: Store, load: int, folder: Path, at: dt.datetime = LATER) -> Snapshot:
    return snapshot(store, CAT, load, at, folder)


def test_it_says_what_was_said_after_each_load(loads: Loads, tmp_path: Path) -> None:
    for one in (FIRST, SECOND, THIRD):
        loads.load(one)
    loads.undo(3)
    loads.undo(2)
    known = loads.said
    assert known[0] == known[4] != known[1] == known[3] != known[2], "undoing restores the sums"
    for load in range(1, 6):
        found = taken(loads.store, load, tmp_path)
        assert contents(found) == known[load - 1], load
        found.close()


@QUIET
@given(data=st.data())
def test_any_loads_and_undoings_are_told_as_they_were(
    data: st.DataObject, empty: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    shutil.copyfile(empty, folder / "now.sqlite3")
    store = Store.open(folder / "now.sqlite3")
    loads = Loads(store)
    live: list[int] = []
    for _ in range(data.draw(st.integers(1, 4))):
        if live and data.draw(st.booleans()):
            loads.undo(live.pop())
        else:
            places = st.tuples(st.sampled_from(["kirurgi", "medicin", "rontgen"]), st.integers(1, 3))
            chosen = data.draw(st.dictionaries(places, st.integers(0, 9), min_size=1, max_size=4))
            rows = [o for (u, n), value in chosen.items() for o in some(u, f"2023-{n:02d}", value)]
            loads.load(Delivery("fil", DEMO, rows))
            live.append(store.loads.latest())
    load = data.draw(st.integers(1, len(loads.said)))
    found = taken(store, load, folder)
    assert contents(found) == loads.said[load - 1]
    for one in (found, store):
        one.close()


def test_the_state_is_that_of_the_day(loads: Loads, tmp_path: Path) -> None:
    for one in (FIRST, SECOND, THIRD):
        loads.load(one)
    loads.store.release(m("2023-02"))
    found = taken(loads.store, 2, tmp_path, counted(2))
    state = found.state()
    assert (state.first, state.latest) == (m("2022-11"), m("2023-02"))
    assert state.as_of == counted(2).date()
    assert state.released is None, "it was released later"
    assert [load.number for load in found.loads.all()] == [2, 1]
    assert taken(loads.store, 3, tmp_path).state().released == m("2023-02")


def test_a_load_that_was_undone_later_still_stood(loads: Loads, tmp_path: Path) -> None:
    loads.load(FIRST)
    loads.load(SECOND)
    loads.undo(2)
    assert taken(loads.store, 2, tmp_path).loads.get(2).holds
    assert not taken(loads.store, 3, tmp_path).loads.get(2).holds


def test_what_people_write_is_as_it_was_then(loads: Loads, tmp_path: Path) -> None:
    move = Move("f1", m("2023-01"), "Beslut 1", "Ja", (MovePart("kirurgi", -1), MovePart("medicin", 1)))
    loads.load(replace(FIRST, moves=(move,)))
    loads.load(replace(SECOND, moves=(replace(move, reference="Beslut 2"),)))
    before = dt.datetime.now(dt.UTC)
    handins, scope = loads.store.handins, everyone(CAT)
    handins.save_analysis(CAT, Analysis("kirurgi", m("2023-01"), "belopp", "Färre tider."), "chef", "Chef")
    activity = Improvement(
        "kirurgi", "Färre resor", Effect.COST, 5000, m("2023-01"), "Chef", Progress.RUNNING
    )
    loads.store.registers.save_improvement(CAT, activity, "chef")

    then, now = taken(loads.store, 1, tmp_path, before), taken(loads.store, 2, tmp_path)
    moved = [[one.reference for one in s.registers.moves(scope, CAT, scope.units)] for s in (then, now)]
    assert moved == [["Beslut 1"], ["Beslut 2"]]
    for kept, count in ((then, 0), (now, 1)):
        assert len(kept.handins.read(scope, CAT, ["kirurgi"], m("2023-01"), m("2023-01"))) == count
        assert len(kept.registers.improvements(scope, CAT, ["kirurgi"])) == count


def test_nothing_can_be_written(own: Store, tmp_path: Path) -> None:
    own.take(CAT, FIRST)
    found = taken(own, 1, tmp_path)
    for write in (
        lambda: found.take(CAT, SECOND),
        lambda: found.log("jag", "skrev"),
        lambda: found.release(m("2023-01")),
    ):
        with pytest.raises(StoreError, match="kan bara läsas"):
            write()
    assert contents(found) == contents(own)


def test_its_file_is_the_process_users_own_and_goes_with_it(own: Store, tmp_path: Path) -> None:
    folder = tmp_path / "tillfalligt"
    folder.mkdir()
    own.take(CAT, FIRST)
    closed, let_go = taken(own, 1, folder), taken(own, 1, folder)
    assert {path.stat().st_mode & 0o077 for path in folder.glob("*.sqlite3")} == {0}
    assert closed.state() == let_go.state()
    closed.close()
    assert len(list(folder.glob("*.sqlite3"))) == 1
    del let_go
    gc.collect()
    assert list(folder.iterdir()) == []


def test_a_folder_that_can_not_be_written_is_told(own: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="mappen för tillfälliga filer"):
        taken(own, 1, tmp_path / "finns-inte")


def test_what_is_masked_now_is_masked_then(own: Store, tmp_path: Path) -> None:
    """The rule by itself is tested in test_store_snapshot_masks; here that it is asked with what is shown now."""
    units = ("kirurgi", "medicin", "rontgen")
    own.load(CAT, "a", DEMO, [obs("antal", unit, "2023-01", 40) for unit in units])
    own.load(CAT, "b", DEMO, [obs("antal", "kirurgi", "2023-01", 3)])
    assert hidden(taken(own, 1, tmp_path)) >= hidden(own) >= {"kirurgi"}


def hidden(store: Store) -> set[str]:
    query = select(tables.unit.c.key).where(tables.rollup.c.masked, tables.rollup.c.unit == tables.unit.c.id)
    with reading(store._engine) as connection:
        return set(connection.execute(query).scalars())
