"""Measures made from the ledger: the same as a loop over its entries makes them, whatever is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month
from hsf_kpi.store import Store
from hsf_kpi.store.batch import COLUMNS, batch
from hsf_kpi.store.checks import problems_of
from hsf_kpi.store.derive import derived
from hsf_kpi.store.engine import writing
from tests.store.builders import m, obs
from tests.store.derive_cases import (
    CAT,
    LEAVES,
    MONTHS,
    Entry,
    Forecast,
    Hole,
    entries,
    forecasts,
    write,
)
from tests.store.derive_naive import Naive

AS_OF = dt.date(2023, 6, 1)
ACTUAL, BUDGET = AmountKind.ACTUAL, AmountKind.BUDGET
HOURS = {(unit, month): 40 for unit in ("primar", "kirurgi") for month in MONTHS[2:9]}


class Undone(Exception):
    """Ends a transaction of which nothing is to be kept."""


@pytest.fixture(scope="module")
def shared() -> Iterator[Store]:
    store = Store.create("sqlite://", "demo", CAT, AS_OF)
    observations = [obs("timmar", unit, month, hours) for (unit, month), hours in HOURS.items()]
    store.load(CAT, "timmar", Origin.DEMO, observations)
    yield store
    store.close()


def derived_of(store: Store, booked: list[Entry], forecast: list[Forecast]) -> pd.DataFrame:
    found: list[pd.DataFrame] = []

    def ask(connection: Connection) -> None:
        write(connection, booked, forecast)
        found.append(derived(connection, CAT, Origin.DEMO))
        raise Undone

    with pytest.raises(Undone), writing(store._engine) as connection:
        ask(connection)
    return found[0]


def as_rows(frame: pd.DataFrame) -> set[tuple[object, ...]]:
    return {
        (r.measure, r.unit, r.window, Month(r.month), r.numerator, None if pd.isna(r.denominator) else r.denominator)
        for r in frame.itertuples()
    }  # fmt: skip


holes = st.sets(
    st.tuples(st.sampled_from(LEAVES), st.sampled_from(AmountKind), st.sampled_from(MONTHS)), max_size=8
)


# A seed says nothing when it is made smaller, and making it so takes minutes.
@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.integers(0, 10**6), holes)
def test_every_value_is_what_a_loop_over_the_entries_makes_it(
    shared: Store, seed: int, missing: set[Hole]
) -> None:
    booked, forecast = entries(seed, missing), forecasts(seed)
    found = derived_of(shared, booked, forecast)
    hours = {key: value * FIXED for key, value in HOURS.items()}
    wanted = set(Naive(booked, forecast, hours).rows())
    assert as_rows(found) == wanted
    assert len(found) == len(wanted)
    assert not problems_of(batch(found, Origin.DEMO), CAT, Origin.DEMO), "and it can be loaded"


def test_every_rule_says_something_of_the_small_ledger(shared: Store) -> None:
    found = derived_of(shared, entries(1, ()), forecasts(1))
    assert set(found["measure"]) == {key for key, one in CAT.measures.items() if one.derived}
    assert set(found["window"]) == {"month", "delar1", "delar2", "year"}
    assert list(found.columns) == list(COLUMNS)


def test_the_columns_are_there_when_nothing_is_booked(shared: Store) -> None:
    found = derived_of(shared, [], [])
    assert found.empty
    assert list(found.columns) == list(COLUMNS)
    assert len(batch(found, Origin.DEMO)) == 0


def one(found: pd.DataFrame, key: str, unit: str, month: str) -> tuple[int, int | None]:
    """Numerator and denominator in whole units."""
    row = found[(found["measure"] == key) & (found["unit"] == unit) & (found["month"] == m(month).index)]
    assert len(row) == 1
    below = row["denominator"].iloc[0]
    return row["numerator"].iloc[0] // FIXED, None if pd.isna(below) else below // FIXED


def test_the_provision_is_in_the_budget_and_an_heir_is_held_against_its_predecessors(
    database_url: str,
) -> None:
    """On both databases."""
    store = Store.create(database_url, "demo", CAT, AS_OF)
    store.load(CAT, "timmar", Origin.DEMO, [obs("timmar", "primar", "2023-03", 5)])
    booked = [
        Entry("primar", ACTUAL, "lon", m("2023-03"), 100),
        Entry("primar", ACTUAL, "salt", m("2023-03"), 30, counterpart="kirurgi"),
        Entry("primar", ACTUAL, "kopt", m("2023-03"), 20, counterpart="kirurgi"),
        Entry("primar", BUDGET, "lon", m("2023-03"), 90),
        Entry("primar", BUDGET, "post", m("2023-03"), -15),
        Entry("primar", ACTUAL, "lon", m("2022-03"), 40),
        Entry("halso", ACTUAL, "lon", m("2022-03"), 35),
    ]
    found = derived_of(store, booked, [])
    store.close()
    assert one(found, "avvikelse", "primar", "2023-03") == (-90 - -75, None)
    assert one(found, "andring", "primar", "2023-03") == (-90 - -75, None)
    assert one(found, "okning", "primar", "2023-03") == (100, 75)
    assert one(found, "per-timme", "primar", "2023-03") == (100, 5)


def test_what_was_invested_before_a_merger_follows_to_the_heir(shared: Store) -> None:
    months = [m("2022-01") + i for i in range(8)]
    booked = [Entry("slut", ACTUAL, "inventarier", month, 5) for month in months[:6]]
    booked += [Entry("kirurgi", ACTUAL, "lon", month, 1) for month in months]
    found = derived_of(shared, booked, [])
    assert one(found, "invest", "kirurgi", "2022-08") == (30, None)
    assert one(found, "invest", "slut", "2022-04") == (20, None)
    late = derived_of(shared, booked[1:], [])
    assert "invest" not in set(late["measure"][late["unit"] == "slut"]), "a month is missing in the sum"
    assert m("2022-08").index not in set(late["month"][late["measure"] == "invest"])


def test_a_unit_has_no_value_when_it_does_not_stand_in_the_organisation(shared: Store) -> None:
    months = (m("2022-06"), m("2022-07"))
    booked = [Entry("slut", kind, "lon", month, 5) for kind in AmountKind for month in months]
    found = derived_of(shared, booked, [])
    assert set(found["month"][found["measure"] == "avvikelse"]) == {m("2022-06").index}
