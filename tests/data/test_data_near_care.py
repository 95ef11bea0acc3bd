"""Nära vård: data/nara_vard.toml against the presentation's own text (printed_nara_vard.txt) and the public facts."""

from __future__ import annotations

import csv
import re
from fractions import Fraction
from pathlib import Path

import pytest

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.near_care import NearCare, ProjectState
from tests.data.printed import folded, printed

TEXT = printed("nara_vard")


@pytest.fixture(scope="module")
def care(catalogue: Catalogue) -> NearCare:
    return catalogue.near_care


@pytest.fixture(scope="module")
def facts(data: Path) -> list[dict[str, str]]:
    with (data / "published" / "public_facts.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_all_its_words_are_the_presentations(care: NearCare) -> None:
    assert care.contract
    assert care.count
    told = [
        *(one.text for one in care.forecasts),
        care.count.text,
        care.purpose,
        *(area.name for area in care.target_areas),
        *(area.aim for area in care.target_areas),
        *(project.name for area in care.target_areas for project in area.projects),
        care.contract.name,
        care.contract.heading,
        care.contract.aim,
        *(event.text for part in care.history for event in part.events),
        *care.phases,
        *care.plan,
        *care.now,
    ]
    source = folded(TEXT.replace("•", ""))
    missing = [one for one in told if folded(one) not in source]
    assert not missing
    assert len(told) == 60


def test_every_percentage_and_year_of_the_forecast_is_there(care: NearCare) -> None:
    slide = TEXT.partition("Källa: DUVA")[0]
    assert {one.percent for one in care.forecasts} == {int(p) for p in re.findall(r"(\d+) ?%", slide)}
    assert [(one.age, one.percent, one.years, one.until) for one in care.forecasts] == [
        ("85-åringar", 74, 10, 2034),
        ("65-åringar", 28, 6, 2030),
        ("75-åringar", 1, 10, None),
    ]


def test_the_counts_without_an_age_fit_none_of_the_percentages(care: NearCare) -> None:
    assert care.count
    assert (care.count.first, care.count.last) == (7832, 9775)
    assert care.count.percent == Fraction(9775 - 7832, 7832) * 100
    assert round(care.count.percent, 1) == Fraction("24.8")
    assert all(abs(care.count.percent - one.percent) > 1 for one in care.forecasts)


def test_the_forecast_agrees_with_the_list_of_public_facts(
    care: NearCare, facts: list[dict[str, str]]
) -> None:
    """A second transcription, made by others."""
    listed = {
        (row["indicator"], row["period"]): int(row["value"])
        for row in facts
        if row["indicator"].startswith("befolkningsprognos_")
    }
    assert care.count
    assert listed == {
        ("befolkningsprognos_85ar_okning", "till 2034"): care.forecasts[0].percent,
        ("befolkningsprognos_65ar_okning", "till 2030"): care.forecasts[1].percent,
        ("befolkningsprognos_75ar_okning", "10 år"): care.forecasts[2].percent,
        ("befolkningsprognos_85ar", "2024"): care.count.first,
        ("befolkningsprognos_85ar", "2030"): care.count.last,
    }


def test_region_and_ten_kommuner_of_which_one_is_spelt_in_two_ways(care: NearCare) -> None:
    first, last = (page for page in re.split(r"(?=Framtidens nära vård [-–])", TEXT) if "samarbete" in page)
    names = re.findall(r"(?:Region|[A-ZÅÄÖ]\w+) (?:Västmanland\b|kommun\b|stad\b)", " ".join(last.split()))
    assert list(care.members) == names
    assert len(names) == 11
    assert "Norrbergs kommun" in " ".join(first.split())
    assert "Norrbergs" in care.member_notes[0]


def test_three_target_areas_with_their_projects_and_the_four_nodes(care: NearCare) -> None:
    assert {area.name: [p.state for p in area.projects] for area in care.target_areas} == {
        "Närsjukvård och mobilitet": [None, None],
        "Sjukdomsförebyggande": [ProjectState.NEW, ProjectState.REGULAR, ProjectState.PROPOSED],
        "Psykisk ohälsa": [None, ProjectState.REGULAR],
    }
    assert ", ".join(care.nodes) in care.target_areas[0].projects[0].name
    assert "Fyra noder" in " ".join(TEXT.split())
    assert len(care.nodes) == 4


def test_the_history_tells_every_bullet_of_its_slide(care: NearCare) -> None:
    slide = TEXT[TEXT.index("2018-2019 2020") : TEXT.index("Nära vård i Västmanland\n")]
    # The sign before those of 2021 has become a space.
    bullets = len(re.findall("^[• ]", slide, re.M))
    assert sum(len(part.events) for part in care.history) == bullets
    assert [(part.first, part.last) for part in care.history] == [
        (2018, 2019), (2020, 2020), (2021, 2021), (2022, 2022), (2023, None),
    ]  # fmt: skip
    assert "9 projektstarter, 3 förstudier" in care.history[2].events[0].text


def test_the_population_is_what_the_public_facts_say(care: NearCare, facts: list[dict[str, str]]) -> None:
    """A property of all of them, with arithmetic of its own: no number is copied by hand."""
    for one in care.populations:
        for series in (one.own, one.national):
            rows = [
                (int(row["period"]), Fraction(row["value"]))
                for row in facts
                if (row["indicator"], row["unit_scope"]) == (series.indicator, series.scope)
            ]
            assert set(series.values.items()) == set(rows)
            assert list(series.values) == list(range(2011, 2025))
            assert all(source.partition("https://")[1] for source in series.sources)
    share, people, _ = care.populations
    assert (share.own.values[2019], share.own.values[2024], share.national.values[2024]) == (
        Fraction("5.8"), Fraction("6.9"), Fraction("6.1"),
    )  # fmt: skip
    assert people.own.values[2017] == 271095
    assert len(people.own.sources) == 2, "the region's own page confirms 2017"
