"""The plan's uppdrag and åtgärder: what was read off the printed plan against what data/uppdrag.toml says."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.mission import Giver, MissionPlan

# Section 4 as printed, in reading order: uppdrag | åtgärd | time plan | responsible.
# Two pairs stand there twice (2 H, 19 J).
PRINTED = """
    1               | E | 2023                | POU
    1, 2, 7         | H | 2023                | HSD
    1, 7            | L | 2023                | NV, MDT
    1, 7, HSN 1.1   | N | 2023–2025           | NV
    2               | A | 2023                | AS, NV
    2, HSN 2.2      | H | 2023                | HSD
    2               | I | 2023–2025           | POU, NV
    2, 7            | B | 2023                | AS, NV
    2, 7, HSN 1.2   | J | 2023–2025           | POU
    2               | D | 2023                | POU, MDT
    2               | E | 2023                | POU
    3, HSN 3.1      | F | 2023–2025           | HSD, NV
    4, HSN 2.1      | T | 2023                | NV
    5, 7            | M | T1 2023             | HSD
    13              | R | 2023                | POU
    HSN 13.1        | R | T1 2023             | POU
    13              | H | 2023                | HSD
    14              | H | 2023                | HSD
    15              | U | 2023                | MDT
    15, 19          | J | 2023–2025           | POU
    15, 16, 27, 28  | O | 2023                | POU
    15, 20          | R | 2023                | POU
    15, 22          | S | 2023–2024           | AS
    16, HSN 16.1    | I | 2023                | POU, NV
    17              | J | 2023–2025           | POU
    17              | O | 2023                | POU
    18              | H | 2023                | HSD
    19              | A | 2023                | AS, NV
    19              | B | 2023                | AS, NV
    19              | C | 2023–2025           | AS, NV
    19              | J | 2023–2025           | POU
    21              | F | T1 2023             | HSD
    23, HSN 23.1    | K | 2023–2025           | POU
    24              | G | Jouruppdrag T1, Strategiskt 2023–2025 | NV, AS
    27              | C | 2023–2025           | AS, NV
    27              | Q | 2023                | MDT
    27              | W | 2023                | AS, HR
    27, HSN 27.1    | I | 2023                | POU, NV
    28              | I | 2023                | POU, NV
    28              | P | 2023                | NV
    28              | Q | 2023                | MDT
    30              | V | 2023–2025           | EC
    36              | Y | 2023–2025           | Kommunikation, HR
    36              | Z | 2023                | HSD, HR
    36              | Å | 2023                | HR
    36, HSN 36.1    | W | 2023                | AS, HR
    36, 37          | X | 2023                | HR
"""
# Section 3: the numbers under each målområde, fullmäktige's and the nämnd's.
GIVEN = {
    "valmaende": ("1 2 3 4 5 7", "1.1 1.2 2.1 2.2 3.1"),
    "nyskapande": ("13 14", "13.1"),
    "effektiv": ("15 16 17 18 19 20 21 22 23 24 26 27 28 29 30 35", "16.1 23.1 27.1"),
    "medarbetare": ("36 37 38", "36.1"),
}
# Section 3 as printed, without its line breaks: målområde | mål of fullmäktige | mål of the nämnd | måldokument.
SECTION_3 = """
    valmaende | Invånarnas hälsoläge ska vara gott och jämlikt # Invånarna ska ha stort förtroende för regionens tjänster
        inom hälso‐ och sjukvården | Följsamhet till nationella screeningsprogram # Invånarna ska ha stort förtroende för
        regionens hälso‐ och sjukvård | Framtidens hälso‐ och sjukvård 2030 # Program Nära vård # Primärvårdsprogram (LOV)
        # Regional utvecklingsstrategi – RUS # Digitaliseringsstrategi 2021‐2024
    nyskapande | Länet ska ha god innovationskraft | | Forsknings‐ och innovationsstrategi # RUS
    effektiv | God tillgänglighet # Rätt nivå # God kvalitet # God hushållning av resurser | Förvaltningens verksamhet ska
        bedrivas med God tillgänglighet, Rätt nivå, God kvalitet, God hushållning av resurser | Framtidens hälso‐ och
        sjukvård 2030 # Primärvårdsprogram # Hållbarhetsprogram # Digitaliseringsstrategi 2021 ‐ 2024
    medarbetare | Regionen ska vara en attraktiv arbetsgivare # Regionen ska vara en professionell uppdragsgivare |
        Förvaltningen ska vara en attraktiv arbetsgivare # Förvaltningen ska vara en professionell uppdragsgivare |
        Program för personal‐ och arbetsgivarpolitik
    ekonomi | Uppnå fastställt ekonomiskt resultat # God finansiell ställning | Förvaltningen ska uppnå ekonomiskt resultat
        enligt budget | Riktlinje för god ekonomisk hushållning
"""
# Section 7: indicators and rows with a målvärde under each målområde.
INDICATORS = {
    "valmaende": (8, 8),
    "nyskapande": (1, 1),
    "effektiv": (18, 25),
    "medarbetare": (6, 6),
    "ekonomi": (8, 8),
}
# Bilaga 1: the letters under each insatsområde.
AREAS = {
    "Omställning till framtidens hälso- och sjukvård": "ABCDEFGH",
    "Personcentrering": "IJK",
    "Hälsofrämjande": "LMN",
    "Tillgänglig, säker och effektiv vård": "OPQRSTUV",
    "Säkra kompetensförsörjning": "WXYZÅ",
}
Told = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def plan(catalogue: Catalogue) -> MissionPlan:
    return catalogue.missions


def printed() -> list[Told]:
    """A link for each uppdrag of a row."""
    rows = [[cell.strip() for cell in line.split("|")] for line in PRINTED.strip().splitlines()]
    return [(label.strip(), *rest) for labels, *rest in rows for label in labels.split(",")]  # type: ignore[misc]


def test_every_link_is_the_plans_and_no_other(plan: MissionPlan) -> None:
    labels = {mission.number: mission.label for mission in plan.missions}
    ours = [
        (labels[link.mission], link.action, link.time.text, ", ".join(link.responsible))
        for link in plan.links
    ]
    assert len(ours) == len(set(ours)) == 68
    assert set(ours) == set(printed())


def test_what_the_plan_prints_twice_is_the_same_both_times() -> None:
    assert {pair for pair, times in Counter(printed()).items() if times > 1} == {
        ("2", "H", "2023", "HSD"),
        ("19", "J", "2023–2025", "POU"),
    }


def test_the_uppdrag_by_malomrade_and_giver(plan: MissionPlan) -> None:
    for area, given in GIVEN.items():
        for giver, numbers in zip(Giver, given, strict=True):
            ours = [m.number for m in plan.missions if m.goal_area == area and m.giver is giver]
            assert ours == numbers.split(), (area, giver)
    assert Counter(mission.giver for mission in plan.missions) == {Giver.COUNCIL: 27, Giver.BOARD: 10}


def test_the_goals_and_documents_of_each_malomrade(plan: MissionPlan) -> None:
    rows = re.sub(r"\n {8,}", " ", SECTION_3).strip().splitlines()
    cells = [[cell.strip().replace("\N{HYPHEN}", "-") for cell in row.split("|")] for row in rows]
    printed_goals = {
        area: tuple(tuple(filter(None, (text.strip() for text in cell.split("#")))) for cell in rest)
        for area, *rest in cells
    }
    assert {one.goal_area: (one.council, one.board, one.documents) for one in plan.goals} == printed_goals
    assert [one.goal_area for one in plan.goals] == list(INDICATORS)
    assert plan.goals_of("sol").documents == ()


def test_which_indicator_belongs_to_which_malomrade(catalogue: Catalogue) -> None:
    rows = list(catalogue.plan_rows())
    ours = {
        area: (
            len({m.key.partition(".")[0] for m in rows if m.goal_area == area}),
            sum(m.goal_area == area for m in rows),
        )
        for area in INDICATORS
    }
    assert ours == INDICATORS
    assert (sum(n for n, _ in ours.values()), len(rows)) == (41, 48)
    goals = {(area.id, goal) for area in catalogue.goal_areas for goal in area.goals}
    assert {(m.goal_area, m.goal) for m in rows} == goals, (
        "each mål has an indicator, and each indicator a mål"
    )


def test_the_atgarder_by_insatsomrade(plan: MissionPlan) -> None:
    ours = {
        area.name: "".join(action.letter for action in plan.actions if action.focus_area == area.id)
        for area in plan.focus_areas
    }
    assert ours == AREAS
    assert "".join(action.letter for action in plan.actions) == "ABCDEFGHIJKLMNOPQRSTUVWXYZÅ"
    assert len(plan.actions) == 27
    assert any("28" in note for note in plan.action_notes), "that a news item counts another number is told"


def test_what_the_plan_says_without_a_letter(plan: MissionPlan) -> None:
    told = {
        one.mission or one.goal_area: (one.time and one.time.text, one.responsible) for one in plan.answers
    }
    assert told == {
        "26": ("2023–2025", ("HSD",)),
        "29": (None, ("POU",)),
        "35": ("2023–2025", ("HSD", "EC")),
        "38": ("2023–2025", ("HSD",)),
        "ekonomi": ("2023–2025", ("HSD",)),
    }
    assert [mission.label for mission in plan.common] == ["26", "35"]
    assert [mission.label for mission in plan.without_action] == ["29", "38"]
    assert plan.without_mission == ()


def test_f_and_i_have_another_time_plan_for_other_uppdrag(plan: MissionPlan) -> None:
    times = {letter: {one.mission: one.time.text for one in plan.links_to(letter)} for letter in "FI"}
    assert times == {
        "F": {"3": "2023–2025", "3.1": "2023–2025", "21": "T1 2023"},
        "I": {"2": "2023–2025", "16": "2023", "16.1": "2023", "27": "2023", "27.1": "2023", "28": "2023"},
    }
    assert {one.wording for one in plan.links if (one.mission, one.action) != ("21", "F")} == {""}
    assert [one.wording for one in plan.links_of("21")] == ["Omarbeta formerna för primärvårdsprogrammet"]


def test_the_functions_are_all_responsible_for_something(plan: MissionPlan) -> None:
    assert plan.functions == {
        "HSD": "Hälso- och sjukvårdsdirektör",
        "AS": "Akutsjukvård",
        "MDT": "Medicinsk diagnostik och teknik",
        "NV": "Nära vård",
        "POU": "Planering- och utvecklingsstab",
        "EC": "Ekonomichef",
        "HR": "HR",
        "Kommunikation": "Kommunikation",
    }
    named = {id_ for one in (*plan.links, *plan.answers) for id_ in one.responsible}
    assert named == set(plan.functions)


def test_the_texts_are_whole(plan: MissionPlan) -> None:
    texts = [mission.text for mission in plan.missions] + [action.title for action in plan.actions]
    said_twice = {text for text, times in Counter(texts).items() if times > 1}
    assert said_twice == {
        "Ta fram förslag på intäktsökningar för regionen och arbeta för att öka regionens intäkter"
    }
    for text in texts:
        assert text == " ".join(text.split())
        assert text[0].isupper()
        assert not text.endswith((".", ",", "-")) or text.endswith("etc."), text
        assert "\N{HYPHEN}" not in text
