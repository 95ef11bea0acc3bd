"""The register of improvement activities summed: month by month, by unit, by effect, and against the gap."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.improvements import EffectSum, totals
from hsf_kpi.model.ledger import months_of
from hsf_kpi.model.period import Month
from hsf_kpi.model.register import Effect, Improvement, Progress

YEAR = tuple(months_of(2023))
OCTOBER = YEAR[:10]

month = st.integers(Month.of(2022, 10).index, Month.of(2024, 2).index).map(Month)
activities = st.builds(
    lambda unit, effect, expected, start, length, status, realised: Improvement(
        unit, "Färre prover", effect, expected, start, "Verksamhetschef", status,
        None if length is None else start + length, realised,
    ),
    st.sampled_from(["kirurg", "medicin", "rontgen"]),
    st.sampled_from(Effect),
    st.integers(0, 900_000),
    month,
    st.none() | st.integers(0, 14),
    st.sampled_from(Progress),
    st.dictionaries(st.sampled_from(YEAR), st.integers(-5_000, 900_000), max_size=5),
)  # fmt: skip


def one(expected: int = 100_000, **fields: object) -> Improvement:
    base = Improvement(
        "kirurg", "Färre prover", Effect.COST, expected, YEAR[0], "Avdelningschef", Progress.RUNNING
    )
    return replace(base, **fields)  # type: ignore[arg-type]


@settings(max_examples=60)
@given(st.lists(activities, max_size=6), st.integers(1, 12))
def test_the_sums_are_those_of_a_naive_count(found: list[Improvement], through: int) -> None:
    told = totals(found, YEAR[:through], None)
    expected = realised = remaining = reported = 0
    for activity in found:
        if activity.status is Progress.STOPPED:
            continue
        for m in YEAR:
            counts = activity.start <= m and (activity.end is None or m <= activity.end)
            if m > YEAR[through - 1]:
                remaining += activity.expected if counts else 0
                continue
            expected += activity.expected if counts else 0
            realised += activity.realised.get(m, 0)
            reported += m in activity.realised
    whole = told.whole
    assert (whole.expected, whole.realised or 0, whole.remaining) == (expected, realised, remaining)
    assert whole.reported == reported
    assert (whole.realised is None) == (reported == 0)
    assert sum(m.expected for m in told.by_month) == expected
    assert whole.reported <= whole.due


@settings(max_examples=40)
@given(st.lists(activities, max_size=6))
def test_units_and_effects_each_sum_to_the_whole(found: list[Improvement]) -> None:
    told = totals(found, OCTOBER, -1)
    for parts in (list(told.by_unit.values()), list(told.by_effect.values())):
        for field in ("activities", "expected", "remaining", "reported", "due", "expected_of_reported"):
            assert sum(getattr(part, field) for part in parts) == getattr(told.whole, field)
        assert sum(part.realised or 0 for part in parts) == (told.whole.realised or 0)
    assert set(told.by_effect) == set(Effect)
    of_year = [
        one for one in found
        if one.realised or (one.start <= YEAR[-1] and (one.end is None or one.end >= YEAR[0]))
    ]  # fmt: skip
    assert told.whole.activities + told.stopped == len(of_year)


def test_an_activity_of_other_years_is_none_of_this_one() -> None:
    later, ended = one(start=YEAR[-1] + 1), one(start=YEAR[0] - 9, end=YEAR[0] - 1)
    assert totals([later, ended], OCTOBER, -1).whole.activities == 0
    assert totals([one(start=YEAR[-1])], YEAR[:1], -1).whole.activities == 1


def test_the_rest_of_the_year_is_held_against_the_gap() -> None:
    told = totals([one()], OCTOBER, -1_000_000)
    assert (told.whole.expected, told.whole.remaining) == (1_000_000, 200_000)
    assert told.covers == 20
    assert totals([one()], OCTOBER, 0).covers is None
    assert totals([one()], OCTOBER, 500).covers is None
    assert totals([one()], OCTOBER, None).covers is None
    assert totals([one()], YEAR, -100).covers == 0


def test_what_is_stopped_counts_nothing_but_is_counted() -> None:
    stopped = one(status=Progress.STOPPED, realised={YEAR[0]: 70_000})
    told = totals([stopped], OCTOBER, -100)
    assert told.whole == EffectSum(0, 0, None, 0, 0, 0, 0)
    assert (told.stopped, dict(told.by_unit)) == (1, {})


def test_realised_is_held_against_those_that_have_reported() -> None:
    told = totals([one(realised={YEAR[0]: 50_000}), one(300_000, unit="medicin")], YEAR[:1], None)
    january = told.by_month[0]
    assert (january.expected, january.realised, january.expected_of_reported) == (400_000, 50_000, 100_000)
    assert (january.reported, january.due, january.complete) == (1, 2, False)
    assert told.whole.share == Fraction(50)
    assert told.by_unit["medicin"].share is None


def test_no_month_is_an_error() -> None:
    with pytest.raises(ValueError, match="month"):
        totals([], (), None)
