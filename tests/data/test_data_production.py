"""The demo's production and staffing, which the page Produktion och bemanning stands on: the story that it is to tell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_kpi.ingest.demo import read_settings
from hsf_kpi.ingest.demo.block import Block
from hsf_kpi.ingest.demo.flow import flow_block
from hsf_kpi.model.catalogue import Catalogue

Get = Callable[[str], Block]
PER_YEAR = 12
LAST = 10
"""The demo ends in October 2023: years are compared by their first ten months."""


@pytest.fixture(scope="module")
def block(catalogue: Catalogue, data: Path) -> Get:
    """The block of a measure, made once."""
    settings = read_settings(data / "demo")
    made: dict[str, Block] = {}

    def get(key: str) -> Block:
        if key not in made:
            made[key] = flow_block(catalogue.measure(key), settings.flow[key], catalogue, settings, get)
        return made[key]

    return get


def total(block: Block, year: int, unit: str | None = None) -> int:
    """The numerators of a year's first ten months, of a unit or of all."""
    columns = [i for i, p in enumerate(block.periods) if p.end.year == year and p.end.number <= LAST]
    rows = [i for i, name in enumerate(block.units) if unit in (None, name)]
    return int(block.numerator[rows][:, columns].sum())


def full_time(block: Block, year: int, unit: str | None = None) -> float:
    """Årsarbetare: worked hours over the norm hours of a year's first ten months."""
    assert block.denominator is not None
    columns = [i for i, p in enumerate(block.periods) if p.end.year == year and p.end.number <= LAST]
    return total(block, year, unit) / int(block.denominator[:, columns].max(axis=0).sum())


@pytest.mark.parametrize(
    ("key", "least", "most"),
    [("besok", 101, 102), ("vardtillfallen", 96, 98), ("operationer", 97.5, 101.5)],
)
def test_300_more_arsarbetare_without_more_care(block: Get, key: str, least: float, most: float) -> None:
    index = 100 * total(block(key), 2023) / total(block(key), 2019)
    assert least <= index <= most
    assert total(block(key), 2020) < total(block(key), 2019) * 0.95, "the pandemic"
    assert full_time(block("arsarbetare"), 2023) / full_time(block("arsarbetare"), 2019) > 1.06


@pytest.mark.parametrize(
    ("key", "agreed"),
    [
        ("besok", "besok-overenskomna"),
        ("vardtillfallen", "vardtillfallen-overenskomna"),
        ("operationer", "operationer-overenskomna"),
        ("drg-per-arsarbetare", "drg-overenskomna"),
    ],
)
def test_a_few_percent_more_was_agreed(block: Get, key: str, agreed: str) -> None:
    assert {p.end.year for p in block(agreed).periods} == {2022, 2023}
    for year in (2022, 2023):
        share = total(block(key), year) / total(block(agreed), year)
        assert 0.94 <= share <= 0.98, year
    for unit in block(agreed).units:
        if total(block(agreed), 2023, unit):
            share = total(block(key), 2023, unit) / total(block(agreed), 2023, unit)
            assert 0.8 <= share <= 1.15, unit


def test_a_hired_arsarbetare_costs_what_it_can_cost(block: Get) -> None:
    """1.5–2.5 mnkr a year, at every unit; and none where none is hired."""
    cost, hours = block("hyrpersonal"), block("inhyrda-arsarbetare")
    compared = 0
    for year in range(2019, 2024):
        for unit in (None, *hours.units):
            paid, hired = total(cost, year, unit) * PER_YEAR / LAST, full_time(hours, year, unit)
            assert (paid == 0) == (hired == 0), (unit, year)
            if hired > 0:
                assert 1_500_000 <= paid / hired <= 2_500_000, (unit, year)
                compared += 1
    assert compared > 100


def test_hired_arsarbetare_follow_hyrpersonal(block: Get) -> None:
    hired = {year: full_time(block("inhyrda-arsarbetare"), year) for year in range(2019, 2024)}
    assert hired[2019] < hired[2021] < hired[2022]
    assert hired[2023] < hired[2022]
    assert 150 <= hired[2023] <= 190


@pytest.mark.parametrize("year", range(2019, 2024))
def test_overtime_is_a_small_part_of_the_work(block: Get, year: int) -> None:
    share = full_time(block("overtid-arsarbetare"), year) / full_time(block("arsarbetare"), year)
    assert 0.015 <= share <= 0.025
