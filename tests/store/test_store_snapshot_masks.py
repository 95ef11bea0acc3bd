"""Masking of what was known earlier: beside what is shown now, it tells no few."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_kpi.access.masking import Component
from hsf_kpi.model.codes import Persons
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.period import Window
from hsf_kpi.store.rollup import Rows
from hsf_kpi.store.snapshot_cells import Cells, Version
from hsf_kpi.store.snapshot_masks import masked_then
from tests import suppression_judge as judge
from tests.store.builders import obs
from tests.store.suppression_cases import (
    KINDS,
    START,
    World,
    before,
    corrected,
    leaves,
    made,
    observations,
    version,
    world,
)
from tests.store.test_store_suppression_cases import LEAVES, TREE
from tests.store.test_store_suppression_versions import few, place

QUIET = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
COUNT = KINDS["count"]
LARGEST = 60
"""So many observations at most: the judge's work grows by the square."""
WHERE = World(TREE, {key: i for i, key in enumerate(TREE.units, start=1)}, 12)


def whole(where: World, found: Sequence[Observation], rows: Rows) -> Version:
    months = [o.end for o in found]
    return Version(Cells.of(rows), leaves(found, where.ids), where.ancestry(min(months), max(months)))


def looked_back(measure: Measure, where: World, found: Sequence[Observation], now: Version) -> judge.Version:
    """The sums of `found` as they are shown beside those of now."""
    rows = made(replace(measure, persons=Persons.NEITHER), where, found)
    shown = replace(rows, masked=masked_then(measure, whole(where, found, rows), now))
    return version(measure, where, found, shown)


@QUIET
@given(kind=st.sampled_from(sorted(KINDS)), seed=st.integers(0, 2**48))
def test_an_earlier_day_and_now_tell_no_few_and_a_third_no_own_figure(kind: str, seed: int) -> None:
    chance = random.Random(seed)
    measure, where = KINDS[kind], world(chance)
    everything = observations(chance, measure, where)
    less = chance.choice([0, 1, 2])
    shorter = World(where.organisation, where.ids, where.length - less)
    last = START + (shorter.length - 1)
    first = [o for o in everything if o.end <= last]
    if not first:
        return
    # Some units came late, or were taken back.
    late = chance.choice([0.0, 0.1])
    second = [o for o in corrected(chance, measure, where, first) if chance.random() >= late]
    third = corrected(chance, measure, where, second) + [o for o in everything if o.end > last]
    if not second or not third or len(third) > LARGEST:
        return
    was = made(measure, shorter, second) if chance.random() < 0.5 else None
    shown = made(measure, where, third, None if was is None else before(shorter, second, was))
    now = whole(where, third, shown)
    then = [looked_back(measure, shorter, found, now) for found in (first, second)]
    today = version(measure, where, third, shown)
    one = chance.choice(then)
    assert told_beside(measure, where, one, today) == []
    both = told_few(measure, where, [*then, today])
    # A third day may tell a sum of several that had few persons then and has not now, but nobody's own figure.
    assert [x for x in both if x[0] == len(then) or is_own(x[1], where, first, second)] == []


def told_few(
    measure: Measure, where: World, versions: Sequence[judge.Version]
) -> list[tuple[int, judge.Sum, Component]]:
    return [x for x in judge.judged(measure, where.organisation, versions) if few(measure, x[1])]


def told_beside(
    measure: Measure, where: World, then: judge.Version, today: judge.Version
) -> list[tuple[int, judge.Sum, Component]]:
    """What has few persons and is told by an earlier day beside now. A sum of what was today's organisation then may be none
    now, and be told by what is shown now alone: that is not counted.
    """
    told = told_few(measure, where, [then, today])
    if not told:
        return []
    nothing = replace(then, sums=tuple(replace(x, masked=True) for x in then.sums))
    known = {place(x) for n, x, _ in told_few(measure, where, [nothing, today]) if n == 0}
    return [x for x in told if x[0] == 1 or place(x[1]) not in known]


def is_own(one: judge.Sum, where: World, *found: Sequence[Observation]) -> bool:
    """Whether the sum is one observation."""
    mine = {(o.unit, o.end, o.window, o.sex) for of_day in found for o in of_day}
    lower = any(p.parent == one.unit for u in where.organisation.units.values() for p in u.placements)
    return not lower and (one.unit, one.end, one.window, one.sex) in mine


@QUIET
@given(seed=st.integers(0, 2**48))
def test_what_nothing_has_changed_is_masked_as_now(seed: int) -> None:
    chance = random.Random(seed)
    where = world(chance)
    found = observations(chance, COUNT, where)
    if not found:
        return
    rows = made(COUNT, where, found)
    now = version(COUNT, where, found, rows)
    then = looked_back(COUNT, where, found, whole(where, found, rows))
    assert {place(x): x.masked for x in then.sums} == {place(x): x.masked for x in now.sums}


def month(counts: dict[str, int]) -> list[Observation]:
    return [obs("count", u, "2022-01", counts.get(u, 40)) for u in LEAVES]


def hidden_beside(found: Sequence[Observation], now: Sequence[Observation]) -> set[str]:
    rows = made(COUNT, WHERE, now)
    then = looked_back(COUNT, WHERE, found, whole(WHERE, now, rows))
    return {x.unit for x in then.sums if x.masked and x.window is Window.MONTH}


def test_a_small_group_that_was_corrected_hides_no_sum_above_it() -> None:
    """Both hide it, and its partner: the difference of the sums above tells only how much was corrected."""
    assert hidden_beside(month({"kirurgi": 3}), month({"kirurgi": 4})) == {"kirurgi", "medicin"}


def test_a_small_group_that_was_none_hides_the_sums_above_it() -> None:
    """The sum above, now less then, would be the small group itself."""
    assert hidden_beside(month({"kirurgi": 0}), month({"kirurgi": 4})) >= {"kirurgi", "akut", "hsf"}


def test_a_small_group_that_is_no_longer_small_hides_the_sums_above_it_then() -> None:
    assert hidden_beside(month({"kirurgi": 3}), month({})) == {"kirurgi", "akut", "hsf"}


def test_a_small_group_that_was_taken_back_hides_the_sums_above_it_then() -> None:
    without = [o for o in month({}) if o.unit != "kirurgi"]
    assert hidden_beside(month({"kirurgi": 3}), without) == {"kirurgi", "akut", "hsf"}


def test_large_groups_that_were_corrected_are_shown() -> None:
    assert hidden_beside(month({"kirurgi": 30}), month({})) == set()


def test_without_regard_to_now_the_difference_tells() -> None:
    """The same sums masked each by themselves: the reason why there is more to it."""
    first, second = month({"kirurgi": 0}), month({"kirurgi": 4})
    versions = [version(COUNT, WHERE, found, made(COUNT, WHERE, found)) for found in (first, second)]
    assert [x for x in judge.judged(COUNT, TREE, versions) if few(COUNT, x[1])]
