"""The verdict at, just above and just below every kind's bound, exact on fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hsf_kpi.analysis.judge import COMPARISONS, STRICT, judge
from hsf_kpi.model.codes import Direction, Status
from hsf_kpi.model.measure import Tolerance
from hsf_kpi.model.target import TargetKind
from tests.analysis.builders import FIVE_PERCENT, ONE_POINT, a_target

K = TargetKind
MET, NEAR, MISSED = Status.MET, Status.NEAR, Status.MISSED
TINY = Fraction(1, 10**9)

# kind, its number (or what it is compared with), extra arguments, status just below, at and just above
ONE_SIDED = [
    (K.AT_LEAST, 95, {}, MISSED, MET, MET),
    (K.ABOVE, 95, {}, MISSED, MISSED, MET),
    (K.AT_MOST, 2, {}, MET, MET, MISSED),
    (K.BELOW, 5, {}, MET, MISSED, MISSED),
    (K.AMOUNT_AT_LEAST, -800, {}, MISSED, MET, MET),
    (K.ON_BUDGET, 0, {}, MISSED, MET, MET),
    (K.MORE_THAN_LAST_YEAR, 21, {}, MISSED, MISSED, MET),
    (K.LESS_THAN_LAST_YEAR, 4953, {}, MET, MISSED, MISSED),
    (K.LESS_THAN_FIXED_YEAR, 1, {}, MET, MISSED, MISSED),
    (K.BETTER_THAN_NATIONAL, 76, {"direction": Direction.UP}, MISSED, MISSED, MET),
    (K.BETTER_THAN_NATIONAL, 76, {"direction": Direction.DOWN}, MET, MISSED, MISSED),
]


def verdict(kind: K, bound: int | Decimal, value: Fraction, **more: Any) -> Any:
    compared = Fraction(bound) if kind in COMPARISONS else None
    return judge(a_target(kind, str(bound)), value, compared=compared, **more)


@pytest.mark.parametrize(("kind", "bound", "more", "below", "at", "above"), ONE_SIDED)
def test_at_and_around_the_bound(
    kind: K, bound: int, more: dict[str, Any], below: Status, at: Status, above: Status
) -> None:
    for offset, expected in ((-TINY, below), (Fraction(0), at), (TINY, above)):
        found = verdict(kind, bound, bound + offset, **more)
        assert found.status is expected
        assert found.bound == bound
        assert abs(found.gap) == abs(offset)
        assert (found.gap > 0) == (expected is MET and offset != 0)


def test_the_table_names_every_kind_that_a_number_decides() -> None:
    assert {row[0] for row in ONE_SIDED} == set(K) - {K.BETWEEN, K.ACCORDING_TO_PLAN}


@pytest.mark.parametrize(
    ("value", "status", "gap", "bound"),
    [
        (Fraction(85) - TINY, MISSED, -TINY, 85),
        (Fraction(85), MET, 0, 85),
        (Fraction(87), MET, 2, 85),
        (Fraction(89), MET, 1, 90),
        (Fraction(90), MET, 0, 90),
        (Fraction(90) + TINY, MISSED, -TINY, 90),
    ],
)
def test_a_band_is_missed_on_both_sides(value: Fraction, status: Status, gap: Any, bound: int) -> None:
    found = judge(a_target(K.BETWEEN, "85", "90"), value)
    assert (found.status, found.gap, found.bound) == (status, gap, bound)


@pytest.mark.parametrize(
    ("kind", "value", "tolerance", "status"),
    [
        (K.AT_LEAST, Fraction(94), ONE_POINT, NEAR),
        (K.AT_LEAST, Fraction(94) - TINY, ONE_POINT, MISSED),
        (K.AT_LEAST, Fraction(95), ONE_POINT, MET),
        (K.AT_LEAST, Fraction(94), None, MISSED),
        (K.ABOVE, Fraction(95), ONE_POINT, NEAR),
        (K.ABOVE, Fraction(94) - TINY, ONE_POINT, MISSED),
        (K.AT_MOST, Fraction(96), ONE_POINT, NEAR),
        (K.AT_MOST, Fraction(96) + TINY, ONE_POINT, MISSED),
        (K.BELOW, Fraction(95), ONE_POINT, NEAR),
        (K.BELOW, Fraction(95), None, MISSED),
        (K.AT_MOST, Fraction(9975, 100), FIVE_PERCENT, NEAR),
        (K.AT_MOST, Fraction(9975, 100) + TINY, FIVE_PERCENT, MISSED),
        (K.AT_LEAST, Fraction(9025, 100), FIVE_PERCENT, NEAR),
        (K.AMOUNT_AT_LEAST, Fraction(9025, 100), FIVE_PERCENT, NEAR),
    ],
)
def test_near_ends_exactly_at_the_tolerance(
    kind: K, value: Fraction, tolerance: Tolerance | None, status: Status
) -> None:
    assert verdict(kind, 95, value, tolerance=tolerance).status is status


def test_a_relative_tolerance_of_a_negative_bound_is_a_distance() -> None:
    near = verdict(K.AMOUNT_AT_LEAST, -800, Fraction(-840), tolerance=FIVE_PERCENT)
    assert near.status is NEAR
    assert verdict(K.AMOUNT_AT_LEAST, -800, Fraction(-841), tolerance=FIVE_PERCENT).status is MISSED


@pytest.mark.parametrize("tolerance", [None, ONE_POINT, FIVE_PERCENT])
def test_outside_a_band_is_a_miss_on_both_sides_and_never_near(tolerance: Any) -> None:
    band = a_target(K.BETWEEN, "85", "90")
    for value, status in (("84.99", MISSED), ("90.01", MISSED), (85, MET), (90, MET), (83, MISSED)):
        assert judge(band, Fraction(value), tolerance=tolerance).status is status


@pytest.mark.parametrize("kind", sorted(COMPARISONS))
def test_comparisons_are_never_near(kind: K) -> None:
    found = verdict(kind, 50, Fraction(50), direction=Direction.UP, tolerance=ONE_POINT)
    assert found.status is MISSED


def test_what_no_number_decides() -> None:
    with pytest.raises(ValueError, match="enligt plan"):
        judge(a_target(K.ACCORDING_TO_PLAN), Fraction(1))
    with pytest.raises(ValueError, match="no number"):
        judge(a_target(K.MORE_THAN_LAST_YEAR), Fraction(1))
    with pytest.raises(ValueError, match="no number"):
        judge(a_target(K.AT_LEAST), Fraction(1))
    for direction in (Direction.BAND, Direction.NONE):
        with pytest.raises(ValueError, match="direction"):
            judge(a_target(K.BETTER_THAN_NATIONAL), Fraction(1), compared=Fraction(1), direction=direction)


numbers = st.decimals(-10_000, 10_000, places=4)
steps = st.fractions(0, 100)
kinds = st.sampled_from([row[0] for row in ONE_SIDED])
tolerances = st.sampled_from([None, ONE_POINT, FIVE_PERCENT])
_ORDER = [MISSED, NEAR, MET]


@given(kinds, st.sampled_from([Direction.UP, Direction.DOWN]), numbers, numbers, steps, tolerances)
def test_improving_never_worsens(
    kind: K, direction: Direction, bound: Decimal, value: Decimal, step: Fraction, tolerance: Any
) -> None:
    before = verdict(kind, bound, Fraction(value), direction=direction, tolerance=tolerance)
    better = Fraction(value) + (step if before.upwards else -step)
    after = verdict(kind, bound, better, direction=direction, tolerance=tolerance)
    assert _ORDER.index(after.status) >= _ORDER.index(before.status)
    assert after.gap - before.gap == step


_MIRROR = {
    K.AT_LEAST: K.AT_MOST,
    K.ABOVE: K.BELOW,
    K.MORE_THAN_LAST_YEAR: K.LESS_THAN_LAST_YEAR,
    K.BETTER_THAN_NATIONAL: K.BETTER_THAN_NATIONAL,
}


@given(st.sampled_from(sorted(_MIRROR)), numbers, numbers, tolerances)
def test_mirrored_data_with_a_mirrored_target_give_mirrored_verdicts(
    kind: K, bound: Decimal, value: Decimal, tolerance: Any
) -> None:
    one = verdict(kind, bound, Fraction(value), direction=Direction.UP, tolerance=tolerance)
    other = verdict(_MIRROR[kind], -bound, -Fraction(value), direction=Direction.DOWN, tolerance=tolerance)
    assert (one.status, one.gap, one.bound) == (other.status, other.gap, -other.bound)
    assert one.upwards is not other.upwards


@given(numbers, numbers, numbers, tolerances)
def test_a_mirrored_band_gives_mirrored_verdicts(
    low: Decimal, high: Decimal, value: Decimal, tolerance: Any
) -> None:
    assume(low <= high)
    one = judge(a_target(K.BETWEEN, str(low), str(high)), Fraction(value), tolerance=tolerance)
    other = judge(a_target(K.BETWEEN, str(-high), str(-low)), -Fraction(value), tolerance=tolerance)
    assert (one.status, one.gap) == (other.status, other.gap)
    assert (one.status is MET) == (low <= value <= high)


@given(kinds, numbers, tolerances)
def test_strict_kinds_alone_miss_on_the_bound(kind: K, bound: Decimal, tolerance: Any) -> None:
    bound = Decimal(0) if kind is K.ON_BUDGET else bound
    found = verdict(kind, bound, Fraction(bound), direction=Direction.UP, tolerance=tolerance)
    assert (found.status is MET) == (kind not in STRICT)
