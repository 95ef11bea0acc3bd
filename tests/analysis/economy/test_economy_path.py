"""The path of a year's result: phasing to the krona, run rates that reach the target, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.deviations import budget_lines, months_in
from hsf_kpi.analysis.economy.path import run_rate, target_paths, trajectory
from hsf_kpi.analysis.economy.phasing import EVENLY, spread
from hsf_kpi.analysis.economy.types import NoForecast, Phasing, Trajectory, Yardstick
from hsf_kpi.ingest.demo.economy import provision_in
from hsf_kpi.ingest.demo.settings import Segment
from hsf_kpi.model.ledger import UnitLedger
from hsf_kpi.model.period import Month, View
from tests.analysis.economy.economy_builders import OCTOBER, ledger, submitted

kronor = st.integers(-2_000_000_000, 2_000_000_000)
year_of_kronor = st.lists(kronor, min_size=12, max_size=12)
NONE = NoForecast("Det finns ingen.")
PROVISION = [
    -(round(Fraction(800_000_000 * m, 12)) - round(Fraction(800_000_000 * (m - 1), 12))) for m in range(1, 13)
]


def _path(unit_ledger: UnitLedger, month: Month = OCTOBER, phasing: Phasing = Phasing.LOADED) -> Trajectory:
    return trajectory(unit_ledger, month, submitted=(), statistical=NONE, phasing=phasing)


def _forvaltning(through: str = "2023-10") -> UnitLedger:
    """Ram 692 a month, budgeted costs the same with the provision; result −86,1 a month: −861 by October."""
    return ledger(
        {"regionersattning": 692_000_000, "egen-personal": 778_100_000},
        {
            "regionersattning": 692_000_000,
            "egen-personal": [692_000_000 - p for p in PROVISION],
            "underskottspost": PROVISION,
        },
        through=through,
    )  # fmt: skip


def test_october_2023_as_the_plan_has_it() -> None:
    found = _path(_forvaltning())
    assert found.to_date == -861_000_000
    assert found.average == -86_100_000
    assert [path.yardstick for path in found.targets] == [Yardstick.BUDGET, Yardstick.PROVISION]
    budget, provision = found.targets
    assert set(budget.accumulated) == {0}
    assert provision.accumulated[9] == -666_666_667
    assert provision.year_end == -800_000_000
    to_zero, to_provision = found.run_rates
    assert to_zero.needed == 430_500_000
    assert to_provision.needed == 30_500_000
    assert found.judged


def test_nothing_after_the_chosen_month_is_in_the_path() -> None:
    found = _path(_forvaltning("2023-12"), Month.of(2023, 3))
    assert found.to_date == 3 * -86_100_000
    assert found.monthly[3:] == found.accumulated[3:] == (None,) * 9
    assert found.run_rates[0].months_left == 9


def test_december_has_no_run_rate_and_january_eleven_months() -> None:
    december = _path(_forvaltning("2023-12"), Month.of(2023, 12))
    assert [rate.needed for rate in december.run_rates] == [None, None]
    january = _path(_forvaltning(), Month.of(2023, 1))
    assert [rate.months_left for rate in january.run_rates] == [11, 11]
    assert january.to_date == january.average == -86_100_000


def test_a_missing_month_breaks_the_line_and_is_not_judged() -> None:
    months = [-10, -20, None, -40]
    found = _path(ledger({"ovriga-intakter": months}, {"ovriga-intakter": -5}), Month.of(2023, 4))
    assert found.monthly[:4] == (-10, -20, None, -40)
    assert found.accumulated[:5] == (-10, -30, None, -70, None)
    assert found.gaps == (Month.of(2023, 3),)
    assert found.to_date == -70
    assert found.average == Fraction(-70, 3)
    assert not found.judged
    assert [rate.needed for rate in found.run_rates] == [None]


def test_a_unit_that_has_not_booked_makes_the_month_partial() -> None:
    months = (10,) * 10
    found = _path(
        ledger({"ovriga-intakter": months}, {"ovriga-intakter": 5}, reported=[3] * 9 + [2, 0, 0], expected=[3] * 12)
    )  # fmt: skip
    assert found.partial == (OCTOBER,)
    assert found.gaps == ()
    assert not found.judged
    assert found.run_rates[0].needed is None


def test_months_before_the_unit_was_formed_are_no_gaps_and_a_late_month_is() -> None:
    formed = ledger(
        {"ovriga-intakter": [None] * 5 + [7] * 5},
        {"ovriga-intakter": [None] * 5 + [5] * 7},
        reported=[0] * 5 + [1] * 5 + [0, 0],
        expected=[0] * 5 + [1] * 7,
    )
    assert _path(formed).gaps == ()
    assert _path(formed).judged
    late = ledger(
        {"ovriga-intakter": [None] * 5 + [7] * 5}, {"ovriga-intakter": 5},
        reported=[0] * 5 + [1] * 5 + [0, 0], expected=[0] * 5 + [1] * 7,
    )  # fmt: skip
    assert len(_path(late).gaps) == 5
    awaited = replace(formed, expected=(1,) * 12)
    assert len(_path(awaited).gaps) == 5


def test_a_unit_formed_within_the_year_has_the_budget_of_its_own_months() -> None:
    formed = ledger(
        {"ovriga-intakter": [None] * 5 + [7] * 5},
        {"ovriga-intakter": [None] * 5 + [5] * 7},
        reported=[0] * 5 + [1] * 5 + [0, 0],
        expected=[0] * 5 + [1] * 7,
    )
    (target,) = _path(formed).targets
    assert target.accumulated == (0, 0, 0, 0, 0, 5, 10, 15, 20, 25, 30, 35)
    assert _path(replace(formed, expected=(1,) * 12)).targets == ()
    lines = budget_lines(formed, months_in(View.YTD, OCTOBER), Yardstick.BUDGET, None)
    assert {line.year_budget for line in lines} == {35}


def test_without_a_budget_there_are_no_targets_and_without_an_outcome_no_sum() -> None:
    assert _path(ledger({"ovriga-intakter": 4}, through="2023-10")).targets == ()
    empty = _path(ledger({}, {"ovriga-intakter": 4}))
    assert (empty.to_date, empty.average, empty.judged) == (None, None, False)
    assert len(empty.gaps) == 10
    assert empty.targets[0].year_end == 48


def test_a_year_of_costs_alone_has_no_result() -> None:
    costs = ledger({"egen-personal": 500}, first="2019-01", last="2020-12", through="2019-12")
    found = _path(costs, Month.of(2019, 12))
    assert found.to_date is None
    assert _path(costs, Month.of(2020, 3)).last_year_to_date is None


def test_last_year_to_date_is_the_same_months() -> None:
    two = ledger({"ovriga-intakter": list(range(1, 23))}, first="2022-01", last="2023-12")
    assert _path(two).last_year_to_date == sum(range(1, 11))
    assert _path(two).to_date == sum(range(13, 23))


def test_only_forecasts_for_the_year_are_kept() -> None:
    of_2022 = submitted({"ovriga-intakter": 1}, Month.of(2022, 10))
    of_2023 = submitted({"ovriga-intakter": 2})
    found = trajectory(_forvaltning(), OCTOBER, submitted=(of_2022, of_2023), statistical=NONE)
    assert found.submitted == (of_2023,)
    assert found.latest is of_2023


@settings(max_examples=60, deadline=None)
@given(kronor)
def test_even_months_sum_exactly_and_accumulate_to_the_rounded_part(total: int) -> None:
    line = spread(total, EVENLY)
    assert line[-1] == total
    assert all(line[m - 1] == round(Fraction(total * m, 12)) for m in range(1, 13))
    months = [line[0], *(b - a for a, b in pairwise(line))]
    assert max(months) - min(months) <= 1


def test_even_is_as_the_demo_spreads_the_provision() -> None:
    segment = Segment.model_construct(provision=Fraction(-800))  # type: ignore[call-arg]
    demo = list(accumulate(provision_in(segment, Month.of(2023, m)) for m in range(1, 13)))
    assert list(spread(-800_000_000, EVENLY)) == demo


@settings(max_examples=40, deadline=None)
@given(year_of_kronor, year_of_kronor)
def test_loaded_is_the_budgets_own_months(revenue: Sequence[int], cost: Sequence[int]) -> None:
    found = target_paths(
        ledger({}, {"ovriga-intakter": revenue, "egen-personal": cost}), 2023, Phasing.LOADED, OCTOBER
    )
    assert list(found[0].accumulated) == [sum(revenue[:m]) - sum(cost[:m]) for m in range(1, 13)]
    assert len(found) == 1


@settings(max_examples=40, deadline=None)
@given(st.lists(year_of_kronor, min_size=1, max_size=3), kronor)
def test_seasonal_is_the_mean_share_of_earlier_years(years: list[list[int]], total: int) -> None:
    first = 2023 - len(years)
    outcome = [amount for year in years for amount in year]
    budget = [*([None] * len(outcome)), total, *[0] * 11]
    unit = ledger(
        {"ovriga-intakter": [a or 1 for a in outcome]},
        {"ovriga-intakter": budget},
        first=f"{first}-01",
        last="2023-12",
    )
    path = target_paths(unit, 2023, Phasing.SEASONAL, OCTOBER)[0]
    used = []
    for year in years:
        line = list(accumulate(a or 1 for a in year))
        if line[-1] != 0 and all(abs(a) <= 2 * abs(line[-1]) for a in line):
            used.append(line)
    assert path.year_end == path.accumulated[-1] == total
    if not used:
        assert path.phasing is Phasing.EVEN
        assert path.why_even.startswith("Säsongsprofilen kan inte beräknas")
        assert path.accumulated == spread(total, EVENLY)
        return
    assert path.phasing is Phasing.SEASONAL
    assert path.why_even == ""
    for m in range(12):
        share = sum(Fraction(line[m], line[-1]) for line in used) / len(used)
        assert path.accumulated[m] == round(total * share)


def test_seasonal_uses_no_year_that_is_not_whole_by_then() -> None:
    unit = ledger({"ovriga-intakter": 5}, {"ovriga-intakter": 6}, first="2022-01", last="2023-12")
    assert target_paths(unit, 2023, Phasing.SEASONAL, Month.of(2022, 11))[0].phasing is Phasing.EVEN
    assert target_paths(unit, 2023, Phasing.SEASONAL, Month.of(2022, 12))[0].phasing is Phasing.SEASONAL


@settings(max_examples=60, deadline=None)
@given(kronor, kronor, st.integers(-1, 11))
def test_run_rate_reaches_the_target_exactly(actual: int, target: int, left: int) -> None:
    needed = run_rate(actual, target, left)
    if left <= 0:
        assert needed is None
    else:
        assert needed is not None
        assert actual + left * needed == target


@settings(max_examples=40, deadline=None)
@given(st.lists(st.none() | kronor, min_size=1, max_size=12))
def test_the_path_sums_what_is_booked(amounts: list[int | None]) -> None:
    found = _path(
        ledger({"ovriga-intakter": [1 if a == 0 else a for a in amounts]}), Month.of(2023, len(amounts))
    )
    known = [1 if a == 0 else a for a in amounts if a is not None]
    assert found.to_date == (sum(known) if known else None)
    assert len(found.gaps) == amounts.count(None)
    assert [a for a in found.accumulated if a is not None] == list(accumulate(known))
    if known:
        assert found.average is not None
        assert found.average * len(known) == found.to_date


@pytest.mark.parametrize("phasing", list(Phasing))
def test_every_phasing_ends_in_the_years_budget(phasing: Phasing) -> None:
    for path in target_paths(_forvaltning(), 2023, phasing, OCTOBER):
        assert path.accumulated[-1] == path.year_end
        assert len(path.accumulated) == 12
