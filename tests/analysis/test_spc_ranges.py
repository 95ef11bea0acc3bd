"""Moving ranges, their screening, and values as whole numbers: both sides of every boundary."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.spc.ranges import moving_ranges, screened
from hsf_kpi.analysis.spc.whole import FINEST, whole


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([4], []),
        ([4, 7], [3]),
        ([7, 4, 4], [3, 0]),
        ([1, None, 5], []),
        ([1, 3, None, 5, 9], [2, 4]),
        ([None, 1, 3, None], [2]),
    ],
)
def test_a_range_is_between_neighbours_and_never_across_a_gap(
    values: list[int | None], expected: list[int]
) -> None:
    assert moving_ranges(values) == expected


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        # Mean 2, and 3.267 × 2 = 6.534.
        ([1, 1, 1, 1, 6], (10, 5)),
        # Mean (4 + 9) / 5 = 2.6, and 3.267 × 2.6 = 8.4942 < 9: the nine is left out.
        ([1, 1, 1, 1, 9], (4, 4)),
        # Once only: of 1, 1, 1, 1, 30, 200 the mean is 39; 200 goes. Then 30 is above 3.267 × 6.8, and stays.
        ([1, 1, 1, 1, 30, 200], (34, 5)),
        # One jump in a series that never moves else: without it nothing is left, so nothing is left out.
        ([0, 0, 0, 0, 0, 12], (12, 6)),
        ([0, 0, 0], (0, 3)),
    ],
)
def test_what_is_far_above_the_mean_is_left_out_once(ranges: list[int], expected: tuple[int, int]) -> None:
    assert screened(ranges) == expected


@pytest.mark.parametrize(("largest", "kept"), [(3267, True), (3268, False), (3266, True)])
def test_a_range_exactly_at_the_bound_is_kept(largest: int, kept: bool) -> None:
    # Ten ranges with the mean 1000, so that the bound is 3267.
    rest = 10_000 - largest
    ranges = [largest, *[rest // 9] * 8, rest - 8 * (rest // 9)]
    assert screened(ranges) == ((10_000, 10) if kept else (rest, 9))


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=40))
@settings(max_examples=60)
def test_the_screening_never_leaves_limits_without_width(ranges: list[int]) -> None:
    total, count = screened(ranges)
    assert (total == 0) == (sum(ranges) == 0)
    assert total * len(ranges) <= sum(ranges) * count


fractions = st.fractions(-(10**6), 10**6, max_denominator=10**5)


@given(st.lists(st.none() | fractions, max_size=40))
@settings(max_examples=60)
def test_whole_numbers_keep_order_equality_and_mirror(values: list[Fraction | None]) -> None:
    found, denominator = whole(values)
    known = [(a, b) for a, b in zip(values, found, strict=True) if a is not None]
    assert all(b is None for a, b in zip(values, found, strict=True) if a is None)
    for value, number in known:
        assert number is not None
        assert abs(Fraction(number, denominator) - value) <= Fraction(1, 2 * FINEST)
    for (a, x), (b, y) in pairwise(known):
        assert x is not None
        assert y is not None
        assert (a == b) == (x == y)
        assert (a < b) == (x < y)
    mirrored, _ = whole([None if value is None else -value for value in values])
    assert mirrored == [None if number is None else -number for number in found]


def test_values_with_a_small_common_denominator_are_exact() -> None:
    values = [Fraction(1, 3), Fraction(-1, 4), None, Fraction(0), Fraction(7)]
    assert whole(values) == ([4, -3, None, 0, 84], 12)
    assert whole([]) == ([], 1)


def test_quotients_of_large_numbers_are_rounded_to_a_billionth_of_a_thousandth() -> None:
    primes = (999_983, 999_979, 999_961, 999_959)
    found, denominator = whole([Fraction(1, p) for p in primes])
    assert denominator == FINEST
    # 10¹² / 999 983 = 1 000 017,000289 and so on, to the nearest.
    assert found == [1_000_017, 1_000_021, 1_000_039, 1_000_041]
