"""Primary masking: each rule on both sides of its boundary, and scalars against arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.access.masking import is_masked, masked_finished, masked_many
from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.codes import Persons, Sex, UnitOfMeasure
from tests.store.builders import measure

A, P = Aggregation, Persons


def hidden(
    kind: Aggregation,
    persons: Persons,
    numerator: float,
    denominator: float | None = None,
    *,
    months: int = 1,
    threshold: int = 5,
    unit: UnitOfMeasure = UnitOfMeasure.COUNT,
) -> bool:
    one = measure("x", kind, persons=persons, threshold=threshold, unit_of_measure=unit)
    below = None if denominator is None else round(denominator * FIXED)
    return is_masked(one, round(numerator * FIXED), below, months)


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, False), (1, True), (4, True), (5, False), (0.5, True), (4.9999, True), (-3, False), (1000, False)],
)
def test_a_count_from_one_to_one_under_the_threshold(count: float, expected: bool) -> None:
    assert hidden(A.COUNT, P.NUMERATOR, count) is expected


def test_the_threshold_is_the_measures_own() -> None:
    assert hidden(A.COUNT, P.NUMERATOR, 10, threshold=11)
    assert not hidden(A.COUNT, P.NUMERATOR, 11, threshold=11)
    assert not hidden(A.COUNT, P.NUMERATOR, 5)


@pytest.mark.parametrize(
    ("months", "total", "expected"),
    [(1, 4, True), (12, 4, True), (12, 59, True), (12, 60, False), (1, 59, False)],
)
def test_a_stock_is_held_as_its_mean(months: int, total: int, expected: bool) -> None:
    assert hidden(A.STOCK, P.NUMERATOR, total, months=months) is expected


@pytest.mark.parametrize(("group", "expected"), [(4, True), (5, False), (10, False)])
def test_nobody_of_a_group_is_hidden_only_where_the_group_itself_is_small(group: int, expected: bool) -> None:
    """«Personalrörlighet 0,0 %» of ten employed is shown: nobody is no person, and ten are not few."""
    assert hidden(A.FLOW_PER_STOCK, P.BOTH, 0, group * 12, months=12) is expected


def test_a_flow_is_held_as_its_sum() -> None:
    assert not hidden(A.COUNT, P.NUMERATOR, 12, months=12)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (50, 100, False),
        (4, 100, True),
        (5, 100, False),
        (96, 100, True),
        (98, 100, True),
        (99, 100, True),
        (95, 100, False),
        (0, 100, False),
        (100, 100, False),
        (0, 4, True),
        (4, 4, True),
        (0, 5, False),
        (5, 5, False),
        (0, 1, True),
        (0, 0, False),
    ],
)
@pytest.mark.parametrize("kind", [A.RATIO, A.SNAPSHOT_RATIO])
def test_a_share_hides_its_small_parts_on_both_sides(
    kind: Aggregation, numerator: int, denominator: int, expected: bool
) -> None:
    assert hidden(kind, P.BOTH, numerator, denominator) is expected
    # What counts persons above the line in a percentage counts them below it too.
    assert hidden(kind, P.NUMERATOR, numerator, denominator, unit=UnitOfMeasure.PERCENT) is expected


def test_a_quotient_that_is_no_share_has_no_complement() -> None:
    assert not hidden(A.RATIO, P.NUMERATOR, 98, 100)
    assert hidden(A.RATIO, P.NUMERATOR, 4, 100)
    assert not hidden(A.FLOW_PER_STOCK, P.BOTH, 98, 100)


@pytest.mark.parametrize(("group", "expected"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_small_group_below_the_line(group: int, expected: bool) -> None:
    assert hidden(A.WEIGHTED_MEAN, P.DENOMINATOR, 1000, group) is expected
    assert hidden(A.RATIO, P.DENOMINATOR, 1000, group) is expected


def test_a_mean_stock_below_the_line() -> None:
    assert hidden(A.FLOW_PER_STOCK, P.BOTH, 20, 59, months=12)
    assert not hidden(A.FLOW_PER_STOCK, P.BOTH, 20, 60, months=12)
    assert hidden(A.FLOW_PER_STOCK, P.BOTH, 4, 600, months=12)


@pytest.mark.parametrize(
    ("hours", "months", "expected"), [(1649, 1, True), (1650, 1, False), (19799, 12, True)]
)
def test_hours_stand_for_the_full_time_persons_behind_them(hours: int, months: int, expected: bool) -> None:
    one = measure("x", A.RATIO, persons=P.DENOMINATOR, threshold=10, person_hours=165)
    assert is_masked(one, 7 * FIXED, hours * FIXED, months) is expected


@pytest.mark.parametrize("kind", [A.RATIO, A.COUNT, A.STOCK, A.FLOW_PER_STOCK])
def test_nothing_is_hidden_where_no_persons_are_counted(kind: Aggregation) -> None:
    assert not hidden(kind, P.NEITHER, 1, 2)


def test_a_finished_value_without_respondents_tells_no_group() -> None:
    assert not is_masked(measure("x", A.RATIO, persons=P.BOTH), None, None, 1)


@pytest.mark.parametrize("persons", [P.DENOMINATOR, P.BOTH])
@pytest.mark.parametrize(("respondents", "expected"), [(1, True), (4, True), (5, False), (900, False)])
def test_a_finished_value_of_few_respondents_is_hidden(persons: P, respondents: int, expected: bool) -> None:
    one = measure("x", A.SURVEY, persons=persons)
    assert is_masked(one, None, respondents * FIXED, 1) is expected
    assert masked_finished(one, np.array([respondents * FIXED, 0])).tolist() == [expected, False]


def test_a_finished_value_that_counts_no_respondents_is_shown() -> None:
    for persons in (P.NEITHER, P.NUMERATOR):
        one = measure("x", A.SURVEY, persons=persons)
        assert not is_masked(one, None, FIXED, 1)
        assert masked_finished(one, np.array([FIXED, 0])).tolist() == [False, False]


@pytest.mark.parametrize(("sex", "limit"), [(Sex.ALL, 5), (Sex.WOMEN, 11), (Sex.MEN, 11)])
def test_the_threshold_by_sex(sex: Sex, limit: int) -> None:
    hours = measure("x", A.RATIO, persons=P.DENOMINATOR, threshold_by_sex=11, person_hours=165)
    survey = measure("y", A.SURVEY, persons=P.DENOMINATOR, threshold_by_sex=11)
    for size, expected in ((limit - 1, True), (limit, False)):
        assert is_masked(hours, FIXED, size * 165 * FIXED, 1, sex) is expected
        assert is_masked(survey, None, size * FIXED, 1, sex) is expected
        many = masked_many(hours, np.array([FIXED]), np.array([size * 165 * FIXED]), np.array([1]), sex)
        assert many.tolist() == [expected]
        assert masked_finished(survey, np.array([size * FIXED]), sex).tolist() == [expected]


def test_one_threshold_holds_for_all_where_no_other_is_given() -> None:
    assert all(is_masked(measure("x", A.COUNT, persons=P.NUMERATOR), 4 * FIXED, None, 1, sex) for sex in Sex)
    assert not any(
        is_masked(measure("x", A.COUNT, persons=P.NUMERATOR), 5 * FIXED, None, 1, sex) for sex in Sex
    )


_NUMBERS = st.integers(-2 * FIXED, 12 * FIXED) | st.sampled_from([0, FIXED, 4 * FIXED, 5 * FIXED])


@given(
    kind=st.sampled_from(Aggregation),
    persons=st.sampled_from(Persons),
    unit=st.sampled_from([UnitOfMeasure.PERCENT, UnitOfMeasure.COUNT]),
    rows=st.lists(st.tuples(_NUMBERS, _NUMBERS, st.integers(1, 12)), min_size=1, max_size=5),
    below=st.booleans(),
)
def test_arrays_answer_as_scalars(
    kind: Aggregation, persons: Persons, unit: UnitOfMeasure, rows: list[tuple[int, int, int]], below: bool
) -> None:
    one = measure("x", kind, persons=persons, unit_of_measure=unit)
    numerator, denominator, months = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    many = masked_many(one, numerator, denominator if below else None, months)
    assert many.dtype == np.bool_
    assert many.tolist() == [is_masked(one, n, d if below else None, k) for n, d, k in rows]
