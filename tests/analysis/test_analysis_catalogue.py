"""Every row of the plan walked through a judgement, with a series made up on the right and the wrong side."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from hsf_kpi import ROOT
from hsf_kpi.analysis.assess import assess
from hsf_kpi.analysis.baseline import baseline_already_meets
from hsf_kpi.analysis.board import board
from hsf_kpi.analysis.measured import is_measured_at, measured_units
from hsf_kpi.analysis.periods import comparison_period, own_period
from hsf_kpi.analysis.types import Assessment, Setting
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.cell import Cell, MeasureSeries
from hsf_kpi.model.codes import Direction, Missing, OrgView, Sex, Status
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, Period, View, Window
from hsf_kpi.model.selection import Selection
from hsf_kpi.model.target import TargetKind
from tests.analysis.builders import OCTOBER, a_cell

CATALOGUE = read_catalogue(ROOT / "data")
ROWS = list(CATALOGUE.plan_rows())
NATIONAL = {m.key: {2022: Fraction(60)} for m in ROWS}
SETTING = Setting(CATALOGUE.organisation, NATIONAL, dt.date(2023, 11, 20), OCTOBER)
K = TargetKind


def values(measure: Measure, right: bool) -> tuple[Fraction, Fraction]:
    """(now, last year) on the right side of the target, or far on the wrong one."""
    target = measure.target_for(2023)
    assert target is not None
    before = Fraction(60)
    bound = target.high if target.low is None else target.low
    middle = (Fraction(target.low) + Fraction(target.high)) / 2 if target.low and target.high else None
    if middle is not None:
        return (middle if right else middle + 50), before
    up = target.kind.needs_low or target.kind in (K.ON_BUDGET, K.MORE_THAN_LAST_YEAR)
    up = up or (target.kind is K.BETTER_THAN_NATIONAL and measure.direction is Direction.UP)
    at = Fraction(0) if target.kind is K.ON_BUDGET else Fraction(bound) if bound is not None else before
    step = abs(at) / 3 + 2
    return (at + step if up == right else at - step), before


def cell(value: Fraction) -> Cell:
    return a_cell(Fraction(round(value * FIXED), FIXED), months=12, months_expected=12)


def fixed_year(measure: Measure) -> int | None:
    target = measure.target_for(2023)
    return target.fixed_year if target else None


def judged(measure: Measure, right: bool, unit: str = "hsf", view: View = View.YTD) -> Assessment:
    selection = Selection(unit, OCTOBER, view)
    period = own_period(measure, None, selection.month, view)
    now, before = values(measure, right)
    cells: dict[Window, dict[Month, Cell]] = {period.window: {period.end: cell(now)}}
    cells[period.window][comparison_period(period).end] = cell(before)
    if (fixed := fixed_year(measure)) is not None:
        month = 12 if period.window is Window.R12 else period.end.number
        cells[period.window][Month.of(fixed, month)] = cell(before)
    ytd = Period(selection.month, Window.YTD)
    cells.setdefault(Window.YTD, {})[ytd.end] = cell(now)
    series = MeasureSeries(measure.key, unit, selection.sex, OrgView.TODAY, cells)
    return assess(measure, series, selection=selection, setting=SETTING, measured_here=True)


def check(found: Assessment) -> None:
    assert found.status in set(Status)
    assert found.reason
    assert found.reason == found.reason.strip()
    assert not found.reason.endswith(".")
    assert "  " not in found.reason
    assert "None" not in found.reason
    assert found.reason[0].isupper() or not found.reason[0].isalpha()
    assert (found.gap is None) == (found.status is Status.NOT_ASSESSABLE) == (found.bound is None)


def test_the_plan_has_48_rows() -> None:
    assert [m.row for m in ROWS] == list(range(1, 49))


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("measure", ROWS, ids=lambda m: m.key)
def test_every_row_is_met_and_missed_at_the_root(measure: Measure, view: View) -> None:
    target = measure.target_for(2023)
    assert target is not None
    for right, expected in ((True, Status.MET), (False, Status.MISSED)):
        found = judged(measure, right, view=view)
        check(found)
        if target.kind is K.ACCORDING_TO_PLAN:
            expected = Status.NOT_ASSESSABLE
        assert found.status is expected, found.reason
        assert found.inherited_from is None


@pytest.mark.parametrize("measure", ROWS, ids=lambda m: m.key)
def test_every_row_at_a_unit_of_its_own(measure: Measure) -> None:
    target = measure.target_for(2023)
    assert target is not None
    for unit in sorted(measured_units(measure, CATALOGUE.organisation) - {"hsf"})[:3]:
        found = judged(measure, False, unit)
        check(found)
        if target.kind is K.ACCORDING_TO_PLAN:
            assert found.status is Status.NOT_ASSESSABLE
        elif target.kind is K.ON_BUDGET:
            assert (found.status, found.inherited_from) == (Status.MISSED, None)
        elif measure.unit_of_measure.is_relative:
            assert found.status is Status.MISSED
            assert found.reason.endswith("ärvt från HSF")
        else:
            assert (found.status, found.target) == (Status.NOT_ASSESSABLE, None)


@pytest.mark.parametrize("measure", CATALOGUE.measures.values(), ids=lambda m: m.key)
def test_every_measure_without_anything_and_by_sex(measure: Measure) -> None:
    for sex in Sex:
        selection = Selection("hsf", OCTOBER, sex=sex)
        found = assess(measure, None, selection=selection, setting=SETTING, measured_here=True)
        check(found)
        assert found.status is Status.NOT_ASSESSABLE
        not_by_sex = sex is not Sex.ALL and not measure.by_sex
        assert (found.outcome.missing is Missing.NOT_BY_SEX) == not_by_sex
    started = measure.key == "screening-tarmcancer"
    whole = assess(measure, None, selection=Selection("hsf", OCTOBER), setting=SETTING, measured_here=True)
    assert (whole.outcome.missing is Missing.MEASURING_STARTED) == started


def test_every_measure_is_measured_somewhere_and_its_units_exist() -> None:
    organisation = CATALOGUE.organisation
    for measure in CATALOGUE.measures.values():
        units = measured_units(measure, organisation)
        assert units
        heirs = {organisation.heir(unit, OCTOBER) for unit in units}
        assert all(is_measured_at(measure, heir, organisation, OCTOBER) for heir in heirs)


def test_the_board_holds_all_rows() -> None:
    found = board([judged(m, True) for m in ROWS], CATALOGUE)
    assert found.counts.total == 48
    assert [area.counts.total for area in found.areas] == [8, 1, 25, 6, 8]
    assert found.counts.not_assessable == 2


def test_the_baselines_that_already_meet_their_targets() -> None:
    met = {m.key for m in ROWS if baseline_already_meets(m, m.targets[0])}
    assert met == {
        "screening-aorta",
        "belaggning-somatik",
        "primarvardens-kostnadsandel",
        "vardrelaterade-infektioner",
        "antibiotika",
        "uppdragstagarindex",
        "bruttokostnadsutveckling",
        "helarsprognos",
    }
