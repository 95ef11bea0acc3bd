"""Where the value axis ends, and labels that are moved apart."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hsf_kpi.render.layout import nice_step, spread, value_range

numbers = st.floats(-1e9, 1e9, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-6)


@pytest.mark.parametrize(
    ("values", "zero", "expected"),
    [
        ([5.1, 7.4, 2.0], False, (0, 8)),
        ([82.4, 94, 85, 90], False, (82, 94)),
        ([-861, -33, 0], True, (-1000, 0)),
        ([-861, -33], True, (-1000, 0)),
        ([10, 20], True, (0, 20)),
        ([4953, 4953], False, (4700, 5200)),
        ([], False, (0, 1)),
        ([0.0], False, (0, 5)),
        ([0.0, 0.0], True, (0, 5)),
        ([math.nan, math.inf], False, (0, 1)),
        ([-5.1, -7.4], False, (-7.5, -5)),
        ([-5.1, -9.4], False, (-10, 0)),
    ],
)
def test_ranges_by_example(values, zero, expected):
    assert value_range(values, zero=zero) == pytest.approx(expected)


def test_shares_stop_at_a_hundred_unless_a_value_does_not():
    assert value_range([97, 100], zero=False, ceiling=100)[1] == 100
    assert value_range([97, 104], zero=False, ceiling=100)[1] > 104


@given(st.lists(numbers, min_size=1, max_size=20), st.booleans(), st.sampled_from([0.0, 0.12]))
def test_every_value_is_inside_and_the_ends_are_steps(values, zero, air):
    low, high = value_range(values, zero=zero, air=air)
    slack = 1e-6 * (high - low)
    assert low < high
    assert low - slack <= min(values)
    assert max(values) <= high + slack
    if zero:
        assert low <= slack
        assert high >= -slack
    step = nice_step((high - low) / 5)
    assert 2 <= (high - low) / step <= 9
    for end in (low, high):
        assert abs(end / step - round(end / step)) < 1e-3


@pytest.mark.parametrize(
    ("raw", "step"), [(1, 1), (1.41, 1), (1.42, 2), (3.2, 5), (7.1, 10), (0.032, 0.05), (160, 200)]
)
def test_steps_are_those_of_the_axis(raw, step):
    assert nice_step(raw) == pytest.approx(step)


@given(st.lists(st.floats(-100, 400), max_size=8), st.floats(5, 30))
def test_labels_are_apart_inside_and_in_order(positions, gap):
    placed = spread(positions, gap, 0, 280)
    assert len(placed) == len(positions)
    ordered = sorted(placed)
    assert all(b - a >= gap - 1e-6 for a, b in itertools.pairwise(ordered))
    assert all(at <= 280 + 1e-6 for at in placed)
    assume(gap * (len(positions) - 1) <= 280)
    assert all(at >= -1e-6 for at in placed)
    by_place = sorted(range(len(positions)), key=lambda i: positions[i])
    assert all(placed[a] <= placed[b] for a, b in itertools.pairwise(by_place))


def test_labels_with_room_stay():
    assert spread([10, 100, 200], 18, 0, 280) == [10, 100, 200]
    assert spread([100, 101], 18, 0, 280) == [91.5, 109.5], "each gives way as much"
    assert spread([280, 279], 18, 0, 280) == [280, 262]
