"""Index of the base year, per årsarbetare and against what was agreed: nothing is made of what is not all known."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.production import (
    STAFF,
    TOTAL_STAFF,
    against_agreed,
    amounts_of,
    gross_cost,
    index_series,
    production,
    since_base,
)
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.codes import Missing, Sex
from hsf_kpi.model.ledger import months_of
from hsf_kpi.model.period import Month, Period, Window
from tests.analysis.builders import MASKED, a_cell, a_measure
from tests.analysis.economy.economy_builders import ledger

BASE = tuple(months_of(2019))
YEAR = tuple(months_of(2023))
OCTOBER = YEAR[:10]
year = st.lists(st.integers(1, 500), min_size=12, max_size=12)


def known(first: Month, values: list[int]) -> dict[Month, Fraction | None]:
    return {first + n: Fraction(value) for n, value in enumerate(values)}


@settings(max_examples=40)
@given(year, year)
def test_the_base_year_is_100_and_the_rest_in_proportion(base: list[int], later: list[int]) -> None:
    amounts = known(BASE[0], base) | known(YEAR[0], later)
    series = index_series("besok", amounts, (*BASE, *YEAR))
    values = [value for value in series.values if value is not None]
    assert sum(values[:12]) / 12 == 100
    for value, amount in zip(values[12:], later, strict=True):
        assert value * sum(base) == amount * 12 * 100
    assert series.why_none == ""
    rolling = index_series("besok", amounts, (BASE[11], YEAR[10], YEAR[11]), rolling=True)
    assert rolling.values == (Fraction(100), None, Fraction(sum(later) * 100, sum(base)))


norm_hours = st.lists(st.integers(100, 180), min_size=12, max_size=12)


@settings(max_examples=40)
@given(year, norm_hours, st.integers(1, 12))
def test_staff_of_several_months_is_hours_by_norm_hours(hours: list[int], norm: list[int], to: int) -> None:
    """As the measure Årsarbetare itself is summed over months: the pages must show one number."""
    norms = {month: Fraction(n) for month, n in zip(YEAR, norm, strict=True)}
    amounts = {month: Fraction(h) / norms[month] for month, h in zip(YEAR, hours, strict=True)}
    for key in (STAFF, TOTAL_STAFF):
        assert since_base(key, amounts, YEAR[:to], norms=norms).now == Fraction(
            sum(hours[:to]), sum(norm[:to])
        )
    whole = sum((amounts[month] for month in YEAR[:to]), Fraction(0))
    assert since_base(STAFF, amounts, YEAR[:to]).now == whole / to
    assert since_base("besok", amounts, YEAR[:to], norms=norms).now == whole


@settings(max_examples=40)
@given(year, year, year, st.integers(1, 12))
def test_the_same_months_are_compared(base: list[int], before: list[int], now: list[int], to: int) -> None:
    amounts = known(BASE[0], base) | known(YEAR[0] - 12, before) | known(YEAR[0], now)
    found = since_base("besok", amounts, YEAR[:to])
    assert found.percent == Fraction(sum(now[:to]) * 100, sum(base[:to])) - 100
    assert found.percent_last_year == Fraction(sum(now[:to]) * 100, sum(before[:to])) - 100


@settings(max_examples=30)
@given(year, year, year, year)
def test_per_staff_is_100_where_both_moved_alike(
    base: list[int], staff_base: list[int], later: list[int], staff: list[int]
) -> None:
    amounts = {
        "besok": known(BASE[0], base) | known(YEAR[0], later),
        "arsarbetare": known(BASE[0], staff_base) | known(YEAR[0], staff),
    }
    found = production(amounts, YEAR, YEAR, {})
    (per,) = found.productivity
    assert per.key == "besok-per-arsarbetare"
    for n, value in enumerate(per.values):
        then = Fraction(sum(base), sum(staff_base))
        assert value == Fraction(later[n], staff[n]) / then * 100
        assert per.amounts[n] == Fraction(later[n], staff[n])


def test_without_a_base_year_there_is_a_reason_and_no_index() -> None:
    later = known(Month.of(2021, 3), [5] * 40)
    series = index_series("operationer", later, YEAR)
    assert set(series.values) == {None}
    assert series.amounts[0] == 5
    assert series.why_none == "Det finns inga uppgifter för basåret 2019: de börjar i mars 2021."
    partly = {BASE[3]: None} | known(BASE[4], [5] * 60)
    assert index_series("besok", partly, YEAR).why_none == (
        "Uppgifter saknas för 4 av 12 månader under basåret 2019."
    )
    nothing = known(BASE[0], [0] * 60)
    assert "är noll" in index_series("besok", nothing, YEAR).why_none
    assert index_series("besok", {}, YEAR).why_none == "Det finns inga uppgifter."
    assert since_base("operationer", later, OCTOBER).why_none == series.why_none


def test_a_month_that_is_not_known_is_none_in_the_line() -> None:
    amounts = known(BASE[0], [5] * 60)
    amounts[YEAR[4]] = None
    series = index_series("besok", amounts, YEAR, agreed=known(YEAR[0], [7] * 11))
    assert [n for n, value in enumerate(series.values) if value is None] == [4]
    assert series.agreed == (*(Fraction(7),) * 11, None)
    assert since_base("besok", amounts, OCTOBER).why_none == "Utfall saknas för 1 av 10 valda månader."


@settings(max_examples=30)
@given(year, year, st.integers(1, 12))
def test_outcome_and_agreed_are_summed_over_the_chosen_months(
    made: list[int], deal: list[int], to: int
) -> None:
    found = against_agreed("besok", known(YEAR[0], made), known(YEAR[0], deal), YEAR[:to])
    assert found.difference == sum(made[:to]) - sum(deal[:to])
    assert found.percent == Fraction(sum(made[:to]) * 100, sum(deal[:to]))
    assert found.why_none == ""


def test_what_is_not_agreed_or_not_made_has_a_reason() -> None:
    made = known(YEAR[0], [5] * 10)
    none = against_agreed("besok", made, {}, OCTOBER)
    assert (none.outcome, none.agreed, none.percent, none.difference) == (Fraction(50), None, None, None)
    assert none.why_none == "Ingen överenskommen produktion finns för de valda månaderna."
    partly = against_agreed("besok", made, known(YEAR[0], [5] * 8), OCTOBER)
    assert partly.why_none == "Överenskommen produktion saknas för 2 av 10 valda månader."
    late = against_agreed("besok", known(YEAR[0], [5] * 9), known(YEAR[0], [5] * 12), OCTOBER)
    assert (late.percent, late.why_none) == (None, "Utfall saknas för 1 av 10 valda månader.")


def test_everything_of_the_page_is_made_at_once() -> None:
    every = known(BASE[0], [10] * 60)
    amounts = dict.fromkeys(("besok", "drg-per-arsarbetare", "arsarbetare", "kostnad", "okand"), every)
    found = production(amounts, YEAR, OCTOBER, {"besok": every})
    assert [series.key for series in found.series] == [*amounts][:4]
    assert [series.key for series in found.productivity] == ["besok-per-arsarbetare", "drg-per-arsarbetare"]
    assert [one.key for one in found.against] == ["besok", "drg-per-arsarbetare"]
    assert {one.percent for one in found.since} == {0}
    assert production({"besok": every}, YEAR, OCTOBER, {}).productivity == ()


def test_the_gross_cost_is_without_internal_trade_investments_and_provision() -> None:
    booked = ledger(
        {"egen-personal": 100, "kopta-tjanster": 40, "regionersattning": 500, "investeringar": 70},
        {"underskottspost": -900},
        internal={"kopta-tjanster": 30},
        through="2023-10",
        reported=[2] * 9 + [1] * 3,
        expected=[2] * 12,
    )
    found = gross_cost(booked, YEAR)
    assert [found[month] for month in YEAR] == [100] * 9 + [None] * 3


def outcome(month: Month, cell: object, missing: Missing | None = None, note: str = "") -> Outcome:
    measure = a_measure()
    value = None if missing else cell.value(measure)  # type: ignore[attr-defined]
    return Outcome(measure, "u", Sex.ALL, Period(month, Window.MONTH), value, missing, note, cell)  # type: ignore[arg-type]


@pytest.mark.parametrize(("numerator", "expected"), [(True, Fraction(24)), (False, Fraction(12))])
def test_outcomes_become_amounts_where_nothing_is_missing(numerator: bool, expected: Fraction) -> None:
    cell = a_cell(numerator=24 * FIXED, denominator=2 * FIXED)
    outcomes = [
        outcome(YEAR[0], cell),
        outcome(YEAR[1], MASKED, Missing.MASKED),
        outcome(YEAR[2], cell, note="10 av 11 verksamheter"),
    ]
    assert amounts_of(outcomes, numerator=numerator) == {YEAR[0]: expected, YEAR[1]: None, YEAR[2]: None}
