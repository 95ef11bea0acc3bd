"""Intervals held against statsmodels, and against what any interval must do; what is counted, and in what."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from statistics import fmean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from hsf_kpi.analysis.compare.counts import Counts, counts_of, size_words
from hsf_kpi.analysis.compare.interval import byar, of_counts, of_months, wilson
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Direction
from tests.analysis.builders import MASKED, a_cell, a_measure
from tests.analysis.compare_samples import a_mean, a_rate, a_share, parts

sizes = st.integers(1, 50_000)
few = settings(max_examples=40)


@few
@given(sizes.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_statsmodels(pair: tuple[int, int]) -> None:
    count, size = pair
    low, high = wilson(count, size)
    assert (low, high) == pytest.approx(proportion_confint(count, size, method="wilson"), abs=1e-12)
    assert 0 <= low <= count / size <= high <= 1
    assert low < high


@few
@given(sizes.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_others_have_the_mirrored_interval(pair: tuple[int, int]) -> None:
    count, size = pair
    low, high = wilson(count, size)
    assert wilson(size - count, size) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@few
@given(st.integers(10, 20_000), st.integers(1, 5_000))
def test_byar_is_close_to_the_exact_interval_of_statsmodels(count: int, size: int) -> None:
    low, high = byar(count, size)
    assert (low, high) == pytest.approx(confint_poisson(count, size, method="exact-c"), rel=2e-3)
    assert low < count / size < high


@pytest.mark.parametrize(
    ("count", "low", "high"),
    # By hand: O(1 − 1/9O − z/3√O)³ and (O+1)(1 − 1/9(O+1) + z/3√(O+1))³ with z = 1,959964.
    [(0, 0.0, 3.6680), (1, 0.0131, 5.5649), (4, 1.0751, 10.2412), (65, 50.164, 82.849)],
)
def test_byar_of_few_events(count: int, low: float, high: float) -> None:
    assert byar(count, 1) == pytest.approx((low, high), abs=2e-3)


def test_byar_of_less_than_one_event_does_not_go_below_nothing() -> None:
    low, high = byar(0.1, 1)
    assert low == 0.0
    assert high > 0.1


@pytest.mark.parametrize(("count", "size"), [(0, 40), (40, 40), (7, 40)])
def test_the_interval_is_in_the_unit_of_measure(count: int, size: int) -> None:
    counts = Counts(Fraction(count), Fraction(size))
    assert of_counts(a_share(), counts) == tuple(100 * bound for bound in wilson(count, size))
    assert of_counts(a_rate(scale=Fraction(1000)), counts) == tuple(1000 * b for b in byar(count, size))
    if count == 0:
        assert of_counts(a_share(), counts)[0] == 0
    if count == size:
        assert of_counts(a_share(), counts)[1] == 100


months_of = st.lists(st.integers(0, 4_000).map(lambda n: Fraction(n, 100)), min_size=6, max_size=12)


@few
@given(months_of)
def test_months_give_students_interval_around_the_value(months: list[Fraction]) -> None:
    value = sum(months) / Fraction(len(months))
    found = of_months(a_mean(), value, months)
    assert found is not None
    plain = [float(month) for month in months]
    half = student.ppf(0.975, len(plain) - 1) * stdev(plain) / sqrt(len(plain))
    low, high = fmean(plain) - half, fmean(plain) + half
    assert found == pytest.approx((max(0.0, low), high), abs=1e-9)
    assert found[0] <= float(value) <= found[1]


def test_five_months_say_too_little_and_six_are_enough() -> None:
    months = [Fraction(n) for n in (1, 2, 3, 4, 5, 6)]
    assert of_months(a_mean(), Fraction(3), months[:5]) is None
    assert of_months(a_mean(), Fraction(3), months) is not None


def test_a_change_may_be_below_zero_and_a_share_may_not() -> None:
    months = [Fraction(n) for n in (0, 0, 0, 0, 0, 6)]
    low, _ = of_months(a_mean(), Fraction(1), months) or (None, None)
    assert low == 0.0
    months[0] = Fraction(-1)
    low, _ = of_months(a_mean(), Fraction(1), months) or (None, None)
    assert low is not None
    assert low < 0


def test_a_flow_per_stock_over_a_period_is_the_sum_of_its_months() -> None:
    months = [Fraction(n, 10) for n in (20, 22, 24, 21, 23, 25)]
    one = of_months(a_mean(), sum(months) / Fraction(6), months)
    flow = of_months(a_mean(aggregation=Aggregation.FLOW_PER_STOCK), Fraction(sum(months)), months)
    assert one is not None
    assert flow == pytest.approx(tuple(6 * bound for bound in one))


def test_what_is_counted_of_what() -> None:
    assert counts_of(a_share(), parts(3, 40)) == Counts(Fraction(3), Fraction(40))
    hours = counts_of(a_share(person_hours=165), parts(330, 1650))
    assert hours == Counts(Fraction(2), Fraction(10))
    flow = a_rate(aggregation=Aggregation.FLOW_PER_STOCK)
    cell = parts(30, 3600, months=12, months_expected=12)
    assert counts_of(flow, cell) == Counts(Fraction(30), Fraction(300))
    assert cell.value(flow) == Fraction(30, 300) * flow.scale


@pytest.mark.parametrize(
    "cell",
    [None, MASKED, a_cell("7.5"), parts(3, 0), parts(-1, 40), parts(41, 40), a_cell(denominator=10_000)],
)
def test_what_could_not_have_been_counted_is_not(cell: object) -> None:
    assert counts_of(a_share(), cell) is None  # type: ignore[arg-type]


def test_there_may_be_more_events_than_they_are_counted_for_but_not_fewer_than_none() -> None:
    assert counts_of(a_rate(), parts(41, 40)) == Counts(Fraction(41), Fraction(40))
    assert counts_of(a_rate(), parts(-1, 40)) is None
    assert counts_of(a_measure(direction=Direction.UP), parts(3, 40)) is None


def test_the_size_is_told_in_words() -> None:
    assert size_words(a_share()) == "patienter"
    assert size_words(a_rate()) == "anställda"
