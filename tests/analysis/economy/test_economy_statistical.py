"""The statistical forecast: when it is refused, what it may know, how it is chosen, and intervals that can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy import backtest, forecast_models
from hsf_kpi.analysis.economy.backtest import WITHIN_80, Trial, choose, widening
from hsf_kpi.analysis.economy.forecast_models import METHODS, NAIVE, Ahead, Floats, Method
from hsf_kpi.analysis.economy.statistical import statistical
from hsf_kpi.analysis.economy.types import NoForecast, StatisticalForecast
from hsf_kpi.model.ledger import MNKR, UnitLedger
from hsf_kpi.model.period import Month
from tests.analysis.economy.economy_builders import ledger

JANUARY_2020 = Month.of(2020, 1)
kronor = st.integers(-90 * MNKR, 40 * MNKR)


def booked(results: Sequence[int | None], first: str = "2020-01", **fields: Sequence[int]) -> UnitLedger:
    """A ledger whose monthly results are those given."""
    start = Month.parse(first)
    last = Month.of((start + len(results)).year, 12)
    revenue = [None if r is None else 500 * MNKR + r for r in results]
    cost = [None if r is None else 500 * MNKR for r in results]
    return ledger({"regionersattning": revenue, "egen-personal": cost}, first=first, last=last.iso, **fields)  # type: ignore[arg-type]


def steady(months: int, seed: int = 0) -> list[int]:
    """Results with a season, a slow fall and some chance."""
    rng = np.random.default_rng(seed)
    season = rng.normal(0, 15, 12)
    return [int((-20 - 0.8 * n + season[n % 12] + rng.normal(0, 8)) * MNKR) for n in range(months)]


def made(results: Sequence[int], first: str = "2020-01") -> StatisticalForecast:
    found = statistical(booked(results, first), Month.parse(first) + (len(results) - 1))
    assert isinstance(found, StatisticalForecast), found
    return found


def refused(unit_ledger: UnitLedger, month: str) -> str:
    found = statistical(unit_ledger, Month.parse(month))
    assert isinstance(found, NoForecast)
    return found.why


@pytest.fixture(scope="module")
def october() -> StatisticalForecast:
    return made(steady(46))


def test_it_covers_the_months_left_with_nested_intervals(october: StatisticalForecast) -> None:
    assert [month.iso for month in october.months] == ["2023-11", "2023-12"]
    for amounts in zip(
        october.low80, october.low50, october.middle, october.high50, october.high80, strict=True
    ):
        assert list(amounts) == sorted(amounts)
        assert amounts[0] < amounts[-1]
    widths = [high - low for low, high in zip(october.low80, october.high80, strict=True)]
    assert widths == sorted(widths)
    assert october.landing == october.middle[-1]


def test_a_method_is_used_that_did_better_than_the_naive_one(october: StatisticalForecast) -> None:
    assert october.backtest is not None
    assert not october.is_naive
    assert october.backtest.error < october.backtest.naive_error
    assert october.backtest.years == (2022,)
    assert (october.backtest.tried, october.backtest.covered <= 11) == (11, True)
    assert october.method.split(";")[0] in {method.words for method in METHODS}


def test_it_lands_near_a_year_that_goes_on_as_before(october: StatisticalForecast) -> None:
    outcome = sum(steady(48)[36:])
    assert october.low80[-1] - 20 * MNKR < outcome < october.high80[-1] + 20 * MNKR


def test_nothing_after_the_month_is_known_and_it_is_deterministic(october: StatisticalForecast) -> None:
    later = booked([*steady(46), 900 * MNKR])
    assert statistical(later, Month.of(2023, 10)) == october


def test_january_can_be_made_and_reaches_over_eleven_months() -> None:
    found = made(steady(25))
    assert len(found.months) == len(found.middle) == 11
    assert found.months[-1] == Month.of(2022, 12)


def test_a_year_that_has_ended_has_no_forecast() -> None:
    assert refused(booked(steady(36)), "2022-12").startswith("Året är slut")


def test_too_short_a_history_is_told_with_its_length() -> None:
    why = refused(booked(steady(23)), "2021-11")
    assert why == "En statistisk prognos kräver 24\u00a0månader i följd; här finns 23, från januari 2020."
    assert isinstance(statistical(booked(steady(25)), Month.of(2022, 1)), StatisticalForecast)


def test_results_before_2020_are_no_history() -> None:
    assert "här finns 10, från januari 2020" in refused(booked(steady(22), "2019-01"), "2020-10")


def test_a_gap_in_the_last_two_years_is_named() -> None:
    results: list[int | None] = [*steady(46)]
    results[30] = None
    assert refused(booked(results), "2023-10").endswith("men utfallet saknas för juli 2022.")


def test_an_older_gap_only_shortens_the_history() -> None:
    results: list[int | None] = [*steady(29)]
    results[3] = None
    found = statistical(booked(results), Month.of(2022, 5))
    assert isinstance(found, StatisticalForecast)
    assert found == statistical(booked(results[4:], "2020-05"), Month.of(2022, 5))


def test_a_month_in_which_a_unit_has_not_booked_is_no_ground() -> None:
    size = 48
    reported = [11] * size
    reported[45] = 10
    partial = booked(steady(46), reported=reported, expected=[11] * size)
    assert refused(partial, "2023-10").endswith("men utfallet är inte komplett för oktober 2023.")


def test_nothing_booked() -> None:
    assert refused(booked([None] * 30), "2022-05") == "Inget utfall är bokfört till och med maj 2022."


@settings(max_examples=30)
@given(st.integers(24, 34).filter(lambda n: n % 12), st.data())
def test_without_a_year_to_try_on_it_is_last_year_and_drift(size: int, data: st.DataObject) -> None:
    """The oracle: the same months last year + this year's mean change, in fractions."""
    results = data.draw(st.lists(kronor, min_size=size, max_size=size))
    naive = NAIVE.make(np.array(results, dtype=float), size % 12, 12 - size % 12)
    assert naive is not None
    passed, left = size % 12, 12 - size % 12
    drift = Fraction(sum(results[-passed:]) - sum(results[-passed - 12 : -12]), passed)
    expected = sum(results[-12 : len(results) - passed]) + left * drift
    assert abs(float(naive.sums[-1]) - float(expected)) < 1
    assert (np.diff(naive.spread) >= 0).all()


def test_where_nothing_could_be_tried_the_naive_one_is_used_and_says_so() -> None:
    found = made(steady(33, seed=3), "2021-02")
    assert (found.is_naive, found.backtest) == (True, None)
    assert found.method.endswith("metoden har inte kunnat prövas på tidigare år")


def test_years_that_repeat_themselves_give_the_same_year_again() -> None:
    year = steady(12)
    found = made((year * 4)[:46])
    assert found.landing == sum(year)
    assert found.high80[-1] - found.low80[-1] < 10
    assert found.backtest is not None
    assert found.backtest.error == 0


def test_the_variance_of_a_sum_is_the_formula_of_the_local_level() -> None:
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    series = np.array(steady(40), dtype=float) / MNKR
    fit = UnobservedComponents(series, "local level").smooth([2.5, 0.4])
    known = float(fit.predicted_state_cov[0, 0, -1])
    expected = [
        n**2 * known + 0.4 * sum((n - j) ** 2 for j in range(1, n + 1)) + 2.5 * n for n in range(1, 12)
    ]
    assert forecast_models._variance_of_sums(fit, 11) == pytest.approx(expected)


@settings(max_examples=50)
@given(st.lists(st.floats(0, 20), min_size=1, max_size=24))
def test_intervals_are_widened_until_enough_falls_inside(misses: list[float]) -> None:
    trials = [Trial(2022, miss * 3.0, 3.0) for miss in misses]
    factor = widening(trials)
    inside = sum(miss <= WITHIN_80 * factor + 1e-9 for miss in misses)
    assert factor >= 1
    if len(trials) >= 5:
        assert inside >= 0.7 * len(trials)
    if factor > 1:
        assert sum(trial.inside for trial in trials) < 0.7 * len(trials)


def test_each_try_knows_only_what_was_known_then(monkeypatch: pytest.MonkeyPatch) -> None:
    known = np.array(steady(46), dtype=float)
    asked: list[tuple[int, int, int]] = []

    def knowing(given: Floats, this_year: int, ahead: int) -> Ahead:
        """Right on every earlier year, which it may not see: only the test knows it."""
        assert (given == known[: len(given)]).all()
        asked.append((len(given), this_year, ahead))
        outcome = known[len(given) : len(given) + ahead]
        sums = np.cumsum(np.pad(outcome, (0, ahead - len(outcome))))
        return Ahead(sums, np.ones(ahead))

    method = Method("facit", 24, knowing)
    monkeypatch.setattr(backtest, "METHODS", (method,))
    found = choose(known, Month.of(2023, 10))
    assert found is not None
    assert found.method is method
    assert asked == [*((24 + n, n, 12 - n) for n in range(1, 12)), (46, 10, 2)]
    assert found.backtest is not None
    assert (found.backtest.error, found.backtest.covered, found.backtest.tried) == (0, 11, 11)
    assert found.widening == 1


def test_of_two_whole_years_every_second_month_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backtest, "METHODS", (Method("samma", 24, NAIVE.make),))
    found = choose(np.array(steady(58), dtype=float), Month.of(2024, 10))
    assert found is not None
    assert found.method is NAIVE
    assert found.backtest is not None
    assert (found.backtest.years, found.backtest.tried) == ((2022, 2023), 11)


def test_a_method_that_does_worse_or_fails_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def wild(given: Floats, _this_year: int, ahead: int) -> Ahead:
        return Ahead(np.full(ahead, 1e12), np.ones(ahead))

    def failing(given: Floats, _this_year: int, _ahead: int) -> Ahead | None:
        return None

    monkeypatch.setattr(backtest, "METHODS", (Method("vild", 24, wild), Method("trasig", 18, failing)))
    found = choose(np.array(steady(46), dtype=float), Month.of(2023, 10))
    assert found is not None
    assert found.method is NAIVE
    assert found.backtest is not None
    assert found.backtest.error == found.backtest.naive_error
