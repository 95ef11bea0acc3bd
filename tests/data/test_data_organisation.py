"""The organisation and its frames, held against the plan's section 5."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from hsf_kpi.ingest.definitions import read_ramar
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.period import Month

BEFORE, AFTER = Month.of(2022, 12), Month.of(2023, 1)


def test_root_and_the_six_areas_of_2023(catalogue: Catalogue) -> None:
    organisation = catalogue.organisation
    assert organisation.root == "hsf"
    assert organisation.children("hsf", AFTER) == (
        "nara-vard",
        "akutsjukvard",
        "medicinsk-diagnostik-och-teknik",
        "medicinsk-stab",
        "planering-och-utveckling",
        "forvaltningsledning",
    )


PREDECESSORS = {
    "medicinkliniken-sala": "narsjukvard-ost",
    "palliativa-avdelningen": "narsjukvard-ost",
    "ah-teamet": "narsjukvard-ost",
    "halsocenter": "paramedicinsk-primarvard",
}


@pytest.mark.parametrize("unit", PREDECESSORS)
def test_the_reorganisation_of_2023(catalogue: Catalogue, unit: str) -> None:
    organisation = catalogue.organisation
    heir = PREDECESSORS[unit]
    assert organisation.get(unit).last == BEFORE
    assert organisation.heir(unit, AFTER) == heir
    assert organisation.ancestors(unit, BEFORE, OrgView.TODAY, AFTER) == ("hsf", "nara-vard", heir)
    assert organisation.ancestors(unit, BEFORE, OrgView.AS_WAS, AFTER) == ("hsf", "nara-vard", unit)
    assert any(unit in r.units and heir in r.units and r.month == AFTER for r in organisation.reorganisations)


def test_narsjukvard_ost_begins_2023(catalogue: Catalogue) -> None:
    unit = catalogue.organisation.get("narsjukvard-ost")
    assert unit.first == AFTER
    assert not unit.exists_at(BEFORE)


def test_what_no_source_says_is_marked_as_assumed(catalogue: Catalogue) -> None:
    organisation = catalogue.organisation
    for unit in (
        "vuxenpsykiatri",
        "barn-och-ungdomspsykiatri",
        "habilitering",
        "1177-vardguiden-pa-telefon",
        "rattspsykiatri-sala",
        "sjukvardens-larmcentral",
        "hjartavdelningen",
        "forlossning-och-neonatal",
    ):
        assert organisation.get(unit).assumed, unit
        assert "antage" in organisation.get(unit).note, unit
    for unit in ("hsf", "nara-vard", "akutsjukvard", "hjalpmedelscentrum", "operation-anestesi-och-iva"):
        assert not organisation.get(unit).assumed, unit
    assert all(unit.source for unit in organisation.units.values())


def test_who_has_own_staff(catalogue: Catalogue) -> None:
    units = catalogue.organisation.units
    inner = {"hsf", "nara-vard", "akutsjukvard", "medicinsk-diagnostik-och-teknik"}
    assert {u.id for u in units.values() if "personal" not in u.tags} == inner


def test_frames_sum_to_the_printed_totals(data: Path) -> None:
    ramar = {(r.unit, r.part): r.amounts for r in read_ramar(data)}
    areas = (
        "nara-vard",
        "akutsjukvard",
        "medicinsk-diagnostik-och-teknik",
        "medicinsk-stab",
        "planering-och-utveckling",
        "forvaltningsledning",
    )
    for year, total in ((2022, "7799.0"), (2023, "8306.5")):
        assert sum(ramar[area, ""][year] for area in areas) == Decimal(total) == ramar["hsf", ""][year]
    assert ramar["hsf", ""] == {
        2022: Decimal("7799.0"),
        2023: Decimal("8306.5"),
        2024: Decimal("8710.6"),
        2025: Decimal("8785.5"),
    }
    assert [str(ramar["vardval-primarvard", ""][y]) for y in range(2022, 2026)] == [
        "1256.5",
        "1334.5",
        "1402.5",
        "1409.3",
    ]
    assert ramar["medicinsk-stab", "Läkemedel"] == {2022: Decimal("553.3"), 2023: Decimal("590.2")}
    assert ramar["forvaltningsledning", "Privata utförare"] == {
        2022: Decimal("105.9"),
        2023: Decimal("110.9"),
    }


def test_posts_within_a_frame_are_smaller_than_it(data: Path) -> None:
    ramar = read_ramar(data)
    whole = {r.unit: r.amounts for r in ramar if not r.part}
    posts = [r for r in ramar if r.part]
    assert len(posts) == 2
    for post in posts:
        for year, amount in post.amounts.items():
            assert 0 < amount < whole[post.unit][year]
