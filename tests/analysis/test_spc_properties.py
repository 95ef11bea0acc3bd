"""The control chart held against a second one written from its description, and against its own mirror image."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.spc.types import Assurance, NoLimits, Process, Refused, Side
from hsf_kpi.model.codes import Direction
from hsf_kpi.model.target import TargetKind
from tests.analysis.spc_naive import Point, chart, seasonal
from tests.analysis.spc_samples import START, Value, a_rebase, every_year, judged

seeds = st.integers(0, 10**9)
K = TargetKind


def a_series(seed: int, *, by_month: bool = False, gaps: bool = True) -> list[Value]:
    """Noise with ties, in some a step, a drift, a single jump, gaps; every fourth is in thirds."""
    rng = random.Random(seed)
    spread = rng.choice((2, 6, 30, 1000))
    length = rng.randint(26, 46) if by_month else rng.randint(12, 46)
    step_at, step = rng.randrange(length), rng.choice((0, 0, spread, -2 * spread))
    drift = rng.choice((0, 0, spread / 10, -spread / 8))
    jump_at, jump = rng.randrange(length), rng.choice((0, 0, 8 * spread))
    year = [rng.randint(-6, 6) * spread for _ in range(12)] if by_month else [0] * 12
    holes = rng.choice((0, 0, 0.05, 0.2)) if gaps else 0
    parts = rng.choice((1, 1, 1, 3))
    values: list[Value] = []
    for at in range(length):
        raw = rng.randint(-spread, spread) + year[at % 12] + int(drift * at)
        raw += (step if at >= step_at else 0) + (jump if at == jump_at else 0)
        values.append(None if rng.random() < holes else Fraction(raw, parts))
    return values


def compared(found: Process) -> list[Point | None]:
    """A process in the words of the second chart."""
    points: list[Point | None] = []
    for point in found.points:
        if point is None:
            points.append(None)
            continue
        assert point.mean is not None
        assert point.low is not None
        assert point.high is not None
        rule = None if point.rule is None else point.rule.value
        side = None if point.side is None else point.side.value
        points.append(Point(point.mean, point.low, point.high, rule, side, point.run, point.new))
    return points


def exact(values: Sequence[Value]) -> list[Fraction | None]:
    return [None if value is None else Fraction(value) for value in values]


@pytest.mark.parametrize("by_month", [False, True])
@given(seed=seeds)
@settings(max_examples=150, deadline=None)
def test_the_chart_is_that_of_the_description(by_month: bool, seed: int) -> None:
    values = a_series(seed, by_month=by_month)
    found = judged(values)
    numbers = [(START + at).number for at in range(len(values))]
    expected = seasonal(exact(values), numbers)
    if isinstance(found, NoLimits):
        known = sum(value is not None for value in values)
        pairs = sum(a is not None and b is not None for a, b in itertools.pairwise(values))
        few = known < 12 or pairs < 6
        assert (found.why is Refused.FEW) == few, found
        assert (found.why is Refused.SEASONAL_SHORT) == (not few and expected and known < 24), found
        return
    assert found.seasonal == expected
    assert compared(found) == chart(exact(values), numbers, by_month=expected)


OTHER_SIDE = {Side.HIGH: Side.LOW, Side.LOW: Side.HIGH, None: None}
OTHER_WAY = {Direction.UP: Direction.DOWN, Direction.NONE: Direction.NONE, Direction.BAND: Direction.BAND}


@given(seed=seeds, by_month=st.booleans(), way=st.sampled_from(list(OTHER_WAY)), bound=st.integers(-30, 30))
@settings(max_examples=100, deadline=None)
def test_mirrored_data_with_mirrored_direction_give_mirrored_signals(
    seed: int, by_month: bool, way: Direction, bound: int
) -> None:
    values = a_series(seed, by_month=by_month)
    other: list[Value] = [None if value is None else -value for value in values]
    kinds = ((K.AT_LEAST, str(bound), None), (K.AT_MOST, None, str(-bound)))
    if way is Direction.BAND:
        kinds = ((K.BETWEEN, str(bound), str(bound + 5)), (K.BETWEEN, str(-bound - 5), str(-bound)))
    step = [a_rebase(len(values) // 2)] if seed % 3 == 0 else []
    one = judged(values, direction=way, targets=every_year(*kinds[0]), rebases=step)
    two = judged(other, direction=OTHER_WAY[way], targets=every_year(*kinds[1]), rebases=step)
    if isinstance(one, NoLimits) or isinstance(two, NoLimits):
        assert one == two
        return
    assert one.assurance is two.assurance is not None
    assert (one.seasonal, one.notes) == (two.seasonal, two.notes)
    assert len(one.hits) == len(two.hits)
    for a, b in zip(one.points, two.points, strict=True):
        if a is None or b is None:
            assert a is b
            continue
        assert (b.variation, b.rule, b.run, b.new) == (a.variation, a.rule, a.run, a.new)
        assert b.side is OTHER_SIDE[a.side]
        if a.mean is not None:
            assert (b.low, b.mean, b.high) == (-a.high, -a.mean, -a.low)  # type: ignore[operator]


@given(
    seed=seeds,
    by_month=st.booleans(),
    shift=st.fractions(-1000, 1000, max_denominator=60),
    scale=st.fractions(Fraction(1, 50), 50, max_denominator=60).filter(bool),
)
@settings(max_examples=100, deadline=None)
def test_shifting_and_scaling_change_no_signal(
    seed: int, by_month: bool, shift: Fraction, scale: Fraction
) -> None:
    values = a_series(seed, by_month=by_month)
    moved: list[Value] = [None if value is None else value * scale + shift for value in values]
    one, two = judged(values), judged(moved)
    if isinstance(one, NoLimits) or isinstance(two, NoLimits):
        assert one == two
        return
    assert one.hits == two.hits
    assert one.seasonal == two.seasonal
    for a, b in zip(one.points, two.points, strict=True):
        if a is None or b is None:
            assert a is b
            continue
        assert (b.variation, b.side, b.rule, b.run, b.new) == (a.variation, a.side, a.rule, a.run, a.new)
        assert a.high is not None
        assert b.high == a.high * scale + shift
        assert b.value == a.value * scale + shift


@given(seed=seeds, by_month=st.booleans())
@settings(max_examples=50, deadline=None)
def test_a_rebase_at_the_first_month_changes_nothing_but_a_note(seed: int, by_month: bool) -> None:
    values = a_series(seed, by_month=by_month, gaps=False)
    one, two = judged(values), judged(values, rebases=[a_rebase(0)])
    if isinstance(one, NoLimits) or isinstance(two, NoLimits):
        assert one == two
        return
    assert (one.points, one.phases, one.hits) == (two.points, two.phases, two.hits)
    assert (len(one.notes), len(two.notes)) == (0, 1)


@given(seed=seeds)
@settings(max_examples=40, deadline=None)
def test_a_phase_is_judged_as_a_series_of_its_own(seed: int) -> None:
    rng = random.Random(seed)
    first = [Fraction(rng.randint(0, 9)) for _ in range(rng.randint(12, 20))]
    last = [Fraction(rng.randint(0, 9) + 100) for _ in range(rng.randint(12, 20))]
    both = judged([*first, *last], rebases=[a_rebase(len(first))])
    alone = judged(last, start=START + len(first))
    if isinstance(both, NoLimits) or isinstance(alone, NoLimits) or both.seasonal or alone.seasonal:
        return
    assert [(p.low, p.rule, p.run, p.new) for p in both.points[len(first) :] if p] == [
        (p.low, p.rule, p.run, p.new) for p in alone.points if p
    ]
    assert all(hit.last < len(first) or hit.first >= len(first) for hit in both.hits)


@given(seed=seeds)
@settings(max_examples=60, deadline=None)
def test_a_target_on_either_side_of_all_limits_is_always_hit_or_never(seed: int) -> None:
    values = a_series(seed)
    for kind, far, expected in (
        (K.AT_LEAST, "-1000000", Assurance.PASSES),
        (K.ABOVE, "1000000", Assurance.FAILS),
    ):
        found = judged(values, targets=every_year(kind, far))
        if isinstance(found, Process):
            assert found.assurance is expected
