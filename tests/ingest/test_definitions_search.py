"""data/search.toml: what a wrong row is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.definitions.around import Around
from hsf_kpi.ingest.definitions.search import build_synonyms, check_synonyms
from hsf_kpi.ingest.definitions.search_shapes import SearchShape
from hsf_kpi.ingest.definitions.words import shape_problems
from hsf_kpi.model.synonym import Synonym
from tests.ingest.conftest import Change, Problems

FILE = "data/search.toml"
AROUND = Around(goal_areas=None, units={}, measures={"sjukfranvaro", "trycksar.kat-1-4"}, series=())
UNREAD = Around(goal_areas=None, units=None, measures=None, series=())


def told(*rows: dict[str, Any], around: Around = AROUND) -> list[str]:
    """The problems of shape, or when there are none those of meaning."""
    raw = {"synonym": list(rows)}
    try:
        shape = SearchShape.model_validate(raw)
    except ValidationError as error:
        return [str(problem) for problem in shape_problems(error, FILE, raw, SearchShape)]
    return [str(problem) for problem in check_synonyms(shape, FILE, around)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ({"words": ["Sjuk"]},),
            ["synonym[1]: Orden leder ingenstans. Ange measures, units eller pages, eller ta bort raden."],
        ),
        (
            ({"words": ["Sjuk"], "measures": ["sjukfranvaro", "sjuk"]},),
            [
                "synonym[1].measures: Nyckeltalet ”sjuk” finns inte."
                " Ange id för ett nyckeltal i indicators, med eller utan del, eller ta bort det."
            ],
        ),
        (
            ({"words": ["Sjuk"], "pages": ["signaler"]}, {"words": ["Sol"], "units": ["sol"]}),
            [
                "synonym[2].units: Enheten ”sol” finns inte."
                " Ange id för en enhet i organisation.toml, eller ta bort fältet."
            ],
        ),
        (
            ({"words": ["Sjuk"], "pages": ["signaler"]}, {"words": ["sjuk "], "measures": ["trycksar"]}),
            ["synonym.words: ”sjuk” står på flera rader. Ge varje rad egna ord."],
        ),
        (({"words": [], "pages": ["x"]},), ["synonym[1].words: Fältet får inte vara tomt. Fyll i fältet."]),
        (
            ({"words": [" "], "pages": ["x"]},),
            ["synonym[1].words[1]: Fältet får inte vara tomt. Fyll i fältet."],
        ),
        (({"words": ["a"], "sidor": ["x"]},), ["synonym[1].sidor: Fältet är okänt. Ta bort fältet eller rätta stavningen."]),
        ((), ["synonym: Fältet får inte vara tomt. Fyll i fältet."]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(rows: tuple[dict[str, Any], ...], expected: list[str]) -> None:
    assert told(*rows) == [f"{FILE}: {problem}" for problem in expected]


def test_what_is_right_is_not_told_of() -> None:
    rows = (
        {"words": ["Liggsår", "Sår"], "measures": ["trycksar"]},
        {"words": ["Hem"], "pages": ["nara_vard"]},
    )
    assert told(*rows) == []
    assert told({"words": ["Sol"], "measures": ["sol"], "units": ["sol"]}, around=UNREAD) == []


def test_what_is_built_is_what_stands_there() -> None:
    raw = {"words": ["Liggsår"], "measures": ["trycksar"], "units": ["akut"], "pages": ["nyckeltal"]}
    [built] = build_synonyms(SearchShape.model_validate({"synonym": [raw]}))
    assert built == Synonym(("Liggsår",), ("trycksar",), ("akut",), ("nyckeltal",))
    assert [built.means_measure(key) for key in ("trycksar.kat-1-4", "trycksar", "trycksar-annat")] == [
        True, True, False,
    ]  # fmt: skip


def test_a_wrong_row_in_the_folder_stops_the_reading(change: Change, problems: Problems) -> None:
    change("search.toml", 'units = ["akutmottagningen"]', 'units = ["akuten"]')
    [problem] = problems()
    assert "Enheten ”akuten” finns inte." in problem
    assert problem.startswith(f"{FILE}: synonym[")


def test_without_a_file_there_are_none(folder: Path) -> None:
    (folder / "search.toml").unlink()
    assert read_catalogue(folder).synonyms == ()
