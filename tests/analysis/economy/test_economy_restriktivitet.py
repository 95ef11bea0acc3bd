"""What the first assignment's costs are against last year, and that nothing incomplete is compared."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.restriktivitet import CostChange, restriktivitet
from hsf_kpi.model.ledger import UnitLedger, months_of
from hsf_kpi.model.period import Month
from tests.analysis.economy.economy_builders import ledger

MONTHS = tuple(months_of(2023))[:10]
costs = st.lists(st.integers(-200, 5_000), min_size=22, max_size=22)


def booked(travel: list[int], nights: list[int], **fields: list[int]) -> UnitLedger:
    """From January 2022 on; drugs are booked too, and are no restriktivitet."""
    return ledger(
        {"resor": travel, "overnattning": nights, "lakemedel": [9_999] * 22},
        first="2022-01",
        last="2023-12",
        **fields,  # type: ignore[arg-type]
    )


@settings(max_examples=40)
@given(costs, costs)
def test_lines_are_plain_sums_and_make_the_whole(travel: list[int], nights: list[int]) -> None:
    found = restriktivitet(booked(travel, nights), MONTHS)
    assert [line.title for line in found.lines] == ["Resor", "Övernattning"]
    for line, booked_costs in zip(found.lines, (travel, nights), strict=True):
        assert line.month == CostChange(booked_costs[21], booked_costs[9])
        assert line.to_date == CostChange(sum(booked_costs[12:22]), sum(booked_costs[:10]))
        assert sum(one.now or 0 for one in line.monthly) == line.to_date.now
    assert found.whole.to_date.now == sum(line.to_date.now or 0 for line in found.lines)
    assert found.whole.to_date.change == sum(line.to_date.change or 0 for line in found.lines)
    assert found.missing == ()


def test_lower_cost_is_a_fall_and_its_percent_is_negative() -> None:
    change = CostChange(750, 1_000)
    assert (change.change, change.percent, change.fell) == (-250, Fraction(-25), True)
    assert CostChange(10, 0).percent is None
    assert CostChange(10, -5).percent is None
    assert CostChange(10, 10).fell is False
    assert (CostChange(None, 5).change, CostChange(None, 5).fell, CostChange(5, None).percent) == (None,) * 3


def test_a_month_that_is_not_fully_booked_is_named_and_not_compared() -> None:
    reported = [2] * 24
    reported[13] = 1
    found = restriktivitet(booked([100] * 22, [10] * 22, reported=reported, expected=[2] * 24), MONTHS)
    assert found.missing == (Month.of(2023, 2),)
    assert found.whole.to_date == CostChange(None, 1_100)
    assert found.whole.month == CostChange(110, 110)
    assert [one.now for one in found.whole.monthly][:3] == [110, None, 110]


def test_without_last_year_there_is_only_now() -> None:
    only = ledger({"resor": 100}, through="2023-10")
    found = restriktivitet(only, MONTHS)
    assert found.whole.to_date == CostChange(1_000, None)
    assert len(found.missing) == 10


def test_no_month_is_an_error() -> None:
    with pytest.raises(ValueError, match="month"):
        restriktivitet(ledger({"resor": 1}), ())


def test_a_unit_formed_within_the_year_has_its_own_months_and_nothing_to_be_held_against() -> None:
    unit = ledger(
        {"resor": [None] * 15 + [5] * 7}, {"resor": [None] * 15 + [4] * 9}, first="2022-01", last="2023-12",
        reported=[0] * 15 + [1] * 7 + [0, 0], expected=[0] * 15 + [1] * 9,
    )  # fmt: skip
    found = restriktivitet(unit, MONTHS)
    assert found.whole.to_date == CostChange(35, None)
