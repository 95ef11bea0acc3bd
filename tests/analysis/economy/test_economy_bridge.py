"""Bridges reach their end to the krona, say what is plus and minus, and never have more steps than can be read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.bridge import (
    MOST_STEPS,
    forecast_bridge,
    make_bridge,
    outcome_bridge,
    plan_bridge,
    year_bridge,
)
from hsf_kpi.analysis.economy.deviations import deviation, months_in
from hsf_kpi.analysis.economy.types import Bridge, BridgeStep, Yardstick
from hsf_kpi.model.account_plan import AccountGroup, LedgerAccount, Side
from hsf_kpi.model.ledger import AmountKind, UnitLedger
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.plan_table import ColumnKind, PlanColumn, PlanRow, PlanTable, PlanTotal
from tests.analysis.economy.economy_builders import ACCOUNTS, OCTOBER, B, ledger, submitted

YTD = months_in(View.YTD, OCTOBER)
amounts = st.integers(-9_000_000, 900_000_000)
BOOKED = [a.id for a in ACCOUNTS if a.side.sign and not a.budget_only]


@st.composite
def ledgers(draw: st.DrawFn) -> UnitLedger:
    """Every account booked in every month, with a provision, and internal trade whose ends need not meet."""
    actual = {account: [draw(amounts)] * 23 + [draw(amounts)] for account in BOOKED}
    budget = {account: draw(amounts) for account in BOOKED} | {
        "underskottspost": -draw(st.integers(0, 70_000_000))
    }
    inside = {account: draw(st.integers(0, 1_000)) for account in ("forsaljning", "kopta-tjanster")}
    return ledger(actual, budget, first="2022-01", last="2023-12", internal=inside)


def _reaches(found: Bridge) -> bool:
    return found.start + sum(step.amount for step in found.steps) == found.end


@settings(max_examples=40, deadline=None)
@given(ledgers(), st.sampled_from(list(Yardstick)))
def test_an_outcome_is_reached_exactly_from_any_yardstick(unit: UnitLedger, yardstick: Yardstick) -> None:
    found = outcome_bridge(unit, YTD, yardstick)
    assert found is not None
    whole = deviation(unit, YTD, yardstick)
    assert (found.start, found.end) == (whole.against, whole.actual)
    assert _reaches(found)
    assert all(step.amount for step in found.steps)
    shown = [step for step in found.steps if step.id != "interna-poster"]
    assert len(shown) <= MOST_STEPS
    assert len({step.id for step in found.steps}) == len(found.steps)


@settings(max_examples=30, deadline=None)
@given(ledgers(), st.lists(amounts, min_size=len(BOOKED), max_size=len(BOOKED)))
def test_a_forecast_is_reached_exactly_from_the_years_budget(unit: UnitLedger, expected: list[int]) -> None:
    forecast = submitted(dict(zip(BOOKED, expected, strict=True)))
    found = forecast_bridge(unit, forecast)
    assert found is not None
    budget = 0
    for account in ACCOUNTS:
        budget += account.side.sign * sum(unit.amounts[B, account.id][m] or 0 for m in range(12, 24))
    assert (found.start, found.end) == (budget, forecast.result)
    assert _reaches(found)
    assert found.end_title.startswith("Lämnad prognos ")


def test_steps_are_plus_when_they_better_the_result() -> None:
    unit = ledger(
        {
            "regionersattning": [100] * 12 + [110] * 10,
            "egen-personal": [70] * 12 + [90] * 10,
            "lokaler": [10] * 12 + [9] * 10,
        },
        first="2022-01",
        last="2023-12",
    )
    found = year_bridge(unit, YTD)
    assert found is not None
    assert (found.start_title, found.start) == ("Resultat jan–okt 2022", 200)
    assert (found.end_title, found.end) == ("Resultat jan–okt 2023", 110)
    assert [(s.title, s.amount) for s in found.steps] == [
        ("Regionersättning", 100), ("Egen personal", -200), ("Lokaler", 10),
    ]  # fmt: skip


def test_the_provision_is_a_step_from_the_budget_with_it_only() -> None:
    unit = ledger(
        {"regionersattning": 100, "egen-personal": 130},
        {"regionersattning": 100, "egen-personal": 120, "underskottspost": -20},
        through="2023-10",
    )
    held = outcome_bridge(unit, YTD, Yardstick.BUDGET)
    own = outcome_bridge(unit, YTD, Yardstick.PROVISION)
    assert held is not None
    assert own is not None
    assert (held.start_title, held.start, held.end) == ("Budget jan–okt 2023", 0, -300)
    assert [(s.id, s.amount) for s in held.steps] == [("egen-personal", -100), ("underskottspost", -200)]
    assert (own.start_title, own.start, own.end) == ("Budget utan underskottspost jan–okt 2023", -200, -300)
    assert [(s.id, s.amount) for s in own.steps] == [("egen-personal", -100)]
    year = forecast_bridge(unit, submitted({"regionersattning": 1200, "egen-personal": 1540}))
    assert year is not None
    assert (year.start_title, year.start, year.end_title, year.end) == (
        "Budget 2023", 0, "Lämnad prognos 2023-10-20", -340,
    )  # fmt: skip
    assert [(s.id, s.amount) for s in year.steps] == [("egen-personal", -100), ("underskottspost", -240)]


def test_a_unit_without_a_provision_is_held_against_its_own_budget() -> None:
    unit = ledger({"regionersattning": 4}, {"regionersattning": 5}, through="2023-10")
    for yardstick in (Yardstick.BUDGET, Yardstick.PROVISION):
        found = outcome_bridge(unit, (OCTOBER,), yardstick)
        assert found is not None
        assert found.start_title == "Egen budget oktober 2023"
        assert (found.start, found.end) == (5, 4)


def test_internal_amounts_that_do_not_meet_are_a_step_of_their_own() -> None:
    unit = ledger(
        {"forsaljning": 30, "kopta-tjanster": 25}, {"forsaljning": 20, "kopta-tjanster": 20},
        internal={"forsaljning": 10}, through="2023-10",
    )  # fmt: skip
    found = outcome_bridge(unit, YTD, Yardstick.BUDGET)
    assert found is not None
    assert [(s.title, s.amount) for s in found.steps] == [
        ("Köpta tjänster", -50), ("Interna poster som inte möts", 100),
    ]  # fmt: skip


def test_a_forecast_is_held_against_the_budget_as_gross_as_itself() -> None:
    traded = {"forsaljning": 10, "kopta-tjanster": 10}
    unit = ledger({}, {"forsaljning": 20, "kopta-tjanster": 15}, internal_budget=traded)
    found = forecast_bridge(unit, submitted({"forsaljning": 240, "kopta-tjanster": 200}))
    assert found is not None
    assert [(s.title, s.amount) for s in found.steps] == [("Köpta tjänster", -20)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-99, 99), min_size=2, max_size=24), st.data())
def test_the_smallest_go_together_by_side(budgets: list[int], data: st.DataObject) -> None:
    groups = [AccountGroup("in", "In", Side.REVENUE), AccountGroup("ut", "Ut", Side.COST)]
    plan = tuple(LedgerAccount(f"k{i}", f"Konto {i}", groups[i % 2]) for i in range(len(budgets)))
    lines = {(AmountKind.BUDGET, a.id): (budget,) * 12 for a, budget in zip(plan, budgets, strict=True)}
    unit = replace(ledger(), accounts=plan, amounts=lines)
    forecast = replace(submitted({}), amounts={}, result=0)
    found = forecast_bridge(unit, forecast)
    assert found is not None
    assert _reaches(found)
    assert len(found.steps) <= MOST_STEPS
    nonzero = {a.id: -a.side.sign * 12 * b for a, b in zip(plan, budgets, strict=True) if b}
    shown = {s.id: s.amount for s in found.steps if s.id in nonzero}
    assert all(nonzero[key] == amount for key, amount in shown.items())
    left = [abs(amount) for key, amount in nonzero.items() if key not in shown]
    if left:
        assert len(nonzero) > MOST_STEPS
        biggest = sorted((abs(a) for a in nonzero.values()), reverse=True)[: MOST_STEPS - 2]
        assert max(left) <= min(biggest)
    for side in (Side.REVENUE, Side.COST):
        rest = [s.amount for s in found.steps if s.id == f"ovrigt-{side.value}"]
        mine = sum(
            amount for key, amount in nonzero.items() if key not in shown and plan[int(key[1:])].side is side
        )
        assert sum(rest) == mine


def test_nothing_to_build_from() -> None:
    unit = ledger({"ovriga-intakter": [1, None, 3]}, {"ovriga-intakter": 3}, first="2023-01")
    assert outcome_bridge(unit, YTD[:3], Yardstick.BUDGET) is None
    assert year_bridge(unit, YTD[:1]) is None
    assert outcome_bridge(unit, YTD[:1], Yardstick.BUDGET) is not None
    assert forecast_bridge(unit, None) is None
    assert forecast_bridge(unit, submitted({}, Month.of(2022, 10))) is None


def _plan_table(*printed: str, total: str, kind: ColumnKind = ColumnKind.MNKR) -> PlanTable:
    column = PlanColumn("belopp", "Belopp", kind)
    rows = tuple(PlanRow(f"r{i}", f"Rad {i}", {"belopp": Decimal(p)}) for i, p in enumerate(printed))
    totals = (PlanTotal("summa", "Summan", {"belopp": Decimal(total)}),)
    return PlanTable(
        "tabell", "Tabell", "5", (PlanColumn("t", "Text", ColumnKind.TEXT), column), rows, totals, "Planen"
    )


def test_the_plans_way_from_600_to_800() -> None:
    found = plan_bridge(_plan_table("-600", "508", "102", "45", "-498", "-357", total="-800"))
    assert (found.start_title, found.start, found.end_title, found.end) == (
        "Rad 0",
        -600_000_000,
        "Summan",
        -800_000_000,
    )
    assert [step.amount for step in found.steps] == [
        508_000_000,
        102_000_000,
        45_000_000,
        -498_000_000,
        -357_000_000,
    ]


def test_a_plan_that_does_not_add_up_is_no_bridge() -> None:
    with pytest.raises(ValueError, match="not -800000000"):
        plan_bridge(_plan_table("-600", "508", total="-800"))
    with pytest.raises(ValueError, match="r1 is"):
        plan_bridge(_plan_table("1", "0.0001", total="1", kind=ColumnKind.TKR))
    assert plan_bridge(_plan_table("1.5", "0.5", total="2", kind=ColumnKind.TKR)).end == 2_000


@settings(max_examples=40, deadline=None)
@given(amounts, st.lists(amounts, max_size=6), st.integers(-2, 2))
def test_only_a_bridge_that_reaches_its_end_is_made(start: int, steps: list[int], off: int) -> None:
    given_steps = [BridgeStep(f"s{i}", "Steg", amount) for i, amount in enumerate(steps)]
    end = start + sum(steps) + off
    if off:
        with pytest.raises(ValueError, match="bridge"):
            make_bridge("b", "Från", start, given_steps, "Till", end)
    else:
        assert _reaches(make_bridge("b", "Från", start, given_steps, "Till", end))
