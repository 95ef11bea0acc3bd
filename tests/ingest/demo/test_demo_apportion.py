from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.ingest.demo.apportion import apportion, signed_apportion

weights = st.lists(st.floats(0, 1e6, allow_subnormal=False), min_size=1, max_size=40)


@st.composite
def capped(draw: st.DrawFn) -> tuple[int, np.ndarray, np.ndarray]:
    w = draw(weights)
    caps = draw(st.lists(st.integers(0, 10_000), min_size=len(w), max_size=len(w)))
    return draw(st.integers(0, sum(caps))), np.array(w), np.array(caps, dtype=np.int64)


@given(st.integers(0, 10**12), weights)
def test_sums_exactly_and_stays_within_one_of_the_share(total: int, w: list[float]) -> None:
    parts = apportion(total, np.array(w))
    assert int(parts.sum()) == total
    assert (parts >= 0).all()
    if sum(w) > 0:
        ideal = np.array(w) / sum(w) * total
        assert (np.abs(parts - ideal) <= 1 + 1e-6 * total).all()


@given(capped())
def test_respects_caps_and_is_always_the_same(case: tuple[int, np.ndarray, np.ndarray]) -> None:
    total, w, caps = case
    parts = apportion(total, w, caps)
    assert int(parts.sum()) == total
    assert ((parts >= 0) & (parts <= caps)).all()
    assert (apportion(total, w, caps) == parts).all()


@given(capped())
def test_a_heavier_part_with_as_much_room_never_gets_less_than_a_lighter_one(
    case: tuple[int, np.ndarray, np.ndarray],
) -> None:
    total, w, caps = case
    parts = apportion(total, w, caps)
    for i in range(len(w)):
        for j in range(len(w)):
            if w[i] > w[j] and caps[i] >= caps[j]:
                assert parts[i] >= parts[j] - 1


def test_largest_remainder_and_ties_to_the_earlier() -> None:
    assert apportion(10, np.array([1.0, 1.0, 1.0])).tolist() == [4, 3, 3]
    assert apportion(7, np.array([5.0, 3.0, 2.0])).tolist() == [4, 2, 1]


def test_what_a_full_part_cannot_take_goes_to_the_others_in_proportion() -> None:
    parts = apportion(100, np.array([80.0, 15.0, 5.0]), np.array([40, 100, 100]))
    assert parts.tolist() == [40, 45, 15]


def test_weight_zero_takes_only_what_the_others_cannot() -> None:
    assert apportion(5, np.array([1.0, 0.0]), np.array([9, 9])).tolist() == [5, 0]
    assert apportion(12, np.array([1.0, 0.0]), np.array([9, 9])).tolist() == [9, 3]
    assert apportion(4, np.array([0.0, 0.0])).tolist() == [2, 2]


@pytest.mark.parametrize(
    ("total", "w", "caps"),
    [
        (-1, [1.0], None),
        (3, [1.0, float("nan")], None),
        (3, [-1.0], None),
        (3, [1.0, 1.0], [1, 1]),
        (0, [1.0], [-1]),
    ],
)
def test_refuses_what_cannot_be_shared(total: int, w: list[float], caps: list[int] | None) -> None:
    with pytest.raises(ValueError, match=r"negative|room|finite"):
        apportion(total, np.array(w), None if caps is None else np.array(caps))


@given(st.integers(-(10**9), 10**9), weights)
def test_signed_parts_carry_the_totals_sign(total: int, w: list[float]) -> None:
    parts = signed_apportion(total, np.array(w))
    assert int(parts.sum()) == total
    assert (parts * np.sign(total) >= 0).all()
