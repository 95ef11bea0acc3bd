"""Where measures are measured, what the plan's starting points say, and how the board is counted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hsf_kpi.analysis.assess import assess
from hsf_kpi.analysis.baseline import baseline_already_meets, latest_baseline
from hsf_kpi.analysis.board import board
from hsf_kpi.analysis.measured import applies_to, is_measured_at, measured_units
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.catalogue import Catalogue, GoalArea
from hsf_kpi.model.codes import OrgView, Sex, Status, UnitOfMeasure
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.target import Baseline, TargetKind
from tests.analysis.builders import OCTOBER, a_measure, a_target, an_organisation, around, ytd

ORG = an_organisation()
K, U = TargetKind, UnitOfMeasure


def test_tags_are_unfolded_and_unknown_units_left_out() -> None:
    personal = a_measure(measured_at=("tag:personal", "hsf", "finns-inte"))
    assert measured_units(personal, ORG) == {"vardval", "kirurg", "ny", "hsf"}
    assert measured_units(a_measure(measured_at=("tag:saknas",)), ORG) == frozenset()


def test_what_is_measured_below_is_measured_above() -> None:
    surgery = a_measure(measured_at=("kirurg",))
    for unit, expected in (("hsf", True), ("akut", True), ("kirurg", True), ("nara", False)):
        assert is_measured_at(surgery, unit, ORG, OCTOBER, OrgView.TODAY) is expected


def test_a_survey_is_measured_only_where_it_is_listed() -> None:
    survey = a_measure(aggregation=Aggregation.SURVEY, measured_at=("kirurg", "tag:primarvard"))
    measured = {u for u in ORG.units if is_measured_at(survey, u, ORG, OCTOBER, OrgView.TODAY)}
    assert measured == {"kirurg", "vardval", "ny"}


def test_history_follows_the_successor_in_todays_view_only() -> None:
    old = a_measure(measured_at=("gammal",))
    assert is_measured_at(old, "ny", ORG, OCTOBER, OrgView.TODAY)
    assert is_measured_at(old, "nara", ORG, OCTOBER)
    assert not is_measured_at(old, "gammal", ORG, OCTOBER)
    assert not is_measured_at(old, "akut", ORG, OCTOBER)
    was = Month.of(2022, 5)
    assert is_measured_at(old, "akut", ORG, was, OrgView.AS_WAS)
    assert not is_measured_at(old, "ny", ORG, was, OrgView.AS_WAS)
    assert not is_measured_at(old, "akut", ORG, OCTOBER, OrgView.AS_WAS)
    assert is_measured_at(old, "ny", ORG, was, OrgView.TODAY, today=OCTOBER)


# Baselines


def a_baseline(
    value: str | None, end: str | None = "2021-12", sex: Sex = Sex.ALL, kind: str = "outcome"
) -> Baseline:
    number = Decimal(value) if value is not None else None
    decimals = len(value.partition(".")[2]) if value else 0
    period = Period(Month.parse(end), Window.YEAR) if end else None
    return Baseline("Nuvärde 2021", "", sex, number, decimals, period, kind, "Planen")


@pytest.mark.parametrize(
    ("unit", "target", "value", "text"),
    [
        (U.PERCENT, a_target(K.AT_LEAST, "85"), "90", "90 % når målet 85 % med 5 procentenheter"),
        (U.PERCENT, a_target(K.BELOW, "5"), "2.6", "2,6 % når målet <5 % med 2,4 procentenheter"),
        (U.PERCENT, a_target(K.AT_MOST, "6.8"), "6.3", "6,3 % når målet 6,8 % med 0,5 procentenheter"),
        (U.PERCENT, a_target(K.BETWEEN, "85", "90"), "87", "87 % når målet 85–90 % med 2 procentenheter"),
        (U.PERCENT, a_target(K.AT_LEAST, "17.5"), "18", "18 % når målet 17,5 % med 0,5 procentenheter"),
        (
            U.PER_1000,
            a_target(K.AT_MOST, "250"),
            "240",
            "240 per 1 000 når målet 250 per 1 000 med 10",
        ),
        (U.MNKR, a_target(K.AMOUNT_AT_LEAST, "-800"), "-510", "−510 mnkr når målet −800 mnkr med 290 mnkr"),
        (U.MINUTES, a_target(K.AT_MOST, "8"), "7.5", "7:30 min når målet 8 min med 0:30 min"),
        (U.PERCENT, a_target(K.AT_LEAST, "80"), "79.2", None),
        (U.PERCENT, a_target(K.ABOVE, "80"), "80", None),
        (U.PERCENT, a_target(K.MORE_THAN_LAST_YEAR), "80", None),
        (U.MNKR, a_target(K.ON_BUDGET), "-364", None),
    ],
)
def test_a_baseline_that_already_meets_its_target(unit: U, target: Any, value: str, text: str | None) -> None:
    measure = a_measure(unit, targets=(target,), baselines=(a_baseline(value),))
    found = baseline_already_meets(measure, target)
    if text is None:
        assert found is None
    else:
        shown, margin = text.split(" når målet ")
        bound, margin = margin.split(" med ")
        expected = f"Nuvärde 2021 ({shown}) når redan målet {bound} med marginalen {margin}"
        assert found is not None
        assert found.replace("\N{NO-BREAK SPACE}", " ") == expected


def test_a_baseline_on_the_bound_has_no_margin() -> None:
    target = a_target(K.AT_LEAST, "80")
    found = baseline_already_meets(a_measure(baselines=(a_baseline("80"),)), target)
    assert found is not None
    assert found.endswith("når redan målet 80\N{NO-BREAK SPACE}%, utan marginal")


def test_the_latest_total_counts() -> None:
    later, women = a_baseline("18.1", "2021-12"), a_baseline("99", "2022-12", Sex.WOMEN)
    earlier, undated = a_baseline("17.5", "2020-12"), a_baseline("1", None)
    unknown = a_baseline(None, "2022-12")
    measure = a_measure(baselines=(later, earlier, undated, women, unknown))
    assert latest_baseline(measure) is later
    assert latest_baseline(a_measure()) is None
    assert baseline_already_meets(a_measure(), a_target(K.AT_LEAST, "1")) is None


def test_a_forecast_is_a_starting_point_only_where_it_is_alone() -> None:
    result, forecast = a_baseline("-364", "2021-12"), a_baseline("-510", "2022-12", kind="forecast")
    assert latest_baseline(a_measure(U.MNKR, baselines=(result, forecast))) is result
    assert latest_baseline(a_measure(U.MNKR, baselines=(forecast,))) is forecast
    unknown = a_baseline(None, "2022-12")
    assert latest_baseline(a_measure(U.MNKR, baselines=(forecast, unknown))) is forecast


# Where a measure applies


def test_a_measure_applies_at_above_and_below_what_it_names() -> None:
    surgery = a_measure(applies_to=("kirurg",))
    for unit, expected in (
        ("hsf", True),
        ("akut", True),
        ("kirurg", True),
        ("nara", False),
        ("vardval", False),
    ):
        assert applies_to(surgery, unit, ORG, OCTOBER) is expected
    whole = a_measure(applies_to=("hsf",), measured_at=("hsf",))
    assert all(applies_to(whole, unit, ORG, OCTOBER) for unit in ORG.units)
    tagged = a_measure(applies_to=("tag:primarvard",))
    assert {u for u in ORG.units if applies_to(tagged, u, ORG, OCTOBER)} >= {"hsf", "nara", "vardval", "ny"}
    assert not applies_to(tagged, "kirurg", ORG, OCTOBER)
    was = Month.of(2022, 5)
    assert applies_to(tagged, "akut", ORG, was, OrgView.AS_WAS)
    assert not applies_to(tagged, "akut", ORG, was, OrgView.TODAY, today=OCTOBER)
    assert not applies_to(tagged, "finns-inte", ORG, OCTOBER)


# The board

AREAS = (
    GoalArea("a", "A", ("Mål 1", "Mål 2", "Tomt")),
    GoalArea("b", "B", ("Mål 3",)),
    GoalArea("c", "C", ()),
)


def test_the_board_counts_rows_per_area_and_goal() -> None:
    def row(number: int | None, area: str, goal: str, value: str | None) -> Any:
        measure = a_measure(
            row=number, goal_area=area, goal=goal, targets=(a_target(K.AT_LEAST, "50"),), key=f"m{number}"
        )
        return assess(measure, ytd(value), **around(measure, None))

    rows = [
        row(3, "a", "Mål 2", "49"),
        row(1, "a", "Mål 1", "51"),
        row(2, "a", "Mål 1", None),
        row(4, "b", "Eget mål", "60"),
        row(None, "a", "Mål 1", "60"),
    ]
    found = board(rows, Catalogue(ORG, {}, AREAS, (), ""))
    assert (found.counts.met, found.counts.missed, found.counts.not_assessable) == (2, 1, 1)
    assert (found.counts.total, found.counts.assessable, found.counts.near) == (4, 3, 0)
    assert [area.area.id for area in found.areas] == ["a", "b", "c"]
    first = found.areas[0]
    assert [(g.goal, g.counts.total) for g in first.goals] == [("Mål 1", 2), ("Mål 2", 1)]
    assert [a.measure.row for a in first.assessments] == [1, 2, 3]
    assert first.counts.of(Status.MISSED) == 1
    assert [g.goal for g in found.areas[1].goals] == ["Eget mål"]
    assert found.areas[2].counts.total == 0
