"""Undoing a load restores what it replaced, whatever came before and after; and what was known then can still be told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.load import LoadKind
from hsf_kpi.model.measure import Derivation
from hsf_kpi.model.observation import ExternalValue
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, NotFound
from hsf_kpi.model.register import Move, MovePart
from hsf_kpi.store import Store, tables
from hsf_kpi.store.engine import reading
from hsf_kpi.store.load import Delivery
from hsf_kpi.store.undo import _KEYS
from tests.store.asking import AS_OF
from tests.store.builders import m, measure, obs
from tests.store.ledger_builders import delivery, entry, forecast, with_accounts, year_budget

HOURS = measure("timmar", Aggregation.COUNT)
PER_HOUR = measure(
    "per-timme", Aggregation.WEIGHTED_MEAN, derived=Derivation("cost_per_hour", ("personal",), hours="timmar")
)
_BASE = with_accounts()
CAT = replace(_BASE, measures={**_BASE.measures, "timmar": HOURS, "per-timme": PER_HOUR})
SUMS = ("rollup", "ledger_sum", "ledger_cover", "forecast_sum")
UNITS = ("kirurgi", "medicin", "primar")
MONTHS = [m("2023-01") + i for i in range(3)]


def fresh() -> Store:
    return Store.create("sqlite://", "demo", CAT, AS_OF)


def sums(store: Store, *, sources: bool = True) -> dict[str, list[Any]]:
    """Every row of every sum, in order; and what holds in the facts, without the numbers of loads. sources: with the numbers
    of the texts that the sums stand on.
    """
    found: dict[str, list[Any]] = {}
    with reading(store._engine) as connection:
        for name in SUMS:
            columns = [c for c in tables.metadata.tables[name].c if sources or c.name != "source"]
            found[name] = sorted(map(str, connection.execute(select(*columns))))
        for table, keys in _KEYS.items():
            columns = [table.c[key] for key in keys]
            numbers = [table.c[n] for n in ("numerator", "amount", "value", "persons") if n in table.c]
            live = select(*columns, *numbers).where(table.c.superseded_by.is_(None))
            found[table.name] = sorted(map(str, connection.execute(live)))
    return found


def known(store: Store, number: int) -> list[str]:
    """The observations and entries that held after the load."""
    rows = []
    with reading(store._engine) as connection:
        for table in (tables.observation, tables.ledger_entry):
            then = (table.c.load_id <= number) & (
                table.c.superseded_by.is_(None) | (table.c.superseded_by > number)
            )
            numbers = [table.c[n] for n in ("numerator", "amount") if n in table.c]
            query = select(*(table.c[key] for key in _KEYS[table]), *numbers).where(then)
            rows += sorted(map(str, connection.execute(query)))
    return rows


def move(unit: str, month: Month) -> Move:
    return Move("1", month, "RV 1", "Inom ram", (MovePart(unit, 2), MovePart("rontgen", -2)))


MADE: dict[str, Callable[[str, Month, int], Delivery]] = {
    "obs": lambda u, at, n: Delivery(
        "fil", Origin.DEMO, [obs("belopp", u, at, n), obs("timmar", u, at, n + 9)]
    ),
    "book": lambda u, at, n: delivery([entry(u, at, "personal", n), entry(u, at, "ersattning", 2 * n)]),
    "plan": lambda u, _at, n: delivery(year_budget(u, 2023, n)),
    "guess": lambda u, at, n: delivery((), [forecast(u, f"{at.iso}-15", n)]),
    "move": lambda u, at, _n: Delivery("fil", Origin.DEMO, (), moves=(move(u, at),)),
    "public": lambda _u, at, n: Delivery(
        "fil", Origin.DEMO, (), (ExternalValue("kolada", "N1", "0019", "Västmanland", at.year, n),)
    ),
}
STEPS = st.one_of(
    st.tuples(
        st.sampled_from(sorted(MADE)), st.sampled_from(UNITS), st.sampled_from(MONTHS), st.integers(1, 50)
    ),
    st.integers(0, 5),
)


def undone(store: Store, number: int, held: set[int]) -> bool:
    """Whether it could be; where not, the loads told as standing in the way are such that hold."""
    try:
        store.loads.undo(CAT, number)
    except DataError as error:
        told = re.search(r"Senare inläsningar har ersatt delar av den: ([0-9, ]+)\.", str(error))
        if told is None or not {int(n) for n in told[1].split(", ")} <= held - {number}:
            raise
        return False
    return True


@settings(max_examples=15, deadline=None)
@given(st.lists(STEPS, min_size=2, max_size=9))
def test_what_holds_is_what_the_loads_that_hold_make(steps: list[Any]) -> None:
    """An undone load is as if it had never come; a refused one is told by what stands in its way."""
    store, held = fresh(), dict[int, Delivery]()
    after: dict[int, list[str]] = {}
    try:
        for step in steps:
            if isinstance(step, int):
                candidates = sorted(held)
                if not candidates:
                    continue
                number = candidates[step % len(candidates)]
                if not undone(store, number, set(held)):
                    continue
                del held[number]
            else:
                name, unit, month, amount = step
                made = MADE[name](unit, month, amount)
                store.take(CAT, made)
                held[store.loads.latest()] = made
            after[store.loads.latest()] = known(store, store.loads.latest())
        oracle = fresh()
        for made in held.values():
            oracle.take(CAT, made)
        assert sums(store, sources=False) == sums(oracle, sources=False)
        oracle.close()
        for number, then in after.items():
            assert known(store, number) == then
    finally:
        store.close()


@pytest.fixture
def store(database_url: str) -> Any:
    store = Store.create(database_url, "demo", CAT, AS_OF)
    yield store
    store.close()


def test_every_kind_is_undone_and_the_log_says_so(store: Store) -> None:
    store.take(CAT, MADE["obs"]("kirurgi", MONTHS[0], 4))
    for name in MADE:
        store.take(CAT, MADE[name]("kirurgi", MONTHS[0], 5))
        before = sums(store)
        number = store.loads.latest() + 1
        store.take(CAT, MADE[name]("kirurgi", MONTHS[0], 7))
        assert sums(store) != before or name == "move"
        version = store.state().data_version
        assert store.loads.undo(CAT, number, "controller") == version + 1
        assert sums(store) == before, name
        undone = store.loads.get(number)
        assert undone.undone_by == number + 1
        assert undone.undone_at is not None
        undoing = store.loads.get(number + 1)
        assert (undoing.kind, undoing.undoes, undoing.by) == (LoadKind.UNDO, number, "controller")
    assert store.audit()[0][1:3] == ("controller", "ångrade en inläsning")


def test_a_restored_value_tells_the_load_that_it_came_with(store: Store) -> None:
    store.take(CAT, MADE["obs"]("kirurgi", MONTHS[0], 4))
    store.take(CAT, MADE["obs"]("kirurgi", MONTHS[0], 5))
    store.loads.undo(CAT, 2)
    o = tables.observation.c
    with reading(store._engine) as connection:
        live = connection.execute(select(o.load_id, o.given_by).where(o.superseded_by.is_(None))).all()
    assert set(map(tuple, live)) == {(3, 1)}
    store.loads.undo(CAT, 1)
    assert sums(store)["observation"] == []
    assert store.state().latest is None
    assert store.state().first is None


def test_what_cannot_be_undone_is_told(store: Store) -> None:
    store.take(CAT, MADE["obs"]("kirurgi", MONTHS[0], 4))
    store.take(CAT, MADE["obs"]("kirurgi", MONTHS[0], 5))
    with pytest.raises(DataError, match=r"Senare inläsningar har ersatt delar av den: 2\."):
        store.loads.undo(CAT, 1)
    store.loads.undo(CAT, 2)
    for number, told in ((2, "redan ångrad"), (3, "Bara en inläsning av data kan ångras")):
        with pytest.raises(DataError, match=told):
            store.loads.undo(CAT, number)
    for number in (0, 99, 2**40):
        with pytest.raises(NotFound, match=rf"Inläsning {number} finns inte"):
            store.loads.undo(CAT, number)


def test_the_latest_month_goes_back_with_the_load_that_brought_it(store: Store) -> None:
    store.take(CAT, MADE["obs"]("kirurgi", MONTHS[0], 4))
    store.take(CAT, MADE["obs"]("kirurgi", MONTHS[2], 4))
    assert store.state().latest == MONTHS[2]
    store.loads.undo(CAT, 2)
    assert (store.state().latest, store.state().today) == (MONTHS[0], MONTHS[0])
