"""Who has handed in, and what their own forecasts sum to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.handed_in import (
    HandInState,
    Overview,
    UnitHandIn,
    YearBudget,
    forecast_sum,
    state_of,
    unit_hand_in,
    year_budget,
)
from hsf_kpi.model.dialogue import HandIn
from hsf_kpi.model.ledger import AmountKind, Submitted, UnitLedger, months_of
from hsf_kpi.model.period import Month
from tests.figures.dialogue_samples import OCTOBER, UNIT, action, analysis, forecast, ready
from tests.store.ledger_builders import ACCOUNTS

READY, BEGUN, NOT_BEGUN = HandInState.READY, HandInState.BEGUN, HandInState.NOT_BEGUN


def submitted(result: int, units: int = 1, expected: int = 1) -> Submitted:
    return Submitted(
        UNIT, dt.date(2023, 10, 20), OCTOBER, 2023, "Verksamhetschef", result, None, {}, units, expected
    )


def row(
    own: int | None = None, budget: int | None = None, latest: int | None = None, **more: object
) -> UnitHandIn:
    found = UnitHandIn(
        UNIT,
        NOT_BEGUN,
        0,
        0,
        None if own is None else forecast(own),
        None if budget is None else YearBudget(budget),
        None if latest is None else submitted(latest),
    )
    return replace(found, **more)


@pytest.mark.parametrize(
    ("hand_in", "state"),
    [
        (HandIn(UNIT, OCTOBER), NOT_BEGUN),
        (HandIn(UNIT, OCTOBER, ready=ready(yes=False)), NOT_BEGUN),
        (HandIn(UNIT, OCTOBER, (analysis(),)), BEGUN),
        (HandIn(UNIT, OCTOBER, actions=(action(),)), BEGUN),
        (HandIn(UNIT, OCTOBER, forecast=forecast()), BEGUN),
        (HandIn(UNIT, OCTOBER, (analysis(),), ready=ready(yes=False)), BEGUN),
        (HandIn(UNIT, OCTOBER, ready=ready()), READY),
    ],
)
def test_state(hand_in, state):
    assert state_of(hand_in) is state


def ledger(budget: int, provision: int = 0, months: int = 12) -> UnitLedger:
    year = tuple(months_of(2023))
    line = tuple(budget if n < months else None for n in range(12))
    held = tuple(-provision if n < months else None for n in range(12))
    return UnitLedger(
        UNIT,
        year,
        ACCOUNTS,
        {(AmountKind.BUDGET, "personal"): line, (AmountKind.BUDGET, "underskott"): held},
        reported=(1,) * 12,
        expected=(1,) * 12,
    )


def test_the_years_budget_with_the_provision_told_apart():
    assert year_budget(ledger(10), 2023) == YearBudget(-120)
    # A provision is booked as a cost below zero: it lifts the budgeted result.
    assert year_budget(ledger(10, 25), 2023) == YearBudget(-120 + 300, 300)
    assert year_budget(ledger(10, months=11), 2023) is None
    assert year_budget(ledger(10), 2024) is None


def test_a_unit_row():
    said = unit_hand_in(
        HandIn(UNIT, OCTOBER, (analysis(),), forecast=forecast(-150), ready=ready()),
        (),
        ledger(10),
        submitted(-140),
        [HandIn("a", OCTOBER, ready=ready()), HandIn("b", OCTOBER)],
    )
    assert (said.state, said.answered, said.needed) == (READY, 0, 0)
    assert (said.deviation, said.moved) == (-30, -10)
    assert (said.below_ready, said.below) == (1, 2)
    assert said.ready is not None
    reopened = unit_hand_in(HandIn(UNIT, OCTOBER, ready=ready(yes=False)), (), None, None, [])
    assert reopened.ready is None
    assert reopened.budget is None
    assert not reopened.ledger


def test_against_nothing_there_is_no_difference():
    assert row().deviation is row().moved is None
    assert row(own=5).deviation is row(own=5).moved is None
    assert row(budget=5).deviation is None
    part = replace(row(own=5), latest=submitted(4, units=2, expected=3))
    assert part.moved is None, "a sum that some are missing in is not compared"


AMOUNTS = st.one_of(st.none(), st.integers(-(10**11), 10**11))
ROWS = st.lists(st.builds(row, AMOUNTS, AMOUNTS, AMOUNTS, ledger=st.booleans()), max_size=8)


@given(ROWS)
@settings(max_examples=60)
def test_the_rows_sum_to_the_sum(rows):
    rows = [r if r.ledger else replace(r, forecast=None, budget=None, latest=None) for r in rows]
    total = Overview(OCTOBER, row(), tuple(rows)).total
    given_ = [r for r in rows if r.forecast is not None]
    assert total == forecast_sum(rows)
    assert total.handed_in == len(given_)
    assert total.expected == sum(r.ledger for r in rows)
    assert total.complete is (len(given_) == total.expected)
    assert total.result == (sum(r.forecast.result for r in given_) if given_ else None)
    if given_ and all(r.budget for r in given_):
        assert total.deviation == sum(r.deviation for r in given_)
        assert total.deviation == total.result - total.budget
    else:
        assert total.deviation is None
    if given_ and all(r.latest for r in given_):
        assert total.moved == sum(r.moved for r in given_)
    else:
        assert total.moved is None


def test_ready_is_counted():
    rows = tuple(replace(row(), state=state) for state in (READY, BEGUN, READY, NOT_BEGUN))
    assert Overview(OCTOBER, row(), rows).ready == 2
    assert Month.of(2023, 10) == Overview(OCTOBER, row(), rows).month
