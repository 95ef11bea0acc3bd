"""What is never held against each other: a half year and a whole one, a unit before and after a move."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from typing import Any

import pytest

from hsf_kpi.analysis.assess import assess
from hsf_kpi.analysis.changes import largest_changes
from hsf_kpi.analysis.types import Assessment, Setting
from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import OrgView, Status, UnitOfMeasure
from hsf_kpi.model.organisation import Organisation, Placement, Unit
from hsf_kpi.model.period import Month, Period, View, Window
from hsf_kpi.model.target import TargetKind
from tests.analysis.builders import (
    OCTOBER,
    a_cell,
    a_measure,
    a_selection,
    a_series,
    a_setting,
    a_target,
    around,
    ytd,
)

A, K, U, W = Aggregation, TargetKind, UnitOfMeasure, Window
BEGAN = "verksamheten började april 2022, så det finns inte en lika lång period att jämföra med"  # jan–mar is missing
MOVED = "jämförs inte: omorganisation januari 2023"


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def sums(value: int, months: int, expected: int) -> Cell:
    return a_cell(numerator=value * FIXED, months=months, months_expected=expected)


def judged(measure: Any, series: Any, **fields: Any) -> Assessment:
    return assess(measure, series, **around(measure, series, **fields))


def growing(kind: Aggregation = A.AMOUNT, unit: U = U.COUNT, **fields: Any) -> Any:
    return a_measure(unit, aggregation=kind, targets=(a_target(K.MORE_THAN_LAST_YEAR),), **fields)


# A unit that began inside one of the periods


def began_in_april() -> dict[str, Cell]:
    return {f"2022-{n:02d}": sums(340 * (n - 3), n - 3, n - 3) for n in range(4, 10)}


@pytest.mark.parametrize("kind", [A.AMOUNT, A.COUNT])
def test_ten_months_are_not_held_against_seven(kind: Aggregation) -> None:
    series = ytd(sums(3613, 10, 10), sums(2363, 7, 7), **began_in_april())
    found = judged(growing(kind), series)
    assert found.outcome.value == 3613
    assert (found.change, found.not_compared) == (None, BEGAN)
    assert (found.status, found.reason) == (Status.NOT_ASSESSABLE, f"Utfallet jämförs inte: {BEGAN}")
    assert largest_changes([found]) == ()


def test_the_first_year_itself_is_not_compared() -> None:
    series = ytd(None, sums(2363, 7, 7), **began_in_april())
    found = judged(growing(), series, selection=a_selection(month=Month.of(2022, 10)))
    assert (found.change, found.not_compared) == (None, BEGAN)


def test_equally_long_years_are_compared() -> None:
    found = judged(growing(), ytd(sums(3613, 10, 10), sums(2363, 10, 10)))
    assert (found.change, found.not_compared, found.status) == (1250, "", Status.MET)
    late = judged(growing(), ytd(sums(3613, 10, 10), sums(2363, 9, 10)))
    assert (late.not_compared, late.outcome.starred) == ("", False)


def test_a_share_of_a_shorter_year_is_compared() -> None:
    part = a_cell(numerator=7, denominator=10, months=7, months_expected=7)
    whole = a_cell(numerator=8, denominator=10, months=10, months_expected=10)
    found = judged(a_measure(), ytd(whole, part))
    assert (found.change, found.not_compared) == (Fraction(1, 10), "")


def test_an_uneven_year_without_a_known_beginning_is_told_so() -> None:
    found = judged(growing(), ytd(sums(10, 10, 10), sums(7, 7, 7), **{"2021-10": sums(1, 10, 10)}))
    assert (found.change, found.not_compared) == (None, "perioderna är inte lika långa")


def test_other_targets_are_judged_whatever_the_lengths() -> None:
    measure = a_measure(U.MNKR, targets=(a_target(K.AT_MOST, "5000"),))
    found = judged(measure, ytd(sums(3613, 10, 10), sums(2363, 7, 7), **began_in_april()))
    assert (found.status, found.change, found.not_compared) == (Status.MET, None, BEGAN)


def with_new_unit(first: str) -> Setting:
    base = a_setting()
    new = Unit("epos", "Nystartad", "klinik", (Placement("akut", Month.parse(first)),))
    organisation = Organisation({**base.organisation.units, "epos": new})
    return dataclasses.replace(base, organisation=organisation)


@pytest.mark.parametrize(("first", "why"), [("2022-04", BEGAN), ("2022-01", ""), ("2021-06", "")])
def test_a_delar_or_a_year_that_a_unit_began_inside(first: str, why: str) -> None:
    measure = a_measure(U.MNKR, measured=(W.TERTIAL_2,))
    series = a_series({(W.TERTIAL_2, "2022-08"): a_cell(5), (W.TERTIAL_2, "2023-08"): a_cell(9)})
    where = a_selection("epos")
    found = judged(measure, series, setting=with_new_unit(first), selection=where)
    assert (found.not_compared, found.change) == (why, None if why else 4)


def test_a_successor_has_its_predecessors_history() -> None:
    measure = a_measure(U.MNKR, measured=(W.TWO_YEARS,))
    series = a_series({(W.TWO_YEARS, "2023-12"): a_cell(9), (W.TWO_YEARS, "2021-12"): a_cell(5)})
    where = {"month": Month.of(2023, 12)}
    today = judged(measure, series, selection=a_selection("ny", **where))
    assert (today.change, today.not_compared) == (4, "")


# Moves between units


@pytest.mark.parametrize("kind", [A.AMOUNT, A.COUNT, A.STOCK, A.FTE, A.MONTHLY_MEAN, A.LATEST_AMOUNT])
@pytest.mark.parametrize(
    ("unit", "moved"),
    [("ny", True), ("nara", True), ("akut", True), ("hsf", False), ("vardval", False), ("kirurg", False)],
)
def test_a_move_is_never_growth(kind: Aggregation, unit: str, moved: bool) -> None:
    # «gammal» under akut became a part of «ny» under nara in January 2023.
    where = a_selection(unit, org=OrgView.AS_WAS)
    found = judged(growing(kind), ytd("12", "7"), selection=where)
    assert found.not_compared == (MOVED if moved else "")
    assert found.change == (None if moved else 5)
    assert (largest_changes([found]) == ()) == moved
    if unit == "hsf":
        assert found.status is Status.MET
    elif moved:
        assert found.status is Status.NOT_ASSESSABLE


def test_a_comparing_target_is_not_judged_over_a_move() -> None:
    measure = a_measure(aggregation=A.STOCK, targets=(a_target(K.LESS_THAN_LAST_YEAR),))
    found = judged(measure, ytd("12", "7"), selection=a_selection("nara", org=OrgView.AS_WAS))
    assert (found.status, found.reason) == (Status.NOT_ASSESSABLE, f"Utfallet {MOVED}")
    today = judged(measure, ytd("12", "7"), selection=a_selection("nara"))
    assert (today.status, today.change, today.not_compared) == (Status.MISSED, 5, "")


def test_shares_and_periods_on_one_side_of_a_move_are_compared() -> None:
    where = a_selection("nara", org=OrgView.AS_WAS)
    share = judged(a_measure(), ytd("12", "7"), selection=where)
    assert (share.change, share.not_compared) == (5, "")
    earlier = a_selection("nara", org=OrgView.AS_WAS, month=Month.of(2022, 10))
    before = judged(growing(), ytd(None, "7", **{"2021-10": a_cell(5)}), selection=earlier)
    assert (before.change, before.not_compared) == (2, "")
    later = a_selection("nara", View.MONTH, org=OrgView.AS_WAS, month=Month.of(2024, 1))
    months = a_series({(W.MONTH, "2024-01"): a_cell(9), (W.MONTH, "2023-01"): a_cell(7)})
    after = judged(growing(), months, selection=later)
    assert (after.change, after.not_compared) == (2, "")


def test_a_new_unit_is_not_a_move() -> None:
    where = a_selection("akut", org=OrgView.AS_WAS, month=Month.of(2022, 10))
    series = ytd(None, "7", **{"2021-10": a_cell(5)})
    found = judged(growing(), series, setting=with_new_unit("2022-04"), selection=where)
    assert (found.change, found.not_compared) == (2, "")


def test_nothing_is_said_of_what_is_missing() -> None:
    found = judged(growing(), ytd(None, "7"), selection=a_selection("nara", org=OrgView.AS_WAS))
    assert (found.outcome.value, found.not_compared) == (None, "")


# What a verdict is about


def test_the_budget_row_says_which_outcome_it_judged() -> None:
    measure = a_measure(U.MNKR, targets=(a_target(K.ON_BUDGET),))
    month = a_series({(W.MONTH, "2023-10"): a_cell(5)})
    found = judged(measure, month, selection=a_selection(view=View.MONTH), accumulated=ytd("-85"))
    assert found.judged is not None
    assert (found.judged.value, found.judged.period) == (-85, Period(OCTOBER, W.YTD))
    assert (found.outcome.value, found.gap, found.status) == (5, -85, Status.MISSED)
    assert plain(found.reason).startswith(
        "−85,0 mnkr (ackumulerat jan–okt 2023) är 85,0 mnkr sämre än budget"
    )
    assert judged(measure, ytd("-85")).judged is None
    assert judged(a_measure(), ytd("5")).judged is None


def test_january_is_a_month() -> None:
    measure = a_measure(U.MNKR, targets=(a_target(K.ON_BUDGET),))
    month = a_series({(W.R12, "2023-01"): a_cell(5, months=12, months_expected=12)})
    where = a_selection(view=View.R12, month=Month.of(2023, 1))
    found = judged(measure, month, selection=where, accumulated=a_series({(W.YTD, "2023-01"): a_cell("-8")}))
    assert plain(found.reason).startswith("−8,0 mnkr (ackumulerat januari 2023) är")


def test_a_fixed_year_in_a_rolling_twelve_is_the_year_itself() -> None:
    measure = a_measure(targets=(a_target(K.LESS_THAN_FIXED_YEAR, fixed_year=2022),))
    whole = {"months": 12, "months_expected": 12}
    series = a_series(
        {(W.R12, end): a_cell(v, **whole) for end, v in (("2022-10", 1), ("2022-12", 9), ("2023-10", 5))}
    )
    found = judged(measure, series, selection=a_selection(view=View.R12))
    assert found.status is Status.MET
    assert found.compared is not None
    assert found.compared.period == Period(Month.of(2022, 12), W.R12)
    assert plain(found.reason) == (
        "5,0 % är 4,0 procentenheter lägre än jan–dec 2022 (9,0 %); målet är ett lägre värde än 2022"
    )
    accumulated = judged(measure, ytd("5", "9"))
    assert accumulated.compared is not None
    assert accumulated.compared.period == Period(Month.of(2022, 10), W.YTD)


def test_a_stock_is_compared_month_with_month() -> None:
    measure = a_measure(
        U.COUNT, aggregation=A.STOCK, targets=(a_target(K.LESS_THAN_LAST_YEAR),), short_name="Medarbetare"
    )
    found = judged(measure, ytd("5004", "5013"))
    assert plain(found.reason) == "5 004 är 9 färre än oktober 2022 (5 013); målet är att minska"
    (change,) = largest_changes([found])
    assert change.headline == "Medarbetare: färre än oktober 2022"
    assert plain(change.detail).startswith("5 004 oktober 2023 mot 5 013 oktober 2022, 9 färre")
    late = judged(measure, ytd(None, "5013"))
    assert late.reason == "Utfallet för oktober 2023 är försenat"


def test_remissions_are_fewer_per_month() -> None:
    measure = a_measure(U.COUNT, aggregation=A.MONTHLY_MEAN, targets=(a_target(K.LESS_THAN_LAST_YEAR),))
    found = judged(measure, ytd("12773", "12878"))
    assert (
        plain(found.reason) == "12 773 är 105 färre per månad än jan–okt 2022 (12 878); målet är att minska"
    )


def test_numbers_that_can_not_add_up_are_told_as_about() -> None:
    def thirds(n: int) -> Cell:
        return a_cell(numerator=n * FIXED, denominator=9 * FIXED)

    measure = a_measure(U.INDEX, aggregation=A.RATIO, targets=(a_target(K.MORE_THAN_LAST_YEAR),))
    found = judged(measure, ytd(thirds(5), thirds(1)))
    assert plain(found.reason) == "0,6 är cirka 0,4 högre än jan–okt 2022 (0,1); målet är att öka"
    (change,) = largest_changes([found])
    assert "cirka 0,4 högre" in plain(change.detail)


def test_two_years_are_named_by_their_last() -> None:
    measure = a_measure(U.INDEX, measured=(W.TWO_YEARS,), targets=(a_target(K.MORE_THAN_LAST_YEAR),))
    series = a_series({(W.TWO_YEARS, "2021-12"): a_cell(67), (W.TWO_YEARS, "2019-12"): a_cell(66)})
    assert plain(judged(measure, series).reason) == "67,0 är 1,0 högre än 2019 (66,0); målet är att öka"


def test_a_change_of_a_change_is_left_out() -> None:
    kept = judged(a_measure(U.MNKR, key="a", indicator="a"), ytd("-100", "-80"))
    change = judged(
        a_measure(U.MNKR, key="resultat-mot-foregaende-ar", indicator="resultat-mot-foregaende-ar"),
        ytd("-400", "10"),
    )
    assert [c.assessment.measure.key for c in largest_changes([change, kept])] == ["a"]
