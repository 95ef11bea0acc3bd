"""Masking over versions: what people saw before a load does not tell what is hidden after it, nor the other way."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from hsf_kpi.access.masking import few_by_component
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.period import View, Window
from hsf_kpi.store import Store, schema, tables
from hsf_kpi.store.engine import open_engine, parse_url, reading, writing
from hsf_kpi.store.state import read_meta, write_meta
from tests.store.asking import AS_OF, DEMO
from tests.store.builders import catalogue, everyone, m, obs
from tests.store.suppression_cases import (
    KINDS,
    START,
    World,
    before,
    corrected,
    made,
    observations,
    version,
    world,
)
from tests.store.test_store_suppression_cases import LEAVES, TREE
from tests.suppression_judge import Sum, Version, judged

Place = tuple[str, object, object, object, object]
QUIET = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def place(one: Sum) -> Place:
    return (one.unit, one.org, one.window, one.sex, one.end)


def few(measure: Measure, one: Sum) -> bool:
    return any(few_by_component(measure, one.numerator, one.denominator, one.months, one.sex).values())


def two(
    measure: Measure, where: World, first: list[Observation], second: list[Observation]
) -> tuple[Version, Version]:
    old = made(measure, where, first)
    new = made(measure, where, second, before(where, first, old))
    return version(measure, where, first, old), version(measure, where, second, new)


@QUIET
@given(kind=st.sampled_from(sorted(KINDS)), seed=st.integers(0, 2**48))
def test_two_versions_together_tell_no_few(kind: str, seed: int) -> None:
    """What has few persons, before or after, can't be worked out from both versions. (What was hidden for the sake of
    others, and has not few persons itself, sometimes can.)
    """
    chance = random.Random(seed)
    measure, where = KINDS[kind], world(chance)
    everything = observations(chance, measure, where)
    last = START + (where.length - 1 - chance.choice([0, 1, 1, 2]))
    first = [o for o in everything if o.end <= last]
    if not first:
        return
    second = corrected(chance, measure, where, first) + [o for o in everything if o.end > last]
    versions = two(measure, where, first, second)
    hidden = {place(x) for x in versions[0].sums if x.masked}
    assert not hidden & {place(x) for x in versions[1].sums if not x.masked}, "what was hidden stays hidden"
    told = judged(measure, where.organisation, versions)
    assert [x for x in told if few(measure, x[1])] == []


WHERE = World(TREE, {key: i for i, key in enumerate(TREE.units, start=1)}, 12)
COUNT = KINDS["count"]


def month(number: int, counts: dict[str, int]) -> list[Observation]:
    return [obs("count", u, f"2022-{number:02d}", counts.get(u, 40)) for u in LEAVES]


def hidden_in(found: Version) -> set[tuple[str, str]]:
    return {(x.unit, f"{x.window.value} {x.end}") for x in found.sums if x.masked}


def test_a_month_that_was_shown_is_no_partner() -> None:
    old, both = month(1, {}), month(1, {}) + month(2, {"kirurgi": 3})
    versions = two(COUNT, WHERE, old, both)
    assert ("kirurgi", "month 2022-02") in hidden_in(versions[1])
    assert not [x for x in hidden_in(versions[1]) if x[1].endswith("2022-01")]
    assert judged(COUNT, TREE, versions) == []


def test_a_correction_is_not_told_by_the_change_of_a_sum() -> None:
    versions = two(COUNT, WHERE, month(1, {}), month(1, {"kirurgi": 3}))
    # Medicin was shown and has not changed: hiding it now would hide nothing, so the sums above go.
    assert {("kirurgi", "month 2022-01"), ("akut", "month 2022-01"), ("hsf", "month 2022-01")} <= hidden_in(
        versions[1]
    )
    assert not [x for x in judged(COUNT, TREE, versions) if few(COUNT, x[1])]


def test_without_knowing_what_was_shown_the_change_tells() -> None:
    first, second = month(1, {}), month(1, {"kirurgi": 3})
    old, new = made(COUNT, WHERE, first), made(COUNT, WHERE, second)
    versions = [version(COUNT, WHERE, first, old), version(COUNT, WHERE, second, new)]
    assert [x for x in judged(COUNT, TREE, versions) if few(COUNT, x[1])]


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store.create(database_url, "demo", catalogue(TREE, [COUNT]), AS_OF)
    yield store
    store.close()


def masked_units(store: Store, measure: Measure = COUNT) -> set[str]:
    cat = catalogue(TREE, [measure])
    series = store.units_series(
        everyone(cat), cat, list(TREE.units), "count", View.MONTH, Sex.ALL, OrgView.TODAY
    )
    cells = {u: x.cells.get(Window.MONTH, {}).get(m("2022-01")) for u, x in series.items()}
    return {u for u, cell in cells.items() if cell is not None and cell.masked}


def test_what_a_load_has_hidden_the_next_load_keeps_hidden(store: Store) -> None:
    cat = catalogue(TREE, [COUNT])
    store.load(cat, "a", DEMO, month(1, {"kirurgi": 3}))
    assert masked_units(store) == {"kirurgi", "medicin"}
    store.load(cat, "b", DEMO, month(1, {"kirurgi": 30}))
    assert {"kirurgi", "medicin"} <= masked_units(store)


def test_another_rule_masks_anew(store: Store) -> None:
    store.load(catalogue(TREE, [COUNT]), "a", DEMO, month(1, {"kirurgi": 3}))
    mild = replace(COUNT, threshold=3)
    store.sync_definitions(catalogue(TREE, [mild], "f2"))
    assert masked_units(store, mild) == set()
    with reading(store._engine) as connection:
        rules = set(connection.execute(select(tables.measure.c.masking)).scalars())
    assert len(rules) == 1


def test_the_same_rule_with_other_definitions_keeps_what_was_hidden(store: Store) -> None:
    cat = catalogue(TREE, [COUNT])
    store.load(cat, "a", DEMO, month(1, {"kirurgi": 3}))
    store.load(cat, "b", DEMO, month(1, {"kirurgi": 30}))
    hidden = masked_units(store)
    renamed = replace(COUNT, name="Ett annat namn")
    store.sync_definitions(catalogue(TREE, [renamed], "f2"))
    assert masked_units(store, renamed) == hidden


def test_sums_made_before_the_rule_was_kept_are_made_anew(database_url: str) -> None:
    engine = open_engine(parse_url(database_url))
    with writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(schema.MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        write_meta(connection, {"kind": "demo", "fingerprint": "f1"})
        command.upgrade(config, "head")
        assert read_meta(connection)["fingerprint"] == ""
