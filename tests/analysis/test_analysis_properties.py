"""What holds for any value: the sentence carries the outcome's number, and agrees with the status."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.analysis.assess import assess
from hsf_kpi.model.codes import Status, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.target import TargetKind
from hsf_kpi.swedish.numbers import decimals_to_tell_apart, value_text
from tests.analysis.builders import ONE_POINT, a_measure, a_target, around, ytd

K = TargetKind
values = st.decimals(-2000, 2000, places=4)
STATED = [K.AT_LEAST, K.ABOVE, K.AT_MOST, K.BELOW, K.AMOUNT_AT_LEAST]
COMPARED = [K.MORE_THAN_LAST_YEAR, K.LESS_THAN_LAST_YEAR]


def _judge(measure: Measure, value: Decimal, last_year: Decimal | None = None):  # type: ignore[no-untyped-def]
    series = ytd(str(value), None if last_year is None else str(last_year))
    return assess(measure, series, **around(measure, series))


@given(
    st.sampled_from(STATED),
    st.sampled_from([UnitOfMeasure.PERCENT, UnitOfMeasure.MINUTES, UnitOfMeasure.MNKR, UnitOfMeasure.INDEX]),
    values,
    st.decimals(-2000, 2000, places=1),
)
def test_the_sentence_begins_with_the_outcomes_value(
    kind: TargetKind, unit: UnitOfMeasure, value: Decimal, bound: Decimal
) -> None:
    measure = a_measure(unit, targets=(a_target(kind, str(bound)),), tolerance=ONE_POINT)
    found = _judge(measure, value)
    decimals = decimals_to_tell_apart(value, bound, measure)
    assert found.reason.startswith(value_text(value, measure, decimals=decimals) + " är ")
    assert found.outcome.value == Fraction(value)
    assert (" över målet " in found.reason) == (value > bound)
    assert (" under målet " in found.reason) == (value < bound)
    assert ("enligt vår konvention" in found.reason) == (found.status is Status.NEAR)


@given(st.sampled_from(COMPARED), values, values)
def test_a_comparison_names_both_values_and_the_right_way(
    kind: TargetKind, now: Decimal, then: Decimal
) -> None:
    measure = a_measure(UnitOfMeasure.MNKR, targets=(a_target(kind),))
    found = _judge(measure, now, then)
    decimals = decimals_to_tell_apart(now, then, measure)
    assert found.reason.startswith(value_text(now, measure, decimals=decimals))
    assert f"({value_text(then, measure, decimals=decimals)})" in found.reason
    assert (" högre än " in found.reason) == (now > then)
    assert (" lägre än " in found.reason) == (now < then)
    wanted_more = kind is K.MORE_THAN_LAST_YEAR
    assert (found.status is Status.MET) == ((now > then) if wanted_more else (now < then))
    assert found.change == Fraction(now) - Fraction(then)


@given(values, values)
@pytest.mark.parametrize(("one", "other"), [(K.AT_LEAST, K.AT_MOST), (K.ABOVE, K.BELOW)])
def test_mirrored_data_give_mirrored_assessments(
    one: TargetKind, other: TargetKind, value: Decimal, bound: Decimal
) -> None:
    straight = _judge(a_measure(targets=(a_target(one, str(bound)),), tolerance=ONE_POINT), value)
    mirrored = _judge(a_measure(targets=(a_target(other, str(-bound)),), tolerance=ONE_POINT), -value)
    assert (straight.status, straight.gap) == (mirrored.status, mirrored.gap)
