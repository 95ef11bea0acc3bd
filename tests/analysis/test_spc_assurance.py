"""Will the process hit its target? Limits held against every kind of target, exactly on each boundary.

ALTERNATING has the limits −324 and 474 around 75.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.judge import judge
from hsf_kpi.analysis.spc.types import Assurance, TargetAt
from hsf_kpi.model.codes import Direction, Status, UnitOfMeasure
from hsf_kpi.model.target import TargetKind
from tests.analysis.builders import ONE_POINT
from tests.analysis.spc_samples import ALTERNATING, Value, a_process, a_rebase, at_year, every_year

K = TargetKind
PASSES, FAILS, EITHER = Assurance.PASSES, Assurance.FAILS, Assurance.EITHER


@pytest.mark.parametrize(
    ("kind", "low", "high", "expected"),
    [
        # Inclusive: a limit exactly on the bound is met.
        (K.AT_LEAST, "-325", None, PASSES),
        (K.AT_LEAST, "-324", None, PASSES),
        (K.AT_LEAST, "-323", None, EITHER),
        (K.AT_LEAST, "474", None, EITHER),
        (K.AT_LEAST, "475", None, FAILS),
        (K.AT_MOST, None, "475", PASSES),
        (K.AT_MOST, None, "474", PASSES),
        (K.AT_MOST, None, "473", EITHER),
        (K.AT_MOST, None, "-324", EITHER),
        (K.AT_MOST, None, "-325", FAILS),
        # Strict: exactly on the bound is missed.
        (K.ABOVE, "-325", None, PASSES),
        (K.ABOVE, "-324", None, EITHER),
        (K.ABOVE, "473", None, EITHER),
        (K.ABOVE, "474", None, FAILS),
        (K.BELOW, None, "475", PASSES),
        (K.BELOW, None, "474", EITHER),
        (K.BELOW, None, "-323", EITHER),
        (K.BELOW, None, "-324", FAILS),
        # A band: inside with both limits, outside with both on the same side, else by chance.
        (K.BETWEEN, "-324", "474", PASSES),
        (K.BETWEEN, "-323", "474", EITHER),
        (K.BETWEEN, "-324", "473", EITHER),
        (K.BETWEEN, "0", "10", EITHER),
        (K.BETWEEN, "474", "500", EITHER),
        (K.BETWEEN, "475", "500", FAILS),
        (K.BETWEEN, "-500", "-324", EITHER),
        (K.BETWEEN, "-500", "-325", FAILS),
    ],
)
def test_against_the_limits(kind: TargetKind, low: str | None, high: str | None, expected: Assurance) -> None:
    found = a_process(ALTERNATING, targets=every_year(kind, low, high))
    assert found.assurance is expected
    assert found.target == at_year(2020, kind, low, high).target


@given(
    kind=st.sampled_from([K.AT_LEAST, K.ABOVE, K.AT_MOST, K.BELOW, K.BETWEEN]),
    low=st.integers(-400, 550),
    width=st.integers(0, 900),
)
@settings(max_examples=80, deadline=None)
def test_it_is_what_the_limits_and_all_between_them_would_be_judged(
    kind: TargetKind, low: int, width: int
) -> None:
    targets = every_year(kind, str(low), str(low + width))
    found = a_process(ALTERNATING, targets=targets).assurance
    met = {judge(targets[2020].target, Fraction(value)).status is Status.MET for value in range(-324, 475)}
    assert found is {(True,): PASSES, (False,): FAILS}.get(tuple(met), EITHER)


@pytest.mark.parametrize(
    ("kind", "low"),
    [(K.ON_BUDGET, None), (K.AMOUNT_AT_LEAST, "-800"), (K.ACCORDING_TO_PLAN, None)],
)
def test_targets_that_no_month_is_held_against(kind: TargetKind, low: str | None) -> None:
    found = a_process(ALTERNATING, targets=every_year(kind, low))
    assert found.assurance is None
    assert found.target is not None
    assert found.target.kind is kind


def test_an_amounts_number_is_the_years() -> None:
    targets = every_year(K.AT_MOST, None, "160.8")
    for unit in (UnitOfMeasure.MNKR, UnitOfMeasure.COUNT, UnitOfMeasure.FTE):
        assert a_process(ALTERNATING, targets=targets, unit=unit).assurance is None
    assert a_process(ALTERNATING, targets=targets, unit=UnitOfMeasure.MINUTES).assurance is EITHER


def test_no_target_no_assurance() -> None:
    found = a_process(ALTERNATING)
    assert (found.assurance, found.target) == (None, None)
    # One that held earlier, but not in the chosen month's year.
    earlier = {2020: at_year(2020, K.AT_LEAST, "0")}
    assert a_process([*ALTERNATING, 75], targets=earlier).assurance is None


TWO_YEARS: list[Value] = [
    0,
    150,
    0,
    150,
    0,
    150,
    0,
    150,
    0,
    150,
    0,
    150,
    150,
    0,
    150,
    0,
    150,
    0,
    150,
    0,
    150,
    0,
    150,
    0,
]


def test_the_chosen_years_target_stands_for_years_without_one() -> None:
    one = a_process(TWO_YEARS, targets={2021: at_year(2021, K.AT_LEAST, "-9000")})
    assert one.assurance is PASSES
    # The same bound in both years, in other words of the plan: it does not move.
    both = {2020: at_year(2020, K.AT_MOST, None, "9000"), 2021: at_year(2021, K.AT_MOST, None, "9000.0")}
    assert a_process(TWO_YEARS, targets=both).assurance is PASSES


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        # Every month is 0 or 150. The limits are wider, and would say EITHER in the first three.
        (("-1", "0"), PASSES),
        (("151", "200"), FAILS),
        (("0", "151"), EITHER),
        (("1", "150"), EITHER),
    ],
)
def test_a_target_that_moves_is_held_against_each_month(bounds: tuple[str, str], expected: Assurance) -> None:
    targets = {
        year: at_year(year, K.AT_LEAST, bound) for year, bound in zip((2020, 2021), bounds, strict=True)
    }
    assert a_process(TWO_YEARS, targets=targets).assurance is expected


def test_near_is_not_met() -> None:
    targets = {2020: at_year(2020, K.AT_LEAST, "150"), 2021: at_year(2021, K.AT_LEAST, "151")}
    found = a_process([*[149, 148] * 6, *[148, 149] * 5], targets=targets, tolerance=ONE_POINT)
    assert found.assurance is FAILS


@pytest.mark.parametrize(
    ("kind", "compared", "expected"),
    [
        (K.MORE_THAN_LAST_YEAR, -1, PASSES),
        (K.MORE_THAN_LAST_YEAR, 0, EITHER),
        (K.MORE_THAN_LAST_YEAR, 150, FAILS),
        (K.LESS_THAN_LAST_YEAR, 151, PASSES),
        (K.LESS_THAN_LAST_YEAR, 150, EITHER),
        (K.LESS_THAN_FIXED_YEAR, 0, FAILS),
        (K.BETTER_THAN_NATIONAL, -1, PASSES),
        (K.MORE_THAN_LAST_YEAR, None, None),
    ],
)
def test_a_target_that_compares(kind: TargetKind, compared: Value, expected: Assurance | None) -> None:
    found = a_process(ALTERNATING, targets=every_year(kind, compared=compared))
    assert found.assurance is expected
    assert found.target is not None


def test_better_than_national_needs_a_direction() -> None:
    targets = every_year(K.BETTER_THAN_NATIONAL, compared=-1)
    assert a_process(ALTERNATING, targets=targets, direction=Direction.DOWN).assurance is FAILS
    for direction in (Direction.NONE, Direction.BAND):
        assert a_process(ALTERNATING, targets=targets, direction=direction).assurance is None


@pytest.mark.parametrize(("months", "expected"), [(12, PASSES), (11, None)])
def test_twelve_months_must_have_a_target_of_their_own(months: int, expected: Assurance | None) -> None:
    """Only those after December 2020 have last year's value."""
    compared = {
        2020: at_year(2020, K.MORE_THAN_LAST_YEAR),
        2021: at_year(2021, K.MORE_THAN_LAST_YEAR, compared=-1),
    }
    assert a_process(TWO_YEARS[: 12 + months], targets=compared).assurance is expected


def test_a_kind_that_no_month_is_held_against_is_left_out_of_those_that_move() -> None:
    targets: dict[int, TargetAt] = {
        2020: at_year(2020, K.ON_BUDGET),
        2021: at_year(2021, K.MORE_THAN_LAST_YEAR, compared=-1),
    }
    assert a_process(TWO_YEARS, targets=targets).assurance is PASSES


def test_only_the_latest_phase_counts() -> None:
    values: list[Value] = [*[5000, 5150] * 6, *[150, 0] * 6]
    targets = every_year(K.AT_MOST, None, "475")
    assert a_process(values, targets=targets, rebases=[a_rebase(12)]).assurance is PASSES
    moving = every_year(K.LESS_THAN_LAST_YEAR, compared=475)
    assert a_process(values, targets=moving, rebases=[a_rebase(12)]).assurance is PASSES
    assert a_process(values, targets=moving).assurance is EITHER


def test_a_seasonal_series_is_held_against_all_its_months() -> None:
    year = [0, 40, 80, 120, 160, 200, 240, 200, 160, 120, 80, 40]
    values: list[Value] = [year[at % 12] + (at * 7) % 5 for at in range(36)]
    found = a_process(values, targets=every_year(K.AT_MOST, None, "300"))
    assert found.seasonal
    assert found.assurance is PASSES
    assert a_process(values, targets=every_year(K.AT_MOST, None, "230")).assurance is EITHER
    assert a_process(values, targets=every_year(K.AT_MOST, None, "-30")).assurance is FAILS
