"""A region's place among the regions, held against counting by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.analysis.regions import (
    BEST,
    FEWEST,
    best_of,
    is_better,
    ordered,
    place_of,
    places,
    places_by_year,
    possible,
    same_latest,
    standing,
)
from hsf_kpi.model.codes import Direction

UP, DOWN, NONE = Direction.UP, Direction.DOWN, Direction.NONE
HOME = "0019"
IDS = [f"{number:04}" for number in range(1, 22)]

tenths = st.integers(-20, 60).map(lambda n: Fraction(n, 10))
some_values = st.dictionaries(st.sampled_from(IDS), tenths, max_size=21)
series = st.dictionaries(st.integers(2016, 2025), some_values, max_size=10)
ways = st.sampled_from([UP, DOWN])


def full(*, home: int, year: int = 2020) -> dict[int, dict[str, Fraction]]:
    """All regions with the values 1, 2 … and the own with `home`."""
    return {year: {one: Fraction(home if one == HOME else at) for at, one in enumerate(IDS, 1)}}


@given(some_values, ways)
def test_a_place_is_one_more_than_those_that_are_better(
    values: dict[str, Fraction], direction: Direction
) -> None:
    found = places(values, direction)
    for region, own in values.items():
        better = sum(v > own if direction is UP else v < own for v in values.values())
        assert found[region] == better + 1
        told = place_of(values, region, direction, 2020)
        assert told is not None
        assert (told.place, told.of) == (better + 1, len(values))
        assert told.shared == (list(values.values()).count(own) > 1)
    assert found.keys() == values.keys()


@given(some_values, ways)
def test_the_best_are_those_with_the_first_places(values: dict[str, Fraction], direction: Direction) -> None:
    best = best_of(values, direction)
    assert set(best) == {region for region, place in places(values, direction).items() if place <= BEST}
    assert len(best) >= min(BEST, len(values))
    told = [values[region] for region in best]
    assert told == sorted(told, reverse=direction is UP)


@given(series, ways)
def test_the_other_way_round_the_negatives_have_the_same_places(
    found: dict[int, dict[str, Fraction]], direction: Direction
) -> None:
    turned = {year: {region: -v for region, v in values.items()} for year, values in found.items()}
    other = DOWN if direction is UP else UP
    assert places_by_year(found, HOME, direction) == places_by_year(turned, HOME, other)


@given(series, st.dictionaries(st.integers(2016, 2025), tenths), ways)
def test_a_standing_is_of_the_latest_year_and_moves_between_comparable_ones(
    found: dict[int, dict[str, Fraction]], national: dict[int, Fraction], direction: Direction
) -> None:
    years = [year for year in sorted(found) if HOME in found[year]]
    told = standing(found, national, HOME, direction)
    if not years:
        assert told is None
        return
    assert told is not None
    assert told.place is not None
    assert (told.year, told.value) == (years[-1], found[years[-1]][HOME])
    assert told.last_year == found.get(years[-1] - 1, {}).get(HOME)
    assert (told.changed is None) == (years[-1] - 1 not in years)
    assert told.changed is None or told.value - told.changed == found[years[-1] - 1][HOME]
    assert (told.first is None) == (len(years) == 1)
    comparable = [year for year in years if len(found[year]) >= FEWEST]
    if years[-1] not in comparable or len(comparable) < 2:
        assert told.earlier is None
        assert told.moved is None
    else:
        assert told.earlier is not None
        assert told.earlier.year == comparable[0]
        assert told.moved == told.earlier.place - told.place.place
    assert told.better == is_better(told.value, national.get(told.year), direction)


def test_nothing_is_better_without_a_direction() -> None:
    values = full(home=21)
    assert places(values[2020], NONE) == {}
    assert best_of(values[2020], NONE) == ()
    assert ordered(values[2020], NONE)[0][1] == 21
    told = standing(values, {2020: Fraction(1)}, HOME, NONE)
    assert told is not None
    assert (told.place, told.better, told.moved, told.earlier) == (None, None, None, None)


def test_a_move_is_told_only_between_years_with_enough_regions() -> None:
    many = full(home=1)[2020]
    few = {one: many[one] for one in [*IDS[: FEWEST - 2], HOME]}
    assert len(few) == FEWEST - 1
    last = {one: Fraction(100 if one == HOME else 1) for one in IDS}
    told = standing({2018: few, 2019: many, 2020: last}, {}, HOME, UP)
    assert told is not None
    assert told.earlier is not None
    assert (told.earlier.year, told.moved) == (2019, 19)
    shrunk = standing({2019: many, 2020: few}, {}, HOME, UP)
    assert shrunk is not None
    assert shrunk.place is not None
    assert (shrunk.place.of, shrunk.earlier, shrunk.moved) == (FEWEST - 1, None, None)


@pytest.mark.parametrize(
    ("value", "national", "direction", "better"),
    [(2, 1, UP, True), (2, 1, DOWN, False), (1, 2, DOWN, True), (2, 2, UP, None), (2, None, UP, None), (2, 1, NONE, None)],
)  # fmt: skip
def test_better_than_the_country(
    value: int, national: int | None, direction: Direction, better: bool | None
) -> None:
    held = None if national is None else Fraction(national)
    assert is_better(Fraction(value), held, direction) is better


def test_key_figures_that_say_the_same_twice_are_found() -> None:
    one, other = full(home=3), full(home=4)
    few = {2020: {region: value for region, value in one[2020].items() if region < IDS[FEWEST - 1]}}
    older = {2019: one[2020]}
    told = {"a": one, "b": other, "c": older | one, "d": few, "e": few, "f": older, "g": {}}
    assert same_latest(told) == (("a", "c"),)


@given(series, st.integers(0, 6))
def test_what_can_not_be_is_taken_out_and_told(found: dict[int, dict[str, Fraction]], most: int) -> None:
    kept, faults = possible(found, Decimal(most))
    assert all(value <= most for values in kept.values() for value in values.values())
    assert all(value > most for _, _, value in faults)
    together = [(y, r, v) for y, values in kept.items() for r, v in values.items()] + list(faults)
    assert sorted(together) == sorted((y, r, v) for y, values in found.items() for r, v in values.items())
    assert possible(found, None)[1] == ()
