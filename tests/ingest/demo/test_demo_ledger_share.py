"""Sharing kronor out in the ledger: nothing is lost, and nobody gets what is not theirs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.ingest.demo.ledger_frame import of_year, share, twelfth
from hsf_kpi.model.period import Month

WEIGHTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=8)


@settings(max_examples=60)
@given(st.integers(-(10**11), 10**11), WEIGHTS)
def test_parts_are_whole_sum_exactly_and_lie_near_their_share(total: int, weights: list[float]) -> None:
    parts = share(np.array(total), np.array(weights))
    assert parts.dtype == np.int64
    assert parts.sum() == total
    whole = sum(weights)
    if whole > 0:
        for part, weight in zip(parts.tolist(), weights, strict=True):
            assert abs(part - total * weight / whole) <= len(weights) + abs(total) * 1e-9
            assert weight > 0 or part == 0 or abs(part) <= len(weights)
    else:
        assert parts.tolist() == [total, *[0] * (len(weights) - 1)]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(-(10**9), 10**9), WEIGHTS), min_size=1, max_size=4))
def test_many_are_shared_as_one_by_one(many: list[tuple[int, list[float]]]) -> None:
    width = max(len(weights) for _, weights in many)
    table = np.array([weights + [0.0] * (width - len(weights)) for _, weights in many])
    totals = np.array([total for total, _ in many], dtype=np.int64)
    together = share(totals, table)
    for row, total in enumerate(totals):
        assert together[row].tolist() == share(np.array(total), table[row]).tolist()


@settings(max_examples=60)
@given(st.integers(-(10**11), 10**11), st.integers(2019, 2030))
def test_twelve_twelfths_are_the_year(amount: int, year: int) -> None:
    parts = [twelfth(amount, Month.of(year, n)) for n in range(1, 13)]
    assert sum(parts) == amount
    assert max(parts) - min(parts) <= 1


@pytest.mark.parametrize(("year", "amount"), [(2018, 1), (2020, 1), (2021, 1), (2022, 3), (2030, 3)])
def test_a_year_without_an_amount_takes_the_nearest_earlier_one(year: int, amount: int) -> None:
    assert of_year({2020: 1, 2022: 3}, year) == amount
    assert of_year({}, year) == 0
