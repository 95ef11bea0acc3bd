"""data/omvarld.toml: the key figures against Kolada's list and values, VGR's plan against the
source's own words (printed_vgr.txt)."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Direction
from hsf_kpi.model.surroundings import OtherPlan, Surroundings
from tests.data.printed import printed

WITHOUT_DIRECTION = {
    "N70341", "N70346", "N70351", "N70352",  # how ill people are
    "N63125",  # the tax rate
    "U70020", "N70808", "N70845", "U79029",  # amounts
}  # fmt: skip
LESS_IS_BETTER = {
    "N61603", "N70641", "N70642", "N79175", "N79176", "N79180", "N79184", "N79189", "N79190", "U20462", "U70425",
    "U70477", "U79065", "U79066", "U79092", "U79093", "U79132", "U79133", "U79134", "U79135", "U79149",
}  # fmt: skip


@pytest.fixture(scope="module")
def around(catalogue: Catalogue) -> Surroundings:
    return catalogue.surroundings


@pytest.fixture(scope="module")
def plan(around: Surroundings) -> OtherPlan:
    assert around.plan is not None
    return around.plan


@pytest.fixture(scope="module")
def values(data: Path) -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = defaultdict(list)
    with (data / "published" / "kolada_regions.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            found[row["kolada_id"]].append(Decimal(row["value"]))
    return found


def test_each_of_the_76_series_is_defined_with_kolada_s_own_name(data: Path, around: Surroundings) -> None:
    with (data / "published" / "kolada_indicators.csv").open(encoding="utf-8") as rows:
        listed = {row["kolada_id"]: (row["name"], row["register"]) for row in csv.DictReader(rows)}
    assert len(listed) == len(around.figures) == 76
    assert {one.id: (one.name, one.register) for one in around.figures} == listed


def test_years_that_copy_another_key_figure_are_known_and_left_out(data: Path, around: Surroundings) -> None:
    """Two key figures that agree everywhere in one year and not in the one before: one of them is wrong that year. Fails
    the day that the published file is put right, or holds another such year.
    """
    found: dict[str, dict[int, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    with (data / "published" / "kolada_regions.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            found[row["kolada_id"]][int(row["year"])][row["municipality_id"]] = Decimal(row["value"])
    copies = {
        (one, other, year)
        for one, other in combinations(found, 2)
        for year in found[one].keys() & found[other].keys()
        if found[one][year] == found[other][year]
        and len(found[one][year]) > 15
        and {year - 1} <= found[one].keys() & found[other].keys()
        and found[one][year - 1] != found[other][year - 1]
    }
    assert copies == {("N70467", "U70448", 2025)}
    assert {(one.id, year) for one in around.figures for year in one.wrong_years} == {("N70467", 2025)}


def test_names_can_be_told_apart_and_fit(around: Surroundings) -> None:
    short = [one.short_name for one in around.figures]
    assert len(set(short)) == len(short)
    assert max(map(len, short)) <= 50
    assert {one.field for one in around.figures} == set(around.fields)


def test_the_directions_are_those_that_were_decided(around: Surroundings) -> None:
    by_direction = defaultdict(set)
    for one in around.figures:
        by_direction[one.direction].add(one.id)
    assert by_direction[Direction.NONE] == WITHOUT_DIRECTION
    assert by_direction[Direction.DOWN] == LESS_IS_BETTER
    assert len(by_direction[Direction.UP]) == 46
    assert set(by_direction) == {Direction.UP, Direction.DOWN, Direction.NONE}


def test_they_agree_with_our_own_measures_of_the_same_series(catalogue: Catalogue) -> None:
    told = 0
    for measure in catalogue.measures.values():
        series = measure.outcome_series()
        figure = catalogue.surroundings.figure(series) if series else None
        if figure is not None:
            told += 1
            assert figure.direction is measure.direction, measure.key
    assert told == 8


def test_a_largest_value_is_what_a_part_of_a_whole_can_be(
    around: Surroundings, values: dict[str, list[Decimal]]
) -> None:
    above = {one.id for one in around.figures if one.most is not None and max(values[one.id]) > one.most}
    # Västra Götalandsregionen 2025: 146,1 %.
    assert above == {"N79221"}
    for one in around.figures:
        assert one.most in (None, Decimal(100))
        assert one.most is None or one.is_share
        if one.most is not None:
            assert min(values[one.id]) >= 0, one.id


def test_a_unit_that_is_our_reading_is_one_that_the_list_leaves_open(
    data: Path, around: Surroundings
) -> None:
    with (data / "published" / "kolada_indicators.csv").open(encoding="utf-8") as rows:
        coarse = {row["kolada_id"]: row["unit"] for row in csv.DictReader(rows)}
    for one in around.figures:
        if one.unit_read:
            assert coarse[one.id] == "antal"
        if coarse[one.id] == "procent":
            assert one.is_share, one.id
    assert sum(one.unit_read for one in around.figures) == 10


# VGR


def test_the_plan_has_its_areas_and_money(
    plan: OtherPlan, around: Surroundings, catalogue: Catalogue
) -> None:
    assert plan.region == "0014"
    assert plan.funding == {2017: Decimal(100), 2018: Decimal(350), 2019: Decimal(550)}
    assert sum(plan.funding.values()) == plan.total == 1000
    assert (len(plan.areas), len(plan.actions)) == (4, 6)
    assert all(action.area == "" for action in plan.actions)
    [violence, births] = plan.decisions
    assert (violence.amount, violence.parts) == (None, ())
    assert births.amount == Decimal("14.6") == sum(part.amount for part in births.parts)
    read = {one for area in (*plan.areas, *plan.actions) for one in area.reading}
    assert read <= {area.id for area in catalogue.missions.focus_areas}
    assert around.home == "0019"


def test_the_plan_s_words_are_the_source_s(plan: OtherPlan) -> None:
    text = re.sub(r"\s+", " ", printed("vgr"))
    for area in plan.areas:
        assert area.text in text
    for action in plan.actions:
        assert f"• {action.text} " in text
    assert len(re.findall("• ", text)) == len(plan.actions)
    for decision in plan.decisions:
        assert decision.wording in text
    assert plan.total_wording in text
    assert (
        "För 2017 avsattes 100 miljoner kronor, för 2018 350 miljoner och för 2019 550 miljoner kronor"
        in text
    )
    assert "10 miljoner kronor ska i första hand användas för bemanning" in text
    assert "4,6 miljoner används för att förbättra eftervården" in text
