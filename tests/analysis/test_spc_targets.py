"""The target that each month is judged by, as the assessments find it: years, units, last year's numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hsf_kpi.analysis.curve import curve
from hsf_kpi.analysis.spc.process import process
from hsf_kpi.analysis.spc.targets import targets_of
from hsf_kpi.analysis.spc.types import Assurance, Process, TargetAt
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.cell import MeasureSeries
from hsf_kpi.model.codes import Direction, Sex, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, View, Window
from hsf_kpi.model.selection import Selection
from hsf_kpi.model.target import TargetKind
from tests.analysis.builders import OCTOBER, a_cell, a_measure, a_series, a_setting, a_target

K = TargetKind
MONTHS = [Month.of(2021, 1) + at for at in range(34)]


def series_of(values: dict[str, int], unit: str = "hsf") -> MeasureSeries:
    return a_series({(Window.MONTH, month): a_cell(value) for month, value in values.items()}, unit)


RISING = series_of({month.iso: at for at, month in enumerate(MONTHS)})
"""0 in January 2021 and one more each month: 12 more than a year before."""


def asked(
    measure: Measure, series: MeasureSeries = RISING, unit: str = "hsf", **more: object
) -> dict[str, TargetAt | None]:
    """Month → what it is judged by, of an outcome chosen in another view."""
    selection = Selection(unit, OCTOBER, View.YTD, sex=more.pop("sex", Sex.ALL))  # type: ignore[arg-type]
    setting = a_setting(**more)  # type: ignore[arg-type]
    find = targets_of(series, selection, setting)
    return {outcome.period.end.iso: find(outcome) for outcome in months_of(measure, series, unit)}


def months_of(measure: Measure, series: MeasureSeries, unit: str = "hsf") -> tuple[Outcome, ...]:
    return curve(
        measure,
        series,
        selection=Selection(unit, OCTOBER, View.MONTH),
        setting=a_setting(),
        measured_here=True,
    )


def test_the_target_of_the_months_own_year() -> None:
    target = a_target(K.AT_LEAST, "78")
    found = asked(a_measure(targets=(target,)))
    assert found["2022-12"] is None
    assert found["2023-01"] == found["2023-10"] == TargetAt(target)


@pytest.mark.parametrize(
    ("unit", "kind", "handed_down"),
    [
        (UnitOfMeasure.PERCENT, K.AT_LEAST, True),
        (UnitOfMeasure.MINUTES, K.AT_MOST, True),
        (UnitOfMeasure.COUNT, K.AT_LEAST, False),
        (UnitOfMeasure.MNKR, K.AMOUNT_AT_LEAST, False),
        (UnitOfMeasure.MNKR, K.ON_BUDGET, True),
    ],
)
def test_a_unit_below_has_the_target_of_shares_only(
    unit: UnitOfMeasure, kind: TargetKind, handed_down: bool
) -> None:
    measure = a_measure(unit, targets=(a_target(kind, "5"),))
    at_unit = asked(measure, series_of({"2023-10": 3}, "kirurg"), "kirurg")
    assert (at_unit["2023-10"] is not None) == handed_down
    assert asked(measure)["2023-10"] is not None


def test_a_comparison_has_last_years_number() -> None:
    target = a_target(K.MORE_THAN_LAST_YEAR)
    found = asked(a_measure(targets=(target,)))
    assert found["2023-10"] == TargetAt(target, Fraction(21))
    assert found["2023-01"] == TargetAt(target, Fraction(12))


def test_a_comparison_without_a_number_is_told_as_such() -> None:
    target = a_target(K.LESS_THAN_LAST_YEAR)
    measure = a_measure(targets=(target,))
    assert asked(measure, series_of({"2023-09": 4, "2023-10": 5}))["2023-10"] == TargetAt(target)
    # Last year's sum lacks units, and can't be compared with.
    holes = a_series(
        {
            (Window.MONTH, "2022-10"): a_cell(3, reported=1, expected=4, missing_share=1.0),
            (Window.MONTH, "2023-10"): a_cell(5),
        }
    )
    assert asked(measure, holes)["2023-10"] == TargetAt(target)


def test_a_fixed_year_and_the_nation() -> None:
    fixed = a_target(K.LESS_THAN_FIXED_YEAR, fixed_year=2021)
    assert asked(a_measure(targets=(fixed,)))["2023-10"] == TargetAt(fixed, Fraction(9))
    nation = a_target(K.BETTER_THAN_NATIONAL)
    measure = a_measure(targets=(nation,))
    assert asked(measure, matt={2023: Fraction(7)})["2023-10"] == TargetAt(nation, Fraction(7))
    assert asked(measure)["2023-10"] == TargetAt(nation)
    assert asked(measure, sex=Sex.MEN, matt={2023: Fraction(7)})["2023-10"] == TargetAt(nation)


def test_through_to_the_assurance() -> None:
    """Every month of 2023 is more than the year before; those of earlier years have no target, and ten are too few."""
    measure = a_measure(targets=(a_target(K.MORE_THAN_LAST_YEAR),), direction=Direction.UP)
    find = targets_of(RISING, Selection("hsf", OCTOBER, View.MONTH), a_setting())
    found = process(measure, months_of(measure, RISING), target_of=find)
    assert isinstance(found, Process)
    assert (found.assurance, found.target) == (None, measure.targets[0])
    plain = a_measure(targets=(a_target(K.AT_LEAST, "1000"),))
    found = process(plain, months_of(plain, RISING), target_of=find)
    assert isinstance(found, Process)
    assert found.assurance is Assurance.FAILS
