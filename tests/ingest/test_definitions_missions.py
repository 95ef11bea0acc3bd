"""data/uppdrag.toml: what a wrong uppdrag, åtgärd or link is told, and what a time plan spans."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.definitions.around import Around
from hsf_kpi.ingest.definitions.missions import build_missions, check_missions
from hsf_kpi.ingest.definitions.missions_shapes import LinkShape, MissionsShape
from hsf_kpi.ingest.definitions.words import shape_problems
from hsf_kpi.model.mission import MissionPlan
from hsf_kpi.model.organisation import Unit
from tests.ingest.conftest import Change, Problems
from tests.store.builders import SMALL

FILE = "data/uppdrag.toml"
AREAS = ("halsa", "ekonomi")


def plan(**changed: Any) -> dict[str, Any]:
    return {
        "source": "Exempel",
        "function": [{"id": "NV", "name": "Nära vård"}, {"id": "AS", "name": "Akutsjukvård"}],
        "focus_area": [{"id": "nara", "name": "Nära"}],
        "mission": [
            {"id": "1", "giver": "fullmaktige", "goal_area": "halsa", "text": "Ett"},
            {"id": "1.1", "giver": "namnd", "goal_area": "halsa", "text": "Ett ett"},
            {"id": "2", "giver": "fullmaktige", "goal_area": "halsa", "text": "Två"},
        ],
        "action": [
            {"id": "A", "focus_area": "nara", "title": "Första"},
            {"id": "B", "focus_area": "nara", "title": "Andra"},
        ],
        "link": [link(["1", "1.1"], "A"), link(["2"], "A", time="T2 2024")],
        "answer": [{"mission": "2", "text": "Svar", "responsible": ["NV"]}],
        **changed,
    }


def link(missions: list[str], action: str, **changed: Any) -> dict[str, Any]:
    return {"missions": missions, "action": action, "time": "2023", "responsible": ["NV"], **changed}


def told(
    areas: tuple[str, ...] | None = AREAS, units: Mapping[str, Unit] | None = None, **changed: Any
) -> list[str]:
    """The problems of shape, or when there are none those of meaning."""
    raw = plan(**changed)
    try:
        shape = MissionsShape.model_validate(raw)
    except ValidationError as error:
        return [str(problem) for problem in shape_problems(error, FILE, raw, MissionsShape)]
    around = Around(goal_areas=areas, units=units, measures=None, series=())
    return [str(problem) for problem in check_missions(shape, FILE, around)]


def test_a_row_becomes_a_link_for_each_uppdrag() -> None:
    assert told() == []
    built = build_missions(MissionsShape.model_validate(plan()))
    assert [(one.mission, one.action, one.time.text) for one in built.links] == [
        ("1", "A", "2023"),
        ("1.1", "A", "2023"),
        ("2", "A", "T2 2024"),
    ]
    assert built.functions == {"NV": "Nära vård", "AS": "Akutsjukvård"}
    assert [mission.label for mission in built.missions] == ["1", "HSN 1.1", "2"]
    assert [action.letter for action in built.without_mission] == ["B"]
    assert built.without_action == ()


ANSWER = {"text": "Svar", "mission": "2"}
MISSION, ACTION = plan()["mission"], plan()["action"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"link": [link(["1"], "C")]},
            "link[C, 1].action: Åtgärden ”C” finns inte. Ange bokstaven för en [[action]].",
        ),
        (
            {"link": [link(["1", "7"], "A")]},
            "link[A, 1 7].missions: Uppdraget ”7” finns inte. Ange numret på ett [[mission]].",
        ),
        (
            {"link": [link(["1"], "A"), link(["2", "1"], "A", time="2024")]},
            "link[A, 2 1].missions: Uppdrag 1 och åtgärd A står redan i link[A, 1]."
            " Koppla ett uppdrag till en åtgärd en gång: ta bort det ena.",
        ),
        (
            {"link": [link(["1"], "A"), link(["1"], "A")]},
            "link[A, 1].missions: Uppdrag 1 och åtgärd A står redan i link[A, 1]."
            " Koppla ett uppdrag till en åtgärd en gång: ta bort det ena.",
        ),
        (
            {"link": [link(["2", "2"], "A")]},
            "link[A, 2 2].missions: Uppdrag 2 och åtgärd A står flera gånger i raden."
            " Koppla ett uppdrag till en åtgärd en gång: ta bort det ena.",
        ),
        (
            {"link": [link(["1"], "A", responsible=["NV", "XX"])]},
            "link[A, 1].responsible: Funktionen ”XX” finns inte. Ange id för en [[function]].",
        ),
        (
            {"link": [link(["1"], "A", responsible=["NV", "NV"])]},
            "link[A, 1].responsible: Funktionen ”NV” står flera gånger. Ta bort dubbletten.",
        ),
        (
            {"link": [link(["1"], "A", responsible=[])]},
            "link[1].responsible: Fältet får inte vara tomt. Fyll i fältet.",
        ),
        ({"link": [link([], "A")]}, "link[1].missions: Fältet får inte vara tomt. Fyll i fältet."),
        (
            {"link": [link(["1"], "a")]},
            'link[1].action: ”a” är ingen bokstav för en åtgärd. Skriv en stor bokstav, till exempel "A".',
        ),
        (
            {"link": [link(["1,2"], "A")]},
            'link[1].missions[1]: ”1,2” är inget nummer på ett uppdrag. Skriv det som "2" eller "2.1".',
        ),
        (
            {"link": [link(["1"], "A", when="2023")]},
            "link[1].when: Fältet är okänt. Ta bort fältet eller rätta stavningen.",
        ),
        (
            {"mission": [*MISSION, MISSION[0]]},
            "mission[1].id: Id används flera gånger. Ge varje rad ett eget id.",
        ),
        (
            {"focus_area": [{"id": "nara", "name": "Nära"}, {"id": "andra", "name": "nära "}]},
            "focus_area.name: ”nära” står på flera rader. Ge varje rad egna ord.",
        ),
        (
            {"action": [*ACTION, ACTION[1]]},
            "action[B].id: Id används flera gånger. Ge varje rad ett eget id.",
        ),
        (
            {"mission": [*MISSION, MISSION[0] | {"id": "3", "giver": "styrelse"}]},
            "mission[3].giver: ”styrelse” är inget tillåtet värde. Välj ett av: fullmaktige, namnd.",
        ),
        (
            {"mission": [*MISSION, MISSION[0] | {"id": "3", "goal_area": "vard"}]},
            "mission[3].goal_area: Målområdet ”vard” finns inte. Ange id för ett målområde i plan.toml.",
        ),
        (
            {"mission": [*MISSION, MISSION[0] | {"id": "3", "text": "  "}]},
            "mission[3].text: Fältet får inte vara tomt. Fyll i fältet.",
        ),
        (
            {"action": [*ACTION, {"id": "Å", "focus_area": "borta", "title": "Sista"}]},
            "action[Å].focus_area: Insatsområdet ”borta” finns inte. Ange id för en [[focus_area]].",
        ),
        (
            {"answer": [{"text": "Svar"}]},
            "answer[?].mission: Det sägs inte vad svaret gäller. Ange antingen mission eller goal_area.",
        ),
        (
            {"answer": [ANSWER | {"goal_area": "halsa"}]},
            "answer[2].mission: Svaret gäller både uppdrag och målområde. Ange antingen mission eller goal_area.",
        ),
        (
            {"answer": [ANSWER | {"mission": "9"}]},
            "answer[9].mission: Uppdraget ”9” finns inte. Ange numret på ett [[mission]].",
        ),
        (
            {"answer": [{"text": "Svar", "goal_area": "vard"}]},
            "answer[vard].goal_area: Målområdet ”vard” finns inte. Ange id för ett målområde i plan.toml.",
        ),
        (
            {"answer": [ANSWER | {"responsible": ["XX"]}]},
            "answer[2].responsible: Funktionen ”XX” finns inte. Ange id för en [[function]].",
        ),
    ],
)
def test_what_is_wrong_is_told_with_file_field_and_what_was_expected(
    changed: dict[str, Any], expected: str
) -> None:
    assert told(**changed) == [f"{FILE}: {expected}"]


def test_the_unit_of_a_function_is_one_of_the_organisation() -> None:
    functions = [
        {"id": "NV", "name": "Nära vård", "unit": "nara"},
        {"id": "AS", "name": "Akutsjukvård", "unit": "akuten"},
        {"id": "HR", "name": "HR"},
    ]
    assert told(units=SMALL.units, function=functions) == [
        f"{FILE}: function[AS].unit: Enheten ”akuten” finns inte. "
        "Ange id för en enhet i organisation.toml, eller ta bort fältet."
    ]
    assert told(units=None, function=functions) == [], "nothing is held against what could not be read"
    built = build_missions(MissionsShape.model_validate(plan(function=functions)))
    assert built.function_units == {"NV": "nara", "AS": "akuten"}


def test_without_a_plan_of_malomraden_none_is_looked_up() -> None:
    assert told(areas=None, answer=[{"text": "Svar", "goal_area": "vard"}]) == []


# Time plans


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", "2023-01", "2023-12"),
        ("2023–2025", "2023-01", "2025-12"),
        ("T1 2023", "2023-01", "2023-04"),
        ("T2 2024", "2024-05", "2024-08"),
        ("Utredning T3 2024", "2024-09", "2024-12"),
        ("Jouruppdrag T1, Strategiskt 2023–2025", "2023-01", "2025-12"),
    ],
)
def test_the_months_of_a_time_plan(text: str, first: str, last: str) -> None:
    time = LinkShape.model_validate(link(["1"], "A", time=text)).time
    assert (time.text, time.first.iso, time.last.iso) == (text, first, last)


@pytest.mark.parametrize("text", ["", "snart", "2023-2025", "23", "T1", "2023 ", "1023", "2023–", 2023])
def test_what_is_no_time_plan_is_told(text: object) -> None:
    assert told(link=[link(["1"], "A", time=text)]) == [
        f"{FILE}: link[1].time: ”{text}” är ingen tidplan."
        ' Skriv år, flera år eller tertial, till exempel "2023", "2023–2025" eller "T1 2023".'
    ]


@given(st.integers(1900, 2200), st.integers(1900, 2200))
def test_a_time_plan_does_not_end_before_it_begins(first: int, last: int) -> None:
    found = told(link=[link(["1"], "A", time=f"{first}–{last}")])
    backwards = [
        f"{FILE}: link[1].time: Tidplanen slutar {last} men börjar {first}. Skriv det första året först."
    ]
    assert found == (backwards if last < first else [])


# The file


def test_every_problem_of_the_file_comes_out_with_those_of_others(change: Change, problems: Problems) -> None:
    change("uppdrag.toml", 'giver = "fullmaktige"', 'giver = "styrelsen"')
    change("uppdrag.toml", 'time = "2023"', 'time = "i år"')
    change("comparison.toml", 'words = "bland staberna"', 'words = ""')
    assert sorted(text.split(": ")[1] for text in problems()) == [
        "group[staber].words",
        "link[1].time",
        "mission[1].giver",
    ]


def test_names_are_looked_up_when_the_files_are_read(change: Change, problems: Problems) -> None:
    change("uppdrag.toml", 'action = "E"', 'action = "Ö"')
    giver = 'giver = "fullmaktige"\ngoal_area = '
    change("uppdrag.toml", f'{giver}"valmaende"', f'{giver}"tillgangligt"')
    assert problems() == [
        f"{FILE}: mission[1].goal_area: Målområdet ”tillgangligt” finns inte."
        " Ange id för ett målområde i plan.toml.",
        f"{FILE}: link[Ö, 1].action: Åtgärden ”Ö” finns inte. Ange bokstaven för en [[action]].",
    ]


def test_a_file_that_is_no_toml_is_told(folder: Path, problems: Problems) -> None:
    (folder / "uppdrag.toml").write_text("source = ", encoding="utf-8")
    [said] = problems()
    assert said.startswith(f"{FILE}: filens slut: Filen är inte giltig TOML.")


def test_without_the_file_there_is_an_empty_plan(folder: Path) -> None:
    (folder / "uppdrag.toml").unlink()
    assert read_catalogue(folder).missions == MissionPlan()
