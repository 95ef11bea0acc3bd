"""Loaded definition files: beside those of the folder, row by row where they hold changes, checked and told like them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue, read_ramar
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.organisation import Placement
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DefinitionError

DATA = ROOT / "data"
YEAR, CHANGES, UNITS = "targets/2024.toml", "targets/2023-andringar.toml", "organisation/andringar.toml"
NEW_YEAR = """
year = 2024
source = "Plan 2024"
[[target]]
measure = "sjukfranvaro"
kind = "at_most"
high = "5.5"
wording = "5,5 %"
"""
CHANGED = """
year = 2023
source = "Beslut 4"
[[target]]
measure = "sjukfranvaro"
kind = "at_most"
high = "5.8"
wording = "5,8 %"
source = "Beslut 5"
"""
MERGED = """
[[unit]]
id = "ny-klinik"
name = "Nya kliniken"
level = "klinik"
parent = "akutsjukvard"
first = "2024-01"
source = "Beslut 7"
[unit.keys]
hsa_id = "SE1"

[[unit]]
id = "kirurgkliniken"
last = "2023-12"
successor = "ny-klinik"

[[unit]]
id = "laboratoriemedicin"
parent = "akutsjukvard"
first = "2023-07"
"""


@pytest.fixture(scope="module")
def plain() -> Catalogue:
    return read_catalogue(DATA)


def told(overlay: dict[str, str], folder: Path = DATA) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        read_catalogue(folder, overlay)
    return [str(problem) for problem in caught.value.problems]


def test_a_loaded_file_is_read_beside_the_others_and_covered_by_the_fingerprint(plain: Catalogue) -> None:
    found = read_catalogue(DATA, {YEAR: NEW_YEAR})
    target = found.measure("sjukfranvaro").target_for(2024)
    assert target is not None
    assert (str(target.high), target.source) == ("5.5", "Plan 2024")
    assert found.measure("sjukfranvaro").target_for(2023) == plain.measure("sjukfranvaro").target_for(2023)
    assert found.loaded == {YEAR: NEW_YEAR}
    other = read_catalogue(DATA, {YEAR: NEW_YEAR.replace("Plan", "Verksamhetsplan")})
    assert len({plain.fingerprint, found.fingerprint, other.fingerprint}) == 3


def test_without_anything_loaded_nothing_is_another(plain: Catalogue) -> None:
    assert read_catalogue(DATA, {}) == plain
    assert read_catalogue(DATA, {YEAR: NEW_YEAR}).fingerprint == (
        read_catalogue(DATA, {YEAR: NEW_YEAR}).fingerprint
    )


def test_the_fingerprint_is_that_of_the_same_files_in_the_folder(folder: Path) -> None:
    loaded = read_catalogue(folder, {YEAR: NEW_YEAR}).fingerprint
    (folder / YEAR).write_text(NEW_YEAR, "utf-8")
    assert read_catalogue(folder).fingerprint == loaded
    # The same path: the loaded one is read, and the one in the folder is not.
    instead = NEW_YEAR.replace("5.5", "5.2")
    found = read_catalogue(folder, {YEAR: instead}).measure("sjukfranvaro").target_for(2024)
    assert found is not None
    assert str(found.high) == "5.2"


def test_changes_to_a_year_take_the_place_of_the_rows_of_the_same_measure_only(plain: Catalogue) -> None:
    found = read_catalogue(DATA, {CHANGES: CHANGED})
    for key, measure in plain.measures.items():
        changed = found.measure(key)
        if key != "sjukfranvaro":
            assert changed == measure
            continue
        [target] = changed.targets
        assert (str(target.high), target.source) == ("5.8", "Beslut 5")
        assert changed.baselines == measure.baselines


def test_of_several_files_of_changes_the_last_by_name_counts() -> None:
    later = CHANGED.replace("5.8", "5.1")
    found = read_catalogue(DATA, {CHANGES: CHANGED, "targets/2023-beslut.toml": later})
    [target] = found.measure("sjukfranvaro").targets
    assert str(target.high) == "5.1"


def test_changes_to_units_leave_the_rest_of_the_unit_as_organisation_toml_says(
    plain: Catalogue, folder: Path
) -> None:
    after = read_catalogue(folder, {UNITS: MERGED}).organisation
    before = plain.organisation
    old, new = before.units["kirurgkliniken"], after.units["kirurgkliniken"]
    assert (new.last, new.successor) == (Month.parse("2023-12"), "ny-klinik")
    assert (new.name, new.tags, new.source, new.note) == (old.name, old.tags, old.source, old.note)
    assert after.units["ny-klinik"].keys == {"hsa_id": "SE1"}
    assert list(after.units)[-1] == "ny-klinik"
    assert after.units["laboratoriemedicin"].placements == (
        Placement("medicinsk-diagnostik-och-teknik", None, Month.parse("2023-06")),
        Placement("akutsjukvard", Month.parse("2023-07"), None),
    )
    same = set(before.units) - {"kirurgkliniken", "laboratoriemedicin"}
    assert all(after.units[unit] == before.units[unit] for unit in same)
    # A later organisation.toml still counts.
    path = folder / "organisation.toml"
    path.write_text(path.read_text("utf-8").replace('"Kirurgkliniken"', '"Kirurgen"'), "utf-8")
    renamed = read_catalogue(folder, {UNITS: MERGED}).organisation.units["kirurgkliniken"]
    assert (renamed.name, renamed.successor) == ("Kirurgen", "ny-klinik")


def test_the_frames_do_not_follow_what_is_loaded(plain: Catalogue) -> None:
    assert read_ramar(DATA) == read_ramar(DATA)
    assert plain.plan_tables == read_catalogue(DATA, {UNITS: MERGED}).plan_tables


FAULTS = [
    (
        {CHANGES: CHANGED.replace("sjukfranvaro", "sjukfranvara")},
        "data/targets/2023-andringar.toml (inläst): target[sjukfranvara].measure: Nyckeltalet ”sjukfranvara” finns inte.",
    ),
    ({CHANGES: "year = 2023"}, "data/targets/2023-andringar.toml (inläst): source: Fältet saknas."),
    (
        {CHANGES: "year =\n"},
        "data/targets/2023-andringar.toml (inläst): rad 1, kolumn 7: Filen är inte giltig TOML.",
    ),
    ({"targets/2025-x.toml": CHANGED}, "data/targets/2025-x.toml (inläst): year: Filen heter ”2025-x”"),
    (
        {UNITS: MERGED.replace('name = "Nya kliniken"\n', "")},
        "data/organisation/andringar.toml (inläst): unit[ny-klinik].name: Fältet saknas.",
    ),
    (
        {UNITS: MERGED.replace('last = "2023-12"\n', "")},
        "data/organisation/andringar.toml (inläst): unit[kirurgkliniken].successor: Enheten har en efterträdare",
    ),
    (
        {UNITS: MERGED.replace('first = "2023-07"\n', "")},
        "data/organisation/andringar.toml (inläst): unit[laboratoriemedicin].first: Enheten finns redan",
    ),
    (
        {UNITS: '[[unit]]\nid = "kirurgkliniken"\nfirst = "2023-07"\n'},
        "data/organisation/andringar.toml (inläst): unit[kirurgkliniken].parent: Enheten finns redan",
    ),
    (
        {UNITS: '[[unit]]\nid = "hsf"\nparent = "nara-vard"\nfirst = "2023-07"\n'},
        "data/organisation/andringar.toml (inläst): unit[hsf].parent: Enheten står överst",
    ),
    (
        {UNITS: '[[unit]]\nid = "akutsjukvard"\nlast = "2023-12"\n'},
        "data/organisation.toml: unit[kirurgkliniken].parent: ”akutsjukvard” finns inte under hela tiden",
    ),
    (
        {UNITS: '[[unit]]\nid = "kirurgkliniken"\nledare = "x"\n'},
        "data/organisation/andringar.toml (inläst): unit[kirurgkliniken].ledare: Fältet är okänt.",
    ),
]


@pytest.mark.parametrize(("overlay", "expected"), FAULTS, ids=[str(i) for i in range(len(FAULTS))])
def test_what_is_wrong_is_told_with_its_file_and_field(overlay: dict[str, str], expected: str) -> None:
    assert any(problem.startswith(expected) for problem in told(overlay)), told(overlay)


def test_a_second_file_for_a_year_is_still_refused(folder: Path) -> None:
    (folder / "targets" / "plan.toml").write_text(NEW_YEAR.replace("2024", "2023", 1), "utf-8")
    assert sum("Flera filer har målvärden för 2023." in problem for problem in told({}, folder)) == 2
