"""A region's place among the regions on a public key figure: this year, its movement, and against the country.

Values are evaluated as published (one decimal, most often): two regions with the same published value share a place.
The country is no region.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hsf_kpi.model.codes import Direction

FEWEST = 15
"""Regions with a value, of 21, that a place needs for its movement to be told. Our convention: a place among few says little
of a place among all.
"""
BEST = 3

Years = Mapping[int, Mapping[str, Fraction]]
"""Year → region → value."""


@dataclass(frozen=True, slots=True)
class Place:
    """place: 1 is best; equal values share the better one, and the next is passed over. of: regions with a value."""

    year: int
    place: int
    of: int
    shared: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a region stands in its latest year with a value.

    place: None without a direction. earlier: its first place that can be compared with the latest; None for none, or where
    the latest can't be compared. best: the ids of the regions with place 1–3, best first. better: than the country the same
    year; None without a direction, without a national value, and where they are equal. last_year, first: the earlier values
    (year and value) that the latest is held against.
    """

    year: int
    value: Fraction
    national: Fraction | None
    place: Place | None
    earlier: Place | None
    best: tuple[str, ...]
    better: bool | None
    last_year: Fraction | None
    first: tuple[int, Fraction] | None

    @property
    def moved(self) -> int | None:
        """Places won (plus) or lost since the earlier year. None where there is nothing to compare."""
        if self.place is None or self.earlier is None:
            return None
        return self.earlier.place - self.place.place

    @property
    def changed(self) -> Fraction | None:
        """The value minus that of the year before. None without one."""
        return None if self.last_year is None else self.value - self.last_year


def judged(direction: Direction) -> bool:
    """Whether one value can be better than another."""
    return direction in (Direction.UP, Direction.DOWN)


def ordered(values: Mapping[str, Fraction], direction: Direction) -> list[tuple[str, Fraction]]:
    """Best first; without a direction the highest first. Equal values in the order of their ids."""
    up = direction is not Direction.DOWN
    return sorted(values.items(), key=lambda found: (-found[1] if up else found[1], found[0]))


def places(values: Mapping[str, Fraction], direction: Direction) -> dict[str, int]:
    """Region → place, best first. Nothing without a direction."""
    if not judged(direction):
        return {}
    found: dict[str, int] = {}
    order = ordered(values, direction)
    for at, (region, value) in enumerate(order):
        same = at > 0 and order[at - 1][1] == value
        found[region] = found[order[at - 1][0]] if same else at + 1
    return found


def place_of(values: Mapping[str, Fraction], region: str, direction: Direction, year: int) -> Place | None:
    """None where the region has no value, or the direction says nothing."""
    found = places(values, direction)
    if region not in found:
        return None
    own = found[region]
    return Place(year, own, len(values), list(found.values()).count(own) > 1)


def best_of(values: Mapping[str, Fraction], direction: Direction, most: int = BEST) -> tuple[str, ...]:
    """The regions with one of the first places, best first; more than `most` where some share the last of them."""
    found = places(values, direction)
    return tuple(region for region, _ in ordered(values, direction) if found.get(region, most + 1) <= most)


def places_by_year(series: Years, region: str, direction: Direction) -> tuple[Place, ...]:
    """Each year that the region has a place, in time order."""
    found = (place_of(series[year], region, direction, year) for year in sorted(series))
    return tuple(place for place in found if place is not None)


def is_better(value: Fraction, national: Fraction | None, direction: Direction) -> bool | None:
    """None where it can't be said, and where they are equal."""
    if national is None or value == national or not judged(direction):
        return None
    return (value > national) is (direction is Direction.UP)


def same_latest(series: Mapping[str, Years]) -> tuple[tuple[str, str], ...]:
    """Pairs of key figures that say the same thing twice: in the latest year of both, which is one, every region has the
    same value in both. Only among enough regions for that to be no chance.
    """
    latest = {key: years[max(years)] for key, years in series.items() if years}
    last = {key: max(series[key]) for key in latest}
    keys = list(latest)
    return tuple(
        (one, other)
        for at, one in enumerate(keys)
        for other in keys[at + 1 :]
        if last[one] == last[other] and len(latest[one]) >= FEWEST and latest[one] == latest[other]
    )


def standing(
    series: Years, national: Mapping[int, Fraction], region: str, direction: Direction
) -> Standing | None:
    """None where the region has no value in any year."""
    years = [year for year in sorted(series) if region in series[year]]
    if not years:
        return None
    year, first = years[-1], years[0]
    value = series[year][region]
    place = place_of(series[year], region, direction, year)
    before = series.get(year - 1, {}).get(region)
    return Standing(
        year=year,
        value=value,
        national=national.get(year),
        place=place,
        earlier=_earlier(series, region, direction, place),
        best=best_of(series[year], direction),
        better=is_better(value, national.get(year), direction),
        last_year=before,
        first=None if first == year else (first, series[first][region]),
    )


def _earlier(series: Years, region: str, direction: Direction, latest: Place | None) -> Place | None:
    if latest is None or latest.of < FEWEST:
        return None
    found = places_by_year(series, region, direction)
    return next((place for place in found if place.of >= FEWEST and place.year < latest.year), None)


def possible(
    series: Years, most: Decimal | None
) -> tuple[dict[int, dict[str, Fraction]], tuple[tuple[int, str, Fraction], ...]]:
    """The values that there can be, and those that are larger than `most`: a share of more than all is a fault in the
    source, and would win every order. (year, region, value) of those, in time order.
    """
    kept: dict[int, dict[str, Fraction]] = {}
    faults: list[tuple[int, str, Fraction]] = []
    for year in sorted(series):
        for region, value in series[year].items():
            if most is not None and value > most:
                faults.append((year, region, value))
            else:
                kept.setdefault(year, {})[region] = value
    return kept, tuple(faults)
