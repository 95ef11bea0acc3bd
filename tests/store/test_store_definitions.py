"""Loaded definitions in the store: which texts hold, on which day, and what loading and undoing them does to the sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import select

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.load import LoadKind
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import View
from hsf_kpi.model.problems import DataError, NotFound, StoreError
from hsf_kpi.store import tables
from hsf_kpi.store.definitions import overlay_at
from hsf_kpi.store.delivery import Delivery
from hsf_kpi.store.engine import reading
from hsf_kpi.store.store import Store
from tests.store.builders import SMALL, catalogue, everyone, m, measure, obs, organisation, unit

A, B = "targets/2024-andringar.toml", "organisation/andringar.toml"
VISITS = measure("besok", Aggregation.COUNT)
SHARE = measure("andel", Aggregation.RATIO)


def made(loaded: Mapping[str, str], org: Organisation = SMALL) -> Catalogue:
    """The catalogue that would be read with the texts: its fingerprint follows them."""
    plain = catalogue(org, [VISITS, SHARE], "f" + "".join(f"{k}={v};" for k, v in sorted(loaded.items())))
    return replace(plain, loaded=dict(loaded))


def filled(address: str) -> Store:
    opened = Store.create(address, "real", made({}), dt.date(2023, 3, 10))
    opened.load(
        made({}),
        "fil",
        Origin.LOADED,
        [
            obs(key, u, f"2022-1{i}", 10 * i + 5, whole, origin=Origin.LOADED)
            for key, whole in (("besok", None), ("andel", 100))
            for u in ("kirurgi", "medicin", "primar")
            for i in (1, 2)
        ],
    )
    return opened


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(filled("sqlite://")) as opened:
        yield opened


@pytest.fixture
def either(database_url: str) -> Iterator[Store]:
    with closing(filled(database_url)) as opened:
        yield opened


def take(store: Store, *files: tuple[str, str], org: Organisation = SMALL) -> int:
    new = made({**store.definitions.overlay(), **dict(files)}, org)
    return store.definitions.take(new, brought(*files), before=store.state().fingerprint, rows=3)


def brought(*files: tuple[str, str]) -> Delivery:
    return Delivery("Eget format, mal.csv", Origin.LOADED, (), by="x", definitions=files)


def undo(store: Store, number: int, org: Organisation = SMALL) -> int:
    after = made(store.definitions.overlay_without(number), org)
    return store.definitions.undo(after, number, "x", before=store.state().fingerprint)


def sums(store: Store) -> list[str]:
    with reading(store._engine) as connection:
        return sorted(map(str, connection.execute(select(tables.rollup))))


def test_texts_hold_until_others_take_their_place_and_again_when_those_are_undone(either: Store) -> None:
    store = either
    start = store.loads.latest()
    assert store.definitions.overlay() == {}
    first = take(store, (A, "a1"), (B, "b1"))
    second = take(store, (A, "a2"))
    assert store.definitions.overlay() == {A: "a2", B: "b1"}
    with pytest.raises(DataError, match=f"Senare inläsningar har ersatt delar av den: {second}"):
        undo(store, first)
    assert store.definitions.overlay_without(second) == {A: "a1", B: "b1"}
    undo(store, second)
    assert store.definitions.overlay() == {A: "a1", B: "b1"}
    # What the undoing restored is still the first load's: it can be undone in its turn.
    undo(store, first)
    last = store.loads.latest()
    assert store.definitions.overlay() == {}
    known = [store.definitions.overlay_as_of(load) for load in (start, first, second, second + 1, last)]
    assert known == [{}, {A: "a1", B: "b1"}, {A: "a2", B: "b1"}, {A: "a1", B: "b1"}, {}]


def test_a_load_of_definitions_is_in_the_log_and_raises_the_version(store: Store) -> None:
    before = store.state()
    number = take(store, (A, "a1"))
    load, after = store.loads.get(number), store.state()
    assert (load.kind, load.rows, load.by, load.source) == (
        (LoadKind.DEFINITIONS, 3, "x", "Eget format, mal.csv")
    )
    assert after.data_version == before.data_version + 1
    assert after.fingerprint == made({A: "a1"}).fingerprint
    assert undo(store, number) == after.data_version + 1
    load = store.loads.get(number)
    assert load.undone_by == store.loads.latest()
    assert store.loads.get(load.undone_by).undoes == number
    assert store.state().fingerprint == before.fingerprint
    with pytest.raises(DataError, match="redan ångrad"):
        store.definitions.overlay_without(number)


def test_a_new_successor_carries_the_sums_and_undoing_gives_them_back(either: Store) -> None:
    """The ended unit\'s history counts in its successor, and above them as before; then all is byte for byte as it was."""
    store = either
    before = sums(store)
    units = dict(SMALL.units)
    units["kirurgi"] = unit("kirurgi", "akut", None, "2022-12", "ny")
    merged = organisation(*units.values(), unit("ny", "akut", "2023-01"))
    scope, month = everyone(made({}, merged)), m("2022-12")

    def value(u: str, catalogue_: Catalogue) -> int | None:
        series = store.unit_series(scope, catalogue_, u, View.YTD, Sex.ALL, OrgView.TODAY)["besok"]
        cells = [cell for by in series.cells.values() for end, cell in by.items() if end == month]
        return cells[0].numerator if cells else None

    old = {u: value(u, made({})) for u in ("hsf", "akut", "medicin", "kirurgi")}
    store.load(made({}), "fil", Origin.LOADED, [obs("besok", "medicin", "2023-01", 1, origin=Origin.LOADED)])
    settled = sums(store)
    number = take(store, (B, "b1"), org=merged)
    now = made({B: "b1"}, merged)
    assert {u: value(u, now) for u in ("hsf", "akut", "medicin", "ny")} == {
        "hsf": old["hsf"], "akut": old["akut"], "medicin": old["medicin"], "ny": old["kirurgi"],
    }  # fmt: skip
    assert sums(store) != settled
    undo(store, number)
    assert sums(store) == settled
    assert before != settled


def test_a_unit_with_values_that_would_vanish_is_refused_and_nothing_changes(store: Store) -> None:
    state, before = store.state(), sums(store)
    without = organisation(*(u for u in SMALL.units.values() if u.id != "kirurgi"))
    with pytest.raises(StoreError, match="”kirurgi” har värden i databasen"):
        take(store, (B, "b1"), org=without)
    assert (store.state(), store.definitions.overlay(), sums(store)) == (state, {}, before)
    # New in the organisation, with values since: undoing what brought it would make it vanish.
    bigger = organisation(*SMALL.units.values(), unit("ny", "akut"))
    number = take(store, (B, "b1"), org=bigger)
    store.load(
        made({B: "b1"}, bigger),
        "fil",
        Origin.LOADED,
        [obs("besok", "ny", "2022-12", 1, origin=Origin.LOADED)],
    )
    with pytest.raises(StoreError, match="”ny” har värden i databasen"):
        undo(store, number)
    assert store.definitions.overlay() == {B: "b1"}


def test_definitions_that_others_have_changed_meanwhile_are_not_overwritten(store: Store) -> None:
    prepared, before = made({A: "mine"}), store.state()
    number = take(store, (B, "theirs"))
    now = store.state()
    for known in (before.fingerprint, now.fingerprint):
        with pytest.raises(StoreError, match="Definitionerna har ändrats under tiden"):
            store.definitions.take(prepared, brought((A, "mine")), before=known)
    with pytest.raises(StoreError, match="Definitionerna har ändrats under tiden"):
        store.definitions.undo(made({}), number, "x", before=before.fingerprint)
    assert (store.definitions.overlay(), store.state()) == ({B: "theirs"}, now)


def test_only_loads_of_definitions_are_undone_as_such(store: Store) -> None:
    with pytest.raises(DataError, match="gällde inte definitioner"):
        store.definitions.overlay_without(1)
    with pytest.raises(NotFound):
        store.definitions.overlay_without(99)


def test_the_texts_of_an_address_are_read_without_touching_it(either: Store, database_url: str) -> None:
    take(either, (A, "a1"))
    state = either.state()
    assert overlay_at(database_url) == {A: "a1"}
    assert either.state() == state
    assert overlay_at("sqlite:////finns/inte.sqlite3") == {}
