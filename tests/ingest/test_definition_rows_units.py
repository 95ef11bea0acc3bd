"""Rows of units: new, moved, ended and renamed ones; the whole organisation checked, and told at the rows."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi import ROOT
from hsf_kpi.ingest.definition_rows import DefinitionRowsError, changed_catalogue, definition_rows
from hsf_kpi.ingest.definition_rows.unit_check import shape_of
from hsf_kpi.ingest.definition_rows.unit_names import slug
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.definitions.changes import OrganisationChangesShape, changed_organisation
from hsf_kpi.ingest.definitions.organisation import build_organisation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.incoming import Holds
from hsf_kpi.model.organisation import Organisation, Placement
from hsf_kpi.model.period import Month

DATA = ROOT / "data"
CATALOGUE = read_catalogue(DATA)
ORGANISATION = CATALOGUE.organisation
TODAY = Month.parse("2024-06")
LEAVES = [
    unit
    for unit in ORGANISATION.units
    if ORGANISATION.units[unit].exists_at(TODAY) and not ORGANISATION.children(unit, TODAY)
]
NEW: Mapping[str, object] = {
    "unit": "ny-klinik", "name": "Nya kliniken", "level": "klinik", "parent": "Akutsjukvård", "first": "jan 2024",
    "tags": "personal, operation", "cost_centre": "12345", "hsa_id": "SE23-1", "source": "Beslut 7",
}  # fmt: skip
Cells = Mapping[str, object]


def files(*rows: Cells, catalogue: Catalogue = CATALOGUE) -> tuple[tuple[str, str], ...]:
    return definition_rows(Holds.UNITS, [{"row": at, **row} for at, row in enumerate(rows, 2)], catalogue)


def entries(*rows: Cells) -> dict[str, Any]:
    [(path, text)] = files(*rows)
    assert path == "organisation/andringar.toml"
    return tomllib.loads(text)


def faults(*rows: Cells) -> list[tuple[str, str]]:
    with pytest.raises(DefinitionRowsError) as caught:
        files(*rows)
    return [(fault.where(), fault.what) for fault in caught.value.faults]


def test_a_merger_and_a_move_become_changes_that_the_catalogue_reads() -> None:
    rows = (
        NEW,
        {"unit": "kirurgkliniken", "last": "2023-12", "successor": "ny-klinik"},
        {"unit": "Medicinkliniken", "last": "2023-12-31", "successor": "Nya kliniken"},
        {"unit": "laboratoriemedicin", "parent": "akutsjukvard", "first": "2023-07"},
    )
    found = changed_catalogue(DATA, CATALOGUE, files(*rows))
    units = found.organisation.units
    new = units["ny-klinik"]
    assert (new.name, new.level, new.source, new.tags) == (
        ("Nya kliniken", "klinik", "Beslut 7", {"personal", "operation"})
    )
    assert new.placements == (Placement("akutsjukvard", Month.parse("2024-01"), None),)
    assert new.keys == {"kostnadsställe": "12345", "hsa_id": "SE23-1"}
    for old in ("kirurgkliniken", "medicinkliniken"):
        assert (units[old].last, units[old].successor) == (Month.parse("2023-12"), "ny-klinik")
    assert units["laboratoriemedicin"].parent_at(Month.parse("2023-06")) == "medicinsk-diagnostik-och-teknik"
    assert units["laboratoriemedicin"].parent_at(Month.parse("2023-07")) == "akutsjukvard"
    told = [(r.month.iso, r.text) for r in found.organisation.reorganisations]
    assert ("2024-01", "Kirurgkliniken och Medicinkliniken bildar Nya kliniken.") in told
    assert ("2023-07", "Laboratoriemedicin flyttas till Akutsjukvård.") in told
    # The same rows again change nothing.
    assert files(*rows, catalogue=found) == ()


def test_only_what_is_another_is_kept() -> None:
    unit = ORGANISATION.units["kirurgkliniken"]
    same: dict[str, object] = {
        "unit": unit.id,
        "name": unit.name,
        "level": unit.level,
        "parent": "akutsjukvard",
    }
    assert files({**same, "tags": ", ".join(sorted(unit.tags)), "source": "Annan källa"}) == ()
    found = entries({**same, "name": "Kirurgen", "cost_centre": 4711.0, "source": "Annan källa"})
    assert found == {
        "unit": [
            {
                "id": "kirurgkliniken",
                "name": "Kirurgen",
                "keys": {"kostnadsställe": "4711"},
                "source": "Annan källa",
            }
        ]
    }


def test_later_rows_are_laid_upon_earlier_ones() -> None:
    first = changed_catalogue(DATA, CATALOGUE, files(NEW))
    second = changed_catalogue(
        DATA, first, files({"unit": "ny-klinik", "name": "Nyaste kliniken"}, catalogue=first)
    )
    third = changed_catalogue(
        DATA,
        second,
        files({"unit": "ny-klinik", "parent": "nara-vard", "first": "2025-01"}, catalogue=second),
    )
    unit = third.organisation.units["ny-klinik"]
    assert unit.name == "Nyaste kliniken"
    assert unit.placements == (
        Placement("akutsjukvard", Month.parse("2024-01"), Month.parse("2024-12")),
        Placement("nara-vard", Month.parse("2025-01"), None),
    )
    assert files(NEW, catalogue=first) == ()


FAULTS: list[tuple[tuple[Cells, ...], str, str]] = [
    (({"unit": None},), "rad 2, kolumn ”Verksamhet”", "Verksamheten saknas."),
    (({"unit": "kirurgklinikn"},), "rad 2, kolumn ”Verksamhet”", "Verksamheten finns inte."),
    (({**NEW, "unit": "Nya kliniken"},), "rad 2, kolumn ”Verksamhet”", "En ny verksamhets id har fel form."),
    (({**NEW, "level": ""},), "rad 2, kolumn ”Nivå”", "Nivån saknas. Verksamheten är ny."),
    (({**NEW, "parent": "akut"},), "rad 2, kolumn ”Överordnad”", "Verksamheten finns inte."),
    (({**NEW, "first": "10/11/2023"},), "rad 2, kolumn ”Från och med”", "Det är ingen månad."),
    (
        ({**NEW, "last": "2023-01"},),
        "rad 2, kolumn ”Till och med”",
        "Sista månaden är före den första.",
    ),
    (({**NEW, "tags": "stor klinik!"},), "rad 2, kolumn ”Märken”", "Ett märke har fel form."),
    ((NEW, NEW), "rad 3, kolumn ”Verksamhet”", "Verksamheten står på flera rader."),
    (
        ({"unit": "kirurgkliniken", "parent": "nara-vard"},),
        "rad 2, kolumn ”Från och med”",
        "Verksamheten får en ny överordnad, men från vilken månad saknas.",
    ),
    (
        ({"unit": "kirurgkliniken", "first": "2024-01"},),
        "rad 2, kolumn ”Från och med”",
        "Verksamheten finns redan. Från och med gäller bara den som är ny eller flyttar.",
    ),
    (
        ({"unit": "hsf", "parent": "nara-vard", "first": "2024-01"},),
        "rad 2, kolumn ”Överordnad”",
        "Verksamheten står överst och kan inte flyttas.",
    ),
    (
        ({"unit": "kirurgkliniken", "successor": "medicinkliniken"},),
        "rad 2, kolumn ”Efterträdare”",
        "Enheten har en efterträdare men inget slut.",
    ),
    (
        (
            {"unit": "kirurgkliniken", "last": "2023-12", "successor": "medicinkliniken"},
            {"unit": "medicinkliniken", "last": "2023-12", "successor": "kirurgkliniken"},
        ),
        "rad 2, kolumn ”Efterträdare”",
        "Efterträdarna bildar en ring: kirurgkliniken → medicinkliniken → kirurgkliniken.",
    ),
    (
        ({"unit": "akutsjukvard", "parent": "kirurgkliniken", "first": "2024-01"},),
        "rad 2, kolumn ”Överordnad”",
        "Enheterna bildar en ring: akutsjukvard → kirurgkliniken → akutsjukvard.",
    ),
    (
        (
            {"unit": "kirurgkliniken", "cost_centre": "1"},
            {"unit": "medicinkliniken", "cost_centre": "1"},
        ),
        "rad 3, kolumn ”Kostnadsställe”",
        "Nyckeln ”1” i kostnadsställe används samtidigt av ”kirurgkliniken”.",
    ),
    (
        ({"unit": "akutsjukvard", "last": "2023-12"},),
        "rad 2, kolumn ”Verksamhet”",
        "Kirurgkliniken: ”akutsjukvard” finns inte under hela tiden som enheten står under den.",
    ),
    (
        ({"unit": "kirurgkliniken", "name": "800101-1234"},),
        "rad 2, kolumn ”Namn”",
        "Texten liknar ett personnummer och får inte läsas in.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "where", "what"), FAULTS, ids=[str(at) for at in range(len(FAULTS))])
def test_what_is_wrong_is_told_with_row_and_column(rows: tuple[Cells, ...], where: str, what: str) -> None:
    assert (where, what) in faults(*rows), faults(*rows)


def test_all_faults_are_told_at_once() -> None:
    found = faults(
        {"unit": "nagot"}, {**NEW, "level": "", "parent": "akut"}, {"unit": "hsf", "last": "okänd"}
    )
    assert len(found) == 4


def test_an_id_is_made_of_a_name() -> None:
    assert slug("Närsjukvård Öst (AH)") == "narsjukvard-ost-ah"
    assert slug("!") == "ny-verksamhet"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(LEAVES), min_size=1, max_size=4, unique=True), st.data())
def test_history_follows_the_successor_and_no_other_unit_changes(
    ended: list[str], data: st.DataObject
) -> None:
    """Today's view: what counted in the ended units counts in the new one, and in every unit above them both as before."""
    parent = data.draw(st.sampled_from(sorted({str(ORGANISATION.parent(unit, TODAY)) for unit in ended})))
    rows = [
        {**NEW, "parent": parent},
        *({"unit": u, "last": "2023-12", "successor": "ny-klinik"} for u in ended),
    ]
    after = _organisation(rows)
    then = Month.parse("2023-03")
    for unit in ORGANISATION.units:
        before = ORGANISATION.ancestors(unit, then, OrgView.TODAY, TODAY)
        now = after.ancestors(unit, then, OrgView.TODAY, TODAY)
        if ORGANISATION.heir(unit, TODAY) not in ended:
            assert now == before
            continue
        assert now == (*ORGANISATION.path(parent, TODAY), "ny-klinik")
        # As it was: nothing has been rewritten.
        was = ORGANISATION.ancestors(unit, then, OrgView.AS_WAS, TODAY)
        assert after.ancestors(unit, then, OrgView.AS_WAS, TODAY) == was


def _organisation(rows: list[Cells]) -> Organisation:
    """The organisation with the rows, without reading every other definition again."""
    raw = entries(*rows)
    changes = OrganisationChangesShape.model_validate(raw)
    changed, problems = changed_organisation(shape_of(ORGANISATION), changes, raw, "")
    assert problems == []
    return build_organisation(changed)
