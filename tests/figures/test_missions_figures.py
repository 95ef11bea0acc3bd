"""The plan's uppdrag and åtgärder as tables: which åtgärd serves what, and what no åtgärd serves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsf_kpi.figures.figure import Figure, FigureKind, Role
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.missions import EMPTY, missions_table, plan_actions_table
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.model.catalogue import GoalArea
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.mission import Answer, FocusArea, Giver, Link, Mission, MissionPlan, PlanAction, TimePlan
from hsf_kpi.model.period import Month
from tests.figures.figure_samples import CONTEXT
from tests.figures.words_rules import plain, right

AREAS = (GoalArea("halsa", "God hälsa", ("Mål",)), GoalArea("ekonomi", "Stark ekonomi", ("Mål",)))
ONE_YEAR = TimePlan("2023", Month.of(2023, 1), Month.of(2023, 12))
ALL_YEARS = TimePlan("2023–2025", Month.of(2023, 1), Month.of(2025, 12))
TERTIAL = TimePlan("T1 2024", Month.of(2024, 1), Month.of(2024, 4))


def council(number: str, text: str = "Uppdragets text") -> Mission:
    return Mission(number, Giver.COUNCIL, text, "halsa")


PLAN = MissionPlan(
    source="Exempelplan, avsnitt 4",
    missions=(
        council("1"),
        Mission("1.1", Giver.BOARD, "Nämndens text", "halsa"),
        council("2"),
        council("3"),
        council("4"),
        council("5"),
    ),
    actions=(
        PlanAction("A", "Bygg", "nara"),
        PlanAction("B", "Riv", "nara"),
        PlanAction("C", "Måla", "langt"),
        PlanAction("Å", "Städa", "langt"),
    ),
    links=(
        Link("2", "B", TERTIAL, ("HSD",)),
        Link("1", "B", ALL_YEARS, ("NV",)),
        Link("1", "A", ALL_YEARS, ("NV",)),
        Link("1.1", "A", ALL_YEARS, ("NV",)),
        Link("2", "A", ONE_YEAR, ("NV", "HSD"), "Bygg om"),
        Link("2", "C", ONE_YEAR, ("HSD",)),
    ),
    answers=(
        Answer("Samtliga åtgärder", mission="3", time=ALL_YEARS, responsible=("HSD",), every_action=True),
        Answer("Beskriv påverkan", mission="4", responsible=("NV",)),
        Answer(
            "Samtliga bidrar", goal_area="ekonomi", time=ALL_YEARS, responsible=("HSD",), every_action=True
        ),
    ),
    focus_areas=(FocusArea("nara", "Nära vård"), FocusArea("langt", "Långt bort")),
    functions={"HSD": "Hälso- och sjukvårdsdirektör", "NV": "Nära vård", "HR": "HR"},
    mission_notes=("Om uppdragen.",),
    action_notes=("Om åtgärderna.",),
)


def missions(plan: MissionPlan = PLAN) -> Figure:
    return missions_table(plan, AREAS, context=CONTEXT)


def actions(plan: MissionPlan = PLAN, period: str = "oktober 2023") -> Figure:
    return plan_actions_table(plan, context=replace(CONTEXT, period=period))


def column(figure: Figure, key: str) -> list[str]:
    """As text with ordinary spaces."""
    return [plain(record[key]) for record in records(figure)]


def only(plan: MissionPlan, *numbers: str) -> MissionPlan:
    """The plan with these uppdrag alone."""
    return replace(
        plan,
        missions=tuple(m for m in plan.missions if m.number in numbers),
        links=tuple(link for link in plan.links if link.mission in numbers),
        answers=tuple(a for a in plan.answers if a.mission in numbers),
    )


def test_the_uppdrag_and_what_answers_them() -> None:
    figure = missions()
    assert figure.title == "Två av sex uppdrag saknar åtgärd bland A–Å: 4 och 5"
    assert column(figure, "number") == ["1", "HSN 1.1", "2", "3", "4", "5"]
    assert column(figure, "giver")[:2] == ["Regionfullmäktige", "Hälso- och sjukvårdsnämnden"]
    assert set(column(figure, "goal_area")) == {"God hälsa"}
    assert column(figure, "letters") == [
        "A, B", "A", "A, B, C", "Samtliga åtgärder", "Beskriv påverkan", "Inget svar i planen",
    ]  # fmt: skip
    assert column(figure, "actions")[:3] == ["A. Bygg; B. Riv", "A. Bygg", "A. Bygg om; B. Riv; C. Måla"]


def test_time_and_responsible_belong_to_the_link() -> None:
    figure = missions()
    assert column(figure, "time") == [
        "2023–2025", "2023–2025", "2023 (A, C); T1 2024 (B)", "2023–2025", "Ingen tidplan", "",
    ]  # fmt: skip
    assert column(figure, "responsible") == ["NV", "NV", "NV, HSD (A); HSD (B, C)", "HSD", "NV", ""]
    figure = actions()
    assert column(figure, "time") == [
        "2023–2025 (1, HSN 1.1); 2023 (2)", "2023–2025 (1); T1 2024 (2)", "2023", "",
    ]  # fmt: skip
    assert column(figure, "responsible") == ["NV (1, HSN 1.1); NV, HSD (2)", "NV (1); HSD (2)", "HSD", ""]


def test_a_number_and_a_tertial_stay_on_one_line() -> None:
    assert [record["number"] for record in records(missions())][1] == "HSN\N{NO-BREAK SPACE}1.1"
    assert "T1\N{NO-BREAK SPACE}2024 (B)" in str([record["time"] for record in records(missions())][2])


def test_the_atgarder_and_what_they_serve() -> None:
    figure = actions()
    assert column(figure, "letter") == ["A", "B", "C", "Å"]
    assert column(figure, "title") == ["Bygg; för uppdrag 2: Bygg om", "Riv", "Måla", "Städa"]
    assert column(figure, "focus_area") == ["Nära vård", "Nära vård", "Långt bort", "Långt bort"]
    assert column(figure, "missions") == ["1, HSN 1.1, 2", "1, 2", "2", "Inget eget uppdrag"]


@pytest.mark.parametrize(
    ("period", "title"),
    [
        ("oktober 2022", "Planen har fyra åtgärder i två insatsområden"),
        ("oktober 2023", "En av fyra åtgärder ska enligt planen vara klar senast 2023"),
        ("jan–apr 2024", "En av fyra åtgärder ska enligt planen vara klar senast 2024"),
        ("december 2025", "Tre av fyra åtgärder ska enligt planen vara klara senast 2025"),
        ("senaste året", "Planen har fyra åtgärder i två insatsområden"),
    ],
)
def test_an_atgard_ends_with_the_last_of_its_time_plans(period: str, title: str) -> None:
    assert actions(period=period).title == title


def test_all_of_them_at_the_end() -> None:
    linked = replace(PLAN, links=(*PLAN.links, Link("1", "Å", ONE_YEAR, ("NV",))))
    assert actions(linked, "2025").title == "Alla fyra åtgärder ska enligt planen vara klara senast 2025"
    assert "Åtgärd Å" not in actions(linked).help
    alone = replace(only(PLAN, "2"), actions=PLAN.actions[2:3], links=PLAN.links[-1:])
    assert actions(alone).title == "Den enda åtgärden ska enligt planen vara klar senast 2023"


@pytest.mark.parametrize(
    ("numbers", "title"),
    [
        (("1", "2"), "Båda uppdragen har minst en åtgärd"),
        (("1", "3"), "Båda uppdragen har minst en åtgärd"),
        (("1",), "Det enda uppdraget har minst en åtgärd"),
        (("5",), "Det enda uppdraget saknar åtgärd"),
        (("4", "5"), "Båda uppdragen saknar åtgärd"),
        (("1", "1.1", "4"), "Ett av tre uppdrag saknar åtgärd bland A–Å: 4"),
    ],
)
def test_the_title_counts_what_no_atgard_serves(numbers: tuple[str, ...], title: str) -> None:
    assert missions(only(PLAN, *numbers)).title == title


def test_many_without_an_atgard_are_counted_and_not_listed() -> None:
    more = tuple(council(str(number)) for number in range(10, 40))
    figure = missions(replace(PLAN, missions=(*PLAN.missions, *more)))
    assert figure.title == "32 av 36 uppdrag saknar åtgärd bland A–Å"


def test_what_is_not_served_is_told_under_the_table() -> None:
    said = missions().help
    assert "Uppdrag 4 har ingen åtgärd med bokstav; planen svarar med egna ord." in said
    assert "Uppdrag 5 har inget svar i planen." in said
    assert "Stark ekonomi: Samtliga bidrar (2023–2025, HSD)." in said
    assert said.endswith("Ansvariga: HSD = Hälso- och sjukvårdsdirektör, NV = Nära vård. Om uppdragen.")
    said = actions().help
    assert said.startswith(
        "Åtgärd Å svarar inte mot något eget uppdrag. Samtliga åtgärder ska också svara mot"
    )
    assert "HSN = uppdrag från Hälso- och sjukvårdsnämnden, övriga från Regionfullmäktige." in said
    assert said.endswith("Om åtgärderna.")


def test_they_are_the_plans_published_words() -> None:
    for figure in (missions(), actions()):
        assert figure.kind is FigureKind.TABLE
        assert figure.origins == {Origin.PUBLISHED}
        assert figure.source == "Källa: Exempelplan, avsnitt 4."
        assert figure.caption.endswith("Exempelplan, avsnitt 4, med planens ord.")
        assert (figure.context.period, figure.context.view, figure.context.state) == ("2023–2025", "", "")
        assert figure.columns[0].role is Role.LABEL
        known = {column.key for column in figure.columns}
        assert set(keys(figure, "shown")) <= known == set(keys(figure, "file"))
        assert all(len(row) == len(figure.columns) for row in figure.rows)
        right(figure.title, LONGEST)
        right(figure.sentence)
    assert missions().sentence.startswith("Tabell med sex uppdrag, fem från Regionfullmäktige och ett från")


def test_without_a_plan_that_is_told() -> None:
    for figure in (missions(MissionPlan()), actions(MissionPlan())):
        assert (figure.rows, figure.empty, figure.sentence, figure.help) == ((), EMPTY, EMPTY, "")
        assert figure.title == "Planens uppdrag och åtgärder saknas"
        assert figure.source == "Källa: ingen."
        assert figure.origins == frozenset()
