"""Deviations against each yardstick, and the budget table's lines, held against a plain second computation."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.deviations import budget_lines, deviation, months_in
from hsf_kpi.analysis.economy.types import BudgetLine, Deviation, Yardstick
from hsf_kpi.model.ledger import UnitLedger
from hsf_kpi.model.period import Month, View
from tests.analysis.economy.economy_builders import ACCOUNTS, BY_ID, OCTOBER, A, B, ledger, submitted

amounts = st.integers(-500_000, 900_000_000)
two_years = st.tuples(amounts, amounts, amounts, amounts, amounts).map(lambda some: (list(some) * 5)[:24])
YTD = months_in(View.YTD, OCTOBER)
PLAIN = ["regionersattning", "ovriga-intakter", "egen-personal", "lakemedel"]


@st.composite
def ledgers(draw: st.DrawFn) -> UnitLedger:
    """2022–2023 with a provision, and purchases of which a part is internal and meets its sale."""
    actual = {account: draw(two_years) for account in PLAIN}
    budget = {account: draw(two_years) for account in PLAIN}
    inside = draw(st.lists(st.integers(0, 50_000), min_size=24, max_size=24))
    for lines in (actual, budget):
        lines["forsaljning"] = [a + 7 for a in inside]
        lines["kopta-tjanster"] = [a + 3 for a in inside]
    traded = {"forsaljning": inside, "kopta-tjanster": inside}
    budget["underskottspost"] = [-draw(st.integers(0, 70_000_000))] * 24
    return ledger(
        actual, budget, first="2022-01", last="2023-12", internal=traded, internal_budget=traded
    )  # fmt: skip


def test_months_of_each_view() -> None:
    assert months_in(View.MONTH, OCTOBER) == (OCTOBER,)
    assert [m.iso for m in YTD] == [f"2023-{n:02d}" for n in range(1, 11)]
    rolling = months_in(View.R12, OCTOBER)
    assert (rolling[0].iso, rolling[-1].iso, len(rolling)) == ("2022-11", "2023-10", 12)
    assert months_in(View.YTD, Month.of(2023, 1)) == (Month.of(2023, 1),)


@settings(max_examples=30, deadline=None)
@given(ledgers(), st.sampled_from(list(Yardstick)), st.integers(1, 12))
def test_the_result_against_each_yardstick(unit: UnitLedger, yardstick: Yardstick, number: int) -> None:
    def naive(kind: str, year: int, accounts: list[str]) -> int:
        total = 0
        for account in accounts:
            line = unit.amounts[(A if kind == "actual" else B, account)]
            sign = 1 if account in ("regionersattning", "ovriga-intakter", "forsaljning") else -1
            total += sign * sum(line[(year - 2022) * 12 + m] or 0 for m in range(number))
        return total

    booked = [*PLAIN, "forsaljning", "kopta-tjanster"]
    found = deviation(unit, months_in(View.YTD, Month.of(2023, number)), yardstick)
    assert found.actual == naive("actual", 2023, booked)
    expected = {
        Yardstick.BUDGET: naive("budget", 2023, [*booked, "underskottspost"]),
        Yardstick.PROVISION: naive("budget", 2023, booked),
        Yardstick.LAST_YEAR: naive("actual", 2022, booked),
    }[yardstick]
    assert found.against == expected
    assert found.amount == found.actual - expected
    assert found.complete


@settings(max_examples=30, deadline=None)
@given(ledgers(), st.sampled_from(list(Yardstick)), st.sampled_from(list(View)))
def test_lines_sum_to_the_result(unit: UnitLedger, yardstick: Yardstick, view: View) -> None:
    forecast = submitted(dict.fromkeys(PLAIN, 1_000_000) | {"forsaljning": 900, "kopta-tjanster": 800})
    lines = budget_lines(unit, months_in(view, OCTOBER), yardstick, forecast)
    *rest, result = lines
    by_account = [line for line in rest if line.account is not None]
    groups = [line for line in rest if line.account is None]

    def signed(line: BudgetLine, amount: int | None) -> int:
        assert line.group is not None
        return line.group.side.sign * (amount or 0)

    assert (result.account, result.group, result.title) == (None, None, "Resultat")
    for some in (by_account, groups):
        assert sum(signed(line, line.period.actual) for line in some) == result.period.actual
        assert sum(signed(line, line.period.against) for line in some) == (result.period.against or 0)
        assert sum(line.period.amount or 0 for line in some) == (result.period.amount or 0)
        assert sum(signed(line, line.year_budget) for line in some) == result.year_budget
        assert sum(signed(line, line.last_year) for line in some) == (result.last_year or 0)
    # R12 to October 2023 needs the outcome of November 2021 and on, which isn't there.
    assert (result.last_year is None) == (view is View.R12)


@settings(max_examples=30, deadline=None)
@given(ledgers())
def test_each_line_is_what_is_booked_without_what_is_internal(unit: UnitLedger) -> None:
    for line in budget_lines(unit, YTD, Yardstick.PROVISION, None):
        if line.account is None:
            continue
        key = line.account.id
        gross = sum(unit.amounts[A, key][12 + m] or 0 for m in range(10))
        inside = sum((unit.internal.get((A, key)) or [0] * 24)[12 + m] or 0 for m in range(10))
        assert line.period.actual == gross - inside
        held = sum(unit.amounts[B, key][12 + m] or 0 for m in range(10))
        traded = sum((unit.internal.get((B, key)) or [0] * 24)[12 + m] or 0 for m in range(10))
        assert line.period.against == held - traded
        assert (line.internal or 0) == inside
        better = line.period.actual - (line.period.against or 0)
        assert line.period.amount == (better if BY_ID[key].side.sign > 0 else -better)


def _small(**changes: object) -> UnitLedger:
    given = {
        "actual": {"regionersattning": 100, "egen-personal": 130, "investeringar": 40},
        "budget": {
            "regionersattning": 100,
            "egen-personal": 120,
            "underskottspost": -20,
            "investeringar": 50,
        },
        "through": "2023-10",
    }
    return ledger(**(given | changes))  # type: ignore[arg-type]


def _line(lines: tuple[BudgetLine, ...], title: str) -> BudgetLine:
    return next(line for line in lines if line.title == title)


def test_lower_cost_than_budget_is_plus() -> None:
    lines = budget_lines(
        _small(actual={"regionersattning": 90, "egen-personal": 110}), YTD, Yardstick.PROVISION, None
    )
    assert _line(lines, "Regionersättning").period == Deviation(900, 1000, -100)
    assert _line(lines, "Egen personal").period == Deviation(1100, 1200, 100)
    assert _line(lines, "Egen personal").period.share == Fraction(100, 12)
    assert lines[-1].period == Deviation(-200, -200, 0)


def test_the_provision_stands_in_the_budget_alone() -> None:
    lines = budget_lines(_small(), YTD, Yardstick.BUDGET, None)
    assert _line(lines, "Underskottspost").period == Deviation(None, -200, -200)
    assert _line(lines, "Underskottspost").year_budget == -240
    assert _line(lines, "Personalkostnader").period == Deviation(1300, 1000, -300)
    assert lines[-1].period == Deviation(-300, 0, -300)
    without = budget_lines(_small(), YTD, Yardstick.PROVISION, None)
    assert "Underskottspost" not in {line.title for line in without}
    assert without[-1].period == Deviation(-300, -200, -100)
    assert without[-1].year_budget == -240
    assert lines[-1].year_budget == 0


def test_investments_and_empty_accounts_are_no_lines() -> None:
    titles = [line.title for line in budget_lines(_small(), YTD, Yardstick.BUDGET, None)]
    assert titles == [
        "Regionersättning", "Ersättningar och bidrag", "Egen personal", "Underskottspost", "Personalkostnader", "Resultat",
    ]  # fmt: skip


@pytest.mark.parametrize("yardstick", list(Yardstick))
def test_an_incomplete_outcome_is_told_and_not_judged(yardstick: Yardstick) -> None:
    actual = {"regionersattning": [100, 100, None] + [100] * 7, "egen-personal": [130, 130, None] + [130] * 7}
    unit = _small(actual=actual)
    found = deviation(unit, YTD, yardstick)
    assert (found.actual, found.amount, found.complete) == (-270, None, False)
    for line in budget_lines(unit, YTD, yardstick, None):
        assert line.period.amount is None
        assert not line.period.complete
    partial = _small(reported=[2] * 9 + [1, 0, 0], expected=[2] * 12)
    assert deviation(partial, YTD, yardstick).amount is None
    assert deviation(partial, YTD, yardstick).actual == -300
    assert deviation(partial, YTD[:9], Yardstick.PROVISION).amount == -90


def test_last_year_must_be_complete() -> None:
    line = [5] * 22
    gap = [5] * 3 + [None] + [5] * 18
    whole = ledger({"ovriga-intakter": line}, first="2022-01", last="2023-12")
    broken = ledger({"ovriga-intakter": gap}, first="2022-01", last="2023-12")
    assert deviation(whole, YTD, Yardstick.LAST_YEAR) == Deviation(50, 50, 0)
    assert deviation(broken, YTD, Yardstick.LAST_YEAR) == Deviation(50, None, None)
    reported = [2] * 4 + [1] + [2] * 19
    late = ledger(
        {"ovriga-intakter": line}, first="2022-01", last="2023-12", reported=reported, expected=[2] * 24
    )
    assert deviation(late, YTD, Yardstick.LAST_YEAR) == Deviation(50, None, None)
    assert deviation(late, YTD[5:], Yardstick.LAST_YEAR) == Deviation(25, 25, 0)
    assert _line(budget_lines(late, YTD, Yardstick.LAST_YEAR, None), "Övriga intäkter").last_year is None


def test_a_year_of_costs_alone_is_no_result_but_its_costs_are_known() -> None:
    unit = ledger(
        {"egen-personal": 50, "regionersattning": [0] * 12 + [60] * 12}, first="2019-01", last="2020-12"
    )
    months = months_in(View.YTD, Month.of(2020, 12))
    lines = budget_lines(unit, months, Yardstick.LAST_YEAR, None)
    assert _line(lines, "Egen personal").period == Deviation(600, 600, 0)
    assert _line(lines, "Regionersättning").period == Deviation(720, None, None)
    assert lines[-1].period == Deviation(120, None, None)
    assert deviation(unit, months_in(View.YTD, Month.of(2019, 12)), Yardstick.BUDGET) == Deviation(
        None, None, None, False
    )


def test_a_unit_formed_within_the_year_is_held_against_its_own_months() -> None:
    unit = ledger(
        {"ovriga-intakter": [None] * 5 + [7] * 5}, {"ovriga-intakter": [None] * 5 + [5] * 7},
        reported=[0] * 5 + [1] * 5 + [0, 0], expected=[0] * 5 + [1] * 7,
    )  # fmt: skip
    assert deviation(unit, YTD, Yardstick.BUDGET) == Deviation(35, 25, 10)


def test_a_forecast_is_of_its_own_year_and_without_budgeted_internal_trade() -> None:
    unit = ledger(
        {"forsaljning": 30, "kopta-tjanster": 25}, {"forsaljning": 20, "kopta-tjanster": 20},
        internal={"forsaljning": 22, "kopta-tjanster": 22}, internal_budget={"forsaljning": 15, "kopta-tjanster": 15},
    )  # fmt: skip
    forecast = submitted({"forsaljning": 400, "kopta-tjanster": 300})
    lines = budget_lines(unit, YTD, Yardstick.BUDGET, forecast)
    assert _line(lines, "Försäljning av tjänster").year_forecast == 400 - 180
    assert _line(lines, "Köpta tjänster").year_forecast == 300 - 180
    assert _line(lines, "Försäljning av tjänster").internal == 220
    assert lines[-1].year_forecast == 100
    old = budget_lines(unit, YTD, Yardstick.BUDGET, submitted({"forsaljning": 1}, Month.of(2022, 10)))
    assert {line.year_forecast for line in old} == {None}


def test_nothing_known_is_a_result_without_amounts() -> None:
    lines = budget_lines(ledger(), YTD, Yardstick.BUDGET, None)
    assert [line.title for line in lines] == ["Resultat"]
    assert lines[0].period == Deviation(None, None, None, False)


def test_projects_stand_apart() -> None:
    plain, with_projects = _small(), _small(projects={"ovriga-intakter": 1000, "egen-personal": 1})
    for yardstick in Yardstick:
        assert budget_lines(plain, YTD, yardstick, None) == budget_lines(with_projects, YTD, yardstick, None)
    assert len(ACCOUNTS) == len(BY_ID)
