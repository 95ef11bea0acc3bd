"""Masking on the demo data: safe for a whole year of every measure that counts persons, and not too much of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hsf_kpi.access.masking import components
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.period import Month
from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import ancestry
from hsf_kpi.store.codes import SEX, SEX_OF, WINDOW_OF, Form
from hsf_kpi.store.engine import open_engine, parse_url, reading
from hsf_kpi.store.grid import Leaves
from hsf_kpi.store.refresh import ids_of
from hsf_kpi.store.rollup import rollup
from hsf_kpi.store.seen import current_leaves
from hsf_kpi.store.state import extent_of, read_meta, state_of
from tests.store.suppression_cases import World, version
from tests.suppression_judge import judged

CATALOGUE = read_catalogue(Path("data"))
PERSONS = [key for key, one in CATALOGUE.measures.items() if components(one)]
YEAR = 2022


class Demo:
    """The demo's units, and the observations and sums of a measure."""

    def __init__(self, url: str) -> None:
        engine = open_engine(parse_url(url))
        with reading(engine) as connection:
            self.units = ids_of(connection, tables.unit)
            numbers = ids_of(connection, tables.measure)
            meta = read_meta(connection)
            self.leaves = {key: current_leaves(connection, numbers[key]) for key in PERSONS}
        engine.dispose()
        extent, self.today = extent_of(meta), state_of(meta).today
        assert extent is not None
        self.paths = ancestry(CATALOGUE.organisation, self.units, self.today, extent.first, extent.last)

    def observations(self, key: str, leaves: Leaves) -> list[Observation]:
        names = {number: unit for unit, number in self.units.items()}
        columns = (leaves.unit, leaves.window, leaves.month, leaves.sex, leaves.numerator, leaves.denominator)
        parts = zip(*(x[leaves.form == Form.PARTS].tolist() for x in columns), strict=True)
        return [
            Observation(key, names[u], WINDOW_OF[w], Month(t), SEX_OF[s], Origin.DEMO, "", n, d, None)
            for u, w, t, s, n, d in parts
        ]


@pytest.fixture(scope="module")
def demo(demo_database: str) -> Demo:
    return Demo(demo_database)


@pytest.mark.parametrize("key", PERSONS)
def test_nothing_masked_can_be_worked_out_of_a_year(demo: Demo, key: str) -> None:
    leaves, one = demo.leaves[key], CATALOGUE.measures[key]
    if leaves is None:
        return
    # The numbers of a world are all that is asked of it here.
    where = World(CATALOGUE.organisation, demo.units, 1)
    found = version(one, where, demo.observations(key, leaves), rollup(one, leaves, demo.paths))
    year = tuple(x for x in found.sums if x.end.year == YEAR)
    assert judged(one, CATALOGUE.organisation, [replace(found, sums=year, today=demo.today)]) == []


def test_the_whole_and_the_totals_of_its_parts_are_kept(demo: Demo) -> None:
    root = CATALOGUE.organisation.root
    areas = [demo.units[u] for u in CATALOGUE.organisation.children(root, demo.today)]
    lost = shown = parts_lost = parts_shown = every = hidden = 0
    for key in PERSONS:
        leaves, one = demo.leaves[key], CATALOGUE.measures[key]
        if leaves is None or one.monthly is False:
            continue
        rows = rollup(one, leaves, demo.paths)
        total = rows.sex == min(SEX.values())
        whole, part = total & (rows.unit == demo.units[root]), total & np.isin(rows.unit, areas)
        lost, shown = lost + int(rows.masked[whole].sum()), shown + int(whole.sum())
        parts_lost, parts_shown = parts_lost + int(rows.masked[part].sum()), parts_shown + int(part.sum())
        hidden, every = hidden + int(rows.masked.sum()), every + len(rows)
    assert (lost, parts_lost) == (0, 0)
    assert shown > 1000
    assert parts_shown > 1000
    assert 0 < hidden < every * 0.2
