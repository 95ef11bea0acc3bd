"""Where an åtgärd stands: what is told, and the rule of a time plan that has run out, against a second way of judging it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.analysis.promised import LATE, Stand, action_stands, counts, due_by
from hsf_kpi.model.dialogue import Written
from hsf_kpi.model.follow_up import FollowUp, Stage, Subject
from hsf_kpi.model.mission import Link, MissionPlan, PlanAction, TimePlan
from hsf_kpi.model.period import Month

JANUARY = Month.of(2023, 1)
AT = dt.datetime(2023, 11, 10, 9, tzinfo=dt.UTC)
ends = st.lists(st.integers(0, 35), max_size=3)
states = st.sampled_from((None, *Stage))


def plan_of(ends_of: dict[str, list[int]]) -> MissionPlan:
    """ends_of: letter → the last month of each of its time plans, counted from January 2023."""
    return MissionPlan(
        actions=tuple(PlanAction(letter, "Titel", "nara") for letter in ends_of),
        links=tuple(
            Link(str(number), letter, TimePlan("", JANUARY, JANUARY + end), ("HSD",))
            for letter, months in ends_of.items()
            for number, end in enumerate(months)
        ),
    )


def said(letter: str, state: Stage) -> FollowUp:
    return FollowUp(Subject.ACTION, letter, JANUARY, state, "", Written("x", "Chef", AT, 1))


@given(st.dictionaries(st.sampled_from("ABCD"), st.tuples(ends, states)), st.integers(0, 40))
def test_the_rule_of_time_that_has_run_out(cases: dict[str, tuple[list[int], Stage | None]], at: int) -> None:
    plan = plan_of({letter: months for letter, (months, _) in cases.items()})
    told = {letter: said(letter, state) for letter, (_, state) in cases.items() if state is not None}
    found = action_stands(plan, told, JANUARY + at)
    assert list(found) == list(cases), "in the plan's order"
    for letter, (months, state) in cases.items():
        one = found[letter]
        everything_over = bool(months) and all(at > end for end in months)
        if state is Stage.DONE:
            naive = Stand.DONE
        elif state is Stage.LATE:
            naive = Stand.LATE
        elif everything_over:
            naive = Stand.OVERDUE
        else:
            naive = Stand(state.value) if state is not None else Stand.UNTOLD
        assert one.stand is naive
        assert one.late == (naive in LATE)
        assert one.told == told.get(letter)
    assert sum(counts(list(found.values())).values()) == len(cases)
    for year in (2022, 2023, 2025):
        by_then = [months for months, _ in cases.values() if months and max(months) < (year - 2022) * 12]
        assert due_by(list(found.values()), year) == len(by_then)


@pytest.mark.parametrize(("month", "stand"), [(4, Stand.ONGOING), (5, Stand.OVERDUE)])
def test_the_last_month_itself_is_still_in_time(month: int, stand: Stand) -> None:
    plan = plan_of({"M": [3]})
    assert action_stands(plan, {"M": said("M", Stage.ONGOING)}, Month.of(2023, month))["M"].stand is stand
