"""Combining summed components: exact, and the same however the units and months are grouped."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.model.aggregation import FIXED, Aggregation, combine, from_fixed, to_fixed
from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import Origin
from tests.analysis.builders import MASKED, a_cell, a_measure, a_series

A = Aggregation
components = st.integers(-(10**14), 10**14)
denominators = st.integers(1, 10**12)
scales = st.sampled_from([Fraction(1), Fraction(100), Fraction(1, 60), Fraction(1, 10**6)])


@given(st.decimals(-(10**8), 10**8, places=4))
def test_the_stored_scale_loses_nothing(value: Decimal) -> None:
    assert from_fixed(to_fixed(value)) == Fraction(value)


def test_a_fifth_decimal_is_refused() -> None:
    assert to_fixed(10) == 100_000
    with pytest.raises(ValueError, match="four decimals"):
        to_fixed(Decimal("0.00001"))


@pytest.mark.parametrize(
    ("kind", "numerator", "denominator", "months", "scale", "expected"),
    [
        (A.RATIO, 78, 100, 10, 100, 78),
        (A.SNAPSHOT_RATIO, 9, 10, 1, 100, 90),
        (A.WEIGHTED_MEAN, 1111 * 50, 50, 10, Fraction(1, 60), Fraction(1111, 60)),
        (A.FTE, 1600, 160, 10, 1, 10),
        (A.FLOW_PER_STOCK, 60, 1200, 12, 100, 60),  # 60 leave in a year, 100 employed on average
        (A.GROWTH, 1068, 1000, 10, 100, Fraction(68, 10)),
        (A.MONTHLY_MEAN, 120, None, 12, 1, 10),
        (A.STOCK, 120, None, 12, 1, 10),
        (A.AMOUNT, 8_306_500_000, None, 12, Fraction(1, 10**6), Fraction(83065, 10)),
        (A.COUNT, 29, None, 1, 1, 29),
        (A.LATEST_AMOUNT, -510_000_000, None, 1, Fraction(1, 10**6), -510),
    ],
)
def test_every_kind(
    kind: A, numerator: int, denominator: int | None, months: int, scale: Fraction, expected: Fraction
) -> None:
    under = None if denominator is None else denominator * FIXED
    assert combine(kind, numerator * FIXED, under, months, Fraction(scale)) == expected


@given(st.sampled_from([k for k in A if k.has_denominator]), components, st.integers(1, 12), scales)
def test_nothing_to_divide_by_gives_no_value(kind: A, numerator: int, months: int, scale: Fraction) -> None:
    assert combine(kind, numerator, 0, months, scale) is None
    assert combine(kind, numerator, None, months, scale) is None


@pytest.mark.parametrize("kind", [A.MONTHLY_MEAN, A.STOCK])
def test_a_mean_of_no_months_is_no_value(kind: A) -> None:
    assert combine(kind, 5, None, 0, Fraction(1)) is None


@given(st.lists(st.tuples(components, denominators), min_size=1, max_size=6), scales)
def test_a_ratio_of_sums_lies_between_its_parts(parts: list[tuple[int, int]], scale: Fraction) -> None:
    whole = combine(A.RATIO, sum(n for n, _ in parts), sum(d for _, d in parts), 1, scale)
    shares = [combine(A.RATIO, n, d, 1, scale) for n, d in parts]
    assert whole is not None
    assert min(s for s in shares if s is not None) <= whole <= max(s for s in shares if s is not None)


@given(
    st.lists(components, min_size=1, max_size=8),
    scales,
    st.sampled_from([A.AMOUNT, A.COUNT, A.LATEST_AMOUNT]),
)
def test_amounts_sum_exactly(parts: list[int], scale: Fraction, kind: A) -> None:
    each = [combine(kind, part, None, 1, scale) or Fraction(0) for part in parts]
    assert combine(kind, sum(parts), None, 1, scale) == sum(each)


@given(components, denominators, st.integers(1, 24), scales)
def test_a_steady_flow_over_a_steady_stock_grows_with_the_months(
    flow: int, stock: int, months: int, scale: Fraction
) -> None:
    one = combine(A.FLOW_PER_STOCK, flow, stock, 1, scale)
    many = combine(A.FLOW_PER_STOCK, flow * months, stock * months, months, scale)
    assert one is not None
    assert many == one * months


@given(denominators, st.integers(1, 10**9))
def test_growth_is_the_ratio_less_one(then: int, added: int) -> None:
    grown = combine(A.GROWTH, then + added, then, 1, Fraction(100))
    share = combine(A.RATIO, added, then, 1, Fraction(100))
    assert grown == share


def test_what_the_kinds_say_of_themselves() -> None:
    assert {k for k in A if not k.sums_over_units} == {A.SURVEY}
    assert {k for k in A if k.shared_denominator} == {A.FTE}
    assert {k for k in A if k.takes_latest} == {A.SNAPSHOT_RATIO, A.STOCK, A.LATEST_AMOUNT}
    assert {k for k in A if k.judged_when_incomplete} == {A.RATIO, A.SNAPSHOT_RATIO, A.WEIGHTED_MEAN}


def test_a_cells_value() -> None:
    ratio = a_measure(scale=Fraction(100))
    assert MASKED.value(ratio) is None
    assert a_cell(None).value(ratio) is None
    assert a_cell("7.5").value(ratio) == Fraction(15, 2)
    assert a_cell(numerator=3 * FIXED, denominator=4 * FIXED).value(ratio) == 75
    assert a_cell(numerator=3 * FIXED, denominator=0).value(ratio) is None
    masked = Cell(1, 2, 3, 1, 1, 1, 1, 0.0, True, Origin.DEMO)
    assert masked.value(ratio) is None


def test_an_empty_series() -> None:
    assert a_series({}).empty
    assert a_cell(1).complete
    assert not a_cell(1, reported=0).complete
    assert not a_cell(1, months=0).complete
