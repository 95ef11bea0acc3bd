"""A series judged as a whole: the direction of a signal, what counts as a gap, bad input, the time it takes."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from hsf_kpi.analysis.spc.process import process
from hsf_kpi.analysis.spc.types import NoLimits, Process, Refused, Rule, Side, Variation
from hsf_kpi.analysis.spc.variation import band_of, variation
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Direction
from hsf_kpi.model.target import TargetKind
from tests.analysis.builders import a_cell, a_measure
from tests.analysis.spc_samples import (
    ALTERNATING,
    Value,
    a_process,
    a_rebase,
    after,
    at_year,
    every_year,
    outcomes_of,
)

BETTER, WORSE, NEITHER = Variation.BETTER, Variation.WORSE, Variation.NEITHER
BAND = every_year(TargetKind.BETWEEN, "85", "90")


@pytest.mark.parametrize(
    ("direction", "tail", "expected"),
    [
        (Direction.UP, 475, BETTER),
        (Direction.UP, -325, WORSE),
        (Direction.DOWN, 475, WORSE),
        (Direction.DOWN, -325, BETTER),
        (Direction.NONE, 475, NEITHER),
        (Direction.NONE, -325, NEITHER),
        # The mean, 75, is 10 from the band; all that is outside the limits is farther away.
        (Direction.BAND, 475, WORSE),
        (Direction.BAND, -325, WORSE),
    ],
)
def test_better_or_worse(direction: Direction, tail: int, expected: Variation) -> None:
    [point] = after([tail], direction=direction, targets=BAND)
    assert point
    assert (point.variation, point.rule) == (expected, Rule.OUTSIDE)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (80, BETTER),
        (85, BETTER),
        (90, BETTER),
        (99, BETTER),
        (100, NEITHER),
        (101, WORSE),
        (75, NEITHER),
        (74, WORSE),
    ],
)
def test_best_inside_a_band(value: int, expected: Variation) -> None:
    band = (Fraction(85), Fraction(90))
    for side in Side:
        assert variation(Direction.BAND, side, Fraction(value), Fraction(75), band) is expected
        assert variation(Direction.BAND, side, Fraction(value), Fraction(75), None) is NEITHER


def test_the_band_of_a_target() -> None:
    assert band_of(at_year(2023, TargetKind.BETWEEN, "85", "90")) == (85, 90)
    assert band_of(at_year(2023, TargetKind.BETWEEN, "85")) is None
    assert band_of(at_year(2023, TargetKind.AT_LEAST, "85")) is None
    assert band_of(None) is None


def test_a_year_without_a_band_takes_the_chosen_years() -> None:
    only_now = {2021: at_year(2021, TargetKind.BETWEEN, "85", "90")}
    values: list[Value] = [*ALTERNATING, *[150, 0] * 5]
    values[3] = 5000
    for targets, expected in ((only_now, WORSE), ({}, NEITHER)):
        point = a_process(values, direction=Direction.BAND, targets=targets).points[3]
        assert point
        assert point.variation is expected


def test_common_cause_has_neither_side_nor_rule() -> None:
    for point in a_process(ALTERNATING).points:
        assert point
        assert (point.variation, point.side, point.rule, point.run, point.new) == (
            Variation.COMMON,
            None,
            None,
            0,
            False,
        )


def test_the_chosen_month_may_be_a_gap() -> None:
    found = a_process([*ALTERNATING, 9, None])
    assert found.latest is None
    assert found.points[-2] is not None
    assert found.phase.last == 13


def test_an_incomplete_sum_is_a_gap_and_a_little_incomplete_share_is_not() -> None:
    values: list[Value] = [*ALTERNATING, 9999]
    for aggregation, share, gap in (
        (Aggregation.COUNT, 0.01, True),
        (Aggregation.RATIO, 0.01, False),
        (Aggregation.RATIO, 0.5, True),
    ):
        measure = a_measure(aggregation=aggregation)
        outcomes = outcomes_of(values, measure)
        outcomes[-1] = replace(
            outcomes[-1], note="10 av 11 verksamheter", cell=a_cell(9999, missing_share=share)
        )
        found = process(measure, outcomes, target_of=lambda _: None)
        assert isinstance(found, Process)
        assert (found.latest is None) == gap


def test_a_series_of_masked_values_only() -> None:
    found = process(a_measure(), outcomes_of([None] * 46, a_measure()), target_of=lambda _: None)
    assert isinstance(found, NoLimits)
    assert found.why is Refused.NO_VALUES


def test_a_single_value_among_masked_ones_is_few() -> None:
    found = process(
        a_measure(), outcomes_of([None] * 20 + [3] + [None] * 9, a_measure()), target_of=lambda _: None
    )
    assert isinstance(found, NoLimits)
    assert found.why is Refused.FEW


def test_a_month_left_out_or_given_twice_is_an_error() -> None:
    measure = a_measure()
    outcomes = outcomes_of(ALTERNATING, measure)
    for wrong in ([*outcomes[:5], *outcomes[6:]], [*outcomes, outcomes[-1]], outcomes[::-1]):
        with pytest.raises(ValueError, match="follow one another"):
            process(measure, wrong, target_of=lambda _: None)


def test_huge_and_tiny_values() -> None:
    for scale in (Fraction(1, 10**9), Fraction(10**15)):
        values: list[Value] = [None if v is None else v * scale for v in [*ALTERNATING, 475]]
        found = a_process(values, rebases=[a_rebase(0, last=11)])
        assert found.latest
        assert (found.latest.rule, found.latest.high) == (Rule.OUTSIDE, 474 * scale)


def test_quotients_of_many_kinds() -> None:
    """Numbers of persons as they come: every month another denominator, so that values are rounded far out."""
    rng = random.Random(4)
    values: list[Value] = [Fraction(rng.randint(700, 800), rng.randint(900, 1100)) * 100 for _ in range(46)]
    found = a_process(values)
    assert found.phase.points == 46
    mean = sum(Fraction(v or 0) for v in values) / 46
    assert abs(found.phase.mean - mean) < Fraction(1, 10**11)
    assert [p.value for p in found.points if p] == values


def test_the_target_is_asked_for_no_more_than_it_takes() -> None:
    asked = []
    measure = a_measure()

    def target_of(outcome):  # type: ignore[no-untyped-def]
        asked.append(outcome.period.end)
        return every_year(TargetKind.AT_LEAST, "5").get(outcome.period.end.year)

    process(measure, outcomes_of([*ALTERNATING, *[150, 0] * 6], measure), target_of=target_of)
    # The chosen month's, and one for each year.
    assert len(asked) == 3
