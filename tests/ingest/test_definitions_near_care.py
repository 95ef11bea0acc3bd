"""data/nara_vard.toml and the public facts that it names: what is wrong is told, and two sources agree or it is an error."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.definitions.around import Around
from hsf_kpi.ingest.definitions.near_care import build_near_care, check_near_care, with_series
from hsf_kpi.ingest.definitions.near_care_shapes import NearCareShape
from hsf_kpi.ingest.definitions.public_facts import COLUMNS, FILE, PublicFacts
from hsf_kpi.ingest.definitions.words import shape_problems
from hsf_kpi.model.near_care import NearCare
from hsf_kpi.model.problems import Problem
from tests.ingest.conftest import Change, Problems

CARE, FACTS = "data/nara_vard.toml", f"data/{FILE}"
FORECAST = {"age": "85-åringar", "percent": 74, "years": 10, "until": 2034, "text": "74 % fler 2034"}
COUNT = {"first_year": 2024, "first": 10, "last_year": 2030, "last": 12, "text": "2024: 10, 2030: 12"}
PEOPLE = {
    "id": "folk", "indicator": "folkmangd", "name": "Folkmängd", "subject": "Folkmängden", "what": "Folkmängd",
    "unit": "count", "decimals": 0, "own": "Länet", "national": "Riket",
}  # fmt: skip
BOTH = ("folkmangd,Länet,2023,T,1,utfall,https://a,SCB", "folkmangd,Riket,2023,T,9,utfall,https://a,SCB")


def facts(*rows: str, header: str = ",".join(COLUMNS)) -> PublicFacts:
    return PublicFacts("\n".join((header, *rows)), FACTS)


def around(found: PublicFacts) -> Around:
    return Around(goal_areas=None, units=None, measures=None, series=(), facts=found)


def shape_of(**changed: Any) -> NearCareShape:
    return NearCareShape.model_validate({"source": "Exempel", "area": "Länet", **changed})


def told(found: PublicFacts | None = None, **changed: Any) -> list[str]:
    """The problems of shape, or when there are none those of meaning."""
    raw = {"source": "Exempel", "area": "Länet", **changed}
    try:
        shape = NearCareShape.model_validate(raw)
    except ValidationError as error:
        return [str(problem) for problem in shape_problems(error, CARE, raw, NearCareShape)]
    return [str(problem) for problem in check_near_care(shape, CARE, around(found or facts(*BOTH)))]


def test_what_is_in_order_gives_no_problems() -> None:
    event = [{"text": "Start"}]
    history = [
        {"first": 2018, "last": 2019, "event": event},
        {"first": 2020, "onwards": True, "event": event},
    ]
    assert told() == told(forecast=[FORECAST], count=COUNT, population=[PEOPLE], history=history) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"forecast": [{**FORECAST, "percent": 75}]},
            "forecast[85-åringar].text: Talet 75 står inte i källans ord. Rätta talet eller orden efter källan.",
        ),
        (
            {"forecast": [{**FORECAST, "until": 2035}]},
            "forecast[85-åringar].text: Talet 2035 står inte i källans ord. Rätta talet eller orden efter källan.",
        ),
        (
            {"count": {**COUNT, "last": 13}},
            "count.text: Talet 13 står inte i källans ord. Rätta talet eller orden efter källan.",
        ),
        (
            {"count": {**COUNT, "first_year": 2030, "text": "2030: 10, 12"}},
            "count.last_year: Det sista året är 2030, det första 2030. Ange ett senare år.",
        ),
        (
            {"history": [{"first": 2020, "last": 2021, "onwards": True, "event": [{"text": "x"}]}]},
            "history[2020].last: Det som fortsätter har inget sista år. Ta bort last eller onwards.",
        ),
        (
            {"history": [{"first": 2020, "last": 2019, "event": [{"text": "x"}]}]},
            "history[2020].last: Slutar 2019 men börjar 2020. Skriv det första året först.",
        ),
        (
            {
                "history": [
                    {"first": 2018, "last": 2020, "event": [{"text": "x"}]},
                    {"first": 2020, "event": [{"text": "x"}]},
                ]
            },
            "history[2020].first: 2020 kommer efter 2020. Skriv åren i ordning, utan att de går i varandra.",
        ),
        (
            {"population": [PEOPLE, PEOPLE]},
            "population[folk].id: Id används flera gånger. Ge varje rad ett eget id.",
        ),
        (
            {"population": [{**PEOPLE, "own": "Gotland"}]},
            f"population[folk].own: Serien ”folkmangd” för ”Gotland” finns inte i {FACTS}."
            " Ange en indicator och ett område som har utfall per år där.",
        ),
        (
            {
                "target_area": [
                    {"id": "a", "name": "A", "aim": "B", "project": [{"name": "C", "state": "klart"}]}
                ]
            },
            "target_area[a].project[1].state: ”klart” är inget tillåtet värde."
            " Välj ett av: nytt, i ordinarie verksamhet, förslag.",
        ),
    ],
)
def test_what_is_wrong_is_told(changed: dict[str, Any], expected: str) -> None:
    assert told(**changed) == [f"{CARE}: {expected}"]


@given(st.dictionaries(st.integers(1900, 2100), st.decimals(-(10**9), 10**9, places=2), min_size=1))
def test_a_series_is_the_outcomes_of_its_rows_whatever_their_order(values: dict[int, Any]) -> None:
    rows = [f"a,Länet,{year},T,{value:f},utfall,https://a,SCB" for year, value in values.items()]
    others = [
        "b,Länet,2000,T,1,utfall,https://b,x", "a,Riket,2000,T,2,utfall,https://b,x", "a,Länet,2000,K,3,utfall,https://b,x",
        "a,Länet,2000,T,4,prognos,https://b,x", "a,Länet,2000-04,T,5,utfall,https://b,x",
    ]  # fmt: skip
    series, problems = facts(*others, *rows, *reversed(rows)).series("a", "Länet", "")
    assert problems == []
    assert dict(series.values) == {year: Fraction(str(value)) for year, value in values.items()}
    assert list(series.values) == sorted(values)
    assert series.sources == ("SCB, https://a",)


def test_two_sources_of_one_year_agree_and_are_both_named_or_it_is_an_error() -> None:
    one = "a,Länet,2017,T,271095,utfall,https://a,SCB"
    series, problems = facts(one, "a,Länet,2017,T,271095.0,utfall,https://b,").series("a", "Länet", "")
    assert (series.values, problems) == ({2017: 271095}, [])
    assert series.sources == ("SCB, https://a", "https://b")
    series, problems = facts(one, "a,Länet,2017,T,271096,utfall,https://b,").series("a", "Länet", "")
    assert not series.values
    assert [str(one) for one in problems] == [
        f"{FACTS}: rad 3: a för Länet 2017 har två olika värden. Behåll den rad som gäller."
    ]


@pytest.mark.parametrize("value", ["", "1e9", "nan", "1,5", "12 000"])
def test_what_is_no_number_is_told_with_its_line(value: str) -> None:
    cell = f'"{value}"'
    _, problems = facts("b,x,2017,T,1,utfall,,", f"a,Länet,2017,T,{cell},utfall,,").series("a", "Länet", "")
    assert [str(one) for one in problems] == [
        f"{FACTS}: rad 3: ”{value}” är inget tal. Rätta värdet i filen."
    ]


def test_a_series_has_one_unit() -> None:
    mixed = facts(
        *(
            f"folkmangd,Länet,{year},T,1,utfall,https://a,SCB,{unit}"
            for year, unit in ((2022, "antal"), (2023, "tusental"))
        )
    )
    _, problems = mixed.series("folkmangd", "Länet", "population")
    assert [str(one) for one in problems] == [
        f"{FACTS}: folkmangd för Länet har olika enheter: ”antal”, ”tusental”. Ge alla seriens rader samma enhet."
    ]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (PublicFacts(None, FACTS), f"{FACTS}: Filen saknas. Återställ filen eller skapa den."),
        (
            facts(*BOTH, header=";".join(COLUMNS)),
            f"{FACTS}: rad 1: Filen saknar kolumnerna {', '.join(COLUMNS)}."
            " Återställ rubrikraden, med komma mellan kolumnerna.",
        ),
        (
            PublicFacts(Problem("Filen går inte att läsa.", FACTS, "Rätta den."), FACTS),
            f"{FACTS}: Filen går inte att läsa. Rätta den.",
        ),
    ],
)
def test_a_fault_of_the_whole_file_is_told_once(found: PublicFacts, expected: str) -> None:
    assert told(found, population=[PEOPLE]) == [expected]


def test_a_file_that_can_not_be_read_is_told_as_it_is() -> None:
    broken = Problem("Filen är inte sparad som UTF-8.", FACTS, "Spara om.")
    assert set(told(PublicFacts(broken, FACTS), population=[PEOPLE])) == {str(broken)}


def test_what_is_built_has_the_series_own_names_when_there_are_none_for_long_words() -> None:
    shape = shape_of(
        population=[PEOPLE],
        history=[
            {"first": 2020, "event": [{"text": "Lång text"}, {"name": "Kort", "text": "Längre text"}]},
            {"first": 2021, "onwards": True, "event": [{"text": "Mer"}]},
        ],
    )
    built = with_series(build_near_care(shape), around(facts(*BOTH)))
    assert [(part.first, part.last) for part in built.history] == [(2020, 2020), (2021, None)]
    assert [event.name for part in built.history for event in part.events] == ["Lång text", "Kort", "Mer"]
    [people] = built.populations
    assert (people.own.values, people.national.values) == ({2023: 1}, {2023: 9})
    assert (built.forecast_source, built.count, built.contract) == ("Exempel", None, None)


def test_a_wrong_number_in_the_folder_stops_the_reading(change: Change, problems: Problems) -> None:
    change("nara_vard.toml", "percent = 74", "percent = 47")
    change("published/public_facts.csv", "andel_80plus,Riket,2011", "andel_80plus,Norge,2011")
    change("nara_vard.toml", 'indicator = "folkmangd"', 'indicator = "folkmangden"')
    assert [one.partition(" ")[2].split(":")[0] for one in problems()] == [
        "forecast[85-åringar].text",
        "population[folkmangd].own",
        "population[folkmangd].national",
    ]


def test_without_a_file_there_is_nothing(folder: Path) -> None:
    (folder / "nara_vard.toml").unlink()
    (folder / "published" / "public_facts.csv").unlink()
    assert read_catalogue(folder).near_care == NearCare()
