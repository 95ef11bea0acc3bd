"""data/hos2029.toml: what a wrong activity, event or year is told, and what the file becomes."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from hsf_kpi.ingest.definitions.around import Around
from hsf_kpi.ingest.definitions.transformation import build_transformation, check_transformation
from hsf_kpi.ingest.definitions.transformation_shapes import TransformationShape
from hsf_kpi.ingest.definitions.words import shape_problems
from hsf_kpi.model.organisation import Unit
from hsf_kpi.model.period import Month

FILE = "data/hos2029.toml"
AROUND = Around(None, {"kir": Unit("kir", "Kirurgi", "klinik", ())}, {"sjukfranvaro"}, ())
NOTHING = Around(None, None, None, ())


def activity(key: str = "a", **changed: Any) -> dict[str, Any]:
    return {"id": key, "name": f"Kort {key}", "text": "Långt", **changed}


def event(key: str = "e", **changed: Any) -> dict[str, Any]:
    return {"id": key, "text": "Sker", "time": "2029", "first": "2029-01", "source": "Tidning", **changed}


def raw(**changed: Any) -> dict[str, Any]:
    return {
        "source": "Sida",
        "decided": "2024-02",
        "last_year": 2029,
        "activity": [activity(), activity("b", function="Chef", unit="kir")],
        "event": [event("sent", last="2030-12"), event("tidig", first="2024-02")],
        "picture": [{"text": "Bättre", "source": "Sida"}],
        "measure": "sjukfranvaro",
        **changed,
    }


def told(around: Around = AROUND, **changed: Any) -> list[str]:
    """The problems of shape, or when there are none those of meaning."""
    read = raw(**changed)
    try:
        shape = TransformationShape.model_validate(read)
    except ValidationError as error:
        return [str(problem) for problem in shape_problems(error, FILE, read, TransformationShape)]
    return [str(problem) for problem in check_transformation(shape, FILE, around)]


def test_the_file_becomes_the_plan_with_its_events_by_time() -> None:
    assert told() == []
    plan = build_transformation(TransformationShape.model_validate(raw()))
    assert [(one.id, one.function, one.unit) for one in plan.activities] == [
        ("a", "", ""),
        ("b", "Chef", "kir"),
    ]
    assert [(one.first.iso, one.last.iso) for one in plan.events] == [
        ("2024-02", "2024-02"),
        ("2029-01", "2030-12"),
    ]
    assert (plan.decided, plan.last_year, plan.measure) == (Month.of(2024, 2), 2029, "sjukfranvaro")
    assert plan.activity("b") is plan.activities[1]
    assert plan.activity("c") is None


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"activity": [activity(), activity("b", name="kort A")]},
            f"{FILE}: activity.name: ”kort A” står på flera rader. Ge varje rad egna ord.",
        ),
        (
            {"activity": [activity(), activity(name="Annan")]},
            f"{FILE}: activity[a].id: Id används flera gånger. Ge varje rad ett eget id.",
        ),
        (
            {"event": [event(), event()]},
            f"{FILE}: event[e].id: Id används flera gånger. Ge varje rad ett eget id.",
        ),
        (
            {"activity": [activity(text=" ")]},
            f"{FILE}: activity[a].text: Fältet får inte vara tomt. Fyll i fältet.",
        ),
        (
            {"picture": [{"text": "Ett", "source": " "}]},
            f"{FILE}: picture[1].source: Fältet får inte vara tomt. Fyll i fältet.",
        ),
        (
            {"last_year": 2023},
            f"{FILE}: last_year: Målåret 2023 är före beslutet 2024-02. Rätta året eller månaden.",
        ),
        (
            {"event": [event(last="2028-12")]},
            f"{FILE}: event[e].last: Händelsen slutar 2028-12 men börjar 2029-01."
            " Skriv den första månaden först.",
        ),
        (
            {"activity": [activity(function="Chef", unit="ort")]},
            f"{FILE}: activity[a].unit: Enheten ”ort” finns inte."
            " Ange id för en enhet i organisation.toml, eller ta bort fältet.",
        ),
        (
            {"activity": [activity(unit="kir")]},
            f"{FILE}: activity[a].function: Det står en enhet men ingen funktion."
            " Skriv vilken funktion som ansvarar.",
        ),
        (
            {"measure": "vikt"},
            f"{FILE}: measure: Nyckeltalet ”vikt” finns inte. Rätta id eller lägg till nyckeltalet.",
        ),
        (
            {"event": [event(first="snart")]},
            f'{FILE}: event[e].first: ”snart” är ingen månad. Skriv år och månad som "2023-01".',
        ),
        ({"activity": []}, f"{FILE}: activity: Fältet får inte vara tomt. Fyll i fältet."),
    ],
)
def test_what_is_wrong_is_told_with_file_and_field(changed: dict[str, Any], expected: str) -> None:
    assert told(**changed) == [expected]


def test_nothing_is_held_against_files_that_could_not_be_read() -> None:
    assert told(NOTHING, measure="vikt", activity=[activity(function="Chef", unit="ort")]) == []


def test_without_a_nyckeltal_none_is_missing() -> None:
    read = {key: value for key, value in raw().items() if key not in ("measure", "picture", "event")}
    shape = TransformationShape.model_validate(read)
    assert check_transformation(shape, FILE, AROUND) == []
    assert build_transformation(shape).measure == ""
