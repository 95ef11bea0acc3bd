"""Total bemanning, what an exchange is, and the season taken out of own årsarbetare."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.index import Amounts
from hsf_kpi.analysis.economy.staffing import (
    Exchange,
    SeasonAdjusted,
    exchange_of,
    season_adjusted,
    staffing,
)
from hsf_kpi.model.period import Month

OCTOBER = Month.of(2023, 10)
amount = st.none() | st.integers(0, 50).map(Fraction)
three = st.tuples(amount, amount, amount)


def by_month(*values: tuple[Month, int | None]) -> dict[Month, Fraction | None]:
    return {month: None if value is None else Fraction(value) for month, value in values}


@settings(max_examples=60)
@given(three, three)
def test_the_total_is_what_is_known_beside_own_staff(
    then: tuple[Fraction | None, ...], now: tuple[Fraction | None, ...]
) -> None:
    parts: list[Amounts] = [{OCTOBER - 12: then[i], OCTOBER: now[i]} for i in range(3)]
    row = staffing(parts[0], parts[1], parts[2], (OCTOBER,)).months[0]
    if now[0] is None:
        assert (row.total, row.change, row.starred) == (None, None, False)
        return
    assert row.total == now[0] + (now[1] or 0) + (now[2] or 0)
    assert row.unknown == tuple(
        word for word, part in (("inhyrd personal", now[1]), ("övertid", now[2])) if part is None
    )
    comparable = then[0] is not None and [p is None for p in then] == [p is None for p in now]
    assert (row.change is not None) == comparable
    if row.change is not None and not row.unknown:
        changes = (row.own_change, row.hired_change, row.overtime_change)
        assert row.change == sum(one for one in changes if one is not None)


@settings(max_examples=60)
@given(st.integers(-40, 40).map(Fraction), st.integers(-40, 40).map(Fraction))
def test_an_exchange_is_a_fall_of_hired_that_own_staff_makes_good(own: Fraction, hired: Fraction) -> None:
    found = exchange_of(own, hired)
    is_exchange = hired < 0 and own > 0 and abs(own + hired) * 2 <= -hired
    assert (found is Exchange.EXCHANGE) == is_exchange
    assert (found is Exchange.UNCHANGED) == (own == 0 or hired == 0)
    if found is Exchange.MORE_OWN:
        assert own + hired > 0
    if found is Exchange.LESS_OWN:
        assert own + hired < 0


@pytest.mark.parametrize(
    ("own", "hired", "what"),
    [
        (10, -10, Exchange.EXCHANGE),
        (5, -10, Exchange.EXCHANGE),
        (15, -10, Exchange.EXCHANGE),
        (16, -10, Exchange.MORE_OWN),
        (4, -10, Exchange.LESS_OWN),
        (-1, -1, Exchange.BOTH_FELL),
        (1, 1, Exchange.BOTH_ROSE),
        (-1, 1, Exchange.MORE_HIRED),
        (0, -10, Exchange.UNCHANGED),
    ],
)
def test_kinds_of_exchange(own: int, hired: int, what: Exchange) -> None:
    assert exchange_of(Fraction(own), Fraction(hired)) is what


def test_without_a_year_before_nothing_is_told_of_an_exchange() -> None:
    row = staffing(by_month((OCTOBER, 10)), by_month((OCTOBER, 2)), {}, (OCTOBER,))
    assert row.latest is not None
    assert row.latest.exchange is Exchange.UNKNOWN
    assert (row.latest.starred, row.totals) == (True, {OCTOBER: None})


def seasonal(months: int) -> dict[Month, Fraction | None]:
    """1 000 and a tenth more each month, with a season of a hundred, up to October 2023."""
    return {
        OCTOBER - n: 1000 - Fraction(n, 10) + round(100 * math.sin((OCTOBER - n).index * math.pi / 6))
        for n in range(months)
    }


@pytest.fixture(scope="module")
def adjusted() -> SeasonAdjusted:
    return season_adjusted(seasonal(46), OCTOBER)


def test_the_season_is_taken_out_and_the_slope_stays(adjusted: SeasonAdjusted) -> None:
    assert adjusted.why_none == ""
    assert len(adjusted.months) == len(adjusted.values) == len(adjusted.changes) == 46
    assert adjusted.months[-1] == OCTOBER
    assert max(abs(value - 1000 + Fraction(n, 10)) for n, value in enumerate(adjusted.values[::-1])) < 3
    assert adjusted.changes[0] is None
    for before, now, change in zip(adjusted.values, adjusted.values[1:], adjusted.changes[1:], strict=False):
        assert change == now - before
        assert abs(change) < 2


def test_only_the_months_since_the_last_gap_count() -> None:
    known = seasonal(46)
    known[OCTOBER - 40] = None
    assert season_adjusted(known, OCTOBER).months[0] == OCTOBER - 39


def test_too_few_months_are_told_in_words() -> None:
    why = season_adjusted(seasonal(35), OCTOBER).why_none
    assert why == "Säsongsrensning kräver 36\u00a0månader i följd; här finns 35, från december 2020."
    unknown = season_adjusted(seasonal(46) | {OCTOBER: None}, OCTOBER)
    assert unknown.why_none == "Antalet årsarbetare är inte känt för oktober 2023."
    assert staffing({}, {}, {}, ()).adjusted.why_none
