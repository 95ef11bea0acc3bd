"""What the register of HoS 2029 says of each activity: who is responsible, which delmål are late, the highest risk."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.analysis.transformation import activity_states, judged, responsible_entry
from hsf_kpi.model.follow_up import Entry, EntryKind, FollowUp, Stage, Subject
from hsf_kpi.model.period import Month
from hsf_kpi.model.transformation import Activity, TransformationPlan

NOW = Month.of(2026, 5)
PLAN = TransformationPlan(
    "Sida",
    activities=(Activity("a", "A", "Aa"), Activity("b", "B", "Bb", "Chef", "kir"), Activity("c", "C", "Cc")),
)


def line(kind: EntryKind, activity: str = "a", **given: object) -> Entry:
    return replace(Entry(activity, kind, NOW, "Text", number=1), **given)  # type: ignore[arg-type]


def milestone(state: Stage, due: Month, number: int = 1) -> Entry:
    return line(EntryKind.MILESTONE, state=state, due=due, number=number)


def risk(likelihood: int, consequence: int) -> Entry:
    return line(EntryKind.RISK, likelihood=likelihood, consequence=consequence)


@given(st.sampled_from(Stage), st.integers(-30, 30))
def test_a_delmal_is_late_when_it_is_said_to_be_or_its_month_is_past_undone(state: Stage, ahead: int) -> None:
    found = judged(milestone(state, NOW + ahead), NOW)
    late = state is Stage.LATE or (ahead < 0 and state is not Stage.DONE)
    assert found is (Stage.LATE if late else state)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), max_size=8))
def test_risks_stand_by_their_risktal_which_is_the_product(pairs: list[tuple[int, int]]) -> None:
    [first, *_] = activity_states(PLAN, [risk(*pair) for pair in pairs], {}, NOW)
    assert [one.risk_value for one in first.risks] == sorted((a * b for a, b in pairs), reverse=True)


def test_each_activity_has_its_own_lines_in_the_plans_order() -> None:
    entries = [
        milestone(Stage.ONGOING, NOW + 8, 1),
        milestone(Stage.ONGOING, NOW - 1, 2),
        milestone(Stage.DONE, NOW - 3, 3),
        line(EntryKind.DEPENDENCY, "c", other="a"),
        line(EntryKind.RESPONSIBLE, "c", text="Controller"),
    ]
    followed = FollowUp(Subject.ACTIVITY, "c", NOW, Stage.LATE, "Sent")
    a, b, c = activity_states(PLAN, entries, {(Subject.ACTIVITY, "c"): followed}, NOW)
    assert [one.entry.number for one in a.milestones] == [3, 2, 1]
    assert [one.state for one in a.milestones] == [Stage.DONE, Stage.LATE, Stage.ONGOING]
    assert a.count(Stage.LATE) == 1
    assert a.next is a.milestones[1]
    assert (a.responsible, b.responsible, c.responsible) == ("", "Chef", "Controller")
    assert b.milestones == b.dependencies == b.risks == ()
    assert b.next is None
    assert [one.other for one in c.dependencies] == ["a"]
    assert (a.followed, c.followed) == (None, followed)


def test_the_responsible_function_told_last_stands_and_goes_before_the_files() -> None:
    earlier = line(EntryKind.RESPONSIBLE, "b", text="Först", month=NOW - 2, number=7)
    later = line(EntryKind.RESPONSIBLE, "b", text="Sedan", number=3)
    assert responsible_entry([later, earlier], "b") is later
    assert responsible_entry([later], "a") is None
    assert activity_states(PLAN, [earlier, later], {}, NOW)[1].responsible == "Sedan"


def test_a_delmal_without_status_is_not_begun() -> None:
    assert judged(line(EntryKind.MILESTONE, due=NOW), NOW) is Stage.NOT_STARTED
