"""data/comparison.toml and `counted`: what a wrong group, and a measure that counts nothing, is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.definitions.comparison import build_comparison, check_comparison, check_counted
from hsf_kpi.ingest.definitions.files import DefinitionFiles
from hsf_kpi.ingest.definitions.reading import MeasureFile, read_files
from hsf_kpi.ingest.definitions.shapes import ComparisonShape
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.measure import Counted
from hsf_kpi.model.organisation import Placement, Unit
from hsf_kpi.model.period import Month
from tests.ingest.conftest import Change, Problems

FILE = "data/comparison.toml"
GROUP = {"id": "lika", "name": "Lika", "words": "bland de lika", "units": ["a", "b", "c"]}
MARCH = Month.of(2023, 3)


def node(key: str, *placements: Placement) -> Unit:
    return Unit(key, key, "klinik", placements or (Placement("hsf"),))


UNITS = {
    unit.id: unit
    for unit in (
        node("hsf", Placement(None)),
        node("a"),
        node("b"),
        node("c"),
        node("under-a", Placement("a")),
        node("djupast", Placement("under-a")),
        node("flyttad", Placement("a", None, MARCH), Placement("b", MARCH + 1)),
    )
}


def told(*groups: dict[str, Any], units: dict[str, Unit] | None = UNITS) -> list[str]:
    shape = ComparisonShape.model_validate({"group": list(groups)})
    return [str(problem) for problem in check_comparison(shape, FILE, units=units)]


def test_groups_in_the_order_of_the_file() -> None:
    second = GROUP | {"id": "andra", "note": "Antagen."}
    assert told(GROUP, second) == []
    built = build_comparison(ComparisonShape.model_validate({"group": [GROUP, second]}))
    assert [(group.id, group.units, group.note) for group in built] == [
        ("lika", ("a", "b", "c"), ""),
        ("andra", ("a", "b", "c"), "Antagen."),
    ]
    assert (built[0].name, built[0].words) == ("Lika", "bland de lika")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"units": ["a", "x"]}, ".units: Enheten ”x” finns inte. Rätta id eller lägg till enheten i"),
        ({"units": ["a", "b", "a"]}, ".units: Enheten ”a” står 2 gånger. Ta bort dubbletten."),
        ({"units": ["a"]}, ".units: Gruppen har bara en enhet och kan inte jämföras. Ange minst två"),
        ({"units": []}, ".units: Gruppen har ingen enhet och kan inte jämföras."),
        ({"units": ["b", "under-a", "a"]}, ".units: Enheten ”under-a” ingår i ”a”, som står i samma grupp."),
        ({"units": ["djupast", "a"]}, ".units: Enheten ”djupast” ingår i ”a”, som står i samma"),
        ({"units": ["flyttad", "a"]}, ".units: Enheten ”flyttad” ingår i ”a”, som står i samma grupp."),
        ({"units": ["flyttad", "b"]}, ".units: Enheten ”flyttad” ingår i ”b”, som står i samma grupp."),
        ({"units": ["hsf", "c"]}, ".units: Enheten ”c” ingår i ”hsf”, som står i samma grupp."),
    ],
)
def test_a_wrong_group_is_told_with_file_entry_and_what_was_expected(
    change: dict[str, Any], expected: str
) -> None:
    found = told(GROUP | change)
    assert len(found) == 1
    assert found[0].startswith(f"{FILE}: group[lika]{expected}")


def test_two_groups_of_one_name_are_told() -> None:
    assert told(GROUP, GROUP) == [
        f"{FILE}: group[lika].id: Id används flera gånger. Ge varje rad ett eget id."
    ]


def test_without_an_organisation_nothing_is_looked_up_in_it() -> None:
    assert told(GROUP | {"units": ["x", "y"]}, units=None) == []
    assert len(told(GROUP | {"units": ["x"]}, units=None)) == 1


@settings(max_examples=40)
@given(st.lists(st.sampled_from(sorted(set(UNITS) - {"djupast"})), max_size=6))
def test_a_group_is_right_when_its_units_are_several_all_different_and_apart(members: list[str]) -> None:
    """Against the chains as they stand, written out."""
    above = {"a": {"hsf"}, "b": {"hsf"}, "c": {"hsf"}, "under-a": {"a", "hsf"}, "flyttad": {"a", "b", "hsf"}}
    apart = not any(above.get(unit, set()) & set(members) for unit in members)
    right = len(members) == len(set(members)) >= 2 and apart
    assert (told(GROUP | {"units": members}) == []) is right


def test_every_problem_of_the_file_comes_out(change: Change, problems: Problems) -> None:
    change("comparison.toml", '"hjalpmedelscentrum",\n]', '"hjalpmedelscentralen",\n]')
    change("comparison.toml", 'words = "bland staberna"', 'words = " "')
    assert problems() == [f"{FILE}: group[staber].words: Fältet får inte vara tomt. Fyll i fältet."]
    change("comparison.toml", 'words = " "', 'words = "bland staberna"')
    assert problems() == [
        f"{FILE}: group[diagnostik].units: Enheten ”hjalpmedelscentralen” finns inte."
        " Rätta id eller lägg till enheten i organisation.toml."
    ]


def test_without_the_file_there_are_no_groups(folder: Path) -> None:
    (folder / "comparison.toml").unlink()
    assert read_catalogue(folder).comparison_groups == ()


# What a measure counts


@pytest.fixture(scope="module")
def sickness() -> MeasureFile:
    return next(
        read for read in read_files(DefinitionFiles(ROOT / "data")).measures if read.key == "sjukfranvaro"
    )


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ({}, ""),
        ({"counted": Counted.RATE}, ""),
        ({"counted": Counted.RATE, "aggregation": Aggregation.FLOW_PER_STOCK}, ""),
        ({"aggregation": Aggregation.SNAPSHOT_RATIO}, ""),
        ({"counted_unit": ""}, ""),
        ({"counted": None, "counted_unit": ""}, ""),
        (
            {"counted": None},
            "counted_unit: Det sägs vad nämnaren räknar, men inte att nyckeltalet räknar något.",
        ),
        ({"aggregation": Aggregation.FLOW_PER_STOCK}, "counted: ”flow_per_stock” kan inte vara ”share”."),
        ({"aggregation": Aggregation.SURVEY}, "counted: ”survey” kan inte vara ”share”."),
        (
            {"counted": Counted.RATE, "aggregation": Aggregation.GROWTH},
            "counted: ”growth” kan inte vara ”rate”.",
        ),
        ({"counted_unit": "", "component_unit": ""}, "counted_unit: Det sägs inte vad nämnaren räknar."),
    ],
)
def test_what_counts_is_a_quotient_that_can(
    sickness: MeasureFile, update: dict[str, Any], expected: str
) -> None:
    shape = sickness.shape.model_copy(update=update)
    found = [str(problem) for problem in check_counted([replace(sickness, shape=shape)])]
    if not expected:
        assert found == []
        return
    assert len(found) == 1
    assert found[0].startswith(f"data/indicators/sjukfranvaro.toml: {expected}")


def test_it_is_told_when_the_files_are_read(change: Change, problems: Problems) -> None:
    change("indicators/hyrpersonal.toml", 'source = "', 'counted_unit = "kronor"\nsource = "')
    assert problems() == [
        "data/indicators/hyrpersonal.toml: counted_unit: Det sägs vad nämnaren räknar, men inte att nyckeltalet räknar"
        " något. Lägg till counted eller ta bort fältet."
    ]
