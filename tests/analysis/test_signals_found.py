"""What is found at one unit: causes, targets, budgets, assignments, late reports, and which of it is only chance."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.analysis.assess import assess
from hsf_kpi.analysis.economy.compliance import known_of
from hsf_kpi.analysis.economy.types import ComplianceCell, ComplianceRow, Verdict
from hsf_kpi.analysis.signals.assignments import IN_A_ROW, LARGEST, assignment_signal, told_breaches
from hsf_kpi.analysis.signals.budget import BETTER, WORSE, budget_signal, largest_deviations
from hsf_kpi.analysis.signals.causes import cause_signal, is_new_cause
from hsf_kpi.analysis.signals.lean import known_from, outcomes_from
from hsf_kpi.analysis.signals.missing import is_due, missing_signals, reports
from hsf_kpi.analysis.signals.targets import by_chance, flipped, is_news
from hsf_kpi.analysis.signals.types import Signal, SignalKind
from hsf_kpi.analysis.spc.types import (
    Assurance,
    Judged,
    NoLimits,
    Phase,
    Process,
    Refused,
    Rule,
    Side,
    Variation,
)
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.model.account_plan import AccountGroup, LedgerAccount
from hsf_kpi.model.account_plan import Side as AccountSide
from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.codes import OrgView, Origin, Sex, Status
from hsf_kpi.model.ledger import AmountKind, UnitLedger
from hsf_kpi.model.period import Month, Window
from hsf_kpi.model.point import Point
from hsf_kpi.model.target import TargetKind
from tests.analysis.builders import (
    OCTOBER,
    a_cell,
    a_measure,
    a_selection,
    a_series,
    a_setting,
    a_target,
    an_organisation,
    around,
)

JUDGED = st.sampled_from([Status.MET, Status.NEAR, Status.MISSED])


def a_process(
    variation: Variation = Variation.WORSE,
    *,
    new: bool = True,
    assurance: Assurance | None = None,
    gap: bool = False,
    **point: object,
) -> Process:
    latest = Judged(1, Fraction(9), Fraction(5), Fraction(2), Fraction(8), variation, new=new)
    if variation is not Variation.COMMON:
        latest = replace(latest, side=Side.HIGH, rule=Rule.OUTSIDE, run=1)
    latest = replace(latest, **point)  # type: ignore[arg-type]
    first = Judged(0, Fraction(5), Fraction(5), Fraction(2), Fraction(8))
    return Process(
        a_measure(), "kirurg", (OCTOBER - 1, OCTOBER), (first, None if gap else latest),
        (Phase(0, 1, 24, Fraction(5), Fraction(1)),), (), False, assurance,
    )  # fmt: skip


# Special causes


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (a_process(), True),
        (a_process(Variation.NEITHER), True),
        (a_process(new=False), False),
        (a_process(Variation.COMMON), False),
        (a_process(gap=True), False),
        (NoLimits(Refused.FEW, "För få."), False),
    ],
)
def test_only_a_new_special_cause_of_the_chosen_month_is_told(found: Process | NoLimits, told: bool) -> None:
    assert is_new_cause(found) is told


def test_a_cause_knows_which_way_is_better() -> None:
    wanted = {Variation.BETTER: True, Variation.WORSE: False, Variation.NEITHER: None}
    for variation, better in wanted.items():
        signal = cause_signal(a_process(variation), OCTOBER, frozenset({Origin.DEMO}))
        assert (signal.better, signal.unit, signal.origins) == (better, "kirurg", {Origin.DEMO})
    for process in (a_process(Variation.COMMON), a_process(gap=True)):
        with pytest.raises(ValueError, match="no special cause"):
            cause_signal(process, OCTOBER)


# Targets


@given(before=JUDGED, now=JUDGED)
def test_a_target_flips_when_one_month_met_it_and_the_other_did_not(before: Status, now: Status) -> None:
    assert flipped(before, now) is ((before is Status.MET) is not (now is Status.MET))
    assert flipped(before, now) is flipped(now, before)
    assert not flipped(before, Status.NOT_ASSESSABLE)
    assert not flipped(Status.NOT_ASSESSABLE, now)


@pytest.mark.parametrize(
    ("found", "chance"),
    [
        (a_process(Variation.COMMON, assurance=Assurance.EITHER), True),
        (a_process(Variation.NEITHER, assurance=Assurance.EITHER), False),
        (a_process(Variation.COMMON, assurance=None), True),
        (a_process(Variation.COMMON, assurance=Assurance.FAILS), False),
        (a_process(Variation.COMMON, assurance=Assurance.PASSES), False),
        (a_process(Variation.WORSE, assurance=Assurance.EITHER), False),
        (a_process(Variation.WORSE, assurance=Assurance.EITHER, new=False), False),
        (a_process(gap=True, assurance=Assurance.EITHER), True),
        (NoLimits(Refused.FEW, ""), True),
        (NoLimits(Refused.SEASONAL_SHORT, ""), True),
        (NoLimits(Refused.FORECAST, ""), False),
    ],
)
def test_a_target_passed_within_the_usual_variation_is_chance(
    found: Process | NoLimits, chance: bool
) -> None:
    assert by_chance(found, met=False) is chance


@pytest.mark.parametrize(("variation", "met"), [(Variation.BETTER, True), (Variation.WORSE, False)])
def test_a_special_cause_the_other_way_is_no_reason_for_a_target_that_was_passed(
    variation: Variation, met: bool
) -> None:
    """Eight months below the mean are an improvement; a month just over the target is no news in them."""
    one_way = a_process(variation, assurance=Assurance.EITHER, new=False)
    assert not by_chance(one_way, met=met)
    assert by_chance(one_way, met=not met)


def test_a_value_that_was_shown_the_month_before_is_no_news() -> None:
    yearly = a_measure(measured=(Window.YEAR,), targets=(a_target(TargetKind.AT_LEAST, "50"),))
    series = a_series({(Window.YEAR, "2021-12"): a_cell(40), (Window.YEAR, "2022-12"): a_cell(60)})

    def at(month: Month) -> Assessment:
        return assess(yearly, series, **around(yearly, series, selection=a_selection(month=month)))

    december = Month.of(2022, 12)
    assert is_news(at(december - 1), at(december))
    assert not is_news(at(december), at(december + 1))


# Budgets

COST = LedgerAccount("kostnad", "Kostnad", AccountGroup("k", "K", AccountSide.COST))
REVENUE = LedgerAccount("intakt", "Intäkt", AccountGroup("i", "I", AccountSide.REVENUE))
PROVISION = LedgerAccount("post", "Post", AccountGroup("k", "K", AccountSide.COST), budget_only=True)
MONTHS = tuple(Month.of(2023, n) for n in range(1, 13))


def a_ledger(cost: int, *, budget: int = 1000, provision: int = 0, booked: int = 10) -> UnitLedger:
    """A year budgeted with `budget` of cost a month; its first ten months cost `cost` more in all."""
    actual = tuple(budget + (cost if n == 0 else 0) if n < booked else None for n in range(12))
    zero = tuple(0 if n < booked else None for n in range(12))
    return UnitLedger(
        "kirurg", MONTHS, (COST, REVENUE, PROVISION),
        {
            (AmountKind.BUDGET, "kostnad"): (budget,) * 12,
            (AmountKind.BUDGET, "intakt"): (budget,) * 12,
            (AmountKind.BUDGET, "post"): (-provision,) * 12,
            (AmountKind.ACTUAL, "kostnad"): actual,
            (AmountKind.ACTUAL, "intakt"): tuple(budget if n < booked else None for n in range(12)),
            (AmountKind.ACTUAL, "post"): zero,
        },
        origins=frozenset({Origin.DEMO}),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("over", "told"), [(99, None), (100, -100), (101, -101), (-99, None), (-100, 100), (0, None)]
)
def test_a_deviation_is_told_from_one_percent_of_the_budgeted_cost(over: int, told: int | None) -> None:
    signal = budget_signal(a_ledger(over), OCTOBER)
    assert (signal.amount if signal else None) == told
    if signal is not None:
        assert signal.better is (over < 0)
        assert signal.share == pytest.approx(-over / 10_000)
        assert signal.origins == {Origin.DEMO}


def test_the_provision_is_no_deviation_and_what_is_not_booked_is_not_judged() -> None:
    assert budget_signal(a_ledger(0, provision=500), OCTOBER) is None
    assert budget_signal(a_ledger(5000, booked=9), OCTOBER) is None
    assert budget_signal(a_ledger(5000, budget=0), OCTOBER) is None, "no budgeted cost, no share of it"


def a_deviation(unit: str, amount: int) -> Signal:
    return Signal(SignalKind.BUDGET, unit, OCTOBER, 0.0, better=amount > 0, amount=amount, share=0.1)


@given(st.lists(st.integers(-50, 50).filter(bool), max_size=12))
def test_the_largest_deviations_are_told_few_of_each(amounts: list[int]) -> None:
    told = largest_deviations([a_deviation(f"u{i:02}", amount) for i, amount in enumerate(amounts)])
    worse = sorted(amount for amount in amounts if amount < 0)[:WORSE]
    better = sorted((amount for amount in amounts if amount > 0), reverse=True)[:BETTER]
    assert [signal.amount for signal in told] == [*worse, *better]


# Assignments


def a_row(*verdicts: Verdict, own: int | None = 3) -> ComplianceRow:
    first = OCTOBER - len(verdicts) + 1
    cells = [ComplianceCell(first + n, None, None, 0, None, verdict) for n, verdict in enumerate(verdicts)]
    if cells:
        cells[-1] = replace(cells[-1], own=None if own is None else Fraction(own))
    return ComplianceRow("kirurg", tuple(cells), 0, 0, None)


OK, BROKE, MOVED, UNKNOWN = Verdict.COMPLIED, Verdict.BROKE, Verdict.MOVED, Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("verdicts", "before"),
    [
        ((BROKE,), 0),
        ((OK, BROKE), 1),
        ((BROKE, OK, MOVED, BROKE), 2),
        ((OK, OK, UNKNOWN, OK, BROKE), 1),
        ((BROKE, BROKE), 0),
    ],
)
def test_a_breach_tells_for_how_long_the_assignment_was_followed(
    verdicts: tuple[Verdict, ...], before: int
) -> None:
    signal = assignment_signal("medarbetare", a_row(*verdicts), OCTOBER)
    assert signal is not None
    assert (signal.in_a_row, signal.amount, signal.better) == (before, 3, False)


def test_what_was_followed_or_is_not_known_is_no_breach() -> None:
    for row in (a_row(OK), a_row(UNKNOWN), a_row(MOVED), a_row()):
        assert assignment_signal("medarbetare", row, OCTOBER) is None
    assert assignment_signal("medarbetare", a_row(BROKE), OCTOBER + 1) is None
    unchanged = assignment_signal("medarbetare", a_row(BROKE, own=None), OCTOBER)
    assert unchanged is not None
    assert unchanged.amount is None


def test_breaches_are_told_for_a_broken_row_or_for_their_size() -> None:
    def breach(unit: str, amount: int, in_a_row: int = 0, assignment: str = "medarbetare") -> Signal:
        return Signal(
            SignalKind.ASSIGNMENT,
            unit,
            OCTOBER,
            0.0,
            False,
            assignment=assignment,
            amount=amount,
            in_a_row=in_a_row,
        )

    small = [breach(f"u{n}", n) for n in range(1, 9)]
    above = breach("akut", 99)
    row_above, row = breach("nara", 1, IN_A_ROW), breach("u0", 0, IN_A_ROW)
    other = breach("u1", 1, assignment="hyrpersonal")
    found = [*small, above, row_above, row, other]
    told = told_breaches(found, {one.unit for one in (*small, row)})
    assert told == [*small[-LARGEST:], row_above, row, other]


# Late reports


def test_only_who_reports_the_measure_itself_can_be_late() -> None:
    tree = an_organisation()
    staff = a_measure()
    here = [unit for unit in tree.units if reports(staff, unit, tree, OCTOBER, OrgView.TODAY)]
    assert here == ["vardval", "kirurg", "ny"]
    survey = a_measure(aggregation=Aggregation.SURVEY, measured_at=("hsf",))
    assert [u for u in tree.units if reports(survey, u, tree, OCTOBER, OrgView.TODAY)] == ["hsf"]


def test_a_report_is_late_when_its_day_has_passed() -> None:
    measure = a_measure(due_day=15)
    assert not is_due(measure, OCTOBER, a_setting(dt.date(2023, 11, 15)))
    assert is_due(measure, OCTOBER, a_setting(dt.date(2023, 11, 16)))


def test_late_units_are_told_together() -> None:
    measure = a_measure(key="matt")
    (signal,) = missing_signals("akut", {("matt", OCTOBER): ["kirurg", "ny"]}, {"matt": measure})
    assert (signal.unit, signal.also, signal.measure, signal.better) == (
        "akut",
        ("kirurg", "ny"),
        measure,
        None,
    )
    assert missing_signals("akut", {}, {}) == []


# Lean series


def a_point(month: int, value: int | None, *, whole: bool = True, share: float = 0.0) -> Point:
    numerator = None if value is None else value * FIXED
    return Point(month, numerator, FIXED, None, 1, whole, share, Origin.DEMO)


@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(0, 9), st.booleans(), st.sampled_from([0.05, 0.2])),
        max_size=12,
    )
)
def test_a_lean_series_has_every_month_and_a_gap_where_nothing_can_be_judged(
    drawn: list[tuple[int, int, bool, float]],
) -> None:
    start = OCTOBER.index - 20
    by_month = {start + at: (value, whole, share) for at, value, whole, share in drawn}
    points = [
        a_point(i, value, whole=whole, share=share) for i, (value, whole, share) in sorted(by_month.items())
    ]
    measure = a_measure(aggregation=Aggregation.RATIO)
    found = outcomes_from(measure, "kirurg", Sex.ALL, points, OCTOBER)
    if not points:
        assert found == ()
        return
    assert [o.period.end.index for o in found] == list(range(points[0].month, OCTOBER.index + 1))
    for outcome in found:
        value, whole, share = by_month.get(outcome.period.end.index, (None, True, 0.0))
        judged = value is not None and (whole or share < 0.1)
        assert outcome.value == (value if judged else None)
        assert (outcome.missing is None) is judged
    for known in known_from(measure, points, cost=False).values():
        assert known.value is not None
    summed = outcomes_from(a_measure(aggregation=Aggregation.COUNT), "kirurg", Sex.ALL, points, OCTOBER)
    assert all(o.value is None or by_month[o.period.end.index][1] for o in summed), (
        "a part of a sum is too small"
    )


def test_a_point_has_the_value_of_its_cell() -> None:
    share = a_measure(aggregation=Aggregation.RATIO)
    assert a_point(1, 5).value(share) == 5
    assert a_point(1, None).value(share) is None
    assert a_point(1, 5)._replace(denominator=0).value(share) is None
    assert a_point(1, None)._replace(ready=7 * FIXED).value(share) == 7
    cost = known_from(share, [a_point(OCTOBER.index, 5)._replace(denominator=0), a_point(2, None)], cost=True)
    assert cost[OCTOBER].value == 5
    assert cost[Month(2)].value is None
    assert not known_from(share, [a_point(OCTOBER.index, 5, whole=False)], cost=True)[OCTOBER].judged
    assert known_of([], cost=True) == known_from(share, [], cost=True)
