"""Outcomes held against their targets, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from hsf_kpi.analysis.assess import assess, is_judgeable
from hsf_kpi.analysis.reasons import verdict_reason
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.codes import Direction, Missing, Sex, Status, UnitOfMeasure
from hsf_kpi.model.period import Month, View, Window
from hsf_kpi.model.target import TargetKind
from tests.analysis.builders import (
    FIVE_PERCENT,
    MASKED,
    ONE_POINT,
    a_cell,
    a_measure,
    a_selection,
    a_series,
    a_setting,
    a_target,
    around,
    ytd,
)

K, U, W = TargetKind, UnitOfMeasure, Window
MET, NEAR, MISSED, NOT = Status.MET, Status.NEAR, Status.MISSED, Status.NOT_ASSESSABLE
HSF = "Hälso- och sjukvårdsförvaltningen"


def judged(measure: Any, series: Any, **fields: Any) -> Assessment:
    return assess(measure, series, **around(measure, series, **fields))


def plain(text: str) -> str:
    """The sentence with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def with_target(target: Any, unit: U = U.PERCENT, **fields: Any) -> Any:
    return a_measure(unit, targets=(target,), **fields)


def test_reasons_use_no_break_spaces_before_units_and_between_thousands() -> None:
    found = judged(with_target(a_target(K.LESS_THAN_LAST_YEAR), U.FTE), ytd("4999", "4953"))
    assert found.reason.startswith("4\N{NO-BREAK SPACE}999 är 46 fler än jan–okt 2022")


def test_near_is_told_as_our_convention() -> None:
    measure = with_target(a_target(K.AT_LEAST, "95"), tolerance=ONE_POINT)
    found = judged(measure, ytd("94.4"))
    assert found.status is NEAR
    assert found.gap == Fraction(-6, 10)
    assert plain(found.reason) == (
        "94,4 % är 0,6 procentenheter under målet 95 %, vilket är nära enligt vår konvention "
        "(inom 1,0 procentenheter)"
    )
    relative = judged(with_target(a_target(K.AT_LEAST, "79"), U.INDEX, tolerance=FIVE_PERCENT), ytd("77.6"))
    assert relative.status is NEAR
    assert plain(relative.reason).endswith("(inom 5 %)")


def test_a_relative_target_is_inherited_and_says_so() -> None:
    here = a_selection("kirurg")
    found = judged(with_target(a_target(K.AT_LEAST, "95")), ytd("78"), selection=here)
    assert (found.status, found.inherited_from) == (MISSED, HSF)
    assert plain(found.reason) == (
        f"78,0 % är 17,0 procentenheter under målet 95 %; målet är ärvt från {HSF}"
    )
    compared = judged(with_target(a_target(K.MORE_THAN_LAST_YEAR)), ytd("23", "21"), selection=here)
    assert plain(compared.reason).endswith(f"(21,0 %); målet är att öka, ärvt från {HSF}")


@pytest.mark.parametrize(
    ("unit", "target", "word"),
    [
        (U.MNKR, a_target(K.AMOUNT_AT_LEAST, "-800"), "ett belopp"),
        (U.MNKR, a_target(K.AT_MOST, "160.8"), "ett belopp"),
        (U.FTE, a_target(K.LESS_THAN_LAST_YEAR), "ett antal"),
        (U.COUNT, a_target(K.MORE_THAN_LAST_YEAR), "ett antal"),
    ],
)
def test_amounts_and_counts_are_not_inherited(unit: U, target: Any, word: str) -> None:
    measure = with_target(target, unit)
    below = judged(measure, ytd("5", "4"), selection=a_selection("kirurg"))
    assert (below.status, below.target, below.inherited_from, below.gap) == (NOT, None, None, None)
    assert below.reason == f"Målet gäller {HSF} som helhet och ärvs inte, eftersom det är {word}"
    assert below.change == 1
    assert judged(measure, ytd("5", "4")).status is not NOT


def test_every_unit_is_judged_against_its_own_budget() -> None:
    measure = with_target(a_target(K.ON_BUDGET), U.MNKR)
    found = judged(measure, ytd("-3.2"), selection=a_selection("kirurg"))
    assert (found.status, found.inherited_from, found.bound) == (MISSED, None, 0)
    assert plain(found.reason) == "−3,2 mnkr är 3,2 mnkr sämre än budget (målet är noll)"


def test_the_investment_frame_is_not_praised() -> None:
    frame = with_target(a_target(K.AT_MOST, "160.8"), U.MNKR, direction=Direction.NONE)
    inside, over = judged(frame, ytd("120.6")), judged(frame, ytd("160.84"))
    assert inside.status is MET
    assert plain(inside.reason) == "120,6 mnkr är 75,0 % av ramen 160,8 mnkr, alltså inom ram"
    assert over.status is MISSED
    assert plain(over.reason) == "160,84 mnkr är 100,02 % av ramen 160,8 mnkr, alltså över ram"
    exact = judged(frame, ytd("160.8"))
    assert plain(exact.reason) == "160,8 mnkr är 100,0 % av ramen 160,8 mnkr, alltså inom ram"


def test_a_tiny_miss_is_never_told_as_zero() -> None:
    third = Fraction(285, 3) - Fraction(1, 10**6)
    cell = a_cell(numerator=third.numerator, denominator=third.denominator)
    measure = with_target(a_target(K.AT_LEAST, "95"), aggregation=Aggregation.RATIO)
    found = judged(measure, ytd(cell))
    assert found.status is MISSED
    assert plain(found.reason) == ("95,0000 % är mindre än 0,0001 procentenheter under målet 95 %")


# Without a verdict


def of_hundred(numerator: int, denominator: int) -> Any:
    return a_cell(numerator=numerator * FIXED, denominator=denominator * FIXED)


@pytest.mark.parametrize(
    ("series", "fields", "missing", "sentence"),
    [
        (
            ytd("5"),
            {"measured_here": False},
            Missing.NOT_MEASURED_HERE,
            "Nyckeltalet mäts inte på denna nivå",
        ),
        (
            ytd(MASKED),
            {},
            Missing.MASKED,
            "Utfallet för jan–okt 2023 är maskerat, eftersom det gäller få personer",
        ),
        (ytd(None, "5"), {}, Missing.LATE, "Utfallet för jan–okt 2023 är försenat"),
        (None, {}, Missing.NOT_REPORTED, "Inget utfall är rapporterat för jan–okt 2023"),
        (
            ytd(of_hundred(1, 0)),
            {},
            Missing.ZERO_DENOMINATOR,
            "Nämnaren är noll för jan–okt 2023, så värdet kan inte beräknas",
        ),
    ],
)
def test_what_is_missing_is_not_judged(
    series: Any, fields: dict[str, Any], missing: Missing, sentence: str
) -> None:
    found = judged(with_target(a_target(K.AT_LEAST, "95")), series, **fields)
    assert (found.status, found.outcome.missing, found.reason) == (NOT, missing, sentence)
    assert (found.gap, found.bound, found.change) == (None, None, None)


def test_not_by_sex_is_never_silently_the_total() -> None:
    measure = with_target(a_target(K.AT_LEAST, "95"), by_sex=False)
    found = judged(measure, ytd("96"), selection=a_selection(sex=Sex.WOMEN))
    assert (found.status, found.outcome.value) == (NOT, None)
    assert found.reason == "Nyckeltalet redovisas inte per kön"


def test_a_sex_is_judged_by_the_totals_target() -> None:
    found = judged(with_target(a_target(K.AT_LEAST, "95")), ytd("96"), selection=a_selection(sex=Sex.MEN))
    assert found.status is MET


def test_no_target_and_no_target_for_that_year() -> None:
    assert judged(a_measure(row=None), ytd("5")).reason == "Nyckeltalet har inget målvärde"
    earlier = a_selection(month=Month.of(2022, 10))
    found = judged(with_target(a_target(K.AT_LEAST, "95")), ytd("5", "96"), selection=earlier)
    assert (found.status, found.target) == (NOT, None)
    assert found.reason == "Planen har inget målvärde för 2022"
    assert found.outcome.value == 96


def test_a_target_ahead_of_a_nyckeltal_outside_the_plan_is_told_and_judges_nothing() -> None:
    ahead = replace(a_target(K.AT_MOST, "5"), year=2029)
    found = judged(with_target(ahead, row=None, direction=Direction.DOWN), ytd("9"))
    assert (found.status, found.target) == (NOT, None)
    assert found.reason == "Målet gäller 2029; inget målvärde för 2023"


def test_according_to_plan_needs_a_plan_series() -> None:
    found = judged(with_target(a_target(K.ACCORDING_TO_PLAN), U.COUNT), ytd("5"))
    assert found.status is NOT
    assert found.reason == "Målet är enligt plan, men det finns ingen planserie att hålla utfallet mot"


# Comparisons


def test_without_last_year_there_is_nothing_to_compare_with() -> None:
    measure = with_target(a_target(K.LESS_THAN_LAST_YEAR), U.FTE)
    found = judged(measure, ytd("5"))
    assert found.status is NOT
    assert found.reason == (
        "Det finns inget utfall att jämföra med: inget utfall är rapporterat för jan–okt 2022"
    )
    partly = judged(measure, ytd("5", a_cell(4, reported=0, months=9, months_expected=10)))
    assert partly.reason == "Jämförelsetalet för jan–okt 2022 är ofullständigt (9 av 10 månader)"
    assert partly.change is None


def test_the_fixed_year_is_not_compared_with_itself() -> None:
    measure = with_target(a_target(K.LESS_THAN_FIXED_YEAR, fixed_year=2022), measured=(W.YEAR,))
    found = judged(measure, a_series({(W.YEAR, "2022-12"): a_cell(5)}))
    assert (found.status, found.reason) == (NOT, "Utfallet gäller 2022, så det finns inget att jämföra med")


def test_the_fixed_year_two_years_back() -> None:
    measure = with_target(a_target(K.LESS_THAN_FIXED_YEAR, fixed_year=2021))
    series = ytd("5", "1", **{"2021-10": a_cell(6)})
    assert judged(measure, series).status is MET


def national(direction: Direction, value: str, **fields: Any) -> Assessment:
    measure = with_target(a_target(K.BETTER_THAN_NATIONAL), measured=(W.YEAR,), direction=direction)
    series = a_series({(W.YEAR, "2022-12"): a_cell(value)})
    setting = fields.pop("setting", a_setting(matt={2022: Fraction(707, 10), 2023: Fraction(99)}))
    return judged(measure, series, setting=setting, **fields)


@pytest.mark.parametrize(
    ("direction", "value", "status", "sentence"),
    [
        (Direction.UP, "71.9", MET, "71,9 % är 1,2 procentenheter över rikets 70,7 % för 2022"),
        (Direction.UP, "70.7", MISSED, "70,7 % är lika med rikets 70,7 % för 2022"),
        (Direction.DOWN, "71.9", MISSED, "71,9 % är 1,2 procentenheter över rikets 70,7 % för 2022"),
        (Direction.DOWN, "70.6", MET, "70,6 % är 0,1 procentenheter under rikets 70,7 % för 2022"),
    ],
)
def test_better_than_national(direction: Direction, value: str, status: Status, sentence: str) -> None:
    found = national(direction, value)
    assert (found.status, plain(found.reason)) == (status, f"{sentence}; målet är bättre än riket")
    assert found.bound == Fraction(707, 10)


def test_when_the_national_value_can_not_be_used() -> None:
    assert "Rikets värde för 2022 saknas" in national(Direction.UP, "71", setting=a_setting()).reason
    women = national(Direction.UP, "71", selection=a_selection(sex=Sex.WOMEN))
    assert (women.status, women.reason) == (NOT, "Rikets värde finns bara för kvinnor och män tillsammans")
    assert national(Direction.BAND, "71").status is NOT


# The budget in every view


def test_the_budget_is_judged_by_the_accumulated_value_in_the_month_view() -> None:
    measure = with_target(a_target(K.ON_BUDGET), U.MNKR, scale=Fraction(1))
    months = {
        (W.MONTH, f"2023-{n:02d}"): a_cell(numerator=(5 if n == 10 else -10) * FIXED) for n in range(1, 11)
    }
    found = judged(measure, a_series(months), selection=a_selection(view=View.MONTH))
    assert found.outcome.value == 5
    assert (found.status, found.gap) == (MISSED, -85)
    assert plain(found.reason) == (
        "−85,0 mnkr (ackumulerat jan–okt 2023) är 85,0 mnkr sämre än budget (målet är noll)"
    )
    del months[W.MONTH, "2023-03"]
    gap = judged(measure, a_series(months), selection=a_selection(view=View.MONTH))
    assert gap.reason == "Utfallet bygger på 9 av 10 månader och bedöms först när allt är med"
    months[W.MONTH, "2023-03"] = MASKED
    assert "maskerat" in judged(measure, a_series(months), selection=a_selection(view=View.MONTH)).reason


def test_the_budget_in_the_rolling_view_needs_the_accumulated_series() -> None:
    measure = with_target(a_target(K.ON_BUDGET), U.MNKR)
    rolling = a_series({(W.R12, "2023-10"): a_cell("-90", months=12, months_expected=12)})
    where = a_selection(view=View.R12)
    without = judged(measure, rolling, selection=where)
    assert without.reason == "Målet prövas på det ackumulerade utfallet, som inte är framtaget i denna vy"
    found = judged(measure, rolling, selection=where, accumulated=ytd("-85"))
    assert (found.status, found.outcome.value, found.gap) == (MISSED, -90, -85)
    missing = judged(measure, None, selection=where)
    assert missing.reason == "Inget utfall är rapporterat för nov 2022–okt 2023"
    only_others = a_series({(W.MONTH, "2022-05"): a_cell(numerator=1)})
    assert judged(measure, only_others, selection=where).status is NOT


# Incomplete outcomes


@pytest.mark.parametrize(
    ("aggregation", "share", "status"),
    [
        (Aggregation.RATIO, 0.0999, MISSED),
        (Aggregation.SNAPSHOT_RATIO, 0.0, MISSED),
        (Aggregation.WEIGHTED_MEAN, 0.05, MISSED),
        (Aggregation.RATIO, 0.10, NOT),
        (Aggregation.RATIO, 1.0, NOT),
        (Aggregation.FLOW_PER_STOCK, 0.01, NOT),
        (Aggregation.GROWTH, 0.01, NOT),
        (Aggregation.AMOUNT, 0.01, NOT),
        (Aggregation.COUNT, 0.0, NOT),
        (Aggregation.STOCK, 0.0, NOT),
        (Aggregation.MONTHLY_MEAN, 0.0, NOT),
        (Aggregation.FTE, 0.0, NOT),
        (Aggregation.LATEST_AMOUNT, 0.0, NOT),
    ],
)
def test_an_incomplete_outcome_is_judged_only_when_little_of_a_share_is_missing(
    aggregation: Aggregation, share: float, status: Status
) -> None:
    measure = with_target(a_target(K.AT_LEAST, "95"), aggregation=aggregation)
    cell = a_cell("78", reported=10, expected=11, missing_share=share)
    found = judged(measure, ytd(cell, "80"))
    assert found.status is status
    assert found.outcome.starred
    assert "10 av 11 verksamheter" in found.reason
    assert is_judgeable(found.outcome) == (status is MISSED)
    assert (found.change == -2) == (status is MISSED)


def test_the_reason_says_how_much_is_missing() -> None:
    measure = with_target(a_target(K.AT_LEAST, "95"))

    def reason(share: float) -> str:
        return plain(judged(measure, ytd(a_cell("78", reported=9, expected=11, missing_share=share))).reason)

    assert reason(0.05).startswith("78,0 % (9 av 11 verksamheter) är 17,0 procentenheter under")
    assert reason(0.14) == (
        "Utfallet bygger på 9 av 11 verksamheter, "
        "och det som saknas var 14 % av nämnaren förra året (gränsen är 10 %)"
    )
    assert reason(1.0).endswith("9 av 11 verksamheter, och hur mycket som saknas går inte att säga")


def test_the_change_is_against_the_same_window_last_year() -> None:
    measure = with_target(a_target(K.AT_LEAST, "65"), U.INDEX, measured=(W.TWO_YEARS,))
    series = a_series({(W.TWO_YEARS, "2021-12"): a_cell(67), (W.TWO_YEARS, "2019-12"): a_cell(66)})
    found = judged(measure, series)
    assert (found.change, found.last_year.period.end.iso) == (1, "2019-12")


def test_the_target_is_the_chosen_months_years_and_the_outcome_its_own() -> None:
    measure = with_target(a_target(K.AT_LEAST, "80"), measured=(W.YEAR,))
    found = judged(measure, a_series({(W.YEAR, "2022-12"): a_cell("79.2")}))
    assert found.outcome.period.end.year == 2022
    assert found.target is not None
    assert found.target.year == 2023


def test_no_sentence_without_a_value() -> None:
    found = judged(with_target(a_target(K.AT_LEAST, "95")), None)
    assert found.target is not None
    with pytest.raises(ValueError, match="no verdict"):
        verdict_reason(found.target, None, found.outcome)  # type: ignore[arg-type]
