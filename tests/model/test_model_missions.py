"""What is left of the plan when a function or an insatsområde is chosen, held against a second way of finding it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.model.mission import Answer, FocusArea, Giver, Link, Mission, MissionPlan, PlanAction, TimePlan
from hsf_kpi.model.period import Month

FUNCTIONS, AREAS, LETTERS, NUMBERS = ("HSD", "NV", "HR"), ("nara", "langt"), "ABCD", ("1", "1.1", "2", "3")
YEAR = TimePlan("2023", Month.of(2023, 1), Month.of(2023, 12))
some_functions = st.lists(st.sampled_from(FUNCTIONS), min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def plans(draw: st.DrawFn) -> MissionPlan:
    pairs = draw(st.sets(st.tuples(st.sampled_from(NUMBERS), st.sampled_from(LETTERS))))
    ends = st.integers(0, 30)
    return MissionPlan(
        missions=tuple(Mission(number, Giver.COUNCIL, "Text", "halsa") for number in NUMBERS),
        actions=tuple(PlanAction(one, "Titel", draw(st.sampled_from(AREAS))) for one in LETTERS),
        links=tuple(
            Link(
                mission,
                action,
                TimePlan("", YEAR.first, Month.of(2023, 1) + draw(ends)),
                draw(some_functions),
            )
            for mission, action in sorted(pairs)
        ),
        answers=tuple(Answer("Svar", mission="3", responsible=draw(some_functions)) for _ in range(draw(ends) % 2)),
        focus_areas=tuple(FocusArea(one, one) for one in AREAS),
    )  # fmt: skip


@given(plans(), st.sampled_from((None, *FUNCTIONS)), st.sampled_from((None, *AREAS)))
def test_what_is_left(plan: MissionPlan, function: str | None, area: str | None) -> None:
    left = plan.narrowed(function, area)
    if function is None and area is None:
        assert left is plan
        return
    area_of = {one.letter: one.focus_area for one in plan.actions}
    for link in plan.links:
        kept = (area is None or area_of[link.action] == area) and (
            function is None or function in link.responsible
        )
        assert (link in left.links) == kept
    for action in plan.actions:
        linked = any(link.action == action.letter for link in left.links)
        assert (action in left.actions) == (linked or (function is None and action.focus_area == area))
    for answer in plan.answers:
        assert (answer in left.answers) == (area is None and function in answer.responsible)
    for mission in plan.missions:
        named = {link.mission for link in left.links} | {answer.mission for answer in left.answers}
        assert (mission in left.missions) == (mission.number in named)
    assert (left.functions, left.focus_areas) == (plan.functions, plan.focus_areas)


@given(plans())
def test_an_atgard_ends_with_the_last_of_its_links(plan: MissionPlan) -> None:
    for letter in LETTERS:
        ends = [link.time.last for link in plan.links if link.action == letter]
        assert plan.last_month(letter) == (sorted(ends)[-1] if ends else None)
