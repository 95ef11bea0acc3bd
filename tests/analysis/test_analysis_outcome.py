"""Which period an outcome stands for, and why it may have no value."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from hsf_kpi.analysis.curve import curve
from hsf_kpi.analysis.outcome import due_date, incomplete_note, outcome_at, outcome_for
from hsf_kpi.analysis.periods import comparison_period, own_period
from hsf_kpi.analysis.reasons import missing_reason, missing_words
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.cell import Cell, MeasureSeries
from hsf_kpi.model.codes import Missing, OrgView, Origin, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, Period, View, Window
from hsf_kpi.model.target import Baseline
from tests.analysis.builders import (
    MASKED,
    OCTOBER,
    a_cell,
    a_measure,
    a_selection,
    a_series,
    a_setting,
    around,
    ytd,
)

W = Window
YEARLY = a_measure(measured=(W.YEAR,), due_day=20)
TERTIAL = a_measure(measured=(W.TERTIAL_1, W.YEAR))
SECOND = a_measure(measured=(W.TWO_YEARS,))


def a_baseline(value: str | None, wording: str, sex: Sex = Sex.ALL, period: Period | None = None) -> Baseline:
    number = Decimal(value) if value is not None else None
    return Baseline("Nuvärde", wording, sex, number, 0, period, "outcome", "Planen")


@pytest.mark.parametrize(
    ("windows", "month", "expected"),
    [
        ((W.YEAR,), "2023-10", (W.YEAR, "2022-12")),
        ((W.YEAR,), "2023-12", (W.YEAR, "2023-12")),
        ((W.YEAR,), "2023-11", (W.YEAR, "2022-12")),
        ((W.TERTIAL_1, W.YEAR), "2023-10", (W.TERTIAL_1, "2023-04")),
        ((W.TERTIAL_1, W.YEAR), "2023-03", (W.YEAR, "2022-12")),
        ((W.TERTIAL_1, W.TERTIAL_2, W.YEAR), "2023-10", (W.TERTIAL_2, "2023-08")),
        ((W.TERTIAL_1, W.TERTIAL_2, W.YEAR), "2023-12", (W.YEAR, "2023-12")),
        ((W.YEAR, W.TWO_YEARS), "2023-10", (W.TWO_YEARS, "2022-12")),
    ],
)
def test_the_latest_measured_period_that_had_ended(
    windows: tuple[W, ...], month: str, expected: tuple[W, str]
) -> None:
    period = own_period(a_measure(measured=windows), None, Month.parse(month), View.YTD)
    assert (period.window, period.end.iso) == expected


@pytest.mark.parametrize("view", list(View))
def test_a_monthly_measure_follows_the_view(view: View) -> None:
    assert own_period(a_measure(), None, OCTOBER, view) == Period(OCTOBER, Window(view.value))


def test_every_second_year_keeps_its_own_beat() -> None:
    known = a_series({(W.TWO_YEARS, "2019-12"): a_cell(66), (W.TWO_YEARS, "2021-12"): a_cell(67)})
    assert own_period(SECOND, known, OCTOBER, View.YTD).end.iso == "2021-12"
    stated = a_measure(
        measured=(W.TWO_YEARS,),
        baselines=(a_baseline("67", "67 (2021)", period=Period(Month.of(2021, 12), W.TWO_YEARS)),),
    )
    assert own_period(stated, None, OCTOBER, View.YTD).end.iso == "2021-12"
    assert own_period(SECOND, None, OCTOBER, View.YTD).end.iso == "2022-12"


def test_the_same_window_a_year_before() -> None:
    assert comparison_period(Period(Month.of(2021, 12), W.TWO_YEARS)).end.iso == "2019-12"
    assert comparison_period(Period(Month.of(2023, 4), W.TERTIAL_1)).end.iso == "2022-04"


def test_later_values_never_leak() -> None:
    series = a_series({(W.YEAR, "2022-12"): a_cell(72), (W.YEAR, "2023-12"): a_cell(99)})
    found = outcome_for(YEARLY, series, **around(YEARLY, series))
    assert (found.value, found.period.end.iso) == (72, "2022-12")
    only_later = a_series({(W.YEAR, "2023-12"): a_cell(99)})
    assert outcome_for(YEARLY, only_later, **around(YEARLY, only_later)).missing is Missing.NOT_REPORTED


def test_a_value_with_its_origin() -> None:
    found = outcome_for(a_measure(), ytd("78.5"), **around(a_measure(), None))
    assert found.value == Fraction(785, 10)
    assert found.missing is None
    assert not found.starred
    assert found.origin is Origin.DEMO


def missing_of(cell: Cell | None, **fields: object) -> Missing | None:
    measure = fields.pop("measure", a_measure())
    series = fields.pop("series", ytd(cell, "70") if cell is not None else ytd(None, "70"))
    return outcome_for(measure, series, **around(measure, series, **fields)).missing  # type: ignore[arg-type]


def test_kinds_of_missing() -> None:
    women = a_selection(sex=Sex.WOMEN)
    total_only = a_measure(by_sex=False)
    zero = a_cell(numerator=5 * FIXED, denominator=0)
    assert missing_of(a_cell(1), measured_here=False) is Missing.NOT_MEASURED_HERE
    assert missing_of(a_cell(1), measure=total_only, selection=women) is Missing.NOT_BY_SEX
    assert missing_of(a_cell(1), selection=women) is None
    assert missing_of(MASKED) is Missing.MASKED
    assert missing_of(zero) is Missing.ZERO_DENOMINATOR
    assert missing_of(None) is Missing.LATE
    assert missing_of(a_cell(None)) is Missing.LATE
    assert missing_of(None, series=None) is Missing.NOT_REPORTED
    gone = a_selection("gammal")
    assert missing_of(None, selection=gone) is Missing.NOT_APPLICABLE
    assert missing_of(None, selection=a_selection("gammal", org=OrgView.AS_WAS)) is Missing.NOT_APPLICABLE


def test_masked_comes_before_what_would_give_it_away() -> None:
    assert missing_of(MASKED, measured_here=False) is Missing.NOT_MEASURED_HERE
    masked_zero = a_cell(numerator=0, denominator=0, masked=True)
    assert missing_of(masked_zero) is Missing.MASKED


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (dt.date(2023, 11, 1), Missing.NOT_YET_REPORTED),
        (dt.date(2023, 11, 15), Missing.NOT_YET_REPORTED),
        (dt.date(2023, 11, 16), Missing.LATE),
    ],
)
def test_late_begins_the_day_after_the_due_day(as_of: dt.date, expected: Missing) -> None:
    assert missing_of(None, setting=a_setting(as_of)) is expected


def test_the_due_day_stays_in_its_month() -> None:
    assert due_date(a_measure(due_day=31), Month.of(2023, 1)) == dt.date(2023, 2, 28)
    assert due_date(a_measure(due_day=15), Month.of(2022, 12)) == dt.date(2023, 1, 15)


def test_measuring_started_is_said_only_where_the_plan_says_it() -> None:
    started = a_measure(measured=(W.YEAR,), sources_note="Nuvärde enligt planen: ”Påbörjad 2022”.")
    assert missing_of(None, measure=started, series=None) is Missing.MEASURING_STARTED
    as_baseline = a_measure(measured=(W.YEAR,), baselines=(a_baseline(None, "Påbörjad 2022"),))
    assert missing_of(None, measure=as_baseline, series=None) is Missing.MEASURING_STARTED
    misprint = a_measure(measured=(W.YEAR,), baselines=(a_baseline(None, "K622%", Sex.WOMEN),))
    assert missing_of(None, measure=misprint, series=None) is Missing.NOT_REPORTED
    known = a_series({(W.YEAR, "2021-12"): a_cell(3)})
    assert missing_of(None, measure=started, series=known) is Missing.LATE


def at(measure: Measure, series: MeasureSeries | None, window: W, end: str, **fields: Any) -> Outcome:
    period = Period(Month.parse(end), window)
    return outcome_at(measure, series, period, **around(measure, series, **fields))


def test_before_the_stated_year_measuring_had_not_started() -> None:
    started = a_measure(measured=(W.YEAR,), sources_note="Nuvärde enligt planen: ”Påbörjad 2022”.")
    assert at(started, None, W.YEAR, "2018-12").missing is Missing.NOT_REPORTED
    assert at(started, None, W.YEAR, "2021-12").missing is Missing.NOT_REPORTED
    assert at(started, None, W.YEAR, "2022-12").missing is Missing.MEASURING_STARTED
    no_year = a_measure(measured=(W.YEAR,), sources_note="Påbörjad")
    assert at(no_year, None, W.YEAR, "2018-12").missing is Missing.MEASURING_STARTED


def test_a_window_has_its_own_beginning() -> None:
    series = a_series(
        {
            (W.YEAR, "2017-12"): a_cell(1),
            (W.YEAR, "2018-12"): a_cell(1),
            (W.TERTIAL_1, "2019-04"): a_cell(1),
            (W.TERTIAL_1, "2021-04"): a_cell(1),
        }
    )
    assert at(TERTIAL, series, W.TERTIAL_1, "2018-04").missing is Missing.NOT_REPORTED
    assert at(TERTIAL, series, W.TERTIAL_1, "2020-04").missing is Missing.LATE
    assert at(TERTIAL, series, W.YEAR, "2019-12").missing is Missing.LATE
    years = a_series({(W.YEAR, "2018-12"): a_cell(1)})
    assert at(TERTIAL, years, W.TERTIAL_1, "2022-04").missing is Missing.NOT_REPORTED


def test_a_sex_that_only_the_plan_has_told_is_not_late() -> None:
    year = Period(Month.of(2021, 12), W.YEAR)
    survey = a_measure(
        measured=(W.YEAR,),
        baselines=(a_baseline("75", "K75%", Sex.WOMEN, year), a_baseline("76", "76%", Sex.ALL, year)),
    )
    only_plan = a_series({(W.YEAR, "2021-12"): a_cell(75)})
    women, men = a_selection(sex=Sex.WOMEN), a_selection(sex=Sex.MEN)
    assert at(survey, only_plan, W.YEAR, "2022-12", selection=women).missing is Missing.NOT_REPORTED
    assert at(survey, only_plan, W.YEAR, "2022-12", selection=men).missing is Missing.LATE
    assert at(survey, only_plan, W.YEAR, "2022-12").missing is Missing.LATE
    more = a_series({(W.YEAR, "2020-12"): a_cell(74), (W.YEAR, "2021-12"): a_cell(75)})
    assert at(survey, more, W.YEAR, "2022-12", selection=women).missing is Missing.LATE


def test_what_does_not_concern_a_unit_is_told_from_what_is_measured_elsewhere() -> None:
    line = a_measure(applies_to=("vardval",), measured_at=("vardval",))
    here = at(line, None, W.YTD, "2023-10", selection=a_selection("kirurg"), measured_here=False)
    assert (here.missing, missing_reason(here)) == (
        Missing.NOT_APPLICABLE,
        "Nyckeltalet gäller inte den här verksamheten",
    )
    assert missing_words(here) == "gäller inte den här verksamheten"
    survey = a_measure(applies_to=("hsf",), measured_at=("hsf",))
    below = at(survey, None, W.YTD, "2023-10", selection=a_selection("kirurg"), measured_here=False)
    assert (below.missing, missing_words(below)) == (Missing.NOT_MEASURED_HERE, "mäts inte på denna nivå")
    assert missing_reason(below) == "Nyckeltalet mäts inte på denna nivå"
    gone = at(a_measure(), None, W.YTD, "2023-10", selection=a_selection("gammal"))
    assert missing_reason(gone) == "Verksamheten fanns inte under jan–okt 2023; därför finns inget utfall"
    assert missing_words(gone) == "ej tillämpligt"


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        (Aggregation.SNAPSHOT_RATIO, Missing.NOT_REPORTED),
        (Aggregation.LATEST_AMOUNT, Missing.NOT_REPORTED),
        (Aggregation.STOCK, Missing.TOO_SHORT),
        (Aggregation.RATIO, Missing.TOO_SHORT),
    ],
)
def test_what_holds_for_a_month_needs_no_twelve(kind: Aggregation, missing: Missing) -> None:
    measure = a_measure(aggregation=kind)
    rolling = a_selection(view=View.R12)
    later = a_series({(W.R12, "2023-10"): a_cell(1, months=12, months_expected=12)})
    assert at(measure, later, W.R12, "2023-05", selection=rolling).missing is missing
    short = a_series({(W.R12, "2023-10"): a_cell(1)})
    found = at(measure, short, W.R12, "2023-10", selection=rolling)
    assert (found.missing is None) == (missing is Missing.NOT_REPORTED)


def test_before_the_series_began_nothing_is_late() -> None:
    series = ytd(None, None, **{"2023-05": a_cell(1)})
    measure = a_measure()
    period = Period(Month.of(2023, 3), W.YTD)
    assert outcome_at(measure, series, period, **around(measure, series)).missing is Missing.NOT_REPORTED
    gap = Period(Month.of(2023, 7), W.YTD)
    assert outcome_at(measure, series, gap, **around(measure, series)).missing is Missing.LATE


ROLLING = a_selection(view=View.R12)


def test_a_rolling_twelve_needs_twelve_months() -> None:
    short = a_series({(W.R12, "2023-10"): a_cell(70, months=10, months_expected=10)})
    assert missing_of(None, series=short, selection=ROLLING) is Missing.TOO_SHORT
    whole = a_series({(W.R12, "2023-10"): a_cell(70, months=12, months_expected=12)})
    assert missing_of(None, series=whole, selection=ROLLING) is None


def test_a_gap_in_a_rolling_twelve_is_counted() -> None:
    gap = a_series({(W.R12, "2023-10"): a_cell(70, months=11, months_expected=12, reported=0)})
    found = outcome_for(a_measure(), gap, **around(a_measure(), gap, selection=ROLLING))
    assert (found.value, found.note) == (70, "11 av 12 månader")


def test_the_latest_of_a_rolling_twelve_is_a_month_of_its_own() -> None:
    snapshot = a_measure(aggregation=Aggregation.SNAPSHOT_RATIO)
    series = a_series({(W.R12, "2023-10"): a_cell(70)})
    assert missing_of(None, measure=snapshot, series=series, selection=ROLLING) is None


def test_before_the_first_rolling_twelve_the_series_is_too_short() -> None:
    whole = a_cell(70, months=12, months_expected=12)
    series = a_series({(W.R12, "2023-10"): whole})

    def missing_in(month: str) -> Missing | None:
        where = a_selection(view=View.R12, month=Month.parse(month))
        return missing_of(None, series=series, selection=where)

    assert missing_in("2022-11") is Missing.TOO_SHORT
    assert missing_in("2023-09") is Missing.TOO_SHORT
    assert missing_in("2022-10") is Missing.NOT_REPORTED
    assert missing_in("2023-11") is Missing.NOT_YET_REPORTED


def test_a_new_unit_has_no_rolling_twelve_in_the_organisation_as_it_was() -> None:
    new = a_selection("ny", View.R12, org=OrgView.AS_WAS)
    assert missing_of(None, series=None, selection=new) is Missing.TOO_SHORT
    old_enough = a_selection("ny", View.R12, org=OrgView.AS_WAS, month=Month.of(2023, 12))
    assert missing_of(None, series=None, selection=old_enough) is Missing.NOT_YET_REPORTED
    assert missing_of(None, series=None, selection=a_selection("ny", View.R12)) is Missing.NOT_REPORTED


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({}, ""),
        ({"reported": 10, "expected": 11}, "10 av 11 verksamheter"),
        ({"reported": 10, "expected": 11, "months": 9, "months_expected": 10}, "10 av 11 verksamheter"),
        ({"reported": 0, "expected": 1, "months": 9, "months_expected": 10}, "9 av 10 månader"),
        ({"months": 0, "months_expected": 1}, "0 av 1 månad"),
        ({"reported": 0, "expected": 1}, "0 av 1 verksamhet"),
        ({"reported": 11, "expected": 11, "months": 9, "months_expected": 10}, "9 av 10 månader"),
    ],
)
def test_the_note_counts_what_is_there(fields: dict[str, int], note: str) -> None:
    assert incomplete_note(a_cell(1, **fields)) == note


def test_components_become_values() -> None:
    measure = a_measure(aggregation=Aggregation.RATIO, scale=Fraction(100))
    series = ytd(a_cell(numerator=78 * FIXED, denominator=100 * FIXED))
    assert outcome_for(measure, series, **around(measure, series)).value == 78


def test_the_curve_keeps_its_gaps_and_stops_at_the_chosen_month() -> None:
    measure = a_measure()
    series = ytd("5", None, **{"2023-07": a_cell(3), "2023-08": a_cell(4), "2023-11": a_cell(99)})
    found = curve(measure, series, **around(measure, series))
    assert [(o.period.end.iso, o.value, o.missing) for o in found] == [
        ("2023-07", 3, None),
        ("2023-08", 4, None),
        ("2023-09", None, Missing.LATE),
        ("2023-10", 5, None),
    ]
    later = curve(measure, series, **around(measure, series), first=Month.of(2023, 10))
    assert [o.value for o in later] == [5]
    earlier = curve(measure, series, **around(measure, series), first=Month.of(2023, 6))
    assert earlier[0].missing is Missing.NOT_REPORTED


def test_a_curve_of_years_and_tertials_in_time_order() -> None:
    series = a_series(
        {
            (W.YEAR, "2021-12"): a_cell(1),
            (W.YEAR, "2022-12"): a_cell(3),
            (W.TERTIAL_1, "2022-04"): a_cell(2),
            (W.TERTIAL_1, "2023-04"): a_cell(4),
        }
    )
    found = curve(TERTIAL, series, **around(TERTIAL, series))
    assert [o.value for o in found] == [1, 2, 3, 4]


def test_a_curve_of_every_second_year() -> None:
    series = a_series({(W.TWO_YEARS, "2017-12"): a_cell(60), (W.TWO_YEARS, "2021-12"): a_cell(67)})
    found = curve(SECOND, series, **around(SECOND, series))
    assert [(o.period.end.year, o.value) for o in found] == [(2017, 60), (2019, None), (2021, 67)]


def test_no_curve_without_a_series() -> None:
    measure = a_measure()
    assert curve(measure, None, **around(measure, None)) == ()
    assert curve(measure, ytd("5"), **around(measure, None, measured_here=False)) == ()
    assert curve(measure, a_series({}), **around(measure, None)) == ()
